/** One question of the sheet: its fields, its hints, what was said of the answer. */

import { agree } from "../core/answers.js";
import { shapeText } from "../core/homework-net.js";
import { check } from "./judge.js";

export const SEEN = 4;                       // hints: three, and then the solution

/** The formula with its numbers; what an earlier question asks for stays a letter until it is answered. */
function filled({ layer, before, filled: all }, known) {
  const { kind, kernel_size: k, stride: s, padding: p } = layer;
  if (known) return `${all.replace(/ \?\)$/, " ")}${kind === "linear" ? "?)" : " = ?"}`;
  if (kind === "flatten") return "C · H · W = ?";
  if (kind === "linear") return `(${before[0]}, …) → (${before[0]}, ?)`;
  return `⌊(H + 2·${p} − ${k}) / ${s}⌋ + 1 = ?`;
}

export class Question {
  constructor(sheet, item, step, i, points) {
    this.sheet = sheet;
    this.item = item;
    this.step = step;
    this.i = i;
    /** @type {{hints?: number, checks: number, first: string, state?: string}} */
    this.state = { hints: 0, checks: 0, first: "" };
    this.form = item.querySelector("form");
    this.reply = this.form.elements.reply;
    this.working = this.form.elements.working;
    this.blanks = [...this.form.querySelectorAll("[name=blank]")];
    this.hint = this.form.querySelector("[data-do=hint]");
    this.fold = item.querySelector("details");
    this.#title(points);
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.check();
      sheet.keep(this);
    });
    this.form.addEventListener("input", ({ target }) => this.#typed(target));
    this.hint.addEventListener("click", () => this.#more());
    this.fold.addEventListener("toggle", () =>
      this.fold.open && !document.documentElement.dataset.print && this.#saw());
  }

  #title(points) {
    const { words } = this.sheet, { name } = this.step.layer, title = words[name] ?? name;
    const fill = (slot, text) => {
      for (const node of this.item.querySelectorAll(`[data-slot=${slot}]`)) node.textContent = text;
    };
    this.item.id = `step-${name}`;
    this.item.dataset.step = name;
    fill("heading", `${this.i + 1}. ${title}`);
    fill("code", this.step.code);
    fill("points", points === 1 ? "" : words.points.replace("{n}", points));
    fill("question", words.question.replace("{name}", title));
    fill("worked", this.step.worked);
    fill("answer", shapeText(this.step.after));
    for (const field of this.blanks) {
      field.setAttribute("aria-label", words.blank.replace("{name}", title)
        .replace("{letter}", field.dataset.letter).replace("{meaning}", words.letters[field.dataset.letter]));
    }
  }

  get title() {
    const { name } = this.step.layer;
    return this.sheet.words[name] ?? name;
  }

  get empty() {
    return !this.reply.value.trim();
  }

  /** A new answer has not been judged; a new number in a blank only takes that blank's mark away. */
  #typed(field) {
    if (field === this.reply) {
      this.state.state = undefined;
      this.#say("", "");
    } else field.removeAttribute("aria-invalid");
    this.sheet.keep(this);
  }

  /** Judges the answer, names the misconception, marks wrong blanks; `again` counts for nothing. */
  check(again = false) {
    const { words, why } = this.sheet, earlier = this.sheet.questions[this.i - 1]?.reply.value;
    const { state, names } = check(this.step, this.reply.value, earlier);
    const reasons = names.map((name) => why[name]), said = [words[state]];
    if (state === "wrong" && names.length > 1) said.push(words.maybe, ...reasons.map((reason) => `\n· ${reason}`));
    else if (state === "wrong" || state === "repeated") said.push(reasons[0]);
    const wrong = this.blanks.map((field, n) => Boolean(field.value.trim())
      && !agree(Number(field.value.normalize("NFKC")), this.step.blanks[n]));
    this.blanks.forEach((field, n) => field.setAttribute("aria-invalid", wrong[n]));
    if (wrong.includes(true)) said.push(words.blanksWrong);
    this.reply.setAttribute("aria-invalid", !["right", "repeated"].includes(state));
    this.#say(said.join(" "), { right: "right", repeated: "right", empty: "unread", unread: "unread" }[state] ?? "wrong");
    this.state.state = state;
    if (!again) {
      this.state.checks = Math.min(9999, this.state.checks + 1);
      this.state.first ||= state;
    }
    this.sheet.questions[this.i + 1]?.fillHint();
  }

  #say(text, verdict) {
    this.item.querySelector("[role=status]").textContent = text;
    if (verdict) {
      this.item.dataset.verdict = verdict;
      return;
    }
    delete this.item.dataset.verdict;
    for (const field of this.item.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
  }

  /** One hint more; after the third the button opens the solution. */
  #more() {
    if (this.state.hints >= 3) {
      this.fold.open = true;
      this.fold.querySelector("summary").focus();
      return;
    }
    this.#hints(this.state.hints + 1);
    this.sheet.keep(this);
  }

  #saw() {
    if (this.state.hints === SEEN) return;
    this.#hints(SEEN);
    this.sheet.keep(this);
  }

  #hints(count) {
    this.state.hints = count;
    [...this.form.querySelectorAll(".cnn-exercise__hints > *")].forEach((hint, n) => {
      hint.hidden = n >= Math.min(3, count);
    });
    this.fillHint();
    this.hint.textContent = count >= 3 ? this.sheet.words.hintLast : this.sheet.words.hint;
  }

  fillHint() {
    const before = this.sheet.questions[this.i - 1];
    const known = this.i === 0 ? this.step.chain.length === 1 : before.state.state === "right" && this.step.chain.length === 1;
    this.form.querySelector("[data-slot=filled]").textContent = filled(this.step, known);
  }

  /** What is kept, and handed in but for `state`. */
  written() {
    return { name: this.step.layer.name, reply: this.reply.value, working: this.working.value,
      blanks: this.blanks.map((field) => field.value).join(" | "), hints: this.state.hints,
      checks: this.state.checks, first: this.state.first, state: this.state.state };
  }

  /** Takes what was kept; the field that is being written in stays as it is. */
  restore(was = {}) {
    const text = (key) => (typeof was[key] === "string" ? was[key] : "");
    const put = (field, value) => { if (field !== document.activeElement) field.value = value; };
    put(this.reply, text("reply"));
    put(this.working, text("working"));
    const values = text("blanks").split(" | ");
    this.blanks.forEach((field, n) => put(field, values[n] ?? ""));
    this.state = { checks: Number(was.checks) || 0, first: text("first"), state: was.state };
    this.#hints(Math.max(0, Math.min(SEEN, Number(was.hints) || 0)));
    this.#say("", "");
    if (was.state) this.check(true);
  }
}
