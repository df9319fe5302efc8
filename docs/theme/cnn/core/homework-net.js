/**
 * The homework's networks: from a student number to a network, its shapes and its code. The same
 * integers as lesson.homework, number by number. No DOM.
 */

import { mulberry32 } from "./random.js";

const SIZES = [24, 26, 28, 30, 32, 34, 36, 38, 40, 42, 44];
const KERNELS = [[3, 3], [3, 5], [5, 3], [5, 5], [7, 3], [7, 5]];

export const layer = (name, kind, outs = 0, kernel_size = 0, stride = 1, padding = 0) =>
  ({ name, kind, outs, kernel_size, stride, padding });

export const LECTURE = {
  number: "", batch: 10, channels: 1, size: 20,
  layers: [layer("conv1", "conv", 3, 5), layer("conv2", "conv", 10, 5), layer("flatten", "flatten"),
    layer("fc1", "linear", 50), layer("fc2", "linear", 10)],
};

/** The student number in its one spelling; null when it is not digits and Latin letters. */
export function normalise(number) {
  const plain = number.normalize("NFKC").replace(/[\s\-_]/g, "").toUpperCase();
  return /^[0-9A-Z]{0,20}$/.test(plain) ? plain : null;
}

/** 32-bit FNV-1a of bytes. */
export function fnv1a(bytes, start = 0x811c9dc5) {
  let value = start;
  for (const byte of bytes) value = Math.imul(value ^ byte, 0x01000193);
  return value >>> 0;
}

/** The network of a normalised student number; the lecture's own for an empty one. */
export function variant(number) {
  if (!number) return LECTURE;
  const draws = mulberry32(fnv1a(new TextEncoder().encode(number)));
  const below = (count, first = 0, step = 1) => first + step * (draws.next().value % count);
  let network;
  do network = draw(number, below); while (!fair(network));
  return network;
}

function draw(number, below) {
  const batch = below(25, 8), channels = below(2, 1, 2), kernels = KERNELS[below(6)];
  const padded = below(2), padding = below(Math.floor(kernels[padded] / 2), 1);
  const widths = [below(6, 4), below(11, 10)], after = below(2, 1);
  const features = below(9, 40, 10), classes = below(8, 5);
  const layers = [0, 1].map((i) => layer(`conv${i + 1}`, "conv", widths[i], kernels[i],
    i === padded ? 1 : 2, i === padded ? padding : 0));
  layers.splice(after, 0, layer("pool", "pool", 0, 2, 2));
  layers.push(layer("flatten", "flatten"), layer("fc1", "linear", features),
    layer("fc2", "linear", classes));
  const turn = [...number].reduce((rest, c) => (rest * 10 + parseInt(c, 36)) % SIZES.length, 0);
  return { number, batch, channels, size: SIZES[turn], layers };
}

function fair({ batch, channels, size, layers }) {
  const sizes = [size];
  for (const { kind, kernel_size, stride, padding } of layers.slice(0, 3)) {
    const room = sizes.at(-1) + 2 * padding - kernel_size;
    if (room < 0 || (room % stride !== 0) !== (kind === "conv" && stride === 2)) return false;
    sizes.push(Math.floor(room / stride) + 1);
  }
  const widths = layers.map(({ outs }) => outs).filter(Boolean);
  const all = [...sizes, batch, channels, ...widths];
  return sizes.at(-1) >= 3 && sizes.at(-1) <= 10 && new Set(all).size === all.length;
}

const size = ({ kernel_size: k, stride: s, padding: p }, n) => Math.floor((n + 2 * p - k) / s) + 1;
const product = (numbers) => numbers.reduce((a, b) => a * b, 1);

/** The shape after a layer; null where it does not fit. */
export function apply(layer, before) {
  const { kind, outs } = layer;
  if (before.length !== (kind === "linear" ? 2 : 4)) return null;
  const [n, c, ...rest] = before;
  if (kind === "flatten") return [n, c * product(rest)];
  if (kind === "linear") return [n, outs];
  if (kind !== "conv" && 2 * layer.padding > layer.kernel_size) return null;
  const sides = rest.map((side) => size(layer, side));
  return sides.some((side) => side < 1) ? null : [n, outs || c, ...sides];
}

/**
 * Each layer with the shape that enters, the one that leaves, and its formula in numbers; of layers
 * that are not `asked`, only what they do to the next one's start.
 */
export function steps(network, asked) {
  const input = [network.batch, network.channels, network.size, network.size], rows = [];
  let before = input, start = input, chain = [], lazy = true;
  for (const layer of network.layers) {
    const after = apply(layer, before), first = lazy && layer.kind === "linear";
    chain = [...chain, layer];
    if (first) lazy = false;                          // its code tells no answer
    if (!asked || asked.includes(layer.name)) {
      const step = { layer, before, after, lazy: first, start, chain };
      rows.push({ ...step, ...written(step) });
      [start, chain] = [after, []];
    }
    before = after;
  }
  return rows;
}

export const shapeText = (shape) => `(${shape.join(", ")})`;

function written({ layer, before, after, lazy }) {
  const { kind, outs, kernel_size: k, stride: s, padding: p } = layer;
  if (kind === "flatten") {
    const blanks = [...before.slice(1), after[1]], filled = before.slice(1).join(" · ");
    return { blanks, filled, worked: `${filled} = ${after[1]} → ${shapeText(after)}`, code: "Flatten()" };
  }
  if (kind === "linear") {
    return {
      blanks: [before[1], outs], filled: `(${before[0]}, ${before[1]}) → (${before[0]}, ?)`,
      worked: `${shapeText(before)} → ${shapeText(after)}`, code: lazy ? `LazyLinear(${outs})` : `Linear(${before[1]}, ${outs})`,
    };
  }
  const filled = `⌊(${before[2]} + 2·${p} − ${k}) / ${s}⌋ + 1`;
  const worked = `${filled} = ⌊${before[2] + 2 * p - k} / ${s}⌋ + 1 = ${after[2]} → ${shapeText(after)}`;
  const usual = kind === "conv" ? 1 : k;
  const extra = (s === usual ? "" : `, stride=${s}`) + (p ? `, padding=${p}` : "");
  const code = kind === "conv" ? `Conv2d(${before[1]}, ${outs}, kernel_size=${k}${extra})`
    : `${kind === "avg" ? "AvgPool2d" : "MaxPool2d"}(${k}${extra})`;
  return { blanks: [before[2], p, k, s, after[2]], filled, worked, code };
}

/** The network as PyTorch code. */
export function code(network) {
  const lines = [], rows = steps(network);
  let relus = 0;
  for (const step of rows) {
    lines.push(`    ${step.layer.name}=nn.${step.code},`);
    if (step.layer.outs && step !== rows.at(-1)) lines.push(`    relu${++relus}=nn.ReLU(),`);
  }
  return `net = nn.Sequential(OrderedDict(\n${lines.join("\n")}\n))\n`
    + `images = torch.rand${shapeText(rows[0].before)}`;
}
