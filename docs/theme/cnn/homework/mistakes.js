/** What each misconception would answer: the same shapes as lesson.homework's, in the same order. No DOM. */

import { agree } from "../core/answers.js";

const floor = Math.floor;
/** @type {[string, (side: number, k: number, s: number, p: number) => number][]} */
const AXIS = [
  ["no-floor", (n, k, s, p) => (n + 2 * p - k) / s + 1],
  ["no-floor", (n, k, s, p) => Math.ceil((n + 2 * p - k) / s) + 1],
  ["no-plus-one", (n, k, s, p) => floor((n + 2 * p - k) / s)],
  ["padding-once", (n, k, s, p) => floor((n + p - k) / s) + 1],
  ["padding-ignored", (n, k, s) => floor((n - k) / s) + 1],
  ["stride-ignored", (n, k, s, p) => n + 2 * p - k + 1],
  ["added", (n, k, s, p) => floor((n + 2 * p + k - 2) / s) + 1],
  ["unchanged", (n) => n],
  ["kernel-not-subtracted", (n, k, s, p) => floor((n + 2 * p) / s)],
];

function* wrong({ layer, before, after }) {
  const { kind, outs, kernel_size: k, stride: s, padding: p } = layer, [n, c, ...sides] = before;
  if (kind === "linear") {
    yield ["features-kept", before];
    yield ["in-out-swapped", [outs, n]];
    yield ["weight-shape", [outs, c]];
    yield ["no-batch", [outs]];
    yield ["features-appended", [n, c, outs]];
    yield ["features-multiplied", [n, c * outs]];
  } else if (kind === "flatten") {
    const [h, w] = sides;
    yield ["batch-merged", [n * c * h * w]];
    yield ["no-batch", [c * h * w]];
    yield ["lengths-added", [n, c + h + w]];
    yield ["channels-forgotten", [n, h * w]];
    yield ["channels-kept-apart", [n, c, h * w]];
    yield ["one-side", [n, c * h]];
    yield ["unchanged", before];
  } else {
    const pool = kind !== "conv", size = after.slice(2), o = after[1];
    if (pool) yield ["pool-stride-one", [n, o, ...sides.map((side) => side - k + 1)]];
    for (const [name, axis] of AXIS) {
      if (pool && name === "stride-ignored") continue;
      const sizes = sides.map((side) => axis(side, k, s, p));
      if (sizes.every((side) => side > 0)) yield [name, [n, o, ...sizes]];
    }
    yield ["swapped", [n, o, ...size.toReversed()]];
    yield ["no-batch", [o, ...size]];
    if (pool) {
      yield ["pool-channels", [n, 1, ...size]];
      if (c % (s * s) === 0) yield ["pool-channels", [n, c / (s * s), ...size]];
    } else {
      yield ["channels-kept", [n, c, ...size]];
      yield ["channels-multiplied", [n, c * o, ...size]];
      yield ["channels-added", [n, c + o, ...size]];
      yield ["groups-divided", [n, o, ...size]];
    }
    yield ["channels-last", [n, ...size, o]];
    yield ["no-channels", [n, ...size]];
  }
}

function* axes({ layer, before, after }) {
  const { kind, kernel_size: k } = layer, [n, c, ...sides] = before, [, o, h, w] = after;
  if (kind === "linear") yield* linearAxes(n, c, o);
  else if (kind === "flatten") yield* flatAxes(n, c, ...sides);
  else {
    yield ["size-only", [h, w]];
    yield ["one-length", [h]];
    yield ["channel-only", [o]];
    yield ["sides-joined", [n, o, h * w]];
    yield ["flattened-early", [n, o * h * w]];
    yield ["flattened-early", [o * h * w]];
    yield ["all-multiplied", [n * o * h * w]];
    yield ["batch-one", [1, o, h, w]];
    yield ["batch-and-channels-swapped", [o, n, h, w]];
    yield ["one-side-written", [n, o, h]];
    yield ["input-copied", before];
    if (kind !== "conv") return;
    yield ["filter-shape", [o, c, k, k]];
    yield ["filter-shape", [o, k, k]];
    yield ["filter-shape", [k, k]];
    yield ["filter-size-kept", [n, o, k, k]];
  }
}

function* flatAxes(n, c, h, w) {
  yield ["flat-swapped", [c * h * w, n]];
  yield ["ones-kept", [n, c * h * w, 1, 1]];
  yield ["ones-kept", [n, 1, c * h * w]];
  yield ["batch-with-channels", [n * c, h * w]];
  yield ["batch-one", [1, c * h * w]];
  yield ["batch-into-features", [1, n * c * h * w]];
  yield ["no-batch-nor-join", [c, h, w]];
  yield ["averaged", [n, c]];
  yield ["channels-forgotten", [h * w]];
}

function* linearAxes(n, f, o) {
  yield ["weight-shape", [f, o]];
  yield ["batch-one", [1, o]];
  yield ["ones-kept", [n, o, 1, 1]];
  yield ["features-summed", [n, f + o]];
  yield ["features-subtracted", [n, f - o]];
  yield ["parameters-counted", [f * o]];
  yield ["parameters-counted", [f * o + o]];
  yield ["parameters-counted", [n, f * o + o]];
  yield ["batch-only", [n]];
  yield ["all-multiplied", [n * o]];
}

/** What is not right in a shape that no misconception gives. */
export function part(shape, after) {
  if (shape.length !== after.length) return shape.length < after.length ? "axes-fewer" : "axes-more";
  if (!shape.every((size) => Number.isInteger(size) && size >= 1)) return "not-whole";
  if (shape[0] !== after[0]) return "batch-changed";
  if (after.length === 2) return "features-other";
  if (shape[1] !== after[1]) return "channels-other";
  return shape[2] !== shape[3] ? "sides-differ" : "size-other";
}

/** [name, wrong shape] for every misconception that can be told from the answer. */
export function misconceptions(step) {
  const found = new Map();
  for (const [name, shape] of [...wrong(step), ...axes(step)]) {
    if (!agree(shape, step.after)) found.set(`${name} ${shape}`, [name, shape]);
  }
  return [...found.values()];
}
