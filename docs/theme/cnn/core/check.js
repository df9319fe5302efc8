/** What cnnlib refuses, in cnnlib's order; the words stand in the table of refusals. */

import { refusals } from "../tables/refusals.js";
import { tuple } from "./tensor.js";

/** `message` is cnnlib's; `reason` names the explanation among the page's words. */
export class Refusal extends Error {
  constructor(message, reason) {
    super(message);
    this.reason = reason;
  }
}

export function refuse(key, parts) {
  const [reason, text] = refusals[key];
  throw new Refusal(text.replace(/\{(\w+)\}/g, (_, name) => parts[name]), reason);
}

export const AXES = { 1: "L", 2: "H, W", 3: "D, H, W" };
export const MODES = ["zeros", "reflect", "replicate", "circular"];

const python = (value) => (value === true ? "True" : value === false ? "False"
  : value === null ? "None" : typeof value === "string" ? `'${value}'` : String(value));

export const written = (value) => (Array.isArray(value) ? tuple(value) : python(value));

export function whole(name, value) {
  if (!Number.isInteger(value)) refuse("whole", { name, got: python(value) });
}

/** One whole number an axis. */
export function ints(name, values, rank) {
  values.forEach((value) => whole(name, value));
  if (values.length !== rank) refuse("entries", { name, rank, got: tuple(values), count: values.length });
}

/** `as` is the value as the caller wrote it. */
export function atLeast(name, values, least, as = values) {
  if (Math.min(...values) < least) refuse(least ? "positive" : "negative", { name, got: written(as) });
}

/** A layer's argument as one whole number for each axis. */
export function spread(name, value, rank) {
  const list = [].concat(value);
  list.forEach((each) => whole(name, each));
  if (list.length === 1) return Array(rank).fill(list[0]);
  ints(name, list, rank);
  return list;
}

export function axes(name, shape, ...letters) {
  if (letters.some((text) => text.split(",").length === shape.length)) return;
  const allowed = letters.map((text) => `${text.split(",").length} axes (${text})`).join(" or ");
  refuse("axes", { name, allowed, got: shape.length, shape: tuple(shape) });
}

export const images = (shape, rank) => axes("input", shape, `N, C, ${AXES[rank]}`, `C, ${AXES[rank]}`);

/** Refuses channels that do not go together: input (C, *S), weight (O, C/groups, *K). */
export function checkChannels(x, w, groups) {
  const rank = w.length - 2, channels = x[x.length - rank - 1];
  const shapes = `input ${tuple(x)}, weight ${tuple(w)}`;
  images(x, rank);
  if (w[0] < 1 || w[0] % groups) refuse("filters", { groups, got: w[0], rest: w[0] % groups, shapes });
  if (channels !== w[1] * groups) refuse("channels", { channels, depth: w[1], groups, shapes });
}

/** Refuses a kernel that reaches further than the padded input, by the argument it was given as. */
export function checkFit(sizes, kernel, pairs, dilation, name = "kernel_size") {
  sizes.forEach((size, axis) => {
    const [before, after] = pairs[axis], room = size + before + after;
    const reach = dilation[axis] * (kernel[axis] - 1) + 1;
    if (reach > room) {
      const got = name === "kernel_size" ? kernel[axis] : `kernel_size ${kernel[axis]}`;
      refuse("fit", { name, got, reach, room, sum: `${size} + ${before} + ${after}` });
    }
  });
}

/** The geometry of a convolution, before its pairs of padding are known. */
export function checkGeometry({ kernel, stride, padding, dilation }, as = {}) {
  atLeast("kernel_size", kernel, 1, as.kernel_size);
  atLeast("stride", stride, 1, as.stride);
  atLeast("dilation", dilation, 1, as.dilation);
  if (typeof padding !== "string") atLeast("padding", padding, 0, as.padding);
  else if (!["same", "valid"].includes(padding)) refuse("padding", { got: python(padding) });
  else if (padding === "same" && stride.some((step) => step !== 1)) {
    refuse("same", { got: written(as.stride ?? stride) });
  }
}

