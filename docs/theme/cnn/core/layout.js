/**
 * A convolution as planes side by side, as docs/lesson/figure/correlation.py lays it out: a sequence
 * is an image of height 1, and the slices of a volume stand where an image's channels would. No DOM.
 */

import { terms } from "./arith.js";
import { nest, range } from "./tensor.js";

const inside = ([r, c], { pairs, sizes, gaps }) => [r, c].every((place, axis) => {
  const from = place - pairs[axis][0];
  return from >= 0 && from <= gaps[axis] * (sizes[axis] - 1) && from % gaps[axis] === 0;
});

/** The planes and the arithmetic between them; `reads(o)` are the planes behind output plane `o`. */
export function layout(result) {
  const planes = result.rank === 3 ? slices(result) : channels(result);
  const unread = [0, 1].map((axis) => unreadPlaces(planes, axis));
  const outside = (channel, r, c) => planes.border(channel) || !inside([r, c], planes);
  return {
    ...planes, rank: result.rank, groups: result.groups, flip: result.flip, bias: result.bias,
    channels: planes.padded.length, outputs: planes.output.length, filters: planes.kernel.length,
    depth: planes.kernel[0].length, unread,
    outside,
    terms: (at) => planes.terms(at).map((term) => ({ ...term, padding: outside(term.channel, ...term.at) })),
    isUnread: (channel, r, c) => planes.idle(channel) || unread[0].has(r) || unread[1].has(c),
    starts: (axis) => starts(planes, axis),
    bordered: planes.borders.flat().some((side) => side > 0)
      || planes.gaps.some((gap, axis) => gap > 1 && planes.sizes[axis] > 1),
    group: (o) => Math.floor(o / (planes.output.length / result.groups)),
  };
}

function channels(result) {
  const lead = Array(2 - result.rank).fill(1), none = lead.map(() => [0, 0]);
  const tall = ({ shape, data }, axes) => nest({ shape: [...shape.slice(0, axes), ...lead, ...shape.slice(axes)], data });
  const depth = result.kernel.shape[1], pairs = [...none, ...result.pairs];
  const gaps = [...lead, ...(result.gaps ?? result.pairs.map(() => 1))];
  return {
    padded: tall(result.padded, 1), weight: tall(result.weight, 2), kernel: tall(result.kernel, 2),
    output: tall(result.output, 1), gaps, stride: [...lead, ...result.stride],
    dilation: [...lead, ...result.dilation], pairs, borders: pairs,
    sizes: [...lead, ...result.input.shape.slice(1)],
    taps: [...lead, ...result.kernel.shape.slice(2)], steps: [...lead, ...result.output.shape.slice(1)],
    room: [...lead, ...result.padded.shape.slice(1)],
    reads(o) {
      const first = Math.floor(o / (result.kernel.shape[0] / result.groups)) * depth;
      return range(depth).map((k) => first + k);
    },
    filter: (o) => o, border: () => false, idle: () => false,
    cell: ([o, ...place]) => [o, ...[0, ...place].slice(-2)],
    at: ([o, r, c]) => [o, ...[r, c].slice(2 - result.rank)],
    source: (channel, r, c) => [channel, ...[(r - pairs[0][0]) / gaps[0], (c - pairs[1][0]) / gaps[1]].slice(2 - result.rank)],
    tap: (o, k, r, c) => [o, k, ...[r, c].slice(2 - result.rank)],
    terms: (at) => terms(result, at).map(({ channel, at: place, tap: [k, ...tap], ...term }) =>
      ({ ...term, channel, k, at: [0, ...place].slice(-2), tap: [0, ...tap].slice(-2) })),
  };
}

function slices(result) {
  const [[before], ...pairs] = result.pairs, [step, ...stride] = result.stride;
  const [spread, ...dilation] = result.dilation, [depth, ...sizes] = result.input.shape.slice(1);
  const kernel = nest(result.kernel)[0], output = nest(result.output)[0];
  const reads = (o) => range(kernel[0].length).map((k) => o * step + k * spread);
  const read = new Set(range(output.length).flatMap(reads));
  return {
    padded: nest(result.padded)[0], weight: nest(result.weight)[0], kernel, output, stride, dilation,
    pairs, gaps: [1, 1], borders: result.pairs, sizes, taps: result.kernel.shape.slice(3), steps: result.output.shape.slice(2),
    room: result.padded.shape.slice(2), reads, filter: () => 0, before,
    border: (channel) => channel < before || channel >= before + depth,
    idle: (channel) => !read.has(channel),
    cell: ([, ...cell]) => cell,
    at: (cell) => [0, ...cell],
    source: (channel, r, c) => [0, channel - before, r - pairs[0][0], c - pairs[1][0]],
    tap: (o, k, r, c) => [0, 0, k, r, c],
    terms: (at) => terms(result, at).map(({ at: [channel, ...place], tap: [, k, ...tap], ...term }) =>
      ({ ...term, channel, k, at: place, tap })),
  };
}

/** For each place where a window would fit on an axis, whether one stands there. */
function starts({ dilation, taps, room, stride, steps }, axis) {
  const reach = dilation[axis] * (taps[axis] - 1) + 1;
  return range(room[axis] - reach + 1).map((place) => place % stride[axis] === 0 && place / stride[axis] < steps[axis]);
}

/** The padded positions of an axis that no window reads. */
function unreadPlaces({ steps, taps, stride, dilation, room }, axis) {
  const read = new Set(range(steps[axis]).flatMap((step) =>
    range(taps[axis]).map((tap) => step * stride[axis] + tap * dilation[axis])));
  return new Set(range(room[axis]).filter((place) => !read.has(place)));
}
