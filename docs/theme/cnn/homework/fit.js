/** A lecturer's network: read from PyTorch code, refused with torch's own words where it does not fit. No DOM. */

import { apply, layer } from "../core/homework-net.js";
import { parseModel } from "../core/model.js";
import { named } from "./assignment.js";

/** Why a network cannot be asked about: torch's words, or the name of our own reason with its detail. */
export class Misfit extends Error {
  constructor(message, reason = "", detail = "") {
    super(message);
    Object.assign(this, { reason, detail });
  }
}

const OTHERS = /^(ReLU6?|Sigmoid|Tanh|GELU|SiLU|LeakyReLU|ELU|Dropout(2d)?|BatchNorm[12]d|Identity|Softmax|LogSoftmax)$/;

/** One number for both axes, as the sheet's square windows have it. */
function square(name, value, usual) {
  const list = [].concat(value ?? usual);
  if (!list.every((each) => Number.isInteger(each) && each === list[0])) throw new Misfit("", "square", name);
  return list[0];
}

function window(type, args) {
  if ((args.dilation ?? 1) !== 1 || (args.groups ?? 1) !== 1 || args.ceil_mode) throw new Misfit("", "plain", type);
  const k = square("kernel_size", args.kernel_size), s = square("stride", args.stride, type === "Conv2d" ? 1 : k);
  const p = args.padding === "valid" ? 0 : args.padding === "same" && s === 1 && k % 2 ? (k - 1) / 2
    : square("padding", args.padding, 0);
  return [k, s, p];
}

/** Layers of a pasted model that change the shape, each with the inputs that its code names. */
export function layersOfCode(source) {
  const found = parseModel(source).flatMap(({ type, args }) => {
    if (type === "Conv2d") return [{ ...layer("", "conv", args.out_channels, ...window(type, args)), ins: args.in_channels }];
    if (type === "MaxPool2d") return [layer("", "pool", 0, ...window(type, args))];
    if (type === "AvgPool2d") return [layer("", "avg", 0, ...window(type, args))];
    if (type === "Linear") return [{ ...layer("", "linear", args.out_features), ins: args.in_features }];
    if (type === "Flatten" && (args.start_dim ?? 1) === 1 && (args.end_dim ?? -1) === -1) return [layer("", "flatten")];
    if (OTHERS.test(type)) return [];
    throw new Misfit("", "layer", type);
  });
  return named(found);
}

/** What torch says of a layer that cannot take a shape; nothing where it can. */
function refusalOf({ kind, outs, ins, kernel_size: k, padding: p, stride: s }, shape) {
  const [n, c, h, w] = shape, size = (side) => Math.floor((side + 2 * p - k) / s) + 1;
  if (kind === "linear") {
    const last = shape.at(-1), rows = shape.slice(0, -1).reduce((a, b) => a * b, 1);
    return ins === undefined || ins === last ? "" : `mat1 and mat2 shapes cannot be multiplied (${rows}x${last} and ${ins}x${outs})`;
  }
  if (kind === "flatten") return "";
  if (kind === "conv") {
    if (shape.length !== 4) return `Expected 3D (unbatched) or 4D (batched) input to conv2d, but got input of size: [${shape.join(", ")}]`;
    if (ins !== undefined && ins !== c) {
      return `Given groups=1, weight of size [${outs}, ${ins}, ${k}, ${k}], expected input[${n}, ${c}, ${h}, ${w}] to have ${ins} channels, but got ${c} channels instead`;
    }
    const [tall, wide] = [h + 2 * p, w + 2 * p];
    return k > Math.min(tall, wide) ? `Calculated padded input size per channel: (${tall} x ${wide}). Kernel size: (${k} x ${k}). Kernel size can't be greater than actual input size` : "";
  }
  if (shape.length !== 4) {
    return kind === "pool" ? "non-empty 3D or 4D (batch mode) tensor expected for input"
      : "Dimension out of range (expected to be in range of [-2, 1], but got -3)";
  }
  if (2 * p > k) return `pad should be at most half of effective kernel size, but got pad=${p}, kernel_size=${k} and dilation=1`;
  return size(h) < 1 || size(w) < 1
    ? `Given input size: (${c}x${h}x${w}). Calculated output size: (${c}x${size(h)}x${size(w)}). Output size is too small` : "";
}

/** The shape after each layer; a Misfit names the first that does not fit. */
export function follow(input, layers) {
  let shape = input;
  return layers.map((each) => {
    const said = refusalOf(each, shape);
    if (said) throw new Misfit(said, "", each.name);
    const after = apply(each, shape);
    if (!after) throw new Misfit("", each.kind === "flatten" ? "flat" : "flatten", each.name);
    shape = after;
    return shape;
  });
}

const CODES = {
  conv: ({ outs, kernel_size: k, stride: s, padding: p }) => `c${outs}k${k}s${s}p${p}`,
  pool: ({ kernel_size: k, stride: s, padding: p }) => `m${k}s${s}p${p}`,
  avg: ({ kernel_size: k, stride: s, padding: p }) => `a${k}s${s}p${p}`,
  flatten: () => "f", linear: ({ outs }) => `l${outs}`,
};

/** The assignment's text, as `readAssignment` reads it; `input` is [batch, channels, size]. */
export const assignmentText = ({ lang, varied, input, layers, points }) =>
  ["c1", lang, varied ? "own" : "one", input.slice(0, 3).join("-"),
    layers.map((each) => CODES[each.kind](each)).join("_"), points.join("-")].join(".");
