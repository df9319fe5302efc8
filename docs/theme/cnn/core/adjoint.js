/**
 * Convolutions run backward, as the convolutions that they are; docs/lesson/figure/adjoint.py says
 * how. A result is that of `conv`, with `gaps` between its input's numbers, and `forward`, the call
 * whose gradient it is. No DOM.
 */

import { conv, correlate, padPlanes, turned } from "./arith.js";
import { checkGradient, checkTranspose } from "./check-adjoint.js";
import { spread } from "./check.js";
import { expand, indices, offset, tensor } from "./tensor.js";

/** The numbers of a spec of kind conv2d-grad, conv-transpose1d or conv-transpose2d. */
export function adjoint(spec) {
  if (spec.kind !== "conv2d-grad") return transposed(spec);
  return spec.wrt === "input" ? inputGradient(spec) : weightGradient(spec);
}

/**
 * Where the number [o, k, *tap] of a gathered weight stands in the weight itself.
 * @param {number[]} shape
 * @param {number} groups
 * @param {number[]} index
 */
export function origin(shape, groups, index) {
  const [first, depth] = shape, [o, k, ...tap] = index;
  return [Math.floor(o / depth) * (first / groups) + k, o % depth, ...tap];
}

/** The weight by what it gives to: (C, O/groups, *K) for (O, C/groups, *K), or back. */
function gathered({ shape, data }, groups) {
  const [first, depth, ...taps] = shape, to = [depth * groups, first / groups, ...taps];
  return { shape: to, data: Float64Array.from(indices(to), (index) =>
    data[offset(shape, origin(shape, groups, index))]) };
}

/** A window that moves by one over the numbers of `input`, with zeros between and around. */
function over(input, weight, { stride, padding, dilation, groups, bias = null }, more, sizes) {
  const taps = weight.shape.slice(2), filters = gathered(weight, groups);
  const pairs = taps.map((k, axis) => {
    const side = dilation[axis] * (k - 1) - padding[axis];
    return [side, side + more[axis]];
  });
  const result = {
    rank: taps.length, bias, input, weight: filters, stride: taps.map(() => 1), dilation, groups, mode: "zeros",
    flip: true, pairs, gaps: stride, kernel: turned(filters), ...padPlanes(input, pairs, "zeros", 0, stride),
    output: { shape: [filters.shape[0], ...sizes] },
  };
  result.output.data = correlate(result);
  return result;
}

function transposed(spec) {
  const rank = Number(spec.kind.at(-2)), list = (name, least) => spread(name, spec[name] ?? least, rank);
  const [input, weight] = [[spec.input, 1], [spec.weight, 2]].map(([value, lead]) => tensor(value) && expand(tensor(value), rank + lead));
  const bias = spec.bias == null ? null : [].concat(spec.bias), groups = spec.groups ?? 1;
  const call = { rank, input, weight, bias, groups, stride: list("stride", 1), padding: list("padding", 0),
    more: list("output_padding", 0), dilation: list("dilation", 1) };
  return { ...over(input, weight, call, call.more, checkTranspose(call)), call };
}

/** The forward call of a gradient, and the output's gradients: ones where none are given. */
function forward(spec) {
  const call = conv({ ...spec, kind: "conv2d", bias: null, flip: false, padding_mode: "zeros" });
  const { shape } = call.output;
  const grad = spec.grad_output == null ? { shape, data: new Float64Array(call.output.data.length).fill(1) }
    : expand(tensor(spec.grad_output), 3);
  checkGradient(grad.shape, shape);
  return { call, grad };
}

function inputGradient(spec) {
  const { call, grad } = forward(spec), sizes = call.input.shape.slice(1);
  const dropped = sizes.map((_, axis) => {
    const reach = call.dilation[axis] * (call.kernel.shape[2 + axis] - 1) + 1;
    return (call.padded.shape[1 + axis] - reach) % call.stride[axis];
  });
  return { ...over(grad, call.weight, call, dropped, sizes), call };
}

/** The output's gradients, as far apart as the stride, move over the padded input. */
function weightGradient(spec) {
  const { call, grad } = forward(spec), [filters, , ...taps] = call.weight.shape;
  const kernel = { shape: [filters, 1, ...grad.shape.slice(1)], data: grad.data };
  const result = { ...call, weight: kernel, kernel, stride: call.dilation, dilation: call.stride,
    output: { shape: [filters, ...taps] } };
  result.output.data = correlate(result);
  return { ...result, call };
}
