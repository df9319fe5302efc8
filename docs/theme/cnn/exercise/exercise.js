/**
 * Checks an exercise in the page. The form, the hints and the worked answer are already in the
 * HTML, and so is what each misconception would have answered, computed when the site was built.
 */

import { agree, readNumber } from "../core/answers.js";
import { readings } from "../core/reading.js";
import { label } from "../kit/labels.js";
import { keep, kept } from "../kit/state.js";
import { exerciseWords } from "../tables/exercise.js";

export class CnnExercise extends HTMLElement {
  #ready = false;
  #hints = 0;

  connectedCallback() {
    if (this.#ready) return;
    try {
      this.spec = JSON.parse(this.getAttribute("spec"));
    } catch {
      return;                                           // the folded answer stays
    }
    this.#ready = true;
    this.words = exerciseWords;
    this.form = this.querySelector("form");
    this.fields = [...this.form.querySelectorAll("[name=answer]")];
    this.verdict = this.querySelector(".cnn-exercise__verdict");
    this.hints = [...this.querySelectorAll(".cnn-exercise__hints > div")];
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.check();
    });
    this.form.addEventListener("reset", () => this.#clear());
    this.form.addEventListener("input", () => {
      this.#say("", "");
      this.#keep(false);
    });
    this.form.addEventListener("keydown", (event) => this.#move(event));
    this.querySelector("[data-do=hint]")?.addEventListener("click", () => this.hint());
    this.#restore();
  }

  /** What the reader has filled in, as texts. */
  get reply() {
    return this.spec.form === "choice"
      ? [this.fields.find((field) => field.checked)?.value ?? ""]
      : this.fields.map((field) => field.value);
  }

  /** Says whether the reply is right, and which misconception gives it when it is not. */
  check() {
    const texts = this.reply;
    if (texts.every((text) => !text.trim())) {
      return this.#say(this.spec.form === "choice" ? this.words.choose : this.words.empty, "unread");
    }
    const read = this.#read(texts);
    if (!read.length) {
      return this.#say(this.words[this.spec.form === "shape" ? "shape" : "number"], "unread");
    }
    const right = read.find((each) => agree(each, this.spec.answer));
    const answer = right ?? read.find((each) => this.#named(each).length) ?? read[0];
    if (right !== undefined) {
      this.#say([this.words.right, this.spec.why].filter(Boolean).join(" "), "right");
    } else {
      this.#say([this.words.wrong, ...this.#reasons(answer)].join(" "), "wrong");
    }
    this.#mark(answer);
    this.#keep(true);
    this.dispatchEvent(new CustomEvent("cnn:judged", { bubbles: true, detail: { right: right !== undefined } }));
  }

  /** What the texts can mean, likeliest first; nothing where they cannot be read. */
  #read(texts) {
    const { form, answer } = this.spec;
    if (form === "choice") return [Number(texts[0])];
    if (form === "shape") return readings(texts[0]);
    if (form === "number") return [readNumber(texts[0])].filter((number) => number !== null);
    const values = texts.map((text) => readNumber(text));
    this.fields.forEach((field, i) => field.setAttribute("aria-invalid", values[i] === null));
    if (values.includes(null)) return [];
    return [answer.map((row, i) => values.slice(i * row.length, (i + 1) * row.length))];
  }

  /** The reasons of the misconceptions that give a reply. */
  #named(reply) {
    return [...new Set(this.spec.wrong.filter(([wrong]) => agree(reply, wrong)).map(([, why]) => why))];
  }

  #reasons(reply) {
    const found = this.#named(reply);
    if (found.length) return found.length > 1 ? [this.words.maybe, ...found.map((why) => `\n· ${why}`)] : found;
    const { answer, form } = this.spec;
    if (form === "shape" && reply.length !== answer.length) {
      return [this.words.axes.replace("{n}", answer.length)];
    }
    if (form === "grid") {
      const wrong = answer.flat().filter((value, i) => !agree(reply.flat()[i], value)).length;
      return [this.words.cells.replace("{n}", wrong)];
    }
    return [this.hints.length ? this.words.again : this.words.once];
  }

  #mark(reply) {
    const { answer, form } = this.spec;
    if (form === "choice") return;
    const values = form === "grid" ? reply.flat() : [reply];
    const wanted = form === "grid" ? answer.flat() : [answer];
    this.fields.forEach((field, i) =>
      field.setAttribute("aria-invalid", !agree(values[i], wanted[i])));
  }

  /** Shows the next hint; after the last one, the worked answer. */
  hint() {
    const next = this.hints[this.#hints];
    if (next) {
      next.hidden = false;
      this.#hints += 1;
    } else {
      this.querySelector("details").open = true;
    }
    this.#keep(this.dataset.verdict !== undefined);
  }

  #say(words, verdict) {
    this.verdict.textContent = words;
    if (verdict) this.dataset.verdict = verdict;
    else {
      delete this.dataset.verdict;
      for (const field of this.fields) field.removeAttribute("aria-invalid");
    }
  }

  #clear() {
    this.#say("", "");
    this.#hints = 0;
    for (const hint of this.hints) hint.hidden = true;
    this.querySelector("details").open = false;
    if (this.id) keep(this.id, {});
  }

  /** One without a name is drawn anew each time, and kept by who draws it. */
  #keep(checked) {
    if (!this.id) return;
    const safe = keep(this.id, { reply: this.reply, checked, hints: this.#hints });
    if (!safe && !this.verdict.textContent) this.verdict.textContent = label("notKept");
  }

  #restore() {
    const state = this.id ? kept(this.id) : null;
    if (!Array.isArray(state?.reply)) return;
    const { reply, checked, hints } = state;
    for (const [i, field] of this.fields.entries()) {
      if (this.spec.form === "choice") field.checked = field.value === reply[0];
      else if (typeof reply[i] === "string") field.value = reply[i];
    }
    for (let i = 0; i < Math.min(Number(hints) || 0, this.hints.length); i++) this.hint();
    if (checked) this.check();
  }

  /** Arrow keys walk through a grid of cells, as in a spreadsheet. */
  #move(event) {
    if (this.spec.form !== "grid" || event.isComposing) return;
    const at = this.fields.indexOf(event.target), columns = this.spec.answer[0].length;
    const { selectionStart, selectionEnd, value } = event.target;
    const step = {
      ArrowUp: -columns, ArrowDown: columns,
      ArrowLeft: selectionEnd === 0 ? -1 : 0,
      ArrowRight: selectionStart === value?.length ? 1 : 0,
    }[event.key];
    if (at < 0 || !step || !this.fields[at + step]) return;
    event.preventDefault();
    this.fields[at + step].focus();
    this.fields[at + step].select();
  }
}
