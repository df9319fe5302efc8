/** What the learning-management system is told of a sheet: score, completion, every checked answer. No DOM. */

import { printable } from "../homework/handin.js";
import { POINTS, scoreOf, verdictsOf } from "../homework/judge.js";
import { span, two } from "./api.js";

const LONGEST = 255;                         // characters of an answer in SCORM 1.2
const ENOUGH = ["completed", "passed"];

/** {verdicts, score, most} of a sheet, as the grading page grades it. */
export function graded({ assignment, network, questions }) {
  const sheet = { assignment, network, asked: questions.map(({ step }) => step), answered: questions.map((each) => each.written()) };
  const verdicts = verdictsOf(sheet);
  return { verdicts, ...scoreOf(sheet, verdicts) };
}

/** [key, value] of the score in percent, the completion, and the time. */
export function progress({ score, most }, questions, before, seconds) {
  const done = questions.every((each) => !each.empty && each.state.state);
  const percent = most ? Math.round((1000 * score) / most) / 10 : 0;
  return [["cmi.core.score.raw", percent], ["cmi.core.score.min", 0], ["cmi.core.score.max", 100],
    ...(ENOUGH.includes(before) ? [] : [["cmi.core.lesson_status", done ? "completed" : "incomplete"]]),
    ["cmi.core.session_time", span(seconds)], ["cmi.core.exit", "suspend"]];
}

function resultOf(state) {
  if (state === "right") return "correct";
  if (state === "unread") return "unanticipated";
  return POINTS[state] ? String(POINTS[state]) : "wrong";
}

/** [key, value] of the n-th interaction: an answer, with the misconception that would give it. */
export function interaction(n, { step, reply }, { state, names }, points, at) {
  const key = (name) => `cmi.interactions.${n}.${name}`, said = printable(reply.value);
  return [[key("id"), step.layer.name], [key("type"), "fill-in"],
    [key("time"), `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`],
    [key("weighting"), points],
    [key("student_response"), (names.length ? `${names.join(" or ")}: ${said}` : said).slice(0, LONGEST)],
    [key("result"), resultOf(state)]];
}
