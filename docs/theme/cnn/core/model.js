/** A pasted model -> the chain of its layers. Understands nn.Sequential, a class, print(model). */

import { Unreadable, dotted, evaluate, logicalLines, parseExpression } from "./pytext.js";

/** The argument names of each layer, in torch's order; a layer not listed cannot be read. */
const CONVOLUTION = "in_channels out_channels kernel_size stride padding dilation groups bias padding_mode";
const POOL = { max: "kernel_size stride padding dilation return_indices ceil_mode",
  avg: "kernel_size stride padding ceil_mode count_include_pad divisor_override" };
const SIGNATURES = {
  Linear: "in_features out_features bias", Flatten: "start_dim end_dim",
  View: "", Identity: "", ReLU: "inplace", ReLU6: "inplace", Sigmoid: "", Tanh: "", GELU: "approximate",
  SiLU: "inplace", LeakyReLU: "negative_slope inplace", ELU: "alpha inplace", Softmax: "dim",
  LogSoftmax: "dim", Dropout: "p inplace", Dropout2d: "p inplace",
  BatchNorm1d: "num_features eps momentum affine", BatchNorm2d: "num_features eps momentum affine",
};
for (const rank of ["1d", "2d", "3d"]) {
  SIGNATURES[`Conv${rank}`] = CONVOLUTION;
  SIGNATURES[`MaxPool${rank}`] = POOL.max;
  SIGNATURES[`AvgPool${rank}`] = POOL.avg;
}

const FUNCTIONS = {
  relu: "ReLU", relu_: "ReLU", sigmoid: "Sigmoid", tanh: "Tanh", gelu: "GELU", silu: "SiLU",
  leaky_relu: "LeakyReLU", softmax: "Softmax", log_softmax: "LogSoftmax", dropout: "Dropout",
  flatten: "Flatten", view: "View", reshape: "View",
  max_pool1d: "MaxPool1d", max_pool2d: "MaxPool2d", max_pool3d: "MaxPool3d",
  avg_pool1d: "AvgPool1d", avg_pool2d: "AvgPool2d", avg_pool3d: "AvgPool3d",
};

/** Positional and keyword arguments by name; an argument torch does not know is refused. */
function argumentsOf(type, args, names) {
  const order = SIGNATURES[type].split(" ").filter(Boolean), given = {};
  args.forEach((arg, i) => {
    const key = arg.key ?? order[i];
    if (!key || arg.star) throw new Unreadable("argument", type);
    if (!order.includes(key) && !["device", "dtype", "training"].includes(key)) {
      throw new Unreadable("argument", `${type}(${key}=)`);
    }
    if (order.includes(key)) given[key] = evaluate(arg.value ?? arg, names);
  });
  if (type === "Dropout") delete given.inplace;
  return given;
}

/** A tree such as nn.Conv2d(1, 3, 5) or nn.Sequential(...) -> [{name, type, args}]. */
function layersOf(node, names, name = "") {
  const type = node.call && dotted(node.call)?.at(-1);
  if (type === "Sequential" || type === "ModuleList") return children(node.args, names, name);
  if (!type || !Object.hasOwn(SIGNATURES, type)) throw new Unreadable("layer", type || name);
  return [{ name: name || type, type, args: argumentsOf(type, node.args, names) }];
}

function children(args, names, prefix) {
  const ordered = args.length === 1 && args[0].call && dotted(args[0].call)?.at(-1) === "OrderedDict";
  const entries = ordered ? (args[0].args[0]?.items ?? []).map(pair)
    : args.map((arg, i) => [String(i), arg]);
  return entries.flatMap(([key, node]) => layersOf(node, names, prefix ? `${prefix}.${key}` : key));
}

/** An entry of an OrderedDict: ("conv1", layer). */
function pair({ items }) {
  if (typeof items?.[0]?.string !== "string" || items.length !== 2) throw new Unreadable("syntax", "OrderedDict");
  return [items[0].string, items[1]];
}

