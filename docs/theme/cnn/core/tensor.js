/** Numbers in a row with a shape: what every other module computes with. */

import { sizes } from "../tables/sizes.js";

export const product = (numbers) => numbers.reduce((a, b) => a * b, 1);

/** 0, 1, … up to `length`, which is left out. */
export const range = (length) => Array.from({ length }, (_, i) => i);

const known = new WeakMap();

/**
 * Nested arrays of numbers -> {shape, data}; null when ragged or not finite numbers. A nested array
 * is read once; what comes out is for reading only, `edited` makes another.
 */
export function tensor(nested) {
  if (!Array.isArray(nested)) return read(nested);
  if (!known.has(nested)) known.set(nested, read(nested));
  return known.get(nested);
}

function read(nested) {
  const shape = [];
  for (let level = nested; Array.isArray(level); level = level[0]) shape.push(level.length);
  const data = new Float64Array(product(shape));
  let filled = 0;
  const walk = (level, depth) => {
    if (depth === shape.length) {
      if (typeof level !== "number" || !Number.isFinite(level)) return false;
      data[filled++] = level;
      return true;
    }
    return Array.isArray(level) && level.length === shape[depth]
      && level.every((item) => walk(item, depth + 1));
  };
  return walk(nested, 0) ? { shape, data } : null;
}

/** Nested arrays with another number at a flat place. */
export function edited(planes, place, number) {
  const data = planes.data.slice();
  data[place] = number;
  return nest({ shape: planes.shape, data });
}

/** The inverse of `tensor`. */
export function nest({ shape, data }, from = 0) {
  if (!shape.length) return data[from];
  const inner = shape.slice(1), size = product(inner);
  return Array.from({ length: shape[0] }, (_, i) =>
    nest({ shape: inner, data }, from + i * size));
}

/** The same numbers with leading axes of one until there are `axes` of them. */
export function expand({ shape, data }, axes) {
  return { shape: [...Array(Math.max(0, axes - shape.length)).fill(1), ...shape], data };
}

/** Row-major place of an index. */
export function offset(shape, index) {
  let place = 0;
  for (let axis = 0; axis < shape.length; axis++) place = place * shape[axis] + index[axis];
  return place;
}

/** Every index of a shape, last axis fastest. */
export function* indices(shape) {
  if (shape.some((size) => size <= 0)) return;
  const index = shape.map(() => 0);
  for (;;) {
    yield index.slice();
    let axis = shape.length - 1;
    while (axis >= 0 && ++index[axis] === shape[axis]) index[axis--] = 0;
    if (axis < 0) return;
  }
}

/** A shape as Python prints a tuple. */
export const tuple = (shape) => `(${shape.join(", ")}${shape.length === 1 ? "," : ""})`;

/** A number as a reader writes it: at most three decimals, a real minus sign. */
export function show(number) {
  if (!Number.isFinite(number)) return number < 0 ? "\u2212\u221e" : "\u221e";   // max pooling's border
  const rounded = String(Number(number.toFixed(sizes.places)) + 0);
  return rounded.replace("-", "\u2212");
}
