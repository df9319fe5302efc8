/** A function to write: an editor in place of its first lines, and what the judge has said of it. */

import { h } from "../kit/dom.js";
import { keep, kept } from "../kit/state.js";
import { Editor } from "./editor.js";
import { output, Panel } from "./panel.js";
import { runWords } from "../tables/run.js";

export class Task {
  #editor = null;
  #right = false;

  /** `press` asks for the judge. */
  constructor(block, press) {
    this.block = block;
    this.name = block.dataset.task;
    this.press = press;
    this.given = block.querySelector(".highlight");
    this.foot = block.querySelector(".cnn-task__foot");
    this.bare = this.given.querySelector("code").textContent;
  }

  /** What the reader has written. */
  get code() {
    return this.#editor.code;
  }

  /** Shows the editor, with what was kept from an earlier visit. */
  start() {
    if (!this.#editor) this.#open();
    this.#editor.area.focus({ preventScroll: true });
  }

  /** Makes of the button what stops the run, and back. */
  busy(on) {
    this.button.textContent = on ? runWords.stop : runWords.check;
    this.button.classList.toggle("cnn-run--on", on);
  }

  /** Says whether the code was right, and shows the case in which it was not. */
  show(code, { right, said, error, case: failed }) {
    this.#right ||= right;                     // what was solved stays so, whatever is tried next
    this.#keep(code);
    this.below.say(said);
    this.below.box.dataset.judged = right ? "right" : "wrong";
    this.below.body.append(...[
      error && output(runWords.error, error),
      failed && output(runWords.given, failed.given),
      failed && h("div", { class: "cnn-ran__pair" }, output(runWords.wanted, failed.want),
        failed.got && output(runWords.got, failed.got)),
    ].filter(Boolean));
    if (right) this.foot.querySelector(".cnn-task__done").hidden = false;
  }

  #open() {
    const before = kept(this.block.id) ?? {};
    this.#right = before.right === true;
    this.#editor = new Editor(typeof before.code === "string" ? before.code : this.bare, () => this.press(this));
    this.#editor.area.addEventListener("input", () => {
      delete this.below.box.dataset.judged;
      this.#keep(this.code);
    });
    this.given.before(this.#editor.box);
    this.given.hidden = true;
    this.below = new Panel(this.#editor.box);
    this.button = h("button", { type: "button", class: "cnn-do", onclick: () => this.press(this) }, runWords.check);
    this.below.tools.append(this.button, h("button", { type: "button", onclick: () => this.#reset() }, runWords.reset));
    this.foot.querySelector("button").hidden = true;
  }

  #reset() {
    this.#editor.code = this.bare;
    delete this.below.box.dataset.judged;
    this.below.say("");
    this.#keep(this.bare);
    this.#editor.area.focus();
  }

  #keep(code) {
    keep(this.block.id, { ...(code !== this.bare && { code }), ...(this.#right && { right: true }) });
  }
}
