/** The worksheet: who writes, which network, the questions, what is kept, the hand-in. */

import { code, normalise } from "../core/homework-net.js";
import { save } from "../kit/save.js";
import { byNumber, networkOf, readAssignment, stepsOf, worthOf } from "./assignment.js";
import { KeptSheets } from "./kept.js";
import { Unusable, handinText, readHandin } from "./handin.js";
import { outlineOf } from "./outline.js";
import { Question } from "./question.js";
import { picture, printSheet, sheet } from "./sheet.js";
import { changeSheet, eraseSheet, hasContent, lastOpen, loadSheet, rememberOpen, sheetKey } from "./store.js";

const now = () => {
  const at = new Date(), two = (number) => String(number).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}`;
};

export class CnnHomework extends HTMLElement {
  connectedCallback() {
    if (this.words) return;
    this.words = JSON.parse(this.dataset.words);
    this.why = JSON.parse(this.dataset.why);
    this.who = this.querySelector(".cnn-homework__who");
    this.list = this.querySelector(".cnn-homework__steps");
    this.questions = [];
    this.kept = new KeptSheets(this, this.querySelector(".cnn-homework__kept"));
    this.#listen();
    this.#start();
  }

  disconnectedCallback() {
    this.leave?.abort();
    this.words = null;
  }

  #listen() {
    this.leave = new AbortController();
    const { signal } = this.leave, { elements: fields } = this.who;
    this.who.addEventListener("submit", (event) => event.preventDefault(), { signal });
    fields.number.addEventListener("change", () => this.#number(), { signal });
    fields.name.addEventListener("input", () => this.#named(), { signal });
    this.querySelector(".cnn-homework__choose").addEventListener("change", (event) =>
      this.choose(event.target.value === "class" ? this.ofClass : event.target.value), { signal });
    this.addEventListener("click", ({ target }) => this.#act(/** @type {Element} */ (target).closest("[data-do]")), { signal });
    this.addEventListener("input", () => { this.armed = ""; }, { signal });
    this.querySelector("[type=file]").addEventListener("change", (event) => this.resume(event.target), { signal });
    addEventListener("storage", (event) => this.#elsewhere(event), { signal });
    addEventListener("hashchange", () => /^#class=/.test(location.hash) && this.#start(), { signal });
  }

  /** The one assignment of a package, or the address's, comes first; then the sheet that was open last. */
  #start() {
    const last = lastOpen() ?? {}, text = this.only ?? location.hash.match(/^#class=(.*)$/)?.[1];
    for (const more of this.querySelectorAll(".cnn-homework__choose, [data-do=fresh]")) more.hidden = Boolean(this.only);
    const linked = text && readAssignment(text), known = readAssignment(String(last.text ?? "")) ?? readAssignment("lecture");
    const assignment = linked || known;
    this.#offer(linked || (known.lang ? known : null));
    this.who.elements.number.value = String(last.number ?? "");
    this.#open(assignment);
    if (text && !linked) this.say(this.words.linkBroken);
  }

  #offer(ofClass) {
    if (ofClass) this.ofClass = ofClass.text;
    this.querySelector("[value=class]").closest("label").hidden = !this.ofClass;
  }

  /** The assignment of a package, which has no other. */
  get only() {
    return this.dataset.assignment;
  }

  get name() {
    return this.who.elements.name.value.trim();
  }

  get number() {
    return this.who.elements.number.value.trim();
  }

  say(text, ...more) {
    this.querySelector(".cnn-homework__which").replaceChildren(text, ...more);
  }

  /** Another network: its own sheet, with what was written on it before. */
  choose(text) {
    this.#open(readAssignment(text));
  }

  /** Shows the sheet of an assignment and the number in the field. */
  #open(assignment) {
    this.assignment = assignment;
    this.network = networkOf(assignment, this.number);
    this.key = sheetKey(assignment.text, this.number);
    const kind = { lecture: "lecture", number: "number" }[assignment.text] ?? "class";
    this.querySelector(`[name=network][value=${kind}]`).checked = true;
    const was = loadSheet(this.key);
    if (was?.name) this.who.elements.name.value = was.name;
    this.nameBefore = this.name;
    this.#show(was);
    this.#remember();
    this.kept.show();
    this.#changed();
  }

  /** Tells who listens that the sheet says something else, and the page when all of it is right. */
  #changed() {
    this.dispatchEvent(new Event("cnn:kept"));
    if (this.questions.length && this.questions.every(({ item }) => item.dataset.verdict === "right")) {
      this.dispatchEvent(new Event("cnn:solved", { bubbles: true }));
    }
  }

  #remember() {
    this.keeps = rememberOpen({ text: this.assignment.text, number: this.number });
    this.querySelector(".cnn-homework__lost").hidden = this.keeps;
  }

  #show(was) {
    const { words, network, number } = this;
    this.querySelector(".cnn-homework__sheet").hidden = !network;
    this.questions = [];
    if (!network) {
      this.say(number ? words.badNumber : words.needNumber);
      return;
    }
    const title = { lecture: words.lecture, number: words.ownOf.replace("{number}", normalise(number)) };
    this.say(title[this.assignment.text] ?? words.class, hasContent(was) ? ` — ${words.kept}` : "");
    this.querySelector(".cnn-homework__code").textContent = code(network);
    const worth = worthOf(this.assignment, network);
    this.list.replaceChildren(...stepsOf(this.assignment, network).map((step, i) => {
      const kind = step.layer.kind === "avg" ? "pool" : step.layer.kind;
      const item = this.querySelector(`template[data-kind=${kind}]`).content.firstChild.cloneNode(true);
      this.questions.push(new Question(this, item, step, i, worth[step.layer.name]));
      return item;
    }));
    this.#restore(was);
  }

  #restore(was) {
    for (const question of this.questions) question.restore(was?.steps?.[question.step.layer.name]);
  }

  /** Keeps one question, and nothing else of the sheet. */
  keep(question) {
    const { state, ...row } = question.written();
    this.keeps = changeSheet(this.key, (kept) => {
      Object.assign(kept, { text: this.assignment.text, number: this.number, name: this.name });
      kept.steps[row.name] = { ...row, state };
    });
    this.querySelector(".cnn-homework__lost").hidden = this.keeps;
    this.kept.show();
    this.#changed();
  }

  #named() {
    if (loadSheet(this.key)) changeSheet(this.key, (kept) => { kept.name = this.name; });
    this.#changed();
  }

  /** Another number is another sheet; what was written before there was a number goes with it. */
  #number() {
    const before = this.key, was = loadSheet(before), old = String(was?.number ?? "");
    const after = sheetKey(this.assignment.text, this.number), there = loadSheet(after);
    if (before === after) {
      this.#remember();
      return;
    }
    if (!old && was && !there && !byNumber(this.assignment)) {
      changeSheet(after, (kept) => Object.assign(kept, was, { number: this.number, name: this.name }));
      eraseSheet(before);
    } else if (old) {
      if (this.nameBefore && this.name !== this.nameBefore) changeSheet(before, (kept) => { kept.name = this.nameBefore; });
      else if (!there?.name) this.who.elements.name.value = "";
    }
    this.#open(this.assignment);
    if (hasContent(was) && this.network && (old || there)) this.#offerMove(before, there);
  }

  #offerMove(before, there) {
    const { words } = this, button = document.createElement("button");
    Object.assign(button, { type: "button", textContent: words.move, onclick: () => {
      const was = loadSheet(before);
      changeSheet(this.key, (kept) => Object.assign(kept, was, { number: this.number, name: this.name || was.name }));
      eraseSheet(before);
      this.#open(this.assignment);
      this.say(words.moved);
    } });
    this.say(words.opened, ...(hasContent(there) || byNumber(this.assignment) ? [] : [" ", button]));
  }

  /** What another tab wrote on the same sheet appears here too. */
  #elsewhere({ key, newValue }) {
    if (key === null || key.startsWith("cnn-homework:")) this.kept.show();
    if (key !== this.key || !newValue) return;
    this.#restore(loadSheet(key));
    this.say(this.words.elsewhere);
  }

  #act(button) {
    const act = {
      copy: () => this.#copy(),
      print: () => this.#checked("print", async () => await printSheet(this.sheet()) || this.tell(this.words.noPrint)),
      png: () => this.#checked("png", async () => save(await picture(this.sheet()), this.#file("png"))),
      json: () => this.#checked("json", () => save(new Blob([this.file()], { type: "application/json" }), this.#file("json"))),
      fresh: () => this.fresh(),
    };
    act[button?.dataset.do]?.();
  }

  async #copy() {
    try {
      await navigator.clipboard.writeText(code(this.network));
      this.say(this.words.copied);
    } catch {
      this.say(this.words.notCopied);
    }
  }

  /** A word beside the buttons of the hand-in. */
  tell(text) {
    this.querySelector(".cnn-homework__said").textContent = text;
  }

  /** Hands in at once, or says first what is missing and does it when asked again. */
  #checked(what, make) {
    const list = this.missing();
    if (list.length && this.armed !== what) {
      this.armed = what;
      this.tell(this.words.missing.replace("{list}", list.join(this.words.and)));
      return;
    }
    this.armed = "";
    this.tell(what === "print" ? "" : this.words.saved);
    make();
  }

  /** What a lecturer would miss: name, number, answers. */
  missing() {
    const { words } = this, steps = this.questions.filter((question) => question.empty);
    return [...(this.name ? [] : [words.name]), ...(this.number ? [] : [words.number]),
      ...(steps.length ? [words.missingSteps.replace("{list}", steps.map(({ title }) => title).join(words.and))] : [])];
  }

  #file(ending) {
    return `homework-${this.number.replace(/[^\w가-힣-]/g, "") || "lecture"}.${ending}`;
  }

  /** A clear sheet for another student; this one's stays kept. */
  fresh() {
    for (const key of ["name", "number"]) this.who.elements[key].value = "";
    const left = loadSheet(sheetKey(this.assignment.text, ""));
    this.#open(this.assignment.text === "number" ? readAssignment("lecture") : this.assignment);
    this.say(hasContent(left) ? this.words.kept : this.words.freshDone);
    this.who.elements.name.focus();
  }

  /** Opens a kept sheet. */
  reopen({ text, number = "", name = "" }) {
    const assignment = readAssignment(String(text));
    if (!assignment || (this.only ?? text) !== text) return;
    if (assignment.lang) this.#offer(assignment);
    this.who.elements.number.value = number;
    this.who.elements.name.value = name;
    this.#open(assignment);
  }

  /** Keeps and opens a whole sheet {text, number, name, steps}, in place of the one that was kept. */
  take({ text, number, name, steps }) {
    changeSheet(sheetKey(text, number), (kept) => Object.assign(kept, { text, number, name, steps }));
    this.reopen({ text, number, name });
    if (!this.keeps) this.#restore({ steps });
  }

  /** Opens a handed-in file again; a sheet with other answers is replaced only when asked twice. */
  async resume(input) {
    const [file] = input.files, { words } = this;
    if (!file) return;
    try {
      const found = readHandin(new Uint8Array(await file.arrayBuffer()));
      if ((this.only ?? found.text) !== found.text) throw new Unusable("other");
      const key = sheetKey(found.text, found.number), there = loadSheet(key);
      const pending = `${key}:${file.name}:${file.size}`;
      if (hasContent(there) && this.pending !== pending) {
        this.pending = pending;
        this.tell(words.overwrite);
      } else {
        this.pending = "";
        this.take({ ...found, steps: Object.fromEntries(found.answered.map((row) =>
          [row.name, { ...row, state: row.checks ? "checked" : undefined }])) });
        this.tell(words.resumed);
      }
    } catch (error) {
      if (!(error instanceof Unusable)) throw error;
      this.tell(words.notResumed.replace("{why}", error.said(words)));
    }
    input.value = "";
  }

  /** What is handed in, as the text of the JSON file. */
  file() {
    const rows = this.questions.map((question) => question.written()).map(({ state, ...row }) => row);
    return handinText({ text: this.assignment.text, number: this.number, name: this.name, date: now() },
      this.network, rows);
  }

  /** What is handed in, as one page. */
  sheet() {
    return sheet(outlineOf(this, now()));
  }
}
