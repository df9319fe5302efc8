/** Integers only: output sizes, parameters, multiply-adds, receptive field. No DOM. */

import { product } from "./tensor.js";

export const convOutputSize = (size, kernel, stride = 1, padding = 0, dilation = 1) =>
  Math.floor((size + 2 * padding - dilation * (kernel - 1) - 1) / stride) + 1;

/** Zeros before and after that keep a length at stride 1; the extra one goes after. */
export function samePadding(kernel, dilation = 1) {
  const total = dilation * (kernel - 1);
  return [Math.floor(total / 2), total - Math.floor(total / 2)];
}

/** With `ceil`, a last partial window counts if it starts inside the input or its left border. */
export function poolOutputSize(size, kernel, stride = kernel, padding = 0, dilation = 1, ceil = false) {
  const room = size + 2 * padding - dilation * (kernel - 1) - 1;
  let out = Math.floor((room + (ceil ? stride - 1 : 0)) / stride) + 1;
  if (ceil && (out - 1) * stride >= size + padding) out -= 1;
  return out;
}

export const convParameters = (inputs, outputs, kernel, groups = 1, bias = true) =>
  outputs * (inputs / groups) * product(kernel) + (bias ? outputs : 0);

export const linearParameters = (inputs, outputs, bias = true) =>
  inputs * outputs + (bias ? outputs : 0);

/** A layer's step of the receptive field: {field, jump} of one output cell on one axis. */
export function widen({ field, jump }, kernel, stride = 1, dilation = 1) {
  return { field: field + dilation * (kernel - 1) * jump, jump: jump * stride };
}
