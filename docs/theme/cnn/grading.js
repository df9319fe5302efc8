/** The lecturer's page: dropped files are read, checked and tabled in this browser alone. */

import { h } from "./dom.js";
import { FORMAT, seal } from "./homework.js";
import { check, normalise, steps, variant } from "./homework-net.js";
import { save } from "./homework-sheet.js";

const LARGEST = 65536;
const LIMITS = { name: 60, number: 40, date: 20, working: 2000, reply: 80, blanks: 80 };
const COLUMNS = ["conv1", "pool", "conv2", "flatten", "fc1", "fc2"];
const POINTS = { right: 1, carried: 0.5 };

class Unreadable extends Error {}

function need(good, reason) {
  if (!good) throw new Unreadable(reason);
}

function text(from, key) {
  const value = from[key];
  need(typeof value === "string", `has no text for ${key}`);
  need([...value].length <= LIMITS[key], `has more than ${LIMITS[key]} characters for ${key}`);
  need(value.isWellFormed(), `has characters for ${key} that are no text`);
  return value;
}

function count(from, key) {
  need(Number.isInteger(from[key]), `has no whole number for ${key}`);
  need(from[key] >= 0 && from[key] <= 9999, `has a number for ${key} that is out of range`);
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
    throw new Unreadable("is not UTF-8 text");
  }
  try {
    return JSON.parse(source);
  } catch {
    throw new Unreadable("is not JSON");
  }
}

/** The hand-in in a file's bytes, as cnnlib.lesson.homework.handin reads it. */
export function read(bytes) {
  need(bytes.length <= LARGEST, `is larger than ${LARGEST} bytes`);
  const content = parse(bytes);
  need(plainObject(content) && content.format === FORMAT, "is not a worksheet of this site");
  const [number, name, date] = ["number", "name", "date"].map((key) => text(content, key));
  const normal = normalise(number);
  need(normal !== null, "has a student number that is not digits and letters");
  const network = variant(normal), names = network.layers.map((layer) => layer.name);
  const rows = content.steps;
  need(Array.isArray(rows) && rows.every(plainObject), "has no list of steps");
  need(rows.length === names.length && rows.every((row, i) => row.name === names[i]),
    `has other steps than its number's: ${names.join(", ")}`);
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

/** {graded: rows of cells, broken: [file, reason]} for [name, bytes] of each file. */
export function grade(files) {
  const read_ = [], broken = [];
  for (const [file, bytes] of [...files].sort(([a], [b]) => order(a, b))) {
    try {
      need(/\.json$/i.test(file), "is not a .json file");
      read_.push([file, read(bytes)]);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      broken.push([printable(file), error.message]);
    }
  }
  const times = Map.groupBy(read_, ([, { number }]) => number);
  const graded = read_.sort(([a, one], [b, two]) => order(one.number, two.number) || order(a, b))
    .map(([file, handin]) => row(file, handin, times.get(handin.number).length));
  return { graded, broken };
}

function row(file, { number, name, date, answered, doubts }, times) {
  const cells = Object.fromEntries(COLUMNS.map((column) => [column, "-"]));
  let score = 0;
  steps(variant(number)).forEach((step, i) => {
    const { reply } = answered[i], verdict = check(step, reply, answered[i - 1]?.reply);
    score += POINTS[verdict.state] ?? 0;
    cells[step.layer.name] = describe(verdict, reply);
  });
  const total = (key) => answered.reduce((sum, step) => sum + step[key], 0);
  const notes = [...doubts, ...(times > 1 && number ? ["duplicate"] : []), ...(number ? [] : ["no number"])];
  return [...[file, number, name, date].map(printable), score, answered.length,
    ...Object.values(cells), total("hints"), total("checks"), notes.join(", ")].map(String);
}

function describe({ state, names }, reply) {
  if (state === "right" || state === "empty") return state;
  const why = names.join(" or ") || { carried: "carried", unread: "unreadable" }[state] || "wrong";
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
    const download = () => save(new Blob(["\ufeff", csv([words.head, ...graded])],
      { type: "text/csv" }), "homework.csv");
    this.querySelector(".cnn-grading__result").replaceChildren(
      h("div", { class: "cnn-grading__table", role: "group", tabindex: 0, "aria-label": words.table },
        h("table", null, h("thead", null, line(words.head, "th")),
          h("tbody", null, graded.map((cells) => line(cells, "td"))))),
      h("p", null, h("button", { type: "button", onclick: download }, words.csv)),
      ...(broken.length ? [h("p", null, words.broken), h("ul", null, broken.map(([file, reason]) =>
        h("li", null, h("code", null, file), ` ${reason}`)))] : []));
  }
}
