/** The lecturer's page: dropped files are read, checked and tabled in this browser alone. */

import { h } from "../kit/dom.js";
import { FORMAT, seal } from "./homework.js";
import { check, normalise, steps, variant } from "../core/homework-net.js";
import { save } from "./sheet.js";

const LARGEST = 65536;
const LIMITS = { name: 60, number: 40, date: 20, working: 2000, reply: 80, blanks: 80 };
const COLUMNS = ["conv1", "pool", "conv2", "flatten", "fc1", "fc2"];
const POINTS = { right: 1, carried: 0.5 };

/** The marks of the CSV, the same in every language. */
const MARKS = { or: "or", notes: {}, states: { right: "right", carried: "carried", wrong: "wrong",
  unread: "unreadable", empty: "empty" } };

/** A file that cannot be graded: the name of the reason, and what its sentence tells. */
class Unreadable extends Error {
  constructor(reason, details = {}) {
    super(reason);
    this.details = details;
  }

  said({ reasons }) {
    return reasons[this.message].replace(/\{(\w+)\}/g, (_, key) => this.details[key]);
  }
}

function need(good, reason, details) {
  if (!good) throw new Unreadable(reason, details);
}

function text(from, key) {
  const value = from[key];
  need(typeof value === "string", "no-text", { key });
  need([...value].length <= LIMITS[key], "long", { key, most: LIMITS[key] });
  need(value.isWellFormed(), "no-characters", { key });
  return value;
}

function count(from, key) {
  need(Number.isInteger(from[key]), "no-count", { key });
  need(from[key] >= 0 && from[key] <= 9999, "range", { key });
  return from[key];
}

const plainObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

/** Keys in one order, so that two objects with the same entries read the same. */
const sorted = (value) => JSON.stringify(value, (_, item) => (plainObject(item)
  ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1))) : item));

function parse(bytes) {
  let source;
  try {
    source = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Unreadable("no-utf8");
  }
  try {
    return JSON.parse(source);
  } catch {
    throw new Unreadable("no-json");
  }
}

/** The hand-in in a file's bytes, as lesson.homework.handin reads it. */
export function read(bytes) {
  need(bytes.length <= LARGEST, "large", { most: LARGEST });
  const content = parse(bytes);
  need(plainObject(content) && content.format === FORMAT, "foreign");
  const [number, name, date] = ["number", "name", "date"].map((key) => text(content, key));
  const normal = normalise(number);
  need(normal !== null, "number");
  const network = variant(normal), names = network.layers.map((layer) => layer.name);
  const rows = content.steps;
  need(Array.isArray(rows) && rows.every(plainObject), "no-steps");
  need(rows.length === names.length && rows.every((row, i) => row.name === names[i]),
    "other-steps", { names: names.join(", ") });
  const answered = rows.map((row) => ({ name: row.name, reply: text(row, "reply"),
    working: text(row, "working"), blanks: text(row, "blanks"), hints: count(row, "hints"),
    checks: count(row, "checks") }));
  const fields = [FORMAT, number, name, date, ...answered.flatMap(Object.values)];
  const doubts = [];
  if (sorted(content.network ?? null) !== sorted(network)) doubts.push("other-network");
  if (content.seal !== seal(fields.map(String))) doubts.push("tampered");
  return { number: normal, name, date, answered, doubts };
}

/** Text on one line without control, direction or escape characters. */
const printable = (value) => value.replace(/[\p{C}\p{Z}]/gu, " ").replace(/ +/g, " ").trim();

const order = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/** {graded: each a row of cells in given words, broken: [file, reason]} for [name, bytes] of each file. */
export function grade(files) {
  const read_ = [], broken = [];
  for (const [file, bytes] of [...files].sort(([a], [b]) => order(a, b))) {
    try {
      need(/\.json$/i.test(file), "suffix");
      read_.push([file, read(bytes)]);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      broken.push([printable(file), error]);
    }
  }
  const times = Map.groupBy(read_, ([, { number }]) => number);
  const graded = read_.sort(([a, one], [b, two]) => order(one.number, two.number) || order(a, b))
    .map(([file, handin]) => (words) => row(file, handin, times.get(handin.number).length, words));
  return { graded, broken };
}

function row(file, { number, name, date, answered, doubts }, times, words) {
  const cells = Object.fromEntries(COLUMNS.map((column) => [column, "-"]));
  let score = 0;
  steps(variant(number)).forEach((step, i) => {
    const { reply } = answered[i], verdict = check(step, reply, answered[i - 1]?.reply);
    score += POINTS[verdict.state] ?? 0;
    cells[step.layer.name] = describe(verdict, reply, words);
  });
  const total = (key) => answered.reduce((sum, step) => sum + step[key], 0);
  const notes = [...doubts, ...(times > 1 && number ? ["duplicate"] : []), ...(number ? [] : ["no number"])];
  return [...[file, number, name, date].map(printable), score, answered.length,
    ...Object.values(cells), total("hints"), total("checks"),
    notes.map((note) => words.notes[note] ?? note).join(", ")].map(String);
}

function describe({ state, names }, reply, words) {
  if (state === "right" || state === "empty") return words.states[state];
  const why = names.join(` ${words.or} `) || words.states[state];
  return `${why}: ${printable(reply)}`;
}

/** A table as CSV in which no cell is run as a formula. */
export function csv(rows) {
  const cell = (value) => {
    const safe = /^[=+\-@\t\r]/.test(value) && value !== "-" ? `'${value}` : value;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return rows.map((cells) => `${cells.map(cell).join(",")}\r\n`).join("");
}

export class CnnGrading extends HTMLElement {
  connectedCallback() {
    if (this.words) return;
    this.words = JSON.parse(this.dataset.words);
    this.files = new Map();
    const drop = this.querySelector(".cnn-grading__drop");
    drop.querySelector("input").addEventListener("change", (event) => this.add(event.target.files));
    for (const name of ["dragover", "dragleave", "drop"]) {
      drop.addEventListener(name, (event) => {
        event.preventDefault();
        drop.classList.toggle("cnn-over", name === "dragover");
      });
    }
    drop.addEventListener("drop", (event) => this.add(event.dataTransfer.files));
  }

  /** Takes more files in and grades everything again. */
  async add(files) {
    for (const file of files) {
      const bytes = await file.slice(0, LARGEST + 1).arrayBuffer().catch(() => new ArrayBuffer(0));
      this.files.set(file.name, new Uint8Array(bytes));
    }
    this.#show(grade(this.files));
  }

  #show({ graded, broken }) {
    const { words } = this;
    this.querySelector(".cnn-grading__count").textContent =
      words.graded.replace("{n}", graded.length).replace("{m}", broken.length);
    const line = (cells, tag) => h("tr", null, cells.map((cell) => h(tag, null, cell)));
    const download = () => save(new Blob(["\ufeff", csv([words.head, ...graded.map((cells) => cells(MARKS))])],
      { type: "text/csv" }), "homework.csv");
    this.querySelector(".cnn-grading__result").replaceChildren(
      h("div", { class: "cnn-grading__table", role: "group", tabindex: 0, "aria-label": words.table },
        h("table", null, h("thead", null, line(words.head.map((key) => words.columns[key] ?? key), "th")),
          h("tbody", null, graded.map((cells) => line(cells(words), "td"))))),
      h("p", null, h("button", { type: "button", onclick: download }, words.csv)),
      ...(broken.length ? [h("p", null, words.broken), h("ul", null, broken.map(([file, reason]) =>
        h("li", null, h("code", null, file), ` ${reason.said(words)}`)))] : []));
  }
}
