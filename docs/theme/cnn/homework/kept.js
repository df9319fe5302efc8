/** The list of sheets that this browser keeps: to open, and to erase. */

import { h } from "../kit/dom.js";
import { eraseSheet, hasContent, keptSheets } from "./store.js";

export class KeptSheets {
  constructor(homework, box) {
    this.homework = homework;
    this.box = box;
    box.addEventListener("toggle", () => this.show());
  }

  /** Draws the list, if it is open. */
  show() {
    if (!this.box.open) return;
    const { words, only } = this.homework, sheets = keptSheets().filter(([, sheet]) =>
      (only ?? sheet.text) === sheet.text && (hasContent(sheet) || sheet.name));
    this.box.querySelector("div").replaceChildren(...(sheets.length
      ? [h("ul", null, sheets.map(([key, sheet]) => this.#row(key, sheet))),
        this.#erase(words.eraseAll, words.eraseAll, sheets.map(([key]) => key))]
      : [h("p", null, words.keptNone)]));
  }

  #row(key, sheet) {
    const { words } = this.homework, text = String(sheet.text), answered = Object.values(sheet.steps);
    const who = words.keptName.replace("{name}", sheet.name || words.noName).replace("{number}", sheet.number || words.noNumber);
    const network = { lecture: words.lecture, number: words.own }[text] ?? words.class;
    const done = `${answered.filter(({ reply }) => String(reply ?? "").trim()).length}`;
    const label = `${who}, ${network}`;
    return h("li", null, h("span", null, `${label} (${done})`),
      h("button", { type: "button", "aria-label": `${words.open}: ${label}`, onclick: () => this.homework.reopen(sheet) }, words.open),
      this.#erase(words.erase, `${words.erase}: ${label}`, [key]));
  }

  /** A button that erases when it is pressed a second time. */
  #erase(text, label, keys) {
    const { words } = this.homework;
    let asked = false;
    const button = h("button", { type: "button", "aria-label": label, onclick: () => {
      if (!asked) {
        asked = true;
        button.textContent = words.sureErase;
        button.setAttribute("aria-label", `${label}. ${words.sureErase}`);
        return;
      }
      keys.forEach(eraseSheet);
      if (keys.includes(this.homework.key)) this.homework.choose(this.homework.assignment.text);
      this.show();
      this.homework.say(words.erased);
    } }, text);
    return button;
  }
}
