/**
 * A plain text area over a coloured copy of what it holds. The browser's own area keeps what people
 * rely on: undo, composed letters, screen readers, the keyboard of a phone.
 */

import { coloured } from "./colours.js";
import { h } from "../kit/dom.js";
import { runWords } from "../tables/run.js";

const STEP = "    ";

export class Editor {
  #leaving = false;                            // after Escape the next Tab leaves the area

  /** `runs` is called with Ctrl+Enter. */
  constructor(code, runs) {
    this.copy = h("code");
    this.area = h("textarea", { class: "cnn-writing__area", "aria-label": runWords.editing, spellcheck: "false", autocapitalize: "off",
      autocomplete: "off", autocorrect: "off", wrap: "off",
      oninput: () => this.#paint(), onkeydown: (event) => this.#key(event, runs) });
    this.box = h("div", { class: "cnn-writing highlight" },
      h("div", { class: "cnn-writing__sheet" }, h("pre", { "aria-hidden": "true" }, this.copy), this.area));
    this.code = code;
  }

  get code() {
    return this.area.value;
  }

  set code(code) {
    this.area.value = code;
    this.#paint();
  }

  #paint() {
    const code = this.area.value;
    this.copy.replaceChildren(...coloured(code), code.endsWith("\n") ? " " : "");   // an empty last line counts
  }

  #key(event, runs) {
    const { key, isComposing, shiftKey, ctrlKey, metaKey } = event;
    if (isComposing) return;
    const typed = {
      Tab: () => !this.#leaving && !shiftKey && STEP,
      Enter: () => !ctrlKey && !metaKey && this.#nextLine(),
    }[key]?.();
    if (key === "Enter" && (ctrlKey || metaKey)) runs();
    if (!["Shift", "Tab"].includes(key)) this.#leaving = key === "Escape";
    if (!typed) return;
    event.preventDefault();
    this.#type(typed);
  }

  /** A new line as far in as the last one, further after a colon. */
  #nextLine() {
    const line = this.area.value.slice(0, this.area.selectionStart).split("\n").at(-1);
    return `\n${line.match(/^ */)[0]}${/:\s*(#.*)?$/.test(line) ? STEP : ""}`;
  }

  /** Types as the reader would, so that undo takes it back. */
  #type(text) {
    if (document.execCommand?.("insertText", false, text)) return;
    this.area.setRangeText(text, this.area.selectionStart, this.area.selectionEnd, "end");
    this.#paint();
  }
}
