/**
 * The homework's networks: from a student number to a network, its shapes, and what each
 * misconception would answer. The same integers as lesson.homework, number by number.
 */

import { agree, readShape } from "./answers.js";

const SIZES = [24, 26, 28, 30, 32, 34, 36, 38, 40, 42, 44];
const KERNELS = [[3, 3], [3, 5], [5, 3], [5, 5], [7, 3], [7, 5]];

const layer = (name, kind, outs = 0, kernel_size = 0, stride = 1, padding = 0) =>
  ({ name, kind, outs, kernel_size, stride, padding });

const LECTURE = {
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

function* mulberry32(state) {
  for (;;) {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    yield (t ^ (t >>> 14)) >>> 0;
  }
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
  const sides = rest.map((side) => size(layer, side));
  return sides.some((side) => side < 1) ? null : [n, outs || c, ...sides];
}

/** Each layer with the shape that enters, the one that leaves, and its formula in numbers. */
export function steps(network) {
  let before = [network.batch, network.channels, network.size, network.size];
  return network.layers.map((layer) => {
    const lazy = Boolean(network.number) && layer.name === "fc1";   // its code tells no answer
    const step = { layer, before, after: apply(layer, before), lazy };
    before = step.after;
    return { ...step, ...written(step) };
  });
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
  const extra = (s > 1 ? `, stride=${s}` : "") + (p ? `, padding=${p}` : "");
  const code = kind === "pool" ? `MaxPool2d(${k})`
    : `Conv2d(${before[1]}, ${outs}, kernel_size=${k}${extra})`;
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

const floor = Math.floor;
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
    const pool = kind === "pool", size = after.slice(2), o = after[1];
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

/** [name, wrong shape] for every misconception that can be told from the answer. */
export function misconceptions(step) {
  const found = new Map();
  for (const [name, shape] of wrong(step)) {
    if (!agree(shape, step.after)) found.set(`${name} ${shape}`, [name, shape]);
  }
  return [...found.values()];
}

/** What a typed shape is: {state, names}; `earlier` is the reply to the step before. */
export function check(step, reply, earlier) {
  if (!reply.trim()) return { state: "empty", names: [] };
  const shape = readShape(reply);
  if (!shape) return { state: "unread", names: [] };
  if (agree(shape, step.after)) return { state: "right", names: [] };
  const before = earlier == null ? null : readShape(earlier);
  if (before && !agree(before, step.before)
    && before.every((n) => Number.isInteger(n) && n >= 1 && n <= 1e6)) {
    const carried = apply(step.layer, before);
    if (carried && agree(shape, carried)) return { state: "carried", names: [] };
  }
  const names = misconceptions(step).filter(([, wrong]) => agree(shape, wrong)).map(([name]) => name);
  return { state: "wrong", names: [...new Set(names)] };
}
