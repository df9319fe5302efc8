/** What each misconception would answer, in the order of lesson.misconception. No DOM. */

import { convOutputSize } from "../core/shape.js";
import { product } from "../core/tensor.js";
import { ANSWERS, pairsOf, sumOf } from "./answers.js";

const { floor } = Math, law = convOutputSize;
const plain = (value) => Math.round(value * 1e4) / 1e4;

/** @type {[string, (n: number, k: number, s: number, p: number, d: number) => number][]} */
const AXIS = [
  ["no-floor", (n, k, s, p, d) => (n + 2 * p - d * (k - 1) - 1) / s + 1],
  ["no-floor", (n, k, s, p, d) => Math.ceil((n + 2 * p - d * (k - 1) - 1) / s) + 1],
  ["no-plus-one", (n, k, s, p, d) => law(n, k, s, p, d) - 1],
  ["padding-once", (n, k, s, p, d) => law(n + p, k, s, 0, d)],
  ["padding-ignored", (n, k, s, p, d) => law(n, k, s, 0, d)],
  ["stride-ignored", (n, k, s, p, d) => law(n, k, 1, p, d)],
  ["dilation-ignored", (n, k, s, p) => law(n, k, s, p, 1)],
  ["dilation-from-zero", (n, k, s, p, d) => law(n, k, s, p, d + 1)],
  ["dilation-times-kernel", (n, k, s, p, d) => law(n, d * k, s, p, 1)],
  ["added", (n, k, s, p, d) => floor((n + 2 * p + d * (k - 1) - 1) / s) + 1],
  ["unchanged", (n) => n],
  ["kernel-not-subtracted", (n, k, s, p) => floor((n + 2 * p) / s)],
];

/** [name, sizes] of every misconception about the axes. */
function* axes(sizes, { kernel_size: k, stride: s, padding: p, dilation: d, pool }) {
  if (pool) yield ["pool-stride-one", sizes.map((n) => law(n, k, 1, p, d))];
  for (const [name, axis] of AXIS) {
    if (name.startsWith("dilation") && d === 1) continue;
    if (name === "stride-ignored" && pool) continue;
    const found = sizes.map((n) => plain(axis(n, k, s, p, d)));
    if (found.every((size) => size > 0)) yield [name, found];
  }
}

function* outputSize(given) {
  for (const [name, [size]] of axes([given.input], given)) yield [name, size];
}

function* outputShape(given) {
  const [n, c, ...sizes] = given.input, [, o, ...size] = ANSWERS["output-shape"](given);
  for (const [name, found] of axes(sizes, given)) yield [name, [n, o, ...found]];
  yield ["swapped", [n, o, ...size.toReversed()]];
  yield ["no-batch", [o, ...size]];
  yield ["channels-kept", [n, c, ...size]];
  yield ["channels-multiplied", [n, c * o, ...size]];
  yield ["channels-added", [n, c + o, ...size]];
  yield ["groups-divided", [n, floor(o / given.groups), ...size]];
  yield ["channels-last", [n, ...size, o]];
  yield ["no-channels", [n, ...size]];
}

function* weightShape({ in_channels: c, out_channels: o, groups: g, kernel_size: k }) {
  yield ["groups-ignored", [o, c, k, k]];
  yield ["in-out-swapped", [c / g, o, k, k]];
  yield ["in-out-swapped", [c, o / g, k, k]];
  yield ["groups-everywhere", [o / g, c / g, k, k]];
  yield ["groups-on-filters", [o / g, c, k, k]];
  yield ["flat-filters", [o, k, k]];
  yield ["flat-filters", [o, 1, k, k]];
  yield ["kernel-only", [k, k]];
  yield ["channels-last", [k, k, c / g, o]];
  yield ["channels-last", [o, k, k, c / g]];
}

function* flatten({ shape }) {
  const [n, ...joined] = shape, total = product(joined);
  yield ["batch-merged", [n * total]];
  yield ["no-batch", [total]];
  yield ["lengths-added", [n, joined.reduce((a, b) => a + b)]];
  yield ["channels-forgotten", [n, product(joined.slice(1))]];
  yield ["channels-kept-apart", [n, joined[0], product(joined.slice(1))]];
  yield ["one-side", [n, product(joined.slice(0, -1))]];
  yield ["unchanged", shape];
}

function* linear({ input: [n, ins], out_features: outs }) {
  yield ["features-kept", [n, ins]];
  yield ["in-out-swapped", [outs, n]];
  yield ["weight-shape", [outs, ins]];
  yield ["no-batch", [outs]];
  yield ["features-appended", [n, ins, outs]];
  yield ["features-multiplied", [n, ins * outs]];
}

function* parameters({ in_features: fan, out_features, in_channels: c, out_channels, groups, kernel_size: k }) {
  const ins = fan ?? c, outs = fan ? out_features : out_channels, cells = k * k;
  const depth = c / groups, weights = fan ? ins * outs : outs * depth * cells;
  yield ["bias-forgotten", weights];
  yield ["one-bias", weights + 1];
  yield ["bias-per-input", weights + ins];
  if (fan) {
    yield ["factors-added", ins + outs + outs];
    return;
  }
  yield ["groups-ignored", outs * ins * cells + outs];
  yield ["channels-not-multiplied", outs * cells + outs];
  yield ["filters-not-multiplied", depth * cells + 1];
  yield ["filters-not-multiplied", depth * cells + outs];
  yield ["kernel-not-multiplied", outs * depth * k + outs];
  yield ["bias-per-channel", weights + outs * depth];
}