/** Refuses what is no whole number, and a mode that there is not. */
export function checkIntegers({ rank, stride, padding, dilation, groups, mode }) {
  ints("stride", stride, rank);
  if (typeof padding !== "string") ints("padding", padding, rank);
  ints("dilation", dilation, rank);
  whole("groups", groups);
  if (!MODES.includes(mode)) refuse("mode", { modes: MODES.map(python).join(", "), got: python(mode) });
}

/** All of a convolution's arguments but the border's reach. */
export function checkConv(call, pairsOf) {
  const { rank, input, weight, bias } = call;
  if (!input || !weight) refuse("rows", { a: "input", b: "weight" });
  checkIntegers(call);
  axes("weight", weight.shape, `O, C/groups, ${AXES[rank]}`);
  images(input.shape, rank);
  const sizes = input.shape.slice(1), kernel = weight.shape.slice(2);
  checkGeometry({ ...call, kernel });
  if (call.groups < 1) refuse("positive", { name: "groups", got: call.groups });
  checkChannels(input.shape, weight.shape, call.groups);
  const pairs = pairsOf(call);
  checkFit(sizes, kernel, pairs, call.dilation, "weight");
  if (bias && bias.length !== weight.shape[0]) {
    refuse("bias", { filters: weight.shape[0], got: tuple([bias.length]) });
  }
  if (call.mode !== "zeros") checkReach("padding", sizes, pairs, call.mode, 2);
  return pairs;
}

/** Refuses a border wider than what the input can lend; `first` is the first axis's number. */
export function checkReach(name, sizes, pairs, mode, first) {
  sizes.forEach((size, axis) => {
    const [before, after] = pairs[axis], most = { reflect: size - 1, circular: size }[mode] ?? Infinity;
    if (Math.max(before, after) > Math.max(most, 0)) {
      refuse(mode, { name, most, axis: axis + first, got: tuple(pairs[axis]), size });
    }
  });
}

/** A pooling's arguments over `sizes`; its windows are counted by `count(axis)` once all is well. */
export function checkPool({ rank, sizes, kernel, stride, padding, dilation }, count, as = {}) {
  const named = { kernel_size: [kernel, 1], stride: [stride, 1], padding: [padding, 0], dilation: [dilation, 1] };
  for (const [name, [values, least]] of Object.entries(named)) {
    ints(name, values, rank);
    atLeast(name, values, least, as[name]);
  }
  return sizes.map((size, axis) => {
    const [k, p] = [kernel[axis], padding[axis]], reach = dilation[axis] * (k - 1) + 1;
    if (2 * p > k) refuse("half", { got: p, twice: 2 * p, kernel: k });
    const windows = count(axis);
    if (windows < 1) {
      refuse("fit", { name: "kernel_size", got: k, reach, room: size + 2 * p, sum: `${size} + ${p} + ${p}` });
    }
    return windows;
  });
}

/** Two operands of an inner product. */
export function checkPair(a, b) {
  if (!a || !b) refuse("rows", { a: "a", b: "b" });
  if (tuple(a.shape) !== tuple(b.shape)) refuse("pair", { wanted: tuple(a.shape), got: tuple(b.shape) });
}

/** Refuses a layer without one of the arguments that it cannot do without. */
export function checkGiven(type, args, ...names) {
  for (const name of names) if (args[name] == null) refuse("missing", { type, name });
}

/** The channels of a layer: groups divide both, and whole numbers from 1. */
export function checkLayer({ in_channels: inputs, out_channels: outputs, groups }) {
  if (groups < 1) refuse("positive", { name: "groups", got: groups });
  for (const [name, channels] of [["in_channels", inputs], ["out_channels", outputs]]) {
    whole(name, channels);
    if (channels < 1) refuse("positive", { name, got: channels });
    if (channels % groups) refuse("groups", { name, groups, got: channels, rest: channels % groups });
  }
}

export function checkFeatures(shape, features, name = "in_features") {
  if (shape.at(-1) !== features) refuse("features", { features, name, got: shape.at(-1), shape: tuple(shape) });
}

/** A new arrangement of all elements, `known` of them in the sizes that are given. */
export function checkReshape(wanted, known, all) {
  if (known < 1 || (wanted.includes(-1) ? all % known : all !== known)) {
    refuse("reshape", { wanted: wanted.join(", "), all });
  }
}
