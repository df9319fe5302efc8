/** A chain of layers in integers: shape, parameters, multiply-adds and receptive field. No DOM. */

import { Refusal, checkChannels, checkFeatures, checkFit, checkGeometry, checkGiven, checkLayer, checkPool, checkReshape, spread } from "./check.js";
import { convOutputSize, convParameters, linearParameters, poolOutputSize, samePadding, widen } from "./shape.js";
import { product } from "./tensor.js";

const rankOf = (type) => Number(type.at(-2));

function convolution(type, args, shape) {
  checkGiven(type, args, "in_channels", "out_channels", "kernel_size");
  const rank = rankOf(type), { stride = 1, padding = 0, dilation = 1, groups = 1, bias = true } = args;
  const kernel = spread("kernel_size", args.kernel_size, rank);
  checkLayer({ ...args, groups });
  const weight = [args.out_channels, args.in_channels / groups, ...kernel];
  checkChannels(shape, weight, groups);
  const call = { kernel, stride: spread("stride", stride, rank), dilation: spread("dilation", dilation, rank),
    padding: typeof padding === "string" ? padding : spread("padding", padding, rank) };
  checkGeometry(call, { kernel_size: args.kernel_size, stride, dilation, padding });
  const pairs = kernel.map((size, axis) => (padding === "same" ? samePadding(size, call.dilation[axis])
    : padding === "valid" ? [0, 0] : [call.padding[axis], call.padding[axis]]));
  const sizes = shape.slice(-rank);
  checkFit(sizes, kernel, pairs, call.dilation);
  const out = sizes.map((size, axis) => convOutputSize(size + pairs[axis][0] + pairs[axis][1], kernel[axis],
    call.stride[axis], 0, call.dilation[axis]));
  const output = [...shape.slice(0, -rank - 1), args.out_channels, ...out];
  return { shape: output, parameters: convParameters(args.in_channels, args.out_channels, kernel, groups, bias),
    multiplyAdds: product(output) * product(weight.slice(1)),
    window: kernel.map((size, axis) => [size, call.stride[axis], call.dilation[axis]]) };
}

function pooling(type, args, shape) {
  checkGiven(type, args, "kernel_size");
  const rank = rankOf(type), kernel = spread("kernel_size", args.kernel_size, rank);
  const call = { rank, kernel, stride: args.stride == null ? kernel : spread("stride", args.stride, rank),
    padding: spread("padding", args.padding ?? 0, rank), dilation: spread("dilation", args.dilation ?? 1, rank) };
  const sizes = shape.slice(-rank);
  const out = checkPool({ ...call, sizes }, (axis) => poolOutputSize(sizes[axis], kernel[axis], call.stride[axis],
    call.padding[axis], call.dilation[axis], args.ceil_mode), { ...args });
  return { shape: [...shape.slice(0, -rank), ...out],
    window: kernel.map((size, axis) => [size, call.stride[axis], call.dilation[axis]]) };
}

function linear(type, args, shape) {
  checkGiven(type, args, "in_features", "out_features");
  const { in_features: inputs, out_features: outputs, bias = true } = args;
  checkFeatures(shape, inputs);
  const output = [...shape.slice(0, -1), outputs];
  return { shape: output, parameters: linearParameters(inputs, outputs, bias), multiplyAdds: product(output) * inputs, window: null };
}

function flatten(type, { start_dim: start = 1, end_dim: end = -1 }, shape) {
  const [first, last] = [start, end].map((axis) => (axis + shape.length) % shape.length);
  return { shape: [...shape.slice(0, first), product(shape.slice(first, last + 1)), ...shape.slice(last + 1)], window: null };
}

function view(type, { sizes }, shape) {
  const wanted = sizes.map((size) => (size === "batch" ? shape[0] : size)), all = product(shape);
  const known = product(wanted.filter((size) => size !== -1));
  checkReshape(wanted, known, all);
  return { shape: wanted.map((size) => (size === -1 ? all / known : size)), window: null };
}

function normalise(type, { num_features: features, affine = true }, shape) {
  checkFeatures(shape.slice(0, 2), features, "num_features");
  return { shape, parameters: affine ? 2 * features : 0, window: [] };
}

const LAYERS = [
  { named: /^Conv/, law: convolution }, { named: /Pool/, law: pooling }, { named: /^Linear$/, law: linear },
  { named: /^Flatten$/, law: flatten }, { named: /^View$/, law: view }, { named: /^BatchNorm/, law: normalise },
];

/** A refusal says which layer it is of. */
function named(name, law) {
  try {
    return law();
  } catch (error) {
    if (error instanceof Refusal) error.message = `layer ${name}: ${error.message}`;
    throw error;
  }
}

/**
 * Follows a shape through layers [{name, type, args}]: rows of {name, shape, parameters,
 * multiplyAdds, field}; `field` is null once a layer sees everything. Throws cnnlib's Refusal.
 */
export function trace(input, layers) {
  let shape = input, seen = [];
  return layers.map(({ name, type, args }) => {
    const law = LAYERS.find((layer) => layer.named.test(type))?.law ?? ((_, __, same) => ({ shape: same, window: [] }));
    const row = { parameters: 0, multiplyAdds: 0, ...named(name, () => law(type, args, shape)) };
    shape = row.shape;
    if (!row.window || !seen) seen = null;
    else row.window.forEach((window, axis) => { seen[axis] = widen(seen[axis] ?? { field: 1, jump: 1 }, ...window); });
    return { name, type, args, shape, parameters: row.parameters, multiplyAdds: row.multiplyAdds,
      field: seen?.length ? seen.map(({ field }) => field) : null };
  });
}
