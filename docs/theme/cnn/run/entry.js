/** A block of the page: its code as recorded and as changed, its button, what stands under it. */

import { h } from "../kit/dom.js";
import { Editor } from "./editor.js";
import { failed, Panel } from "./panel.js";
import { frameWords } from "../tables/frame.js";
import { runWords } from "../tables/run.js";

export class Entry {
  done = false;                                // whether it has run as it stands
  #panel = null;
  #editor = null;
  #recorded = "";                              // the output that the page has of it

  /** `press` runs the block. */
  constructor(block, press) {
    this.block = block;
    this.press = press;
    this.button = block.querySelector("button.cnn-run");
    this.shown = block.querySelector("code");
    this.text = this.shown.textContent;        // as the page has it: a session with its outputs
    this.bare = block.dataset.copy ?? this.text;
  }

  /** What runs: the page's own block, or what the reader has made of it. */
  get code() {
    return this.edited ? this.#editor.code : this.text;
  }

  get edited() {
    return Boolean(this.#editor) && this.#editor.code.trimEnd() !== this.bare.trimEnd();
  }

  /** The place under the block; made when there is something to say. */
  get below() {
    if (!this.#panel) {
      this.#panel = new Panel(this.block);
      this.#panel.tools.append(...this.#buttons());
    }
    return this.#panel;
  }

  /** Makes of the button what stops the run, and back. */
  busy(on) {
    this.button.firstChild.textContent = on ? runWords.stop : frameWords.run;
    this.button.classList.toggle("cnn-run--on", on);
  }

  /** Shows what came of a run, if that can be seen. */
  show(parts, ms) {
    this.done = !failed(parts);
    if (!this.button) return;
    if (!this.edited) this.#recorded = parts.map((part) => part.want ?? "").join("");
    this.below.show(parts, ms, this.edited ? this.#recorded : null);
  }

  #buttons() {
    const button = (word, onclick) => h("button", { type: "button", class: `cnn-ran__tool cnn-ran__${word}`, onclick }, runWords[word]);
    const edit = button("edit", () => this.#edit(edit));
    const prompts = this.text.startsWith(">>>") && button("prompts", () => this.#copy(this.text));
    const bare = button("bare", () => this.#copy(this.code));  // the page's own has a button in its corner
    return [edit, bare, prompts].filter(Boolean);
  }

  /** Puts a text area in place of the code; the button then brings the page's own code back. */
  #edit(button) {
    if (this.#editor) {
      this.#editor.box.remove();
      this.#editor = null;
    } else {
      this.#editor = new Editor(this.bare.trimEnd(), () => this.press(this.block));
      this.block.prepend(this.#editor.box);
      this.#editor.area.focus({ preventScroll: true });
    }
    this.done = false;
    for (const each of [this.block, this.below.box]) each.classList.toggle("cnn-edited", Boolean(this.#editor));
    button.textContent = runWords[this.#editor ? "reset" : "edit"];
  }

  async #copy(text) {
    try {
      await navigator.clipboard.writeText(text.trimEnd());
      this.below.note(runWords.copied);
    } catch {
      this.below.note(runWords.uncopied);
    }
  }
}
