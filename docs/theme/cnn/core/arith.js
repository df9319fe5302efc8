/**
 * What the figures show, computed: convolution, pooling, padding, inner product. No DOM.
 * A result keeps its working (padded input, windows), so a figure can point at any term of it.
 */

import { checkConv, checkPair, checkPool, checkReach } from "./check.js";
import { convOutputSize, poolOutputSize, samePadding } from "./shape.js";
import { expand, indices, offset, product, tensor } from "./tensor.js";

/** One value for each axis: a lone one counts for all. */
const perAxis = (value, rank) => {
  const list = [].concat(value);
  return list.length === 1 ? Array(rank).fill(list[0]) : list;
};

/**
 * Where each padded position of one axis reads from; -1 is an invented zero. With a `gap` the numbers
 * stand that many cells apart, and zeros between them.
 */
export function sources(size, [before, after], mode, gap = 1) {
  const length = gap * (size - 1) + 1;
  const read = {
    zeros: (i) => (i < 0 || i >= length || i % gap ? -1 : i / gap),
    replicate: (i) => Math.min(Math.max(i, 0), size - 1),
    circular: (i) => ((i % size) + size) % size,
    reflect: (i) => (i < 0 ? -i : i >= size ? 2 * (size - 1) - i : i),
  }[mode];
  return Int32Array.from({ length: Math.max(0, before + length + after) }, (_, p) =>
    read(p - before));
}

/** Planes (C, *S) with a border: {padded, maps}, one map of sources for each spatial axis. */
export function padPlanes(planes, pairs, mode, fill = 0, gaps = []) {
  const [channels, ...sizes] = planes.shape;
  const maps = sizes.map((size, axis) => sources(size, pairs[axis], mode, gaps[axis]));
  const shape = [channels, ...maps.map((map) => map.length)];
  const data = new Float64Array(product(shape));
  let at = 0;
  for (const [channel, ...place] of indices(shape)) {
    const from = place.map((p, axis) => maps[axis][p]);
    data[at++] = from.includes(-1) ? fill : planes.data[offset(planes.shape, [channel, ...from])];
  }
  return { padded: { shape, data }, maps };
}

/** The weight turned by 180 degrees: the order of its taps reversed, plane by plane. */
export function turned({ shape, data }) {
  const taps = product(shape.slice(2)), out = data.slice();
  for (let start = 0; start < out.length; start += taps) {
    out.subarray(start, start + taps).reverse();
  }
  return { shape, data: out };
}

/** A convolution's spec with every default filled in and every size as a list. */
export function readConv(spec) {
  const rank = spec.kind === "conv1d" ? 1 : spec.kind === "conv3d" ? 3 : 2;
  const padding = spec.padding ?? 0;
  const bias = spec.bias == null || spec.bias === false ? null : [].concat(spec.bias);
  return {
    rank, bias,
    input: tensor(spec.input) && expand(tensor(spec.input), rank + 1),
    weight: tensor(spec.weight) && readWeight(tensor(spec.weight), rank),
    stride: perAxis(spec.stride ?? 1, rank),
    padding: typeof padding === "string" ? padding : perAxis(padding, rank),
    dilation: perAxis(spec.dilation ?? 1, rank),
    groups: spec.groups ?? 1,
    mode: spec.padding_mode ?? "zeros",
    flip: Boolean(spec.flip),
  };
}

const readWeight = (weight, rank) => expand(weight, rank + 2);

/** Pairs (before, after) of padding for each axis. */
export function paddingPairs({ padding, weight, dilation, rank }) {
  if (padding === "same") {
    return dilation.map((step, axis) => samePadding(weight.shape[2 + axis], step));
  }
  return padding === "valid" ? Array(rank).fill([0, 0]) : padding.map((p) => [p, p]);
}

/** The whole convolution of a spec; throws a Refusal in cnnlib's words. */
export function conv(spec) {
  const call = readConv(spec);
  const pairs = checkConv(call, paddingPairs);
  const kernel = call.flip ? turned(call.weight) : call.weight;
  const { padded, maps } = padPlanes(call.input, pairs, call.mode);
  const taps = kernel.shape.slice(2);
  const sizes = taps.map((size, axis) =>
    convOutputSize(padded.shape[1 + axis], size, call.stride[axis], 0, call.dilation[axis]));
  const output = { shape: [kernel.shape[0], ...sizes], data: null };
  const result = { ...call, pairs, kernel, padded, maps, output };
  output.data = correlate(result);
  return result;
}

/** All output numbers by flat offsets: a window's taps lie at the same distances everywhere. */
export function correlate({ padded, kernel, output, bias, stride, dilation, groups }) {
  const [outputs, depth, ...taps] = kernel.shape;
  const distances = Array.from(indices([depth, ...taps]), ([c, ...tap]) =>
    offset(padded.shape, [c, ...tap.map((t, axis) => t * dilation[axis])]));
  const data = new Float64Array(product(output.shape)), size = distances.length;
  let at = 0;
  for (const [o, ...place] of indices(output.shape)) {
    const first = Math.floor(o / (outputs / groups)) * depth;
    const start = offset(padded.shape, [first, ...place.map((p, axis) => p * stride[axis])]);
    let sum = bias ? bias[o] : 0;
    for (let k = 0; k < size; k++) sum += padded.data[start + distances[k]] * kernel.data[o * size + k];
    data[at++] = sum;
  }
  return data;
}

