/** What cnnlib refuses, in cnnlib's words and in cnnlib's order. */

import { tuple } from "./tensor.js";

/** `message` is cnnlib's; `reason` names the explanation in words-ko.js. */
export class Refusal extends Error {
  constructor(message, reason) {
    super(message);
    this.reason = reason;
  }
}

function refuse(reason, name, rule, got, why = "") {
  const because = why && `; ${why}`;
  throw new Refusal(`\`${name}\` must ${rule}, got ${got}${because}`, reason);
}

const AXES = { 1: "L", 2: "H, W", 3: "D, H, W" };
export const MODES = ["zeros", "reflect", "replicate", "circular"];

const python = (value) => (value === true ? "True" : value === false ? "False"
  : value === null ? "None" : typeof value === "string" ? `'${value}'` : String(value));

function whole(name, value) {
  if (!Number.isInteger(value)) refuse("whole", name, "be an int", python(value));
}

/** One whole number an axis. */
function ints(name, values, rank) {
  values.forEach((value) => whole(name, value));
  if (values.length !== rank) {
    refuse("axes", name, `be an int or a tuple of ${rank} ints`, tuple(values), `it has ${values.length} entries`);
  }
}

export const written = (value) => (Array.isArray(value) ? tuple(value) : python(value));

/** `as` is the value as the caller wrote it. */
function atLeast(name, values, least, as = values) {
  if (Math.min(...values) < least) refuse(least ? "positive" : "negative", name, `be at least ${least}`, written(as));
}

/** A layer's argument as one whole number for each axis. */
export function spread(name, value, rank) {
  const list = [].concat(value);
  list.forEach((each) => whole(name, each));
  if (list.length === 1) return Array(rank).fill(list[0]);
  ints(name, list, rank);
  return list;
}

function axes(name, shape, ...letters) {
  if (letters.some((text) => text.split(",").length === shape.length)) return;
  const allowed = letters.map((text) => `${text.split(",").length} axes (${text})`).join(" or ");
  refuse("shape", name, `have ${allowed}`, shape.length, `its shape is ${tuple(shape)}`);
}

const images = (shape, rank) => axes("input", shape, `N, C, ${AXES[rank]}`, `C, ${AXES[rank]}`);

/** Refuses channels that do not go together: input (C, *S), weight (O, C/groups, *K). */
export function checkChannels(x, w, groups) {
  const rank = w.length - 2, channels = x[x.length - rank - 1];
  const shapes = `input ${tuple(x)}, weight ${tuple(w)}`;
  images(x, rank);
  if (w[0] < 1 || w[0] % groups) {
    refuse("groups", "weight", `have a positive multiple of groups=${groups} filters`, w[0],
      `${w[0]} % ${groups} = ${w[0] % groups}, ${shapes}`);
  }
  if (channels !== w[1] * groups) {
    throw new Refusal(`\`input\` has ${channels} channels but \`weight\` expects `
      + `${w[1]}*${groups} (weight.shape[1] * groups); ${shapes}`, "channels");
  }
}

/** Refuses a kernel that reaches further than the padded input, by the argument it was given as. */
export function checkFit(sizes, kernel, pairs, dilation, name = "kernel_size") {
  sizes.forEach((size, axis) => {
    const [before, after] = pairs[axis], padded = size + before + after;
    const reach = dilation[axis] * (kernel[axis] - 1) + 1;
    if (reach > padded) {
      const got = name === "kernel_size" ? kernel[axis] : `kernel_size ${kernel[axis]}`;
      refuse("fit", name, "fit in the padded input", got,
        `dilation*(kernel_size - 1) + 1 = ${reach} > ${padded} = ${size} + ${before} + ${after}`);
    }
  });
}

/** The geometry of a convolution, before its pairs of padding are known. */
export function checkGeometry({ kernel, stride, padding, dilation }, as = {}) {
  atLeast("kernel_size", kernel, 1, as.kernel_size);
  atLeast("stride", stride, 1, as.stride);
  atLeast("dilation", dilation, 1, as.dilation);
  if (typeof padding !== "string") atLeast("padding", padding, 0, as.padding);
  else if (!["same", "valid"].includes(padding)) {
    refuse("whole", "padding", "be an int, a tuple of ints, 'same' or 'valid'", python(padding));
  } else if (padding === "same" && stride.some((step) => step !== 1)) {
    refuse("same", "padding", "not be 'same' unless the stride is 1", `stride ${written(as.stride ?? stride)}`);
  }
}