function* multiplyAdds(given) {
  const out = ANSWERS["output-shape"](given), right = ANSWERS["multiply-adds"](given);
  const { groups, kernel_size: k, input: [, channels] } = given, all = product(out);
  if (out[0] > 1) yield ["batch-forgotten", right / out[0]];
  yield ["groups-ignored", right * groups];
  yield ["channels-not-multiplied", all * k * k];
  yield ["filters-not-multiplied", right / out[1]];
  yield ["positions-forgotten", out[1] * channels / groups * k * k];
  yield ["input-positions", out[0] * out[1] * product(given.input.slice(2)) * channels / groups * k * k];
  yield ["counted-twice", 2 * right];
  yield ["cells-only", all];
}

/** The field when a layer's stride already widens the layer itself. */
const early = (layers) => layers.reduce(({ field, jump }, [k, s]) =>
  ({ field: field + (k - 1) * jump * s, jump: jump * s }), { field: 1, jump: 1 }).field;

function* receptiveField({ layers }) {
  const kernels = layers.map(([k]) => k), right = ANSWERS["receptive-field"]({ layers });
  yield ["stride-ignored-field", kernels.reduce((sum, k) => sum + k - 1, 1)];
  yield ["own-stride", early(layers)];
  yield ["no-plus-one-field", right - 1];
  yield ["kernels-added", kernels.reduce((a, b) => a + b)];
  yield ["kernels-multiplied", product(kernels)];
  yield ["last-layer-only", kernels.at(-1)];
  yield ["largest-kernel", Math.max(...kernels)];
}

const total = (matrix) => matrix.flat().reduce((a, b) => a + b, 0);
const transposed = (matrix) => matrix[0].map((_, j) => matrix.map((row) => row[j]));
const turned = (matrix) => matrix.toReversed().map((row) => row.toReversed());

function* innerProduct({ a, b }) {
  const inner = (other) => sumOf(pairsOf("inner-product", { a, b: other }));
  yield ["transposed", inner(transposed(b))];
  yield ["matrix-product", total(a.map((row) => b[0].map((_, j) => row.reduce((sum, x, k) => sum + x * b[k][j], 0))))];
  yield ["diagonal-only", a.reduce((sum, row, i) => sum + row[i] * b[i][i], 0)];
  yield ["added-not-multiplied", total(a) + total(b)];
  yield ["product-of-sums", total(a) * total(b)];
  yield ["signs-lost", pairsOf("inner-product", { a, b }).reduce((sum, [x, y]) => sum + Math.abs(x * y), 0)];
  yield ["first-row-only", a[0].reduce((sum, x, j) => sum + x * b[0][j], 0)];
}

function* cell({ input, weight, at: [i, j] }) {
  const value = (w, at) => ANSWERS.cell({ input, weight: w, at });
  yield ["turned", value(turned(weight), [i, j])];
  yield ["kernel-transposed", value(transposed(weight), [i, j])];
  yield ["at-swapped", value(weight, [j, i])];
  if (i && j) yield ["counted-from-one", value(weight, [i - 1, j - 1])];
  const window = pairsOf("cell", { input, weight, at: [i, j] }).reduce((sum, [x]) => sum + x, 0);
  yield ["added-not-multiplied", window + total(weight)];
  yield ["window-only", window];
}

function* gradientCell(given) {
  const right = pairsOf("gradient-cell", given), sum = sumOf(right);
  yield ["gradient-turned", ANSWERS["gradient-cell"]({ ...given, grad_output: turned(given.grad_output) })];
  yield ["gradient-one-window", right[0][0] * right[0][1]];
  yield ["gradient-not-weighted", right.reduce((all, [grad]) => all + grad, 0)];
  yield ["gradient-mean", plain(sum / right.length)];
}

function* transposedSize({ input: n, kernel_size: k, stride: s, padding: p, output_padding: e, dilation: d }) {
  const sizes = [
    ["forward-law", law(n, k, s, p, d)],
    ["size-times-stride", n * s],
    ["padding-grows", (n - 1) * s + 2 * p + d * (k - 1) + e + 1],
    ["padding-cut-once", (n - 1) * s - p + d * (k - 1) + e + 1],
    ["output-padding-twice", (n - 1) * s - 2 * p + d * (k - 1) + 2 * e + 1],
    ["output-padding-ignored", (n - 1) * s - 2 * p + d * (k - 1) + 1],
    ["moves-as-cells", n * s - 2 * p + d * (k - 1) + e + 1],
    ["no-overlap", n * (d * (k - 1) + 1) - 2 * p + e],
  ];
  for (const [name, size] of sizes) if (size > 0) yield [name, size];
}

const MISTAKES = {
  "output-size": outputSize, "output-shape": outputShape, "weight-shape": weightShape, "flatten": flatten,
  "linear-shape": linear, "parameters": parameters, "multiply-adds": multiplyAdds, "receptive-field": receptiveField,
  "inner-product": innerProduct, "cell": cell, "gradient-cell": gradientCell, "transposed-size": transposedSize,
};

/** [name, wrong answer] of every misconception that can be told from the answer. */
export function mistakes(kind, given, answer) {
  const found = new Map();
  for (const [name, wrong] of MISTAKES[kind](given)) {
    if (String(wrong) !== String(answer)) found.set(`${name} ${wrong}`, [name, wrong]);
  }
  return [...found.values()];
}
