/** A block of the page: its code as recorded and as changed, its button, what stands under it. */

import { h } from "../kit/dom.js";
import { Editor } from "./editor.js";
import { fromAddress, keep, kept, LONGEST, toAddress } from "../kit/state.js";
import { brought } from "./figures.js";
import { failed, Panel } from "./panel.js";
import { frameWords } from "../tables/frame.js";
import { runWords } from "../tables/run.js";

/** What a session shows as its output: the lines that no prompt stands before. Plain code shows none. */
function outputs(text) {
  let typed = false;
  const output = (line) => {
    typed = line.startsWith(">>>") || (typed && line.startsWith("..."));
    return !typed;
  };
  return text.startsWith(">>>") ? text.split("\n").filter(output).join("\n").replaceAll("<BLANKLINE>", "") : null;
}

export class Entry {
  #ran = null;                                 // the code that ran last, if it did not fail
  #panel = null;
  #editor = null;

  /** `press` runs the block; `id` names it in an address that carries its code. */
  constructor(block, id, press) {
    this.id = id;
    this.block = block;
    this.press = press;
    this.button = block.querySelector("button.cnn-run");
    this.shown = block.querySelector("code");
    this.text = this.shown.textContent;        // as the page has it: a session with its outputs
    this.bare = block.dataset.copy ?? this.text;
    const code = fromAddress(id).changes?.text;
    if (typeof code === "string" && this.button) this.#take(code);
    else if (block.closest(".cnn-cell, .cnn-asked")) this.#lay();
  }

  /** What runs: the page's own block, or what the reader has made of it. */
  get code() {
    return this.edited ? this.#editor.code : this.text;
  }

  /** Whether it has run as it stands. */
  get done() {
    return this.#ran === this.code;
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

  /** Shows what came of running its code, if that can be seen. */
  show(code, { parts, figures }, ms) {
    this.#ran = failed(parts) ? null : code;
    if (!this.button) return;
    this.below.show(parts, ms, this.edited ? outputs(this.text) : null);
    if (figures.length) this.below.body.append(...brought(figures, this.id));
  }

  #buttons() {
    const button = (word, onclick) => h("button", { type: "button", class: `cnn-ran__tool cnn-ran__${word}`, onclick }, runWords[word]);
    const edit = button("edit", () => this.#edit(edit));
    const prompts = this.text.startsWith(">>>") && button("prompts", () => this.#copy(this.text));
    const bare = button("bare", () => this.#copy(this.#editor.code));  // the page's own has a button in its corner
    const link = !this.block.closest(".cnn-asked") && button("link", () => this.#link());  // no page has its place
    this.edit = edit;
    return [edit, bare, link, prompts].filter(Boolean);
  }

  /** Puts a text area in place of the code; the button then brings the page's own code back. */
  #edit(button, focus = true) {
    if (this.#editor) {
      this.#editor.box.remove();
      this.#editor = null;
    } else {
      this.#editor = new Editor(this.bare.trimEnd(), () => this.press(this.block));
      this.block.prepend(this.#editor.box);
      if (focus) this.#editor.area.focus({ preventScroll: true });
    }
    for (const each of [this.block, this.below.box]) each.classList.toggle("cnn-edited", Boolean(this.#editor));
    button.textContent = runWords[this.#editor ? "reset" : "edit"];
  }

  /** Shows code that an address brought; it runs when the reader says so. */
  #take(code) {
    this.below.say("");
    this.#edit(this.edit);
    this.#editor.code = code;
    this.block.scrollIntoView();
  }

  /** Opens a cell to write in; one of the page's own keeps what it held on the last visit. */
  #lay() {
    this.below.say("");
    this.#edit(this.edit, false);
    if (!this.block.closest(".cnn-cell")) return;
    const text = kept(this.id)?.text;
    if (typeof text === "string") this.#editor.code = text;
    this.#editor.area.addEventListener("input", () => keep(this.id, { text: this.#editor.code }));
  }

  #link() {
    const address = `${location.origin}${toAddress(this.id, { text: this.#editor.code })}`;
    if (address.length > LONGEST) this.below.note(runWords.long);
    else this.#copy(address);
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
