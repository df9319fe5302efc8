/**
 * The frame of a figure: the drawing, the controls under it, the line that says where its state came
 * from or what a cell holds, and the voice for who cannot see it.
 */

import { h } from "./dom.js";
import { label } from "./labels.js";

export class Framed extends HTMLElement {
  /** Whether the cells of the figure can be changed, which its status line says. */
  static editable = false;

  t = label;
  result = null;                               // what a subclass computes, or
  refusal = null;                              // why it cannot

  /** Puts the controls under the figure, which they share a frame with. */
  install(controls) {
    this.figure = this.querySelector("figure");
    this.caption = this.figure.querySelector("figcaption");
    this.statusLine = h("div", { class: "cnn-status" });
    this.liveLine = h("p", { class: "cnn-unseen", "aria-live": "polite" });
    this.ui = h("div", { class: "cnn-ui" }, controls, this.liveLine);
    const settings = this.ui.querySelector(":scope > .cnn-settings");
    this.ui.insertBefore(this.statusLine, settings ?? this.liveLine);
    this.figure.append(this.ui);
    this.status();
  }

  /** Puts a new drawing in the figure; the focus stays on the same cell of the same plane. */
  redraw(draw) {
    const focused = document.activeElement?.closest?.(".c"), svg = focused?.closest("svg");
    const again = svg && this.contains(svg) && `[data-role=${svg.dataset.role}][data-channel="${svg.dataset.channel}"] `
      + `.c[data-r="${focused.dataset.r}"][data-c="${focused.dataset.c}"]`;
    const body = draw().flat().filter(Boolean);
    for (const old of [...this.figure.childNodes]) if (old !== this.caption && old !== this.ui) old.remove();
    this.figure.prepend(...body);
    if (again) this.figure.querySelector(again)?.focus();
  }

  /** The refusal in the page's words and in cnnlib's; greys the drawing that no longer holds. */
  refuse() {
    this.figure.classList.toggle("cnn-impossible", !this.result);
    if (!this.refusal) return [];
    const why = `${this.t("impossible")} ${this.t("why." + this.refusal.reason)}`;
    this.say(why);
    return [h("p", { class: "cnn-why" }, why), h("code", { class: "cnn-error" }, this.refusal.message)];
  }

  /** A word about where the state came from, or the link. */
  note(...words) {
    this.noted = words;
    this.status();
    this.say(words.length ? this.statusLine.textContent : "");
  }

  /** Says that a typed value cannot be shown, and which could. */
  unshown(text, rule) {
    this.note(this.t("cannotShow", { v: text, rule }));
  }

  /** What the reader is pointing at; else the note, else what the reader can do with the cells. */
  status(words) {
    const rest = this.noted?.length ? this.noted : [/** @type {typeof Framed} */ (this.constructor).editable && this.t("editShort")].filter(Boolean);
    this.statusLine.replaceChildren(...(words ? [words] : rest));
  }

  say(words) {
    this.liveLine.textContent = words;
  }
}