/** The products behind one output cell [o, *place], in the order in which they are added. */
export function terms({ padded, maps, kernel, stride, dilation, groups }, [o, ...place]) {
  const [outputs, depth, ...taps] = kernel.shape;
  const first = Math.floor(o / (outputs / groups)) * depth;
  return Array.from(indices([depth, ...taps]), ([c, ...tap]) => {
    const at = tap.map((t, axis) => place[axis] * stride[axis] + t * dilation[axis]);
    const value = padded.data[offset(padded.shape, [first + c, ...at])];
    const weight = kernel.data[offset(kernel.shape, [o, c, ...tap])];
    const padding = at.some((p, axis) => maps[axis][p] < 0);
    return { channel: first + c, at, tap: [c, ...tap], value, weight, padding };
  });
}

/** The output cells that the input cell [c, *cell] feeds, copies in the border included. */
export function feeds({ maps, kernel, output, stride, dilation, groups }, [channel, ...cell]) {
  const [outputs, depth, ...taps] = kernel.shape;
  const perAxis = cell.map((i, axis) => {
    const windows = Array.from({ length: output.shape[1 + axis] }, (_, w) => w * stride[axis]);
    return windows.flatMap((start, w) => (Array.from({ length: taps[axis] }, (_, t) => t)
      .some((t) => maps[axis][start + t * dilation[axis]] === i) ? [w] : []));
  });
  const group = Math.floor(channel / depth), filters = outputs / groups;
  const cells = perAxis.reduce((places, axis) =>
    places.flatMap((place) => axis.map((w) => [...place, w])), [[]]);
  return Array.from({ length: filters }, (_, o) => group * filters + o)
    .flatMap((o) => cells.map((place) => [o, ...place]));
}

/** Pooling of planes: {input, padded, output, ...}; padded cells never win and may not count. */
export function pool(spec) {
  const input = tensor(spec.input) && expand(tensor(spec.input), 3);
  const rank = 2, kernel = perAxis(spec.kernel_size, rank);
  const call = {
    rank, input, kernel, mode: spec.mode ?? "max",
    stride: perAxis(spec.stride ?? spec.kernel_size, rank),
    padding: perAxis(spec.padding ?? 0, rank),
    dilation: perAxis(spec.dilation ?? 1, rank),
    ceil: Boolean(spec.ceil_mode),
    countPadding: spec.count_include_pad ?? true,
  };
  const sizes = checkPool({ ...call, sizes: input.shape.slice(1) }, (axis) => poolOutputSize(input.shape[1 + axis], kernel[axis],
    call.stride[axis], call.padding[axis], call.dilation[axis], call.ceil));
  const pairs = call.padding.map((p) => [p, p]);
  const { padded, maps } = padPlanes(input, pairs, "zeros", call.mode === "max" ? -Infinity : 0);
  const output = { shape: [input.shape[0], ...sizes] };
  const result = { ...call, pairs, padded, maps, output };
  output.data = Float64Array.from(indices(output.shape), (cell) => poolCell(result, cell).value);
  return result;
}

/** One pooled number and the cells it was taken from; `winner` is the first largest. */
export function poolCell(result, [channel, ...place]) {
  const { padded, maps, kernel, stride, dilation, mode, countPadding } = result;
  const cells = [], counted = [];
  for (const tap of indices(kernel)) {
    const at = tap.map((t, axis) => place[axis] * stride[axis] + t * dilation[axis]);
    if (at.some((p, axis) => p >= padded.shape[1 + axis])) continue;
    const real = at.every((p, axis) => maps[axis][p] >= 0);
    const value = padded.data[offset(padded.shape, [channel, ...at])];
    cells.push({ at, value, real });
    if (real || countPadding) counted.push(value);
  }
  if (mode === "avg") {
    const sum = counted.reduce((a, b) => a + b, 0);
    return { cells, counted, value: sum / counted.length };
  }
  const value = Math.max(...cells.map((cell) => cell.value));
  return { cells, counted, value, winner: cells.findIndex((cell) => cell.value === value) };
}

/** F.pad on one plane: `pad` lists (before, after), last axis first. */
export function padFigure({ input, pad, mode = "zeros", value = 0 }) {
  const planes = expand(tensor(input), 3), pairs = [pad.slice(2, 4), pad.slice(0, 2)];
  const zeros = mode === "zeros" || mode === "constant";
  if (!zeros) checkReach("pad", planes.shape.slice(1), pairs, mode, 1);
  return { input: planes, pairs, ...padPlanes(planes, pairs, zeros ? "zeros" : mode, zeros ? value : 0) };
}

/** The Frobenius inner product: {products, value}. */
export function innerProduct(a, b) {
  const left = tensor(a), right = tensor(b);
  checkPair(left, right);
  const products = left.data.map((number, i) => number * right.data[i]);
  return { left, right, products, value: products.reduce((x, y) => x + y, 0) };
}
