/** The file that is handed in: written by the sheet, read again by it and by the grading page. */

import { fnv1a, normalise } from "../core/homework-net.js";
import { networkOf, readAssignment, stepsOf } from "./assignment.js";

export const FORMAT = "cnnlib-homework-2";
export const LARGEST = 65536;
const LIMITS = { assignment: 400, name: 60, number: 40, date: 20, working: 2000, reply: 80, blanks: 80, first: 10 };
const DEEPEST = 32;
const UNPRINTABLE = /[\x00-\x20\x7f-\xa0\xad\u0600-\u0605\u061c\u06dd\u070f\u08e2\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ud800-\uf8ff\ufeff\ufff9-\uffff\u{e0000}-\u{10ffff}]+/gu;
const ROW = ["name", "reply", "working", "blanks", "hints", "checks", "first"];

/** Text on one line without control, direction or escape characters. */
export const printable = (text) => text.replace(UNPRINTABLE, " ").replace(/^ +| +$/g, "");

/** The checksum over every field: shows a careless edit, and is no signature. */
export function seal(fields) {
  const data = new TextEncoder().encode(fields.map(String).join("\x1f"));
  const half = (bytes) => fnv1a(bytes).toString(16).padStart(8, "0");
  return half(data) + half(data.toReversed());
}

const sealed = ({ text, number, name, date }, rows) =>
  seal([FORMAT, text, number, name, date, ...rows.flatMap((row) => ROW.map((key) => row[key]))]);

/** The text of the file. */
export function handinText(who, network, rows) {
  return JSON.stringify({ format: FORMAT, assignment: who.text, number: who.number, name: who.name,
    date: who.date, network, steps: rows, seal: sealed(who, rows) }, null, 1);
}

/** A file that cannot be graded: the name of the reason, and what its sentence tells. */
export class Unusable extends Error {
  constructor(reason, details = {}) {
    super(reason);
    this.details = details;
  }

  said({ reasons }) {
    return reasons[this.message].replace(/\{(\w+)\}/g, (_, key) => this.details[key]);
  }
}

function need(good, reason, details) {
  if (!good) throw new Unusable(reason, details);
}

function textOf(from, key) {
  const value = from[key];
  need(typeof value === "string", "no-text", { key });
  need([...value].length <= LIMITS[key], "long", { key, most: LIMITS[key] });
  need(value.isWellFormed(), "no-characters", { key });
  return value;
}

function countOf(from, key) {
  need(Number.isInteger(from[key]), "no-count", { key });
  need(from[key] >= 0 && from[key] <= 9999, "range", { key });
  return from[key];
}

const plainObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

/** Keys in one order, so that two objects with the same entries read the same. */
const inOrder = (value) => JSON.stringify(value, (_, item) => (plainObject(item)
  ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1))) : item));

/** Whether brackets outside of strings go deeper than any hand-in. */
function tooDeep(source) {
  let depth = 0;
  for (const mark of source.replace(/"(?:[^"\\]|\\.)*"/gs, "").match(/[[\]{}]/g) ?? []) {
    depth += mark === "[" || mark === "{" ? 1 : -1;
    if (depth > DEEPEST) return true;
  }
  return false;
}

/** The object in a file's bytes; an Unusable says why there is none. */
export function readObject(bytes) {
  need(bytes.length <= LARGEST, "large", { most: LARGEST });
  const content = parseFile(bytes);
  need(plainObject(content), "foreign");
  return content;
}

function parseFile(bytes) {
  let source;
  try {
    source = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Unusable("no-utf8");
  }
  need(!tooDeep(source), "deep", { most: DEEPEST });
  try {
    return JSON.parse(source);
  } catch {
    throw new Unusable("no-json");
  }
}

/** The hand-in in a file's bytes, as lesson.homework.handin reads it. */
export function readHandin(bytes) {
  const content = readObject(bytes);
  need(content.format === FORMAT, "foreign");
  const [text, number, name, date] = ["assignment", "number", "name", "date"].map((key) => textOf(content, key));
  const assignment = readAssignment(text);
  need(assignment, "assignment");
  need(assignment.network && !assignment.varied ? true : normalise(number), "number");
  const network = networkOf(assignment, number), asked = stepsOf(assignment, network);
  const names = asked.map(({ layer }) => layer.name), rows = content.steps;
  need(Array.isArray(rows) && rows.every(plainObject), "no-steps");
  need(rows.length === names.length && rows.every((row, i) => row.name === names[i]),
    "other-steps", { names: names.join(", ") });
  const answered = rows.map((row) => ({ name: row.name, reply: textOf(row, "reply"),
    working: textOf(row, "working"), blanks: textOf(row, "blanks"), hints: countOf(row, "hints"),
    checks: countOf(row, "checks"), first: textOf(row, "first") }));
  const doubts = [];
  if (inOrder(content.network ?? null) !== inOrder(network)) doubts.push("other-network");
  if (content.seal !== sealed({ text, number, name, date }, answered)) doubts.push("tampered");
  return { text, assignment, network, asked, number, name, date, answered, doubts };
}