/** Refuses what is no whole number, and a mode that there is not. */
export function checkIntegers({ rank, stride, padding, dilation, groups, mode }) {
  ints("stride", stride, rank);
  if (typeof padding !== "string") ints("padding", padding, rank);
  ints("dilation", dilation, rank);
  whole("groups", groups);
  if (!MODES.includes(mode)) {
    refuse("mode", "padding_mode", `be one of (${MODES.map(python).join(", ")})`, python(mode));
  }
}

/** All of a convolution's arguments but the border's reach. */
export function checkConv(call, pairsOf) {
  const { rank, input, weight, bias } = call;
  if (!input || !weight) throw new Refusal("`input` and `weight` must hold numbers, in rows of one length", "shape");
  checkIntegers(call);
  axes("weight", weight.shape, `O, C/groups, ${AXES[rank]}`);
  images(input.shape, rank);
  const sizes = input.shape.slice(1), kernel = weight.shape.slice(2);
  checkGeometry({ ...call, kernel });
  if (call.groups < 1) refuse("positive", "groups", "be at least 1", call.groups);
  checkChannels(input.shape, weight.shape, call.groups);
  const pairs = pairsOf(call);
  checkFit(sizes, kernel, pairs, call.dilation, "weight");
  if (bias && bias.length !== weight.shape[0]) {
    refuse("bias", "bias", `have shape (${weight.shape[0]},), one number for each filter`, tuple([bias.length]));
  }
  if (call.mode !== "zeros") checkReach("padding", sizes, pairs, call.mode, 2);
  return pairs;
}

/** Refuses a border wider than what the input can lend; `first` is the first axis's number. */
export function checkReach(name, sizes, pairs, mode, first) {
  sizes.forEach((size, axis) => {
    const [before, after] = pairs[axis], most = { reflect: size - 1, circular: size }[mode] ?? Infinity;
    if (Math.max(before, after) > Math.max(most, 0)) {
      refuse(mode, name, `be at most ${most} on axis ${axis + first} in mode '${mode}'`,
        tuple(pairs[axis]), `the input has ${size} positions there`);
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
    if (2 * p > k) refuse("half", "padding", "be at most half of `kernel_size`", p, `2*${p} = ${2 * p} > ${k}`);
    const windows = count(axis);
    if (windows < 1) {
      refuse("fit", "kernel_size", "fit in the padded input", k,
        `dilation*(kernel_size - 1) + 1 = ${reach} > ${size + 2 * p} = ${size} + ${p} + ${p}`);
    }
    return windows;
  });
}

/** Two operands of an inner product. */
export function checkPair(a, b) {
  if (!a || !b) throw new Refusal("`a` and `b` must hold numbers, in rows of one length", "shape");
  if (tuple(a.shape) !== tuple(b.shape)) {
    refuse("shape", "b", `have the shape of \`a\` ${tuple(a.shape)}`, tuple(b.shape));
  }
}

/** The channels of a layer: groups divide both, and whole numbers from 1. */
export function checkLayer({ in_channels: inputs, out_channels: outputs, groups }) {
  if (groups < 1) refuse("positive", "groups", "be at least 1", groups);
  for (const [name, channels] of [["in_channels", inputs], ["out_channels", outputs]]) {
    whole(name, channels);
    if (channels < 1) refuse("positive", name, "be at least 1", channels);
    if (channels % groups) {
      refuse("groups", name, `be a multiple of groups=${groups}`, channels, `${channels} % ${groups} = ${channels % groups}`);
    }
  }
}

export function checkFeatures(shape, features, name = "in_features") {
  if (shape.at(-1) !== features) {
    refuse("features", "input", `have ${features} features (${name})`, shape.at(-1), `input ${tuple(shape)}`);
  }
}

/** A new arrangement of all elements, `known` of them in the sizes that are given. */
export function checkReshape(wanted, known, all) {
  if (known < 1 || (wanted.includes(-1) ? all % known : all !== known)) {
    throw new Refusal(`shape '[${wanted.join(", ")}]' is invalid for input of size ${all}`, "reshape");
  }
}
