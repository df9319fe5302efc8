/** What cnnlib refuses of a transposed convolution and of a gradient, in cnnlib's order. */

import { AXES, atLeast, axes, images, ints, refuse, whole } from "./check.js";
import { tuple } from "./tensor.js";

/** Refuses a gradient that does not look like the forward call's output. */
export function checkGradient(shape, wanted) {
  if (tuple(shape) !== tuple(wanted)) refuse("gradient", { wanted: tuple(wanted), got: tuple(shape) });
}

/** All of a transposed convolution's arguments; the size of its output on each axis. */
export function checkTranspose({ rank, input, weight, bias, stride, padding, more, dilation, groups }) {
  if (!input || !weight) refuse("rows", { a: "input", b: "weight" });
  axes("weight", weight.shape, `C, O/groups, ${AXES[rank]}`);
  images(input.shape, rank);
  whole("groups", groups);
  if (groups < 1) refuse("positive", { name: "groups", got: groups });
  const [channels, depth, ...kernel] = weight.shape, shapes = `weight ${tuple(weight.shape)}`;
  if (channels % groups) refuse("sources", { groups, got: channels, rest: channels % groups, shapes });
  if (input.shape[0] !== channels) {
    refuse("givers", { got: input.shape[0], channels, shapes: `input ${tuple(input.shape)}, ${shapes}` });
  }
  for (const [name, values, least] of [["stride", stride, 1], ["padding", padding, 0], ["output_padding", more, 0],
    ["dilation", dilation, 1]]) {
    ints(name, values, rank);
    atLeast(name, values, least);
  }
  const sizes = kernel.map((k, axis) => lengthen(input.shape[1 + axis], k, stride[axis], padding[axis], more[axis], dilation[axis]));
  if (bias && bias.length !== depth * groups) {
    refuse("biases", { filters: depth * groups, got: tuple([bias.length]), depth, groups });
  }
  return sizes;
}

/** The size that a transposed convolution makes of `n`. */
function lengthen(n, k, s, p, e, d) {
  if (e >= s && e >= d) refuse("outputPadding", { got: e, stride: s, dilation: d });
  const size = (n - 1) * s - 2 * p + d * (k - 1) + e + 1;
  if (size < 1) refuse("leave", { got: p, sum: `(${n} - 1)*${s} - 2*${p} + ${d}*(${k} - 1) + ${e} + 1 = ${size} < 1` });
  return size;
}