const PRINTED = /^\((\w+)\):\s*(\w+\(.*)$/;

/** print(model)'s text: one "(name): Layer(...)" a line, containers opened and closed around. */
function fromPrinted(source) {
  const stack = [], layers = [];
  for (const raw of source.split("\n")) {
    const line = raw.trim(), match = line.match(PRINTED);
    if (line === ")") stack.pop();
    else if (!match) stack.push("");
    else if (/^\w+\($/.test(match[2])) stack.push(match[1]);
    else layers.push(...layersOf(parseExpression(match[2]), new Map(),
      [...stack, match[1]].filter(Boolean).join(".")));
  }
  return layers;
}

/** Reads the text of a model; throws Unreadable with a reason. */
export function parseModel(source) {
  if (!source.trim()) throw new Unreadable("empty");
  if (source.split("\n").some((line) => PRINTED.test(line.trim()))) return fromPrinted(source);
  const lines = logicalLines(source), names = new Map(), modules = new Map();
  const start = lines.findIndex(({ text }) => /^def forward\b/.test(text));
  for (const { text } of start < 0 ? lines : lines.slice(0, start)) readLine(text, names, modules);
  const layers = start < 0 ? [...modules.values()].flat()
    : forward(lines.slice(start + 1), lines[start], names, modules);
  if (!layers.length) throw new Unreadable("empty");
  return layers;
}

const SKIPPED = /^(class |def |import |from |super\b|return\b|pass$|@|print\b|["'])/;

/** A line before forward: a constant, or a layer under its name. */
function readLine(text, names, modules) {
  for (const [, name, number] of text.match(/^def /) ? text.matchAll(/(\w+)(?::\s*\w+)?\s*=\s*(\d+)/g) : []) {
    names.set(name, Number(number));         // an argument's default
  }
  if (SKIPPED.test(text)) return;
  const [, own, target, body] = text.match(/^(self\.)?([\w.]+)\s*[=:](?!=)\s*(.+)$/) ?? [null, "", "", text];
  const node = parseExpression(body);
  if (node.call) {
    const whole = !own && dotted(node.call)?.at(-1) === "Sequential";
    modules.set(target || String(modules.size), layersOf(node, names, whole ? "" : target));
  } else if (node.items && !target) {
    children(node.items, names, "").forEach((layer) => modules.set(layer.name, [layer]));
  } else {
    names.set(target, evaluate(node, names)).set(`self.${target}`, names.get(target));
  }
}

/** The body of forward, followed as one straight line of calls on one value. */
function forward(lines, { indent, text }, names, modules) {
  const input = text.match(/\(\s*self\s*,\s*(\w+)/)?.[1] ?? "x";
  const flow = { holder: new Set([input]), layers: [] };
  for (const line of lines) {
    if (line.indent <= indent) break;
    if (/^(if|for|while|with|try)\b/.test(line.text)) throw new Unreadable("branch", line.text);
    if (/^(print|assert)\b/.test(line.text)) continue;
    const [, target, body] = line.text.match(/^(?:(\w+)\s*=(?!=)|return)\s*(.+)$/)
      ?? [null, null, null];
    if (!body) throw new Unreadable("branch", line.text);
    const node = parseExpression(body);
    if (!follows(node, flow.holder)) {
      if (!target || mentions(node, flow.holder)) throw new Unreadable("branch", line.text);
      names.set(target, evaluate(node, names));
      continue;
    }
    apply(node, flow, names, modules);
    if (!target) return flow.layers;
    flow.holder = new Set([target]);
  }
  return flow.layers;
}

/** Whether a tree is the flowing value, or a call on it. */
function follows(node, holder) {
  if (node.name) return holder.has(node.name);
  if (!node.call) return false;
  const of = node.call.of;
  return (node.args[0] && follows(node.args[0], holder)) || Boolean(of && follows(of, holder));
}

/** Whether a tree reads the flowing value anywhere. */
function mentions(node, holder) {
  return node?.name ? holder.has(node.name)
    : typeof node === "object" && Object.values(node ?? {}).flat().some((part) => mentions(part, holder));
}

/** Appends the layers of one expression, innermost call first. */
function apply(node, flow, names, modules) {
  if (node.name) return;
  const path = dotted(node.call) ?? ["", node.call.attr], method = node.call.of
    && follows(node.call.of, flow.holder);
  const [value, ...rest] = method ? [node.call.of, ...node.args] : node.args;
  if (rest.some((arg) => mentions(arg, flow.holder) && !isSize(arg))) throw new Unreadable("branch", path.join("."));
  apply(value, flow, names, modules);
  const name = path.at(-1);
  if (path[0] === "self") {
    const known = modules.get(path.slice(1).join("."));
    if (!known) throw new Unreadable("module", path.join("."));
    flow.layers.push(...known);
  } else if (Object.hasOwn(FUNCTIONS, name)) {
    flow.layers.push(functional(FUNCTIONS[name], name, rest, names));
  } else if (!["contiguous", "to", "float"].includes(name)) {
    throw new Unreadable("function", path.join("."));
  }
}

function functional(type, name, args, names) {
  if (type !== "View") {
    const given = argumentsOf(type, args, names);
    return { name, type, args: type === "Flatten" ? { start_dim: 0, ...given } : given };
  }
  const sizes = args.length === 1 && args[0].items ? args[0].items : args;
  return { name, type, args: { sizes: sizes.map((size) =>
    (isBatch(size) ? "batch" : evaluate(size, names))) } };
}

const isSize = (node) => isBatch(node) || Boolean(node.items?.every((item) => "number" in item || isSize(item) || item.op));

/** x.size(0) and x.shape[0]: the batch, whatever its size. */
const isBatch = (node) => (node.call?.attr === "size" && node.args[0]?.number === 0)
  || (node.of?.attr === "shape" && node.index?.number === 0);
