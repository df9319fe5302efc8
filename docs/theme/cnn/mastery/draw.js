/** From a skill and a seed to an exercise, by the same integers as lesson.mastery.draw. No DOM. */

import { mulberry32 } from "../core/random.js";
import { range } from "../core/tensor.js";
import { ANSWERS, whole } from "./answers.js";
import { mistakes } from "./mistakes.js";

function made(spec, below) {
  if (Array.isArray(spec)) return spec[below(spec.length)];
  if (typeof spec !== "object") return spec;
  const { each, of, rows, columns, from, to, step = 1 } = spec;
  if (each) return each.map((part) => made(part, below));
  if (of) return range(rows).map(() => range(columns).map(() => made(of, below)));
  if (from !== undefined) return from + step * below(Math.floor((to - from) / step) + 1);
  return Object.fromEntries(Object.entries(spec).map(([name, part]) => [name, made(part, below)]));
}

/** A seed that nobody knows before. */
export const fresh = () => crypto.getRandomValues(new Uint32Array(1))[0];

/** {given, answer, wrong} of a skill; numbers that hide one of its mistakes are drawn again. */
export function drawn({ kind, draw, told }, seed) {
  const draws = mulberry32(seed);
  for (;;) {
    const given = made(draw, (count) => draws.next().value % count), all = whole(given);
    const answer = ANSWERS[kind](all), wrong = mistakes(kind, all, answer);
    const names = wrong.map(([name]) => name);
    if (told.every((name) => names.includes(name))) return { given, answer, wrong };
  }
}
