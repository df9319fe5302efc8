/** The lecturer's page: files are read, checked, tabled and counted in this browser alone. */

import { h } from "../kit/dom.js";
import { save } from "../kit/save.js";
import { entriesOf } from "./archive.js";
import { gradeClass, headOf, rowOf } from "./grade.js";
import { PRESETS, countedOf, statisticsOf } from "./tables.js";

export class CnnGrading extends HTMLElement {
  connectedCallback() {
    if (this.words) return;
    this.words = JSON.parse(this.dataset.words);
    this.entries = [];
    const drop = this.querySelector(".cnn-grading__drop");
    for (const input of drop.querySelectorAll("input")) {
      input.addEventListener("change", () => this.add([...input.files].map((file) =>
        [file, file.webkitRelativePath.split("/").slice(1).join("/") || file.name])));
    }
    drop.querySelector("button").addEventListener("click", () => this.#show([]));
    for (const name of ["dragover", "dragleave", "drop"]) {
      drop.addEventListener(name, (event) => {
        event.preventDefault();
        drop.classList.toggle("cnn-over", name === "dragover");
      });
    }
    drop.addEventListener("drop", async ({ dataTransfer }) => this.add(await dropped(dataTransfer)));
  }

  /** Takes more files in, each [file, name], and grades everything again. */
  async add(files) {
    const entries = [...this.entries];
    for (const [n, [file, name]] of files.entries()) {
      if (n % 50 === 0) this.#tell(this.words.reading.replace("{n}", files.length));
      entries.push(...await entriesOf(file, name));
    }
    this.#show(entries);
  }

  #tell(text) {
    this.querySelector(".cnn-grading__count").textContent = text;
  }

  #show(entries) {
    this.entries = entries;
    this.all = gradeClass(entries);
    const { words, all } = this, { graded, broken } = all;
    this.#tell(words.graded.replace("{n}", graded.length).replace("{m}", broken.length));
    this.querySelector(".cnn-grading__result").replaceChildren(...(graded.length ? [
      h("p", null, words.counted.replace("{n}", countedOf(all).length), all.expected ? ` ${words.expected}` : ""),
      this.#table(), this.#downloads(), this.#statistics()] : []),
    ...(broken.length ? [h("p", null, words.broken), h("ul", null, broken.map(([file, reason]) =>
      h("li", null, h("code", null, file), ` ${reason.said(words)}`)))] : []));
  }

  /** Number, name and score stay in sight while the rest scrolls. */
  #table() {
    const { words, all: { graded, columns } } = this, sticky = ["number", "name", "score"];
    const line = (cells, tag) => h("tr", null, cells.map((cell, i) =>
      h(tag, i < sticky.length ? { class: `cnn-sticky-${sticky[i]}` } : null, cell)));
    return h("div", { class: "cnn-grading__table", role: "group", tabindex: 0, "aria-label": words.table },
      h("table", null, h("thead", null, line(headOf(columns).map((key) => words.columns[key] ?? key), "th")),
        h("tbody", null, graded.map((row) => line(rowOf(row, columns, words), "td")))));
  }

  #downloads() {
    const { words, all } = this, names = { full: "csv", canvas: "canvas", moodle: "moodle", items: "items" };
    return h("p", { class: "cnn-exercise__buttons" }, Object.entries(names).map(([preset, key]) =>
      h("button", { type: "button", "data-preset": preset, onclick: () =>
        save(new Blob([PRESETS[preset](all, words)], { type: "text/csv" }), `homework-${preset}.csv`) }, words[key])));
  }

  /** Each step with the share that was right, and how many had which misconception. */
  #statistics() {
    const { words } = this;
    return h("section", { class: "cnn-grading__items" }, h("h3", null, words.statistics),
      statisticsOf(this.all).map(({ step, students, right, share, first, wrong }) => h("div", null,
        h("h4", null, words.columns[step] ?? step),
        this.#bar(words.right, right, students, words.share.replace("{right}", right).replace("{students}", students)
          .replace("{share}", share), "right"),
        this.#bar(words.first, first, students, words.firstTries.replace("{first}", first), "first"),
        wrong.map(([name, count]) => this.#bar(words.names[name], count, students, words.people.replace("{n}", count), "wrong")))));
  }

  #bar(label, count, of, said, kind) {
    const length = h("b");
    length.style.width = `${(100 * count) / of}%`;
    return h("p", { class: `cnn-tally cnn-tally--${kind}` }, h("span", null, label),
      h("i", { "aria-hidden": "true" }, length), h("span", null, said));
  }
}

/** Every file of what was dropped, folders included, as [file, name]. */
async function dropped(transfer) {
  const found = [], roots = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!roots.length) return [...transfer.files].map((file) => [file, file.name]);
  const walk = async (entry, name) => {
    if (entry.isFile) found.push([await new Promise((resolve, reject) => entry.file(resolve, reject)), name]);
    else for (const inner of await listed(entry)) await walk(inner, name ? `${name}/${inner.name}` : inner.name);
  };
  for (const root of roots) await walk(root, root.isFile ? root.name : "");
  return found;
}

async function listed(folder) {
  const reader = folder.createReader(), all = [];
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!some.length) return all;
    all.push(...some);
  }
}
