/** Judges a typed shape as lesson.homework.check does. No DOM. */

import { agree } from "../core/answers.js";
import { apply } from "../core/homework-net.js";
import { readings } from "../core/reading.js";
import { worthOf } from "./assignment.js";
import { misconceptions, part } from "./mistakes.js";

/** Of a step's points; a way of writing that was wrong before costs nothing again. */
export const POINTS = { right: 1, carried: 0.5, repeated: 1 };

const same = (a, b) => String(a) === String(b);
const WRITTEN = {
  "no-batch": (shape) => shape.slice(1),
  "channels-last": (shape) => (shape.length > 2 ? [shape[0], ...shape.slice(2), shape[1]] : shape),
};

/** Whether this shape and the one before are both right but for the same way to write them. */
const repeats = (step, write, shapes, before) => same(before, write(step.start))
  && !same(before, step.start) && shapes.some((shape) => same(shape, write(step.after)));

const through = (chain, shape) => chain.reduce((before, layer) => before && apply(layer, before), shape);

/** What the step makes of the student's own earlier shape, if it is wrong but usable. */
function carried({ start, chain }, before) {
  if (same(before, start) || !before.every((n) => Number.isInteger(n) && n >= 1 && n <= 1e6)) return [];
  const without = through(chain, [start[0], ...before]);       // the batch is missing from both
  return [through(chain, before), without?.slice(1)].filter(Boolean);
}

function namesOf(step, shapes) {
  for (const shape of shapes) {
    const names = misconceptions(step).filter(([, wrong]) => agree(shape, wrong)).map(([name]) => name);
    if (names.length) return [...new Set(names)];
  }
  return [part(shapes[0], step.after)];
}

/** What a typed shape is: {state, names}; `earlier` is the reply to the step before, if any. */
export function check(step, reply, earlier) {
  if (!reply.trim()) return { state: "empty", names: [] };
  const shapes = readings(reply);
  if (!shapes.length) return { state: "unread", names: [] };
  if (shapes.some((shape) => same(shape, step.after))) return { state: "right", names: [] };
  const [before] = earlier == null ? [] : readings(earlier);
  if (before) {
    for (const [name, write] of Object.entries(WRITTEN)) {
      if (repeats(step, write, shapes, before)) return { state: "repeated", names: [name] };
    }
    if (carried(step, before).some((shape) => shapes.some((one) => same(one, shape)))) {
      return { state: "carried", names: [] };
    }
  }
  return { state: "wrong", names: namesOf(step, shapes) };
}

/** What each answered step of a sheet is, by its name. */
export const verdictsOf = ({ asked, answered }) => Object.fromEntries(
  asked.map((step, i) => [step.layer.name, check(step, answered[i].reply, answered[i - 1]?.reply)]));

/** {score, most} of the points that an assignment gives. */
export function scoreOf({ assignment, network }, verdicts) {
  const worth = worthOf(assignment, network), names = Object.keys(verdicts);
  return { score: names.reduce((sum, name) => sum + worth[name] * (POINTS[verdicts[name].state] ?? 0), 0),
    most: names.reduce((sum, name) => sum + worth[name], 0) };
}
