/** The answer of every kind that is drawn, as cnnlib gives it to lesson.exercise. No DOM. */

import { convOutputSize, convParameters, linearParameters, poolOutputSize, widen } from "../core/shape.js";
import { product } from "../core/tensor.js";

/** What is given with nothing left out. */
export const whole = (given) => ({ padding: 0, dilation: 1, groups: 1, output_padding: 0,
  ...given, stride: given.stride ?? (given.pool ? given.kernel_size : 1) });

function size(n, { kernel_size: k, stride, padding, dilation, pool }) {
  return pool ? poolOutputSize(n, k, stride, padding, dilation) : convOutputSize(n, k, stride, padding, dilation);
}

const shape = (given) => [given.input[0], given.out_channels, ...given.input.slice(2).map((n) => size(n, given))];
const square = (k) => [k, k];

/** The products whose sum a cell is, as pairs. */
const PAIRS = {
  "inner-product": ({ a, b }) => a.flat().map((x, i) => [x, b.flat()[i]]),
  "cell": ({ input, weight, at: [i, j] }) => weight.flatMap((row, u) => row.map((w, v) => [input[i + u][j + v], w])),
  "gradient-cell": ({ input, grad_output: grad, at: [u, v] }) =>
    grad.flatMap((row, i) => row.map((g, j) => [g, input[i + u][j + v]])),
};

export const pairsOf = (kind, given) => PAIRS[kind]?.(given);
export const sumOf = (pairs) => pairs.reduce((sum, [x, y]) => sum + x * y, 0);
const sum = (kind) => (given) => sumOf(PAIRS[kind](given));

export const ANSWERS = {
  "output-size": (given) => size(given.input, given),
  "output-shape": shape,
  "weight-shape": ({ in_channels: c, out_channels: o, groups, kernel_size: k }) => [o, c / groups, ...square(k)],
  "parameters": ({ in_features: ins, out_features: outs, in_channels: c, out_channels: o, groups, kernel_size: k }) =>
    (ins ? linearParameters(ins, outs) : convParameters(c, o, square(k), groups)),
  "multiply-adds": (given) => product(shape(given)) * given.input[1] / given.groups * product(square(given.kernel_size)),
  "receptive-field": ({ layers }) => layers.reduce((seen, layer) => widen(seen, ...layer), { field: 1, jump: 1 }).field,
  "inner-product": sum("inner-product"),
  "cell": sum("cell"),
  "gradient-cell": sum("gradient-cell"),
  "flatten": ({ shape: [batch, ...rest] }) => [batch, product(rest)],
  "linear-shape": ({ input, out_features: outs }) => [...input.slice(0, -1), outs],
  "transposed-size": ({ input, kernel_size: k, stride, padding, output_padding: extra, dilation }) =>
    (input - 1) * stride - 2 * padding + dilation * (k - 1) + extra + 1,
};
