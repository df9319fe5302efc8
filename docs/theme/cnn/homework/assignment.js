/** What a class is asked, as lesson.homework.assignment reads it from the same short text. No DOM. */

import { LECTURE, apply, fnv1a, layer, normalise, steps, variant } from "../core/homework-net.js";
import { mulberry32 } from "../core/random.js";

const TEXT = /^c1\.(ko|en)\.(one|own)\.([0-9]{1,4})-([0-9]{1,4})-([0-9]{1,4})\.([a-z0-9]+(?:_[a-z0-9]+){0,11})\.([0-9]{1,3}(?:-[0-9]{1,3}){0,11})$/;
const LAYER = /^(?:c([0-9]{1,4})k([0-9]{1,2})s([0-9]{1,2})p([0-9]{1,2})|([ma])([0-9]{1,2})s([0-9]{1,2})p([0-9]{1,2})|(f)|l([0-9]{1,4}))$/;
const LONGEST = 400, MOST = 100, TRIES = 200;
const NAMES = { conv: "conv", pool: "pool", avg: "pool", flatten: "flatten", linear: "fc" };

function oneLayer(text) {
  const found = text.match(LAYER);
  if (!found) return null;
  const [, outs, k, s, p, pool, poolK, poolS, poolP, flat, features] = found;
  if (outs) return layer("", "conv", Number(outs), Number(k), Number(s), Number(p));
  if (pool) return layer("", pool === "a" ? "avg" : "pool", 0, Number(poolK), Number(poolS), Number(poolP));
  return flat ? layer("", "flatten") : layer("", "linear", Number(features));
}

/** Layers under the names that questions use: conv1, conv2, pool, flatten, fc1. */
export function named(layers) {
  const count = {}, total = (name) => layers.filter(({ kind }) => NAMES[kind] === name).length;
  return layers.map((each) => {
    const name = NAMES[each.kind], alone = ["pool", "flatten"].includes(name) && total(name) === 1;
    count[name] = (count[name] ?? 0) + 1;
    return { ...each, name: alone ? name : `${name}${count[name]}` };
  });
}

const fits = ({ batch, channels, size, layers }) => Boolean(
  layers.reduce((before, each) => before && apply(each, before), [batch, channels, size, size]));

const ASSIGNMENTS = { lecture: { text: "lecture", network: LECTURE }, number: { text: "number", network: null } };

/** {text, network, lang, varied, points}; null for what is no assignment, or does not fit. */
export function readAssignment(text) {
  if (Object.hasOwn(ASSIGNMENTS, text)) return ASSIGNMENTS[text];
  const found = text.length <= LONGEST && text.match(TEXT);
  if (!found) return null;
  const [, lang, varied, batch, channels, size, source, worth] = found;
  const layers = source.split("_").map(oneLayer), points = worth.split("-").map(Number);
  if (layers.includes(null) || points.length !== layers.length) return null;
  const network = { number: "", batch: Number(batch), channels: Number(channels), size: Number(size), layers: named(layers) };
  const least = [network.batch, network.channels, network.size, ...layers.flatMap(({ kind, outs, kernel_size: k, stride: s }) =>
    [...(kind === "conv" || kind === "linear" ? [outs] : []), ...(kind === "flatten" || kind === "linear" ? [] : [k, s])])];
  if (Math.min(...least) < 1 || Math.max(...points) > MOST || !points.some(Boolean) || !fits(network)) return null;
  return { text, network, lang, varied: varied === "own", points };
}

function vary({ text, network: base }, number) {
  const draws = mulberry32(fnv1a(new TextEncoder().encode(`${text}:${number}`)));
  const next = () => draws.next().value;
  for (let turn = 0; turn < TRIES; turn++) {
    const batch = 8 + (next() % 25), size = Math.max(1, base.size + (next() % 9) - 4);
    const layers = base.layers.map((each) => (each.outs
      ? { ...each, outs: Math.max(2, each.outs + (next() % 7) - 3) } : each));
    const network = { number: "", batch, channels: base.channels, size, layers };
    if (fits(network)) return network;
  }
  return base;
}

/** Whether a student number decides the network. */
export const byNumber = ({ network, varied }) => !network || Boolean(varied);

/** The network of a student; null where it takes a number and that is none. */
export function networkOf(assignment, number) {
  const normal = normalise(number);
  if (!assignment.network) return normal ? variant(normal) : null;
  if (!assignment.varied || !number) return assignment.network;
  return normal === null ? null : vary(assignment, normal);
}

/** The points of each layer by its name. */
export const worthOf = ({ points }, { layers }) =>
  Object.fromEntries(layers.map(({ name }, i) => [name, points ? points[i] : 1]));

/** The steps that are asked of a network. */
export const stepsOf = (assignment, network) => {
  const worth = worthOf(assignment, network);
  return steps(network, Object.keys(worth).filter((name) => worth[name]));
};
