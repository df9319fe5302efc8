/** Grades the files of a class as lesson.homework.grade does, to the byte. No DOM. */

import { normalise } from "../core/homework-net.js";
import { readAssignment } from "./assignment.js";
import { Unusable, printable, readHandin, readObject } from "./handin.js";
import { scoreOf, verdictsOf } from "./judge.js";

const COLUMNS = ["conv1", "pool", "conv2", "flatten", "fc1", "fc2"];
const ASSIGNMENT_FORMAT = "cnnlib-assignment-1";

/** The marks of the CSV, the same in every language. */
const MARKS = { or: "or", notes: {}, names: {}, states: { right: "right", carried: "carried", repeated: "repeated",
  wrong: "wrong", unread: "unreadable", empty: "empty" } };

const order = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

function orderBytes(a, b) {
  const n = Math.min(a.length, b.length);
  for (let i = 0; i < n; i++) if (a[i] !== b[i]) return a[i] - b[i];
  return a.length - b.length;
}

const keyOf = (number) => normalise(number) ?? printable(number.normalize("NFKC")).toUpperCase();

/** The assignment in a lecturer's file, or nothing for any other file. */
function madeIn(data) {
  const content = readObject(data);
  if (content.format !== ASSIGNMENT_FORMAT) return "";
  const made = readAssignment(typeof content.assignment === "string" ? content.assignment : "");
  if (!made) throw new Unusable("assignment");
  return made.text;
}

function notesOf(row, group, expected) {
  const { handin, file } = row, notes = [...handin.doubts];
  if (expected && handin.text !== expected) notes.push("other-assignment");
  if (row.key && group.length > 1) {
    const latest = group.reduce((one, two) => ((order(one.handin.date, two.handin.date) || order(one.file, two.file)) >= 0 ? one : two));
    notes.push(latest.file === file ? "duplicate" : "superseded");
  }
  if (!row.key) notes.push("no-number");
  if (!printable(handin.name)) notes.push("no-name");
  return notes;
}

function oneGraded(file, handin) {
  const verdicts = verdictsOf(handin);
  return { file, handin, verdicts, key: keyOf(handin.number), notes: [], ...scoreOf(handin, verdicts) };
}

/** {graded, broken, expected, columns} for [name, bytes or reason] of each file. */
export function gradeClass(entries) {
  const none = new Uint8Array(), bytes = (data) => (data instanceof Unusable ? none : data);
  const listed = [...entries].sort(([a, one], [b, two]) => order(a, b) || orderBytes(bytes(one), bytes(two)));
  const graded = [], broken = [], seen = new Map();
  let expected = "";
  for (const [file, data] of listed) {
    try {
      if (data instanceof Unusable) throw data;
      const content = new TextDecoder("latin1").decode(data), first = seen.get(content);
      if (first !== undefined) throw new Unusable("same", { file: printable(first) });
      seen.set(content, file);
      const made = madeIn(data);
      if (made) expected = made;
      else graded.push(oneGraded(file, readHandin(data)));
    } catch (error) {
      if (!(error instanceof Unusable)) throw error;
      broken.push([printable(file), error]);
    }
  }
  const whose = ({ handin, key }) => `${handin.text} ${key}`, groups = new Map();
  for (const row of graded) groups.set(whose(row), [...(groups.get(whose(row)) ?? []), row]);
  for (const row of graded) row.notes = notesOf(row, groups.get(whose(row)), expected);
  graded.sort((a, b) => order(a.key, b.key) || order(a.file, b.file));
  return { graded, broken, expected, columns: columnsOf(graded) };
}

function columnsOf(graded) {
  const own = graded.filter(({ handin }) => handin.assignment.lang);
  const first = own.length && own.length === graded.length ? [] : COLUMNS;
  return [...new Set([...first, ...own.flatMap(({ verdicts }) => Object.keys(verdicts))])];
}

export const headOf = (columns) => ["number", "name", "score", "of", ...columns, "hints", "checks", "notes", "date", "file"];

function described({ state, names }, reply, words) {
  const said = words.states[state];
  if (state === "right" || state === "empty") return said;
  const why = names.map((name) => words.names[name] ?? name).join(` ${words.or} `) || said;
  return (state === "repeated" ? `${said} (${why})` : why) + `: ${printable(reply)}`;
}

/** A row of the table, in a language's words or in the CSV's own marks. */
export function rowOf({ file, handin, verdicts, score, most, notes }, columns, words = MARKS) {
  const { number, name, date, answered } = handin;
  const replies = Object.fromEntries(answered.map((step) => [step.name, step.reply]));
  const cells = columns.map((step) => (Object.hasOwn(replies, step) ? described(verdicts[step], replies[step], words) : "-"));
  const total = (key) => answered.reduce((sum, step) => sum + step[key], 0);
  return [printable(number), printable(name), String(score), String(most), ...cells, String(total("hints")), String(total("checks")),
    notes.map((note) => words.notes[note] ?? note).join(", "), printable(date), printable(file)];
}
