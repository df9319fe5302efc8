/** What stands under a block that was run: a word, and where it differs, both outputs. */

import { h } from "../kit/dom.js";
import { fill } from "../kit/labels.js";
import { limits } from "./session.js";
import { runWords } from "../tables/run.js";

const raised = ({ trace, said }) =>
  ["Traceback (most recent call last):", ...trace.map((line) => `  ${line}`), said, ""].join("\n");

/** What a part printed, or the error that it ended with. */
const printed = (part) => part.got + (part.error ? raised(part.error) : "");

/** Whether a part did what the page says; what cannot run here is not held against it. */
const fits = ({ needs, same, error }) => Boolean(needs) || same || (same === null && !error);

/** Whether a block ended with an error, or was cut, that the page does not record. */
export const failed = (parts) => parts.some((part) => part.cut || (part.error && !part.same));

export const output = (name, text) => h("div", {}, h("p", { class: "cnn-ran__name" }, name),
  h("pre", {}, h("code", { tabindex: "0" }, text || runWords.nothing)));

export class Panel {
  noted = null;

  constructor(block) {
    this.said = h("p", { class: "cnn-ran__said", role: "status" });
    this.body = h("div", { class: "cnn-ran__body" });
    this.tools = h("p", { class: "cnn-ran__tools" });
    this.box = h("div", { class: "cnn-ran" }, this.said, this.tools, this.body);
    block.after(this.box);
  }

  /** Says how things stand, and shows nothing else. */
  say(words) {
    this.said.textContent = words;
    this.body.replaceChildren();
  }

  /** Adds a word to the tools. */
  note(words) {
    this.noted ??= this.tools.appendChild(h("span", { role: "status" }));
    this.noted.textContent = words;
  }

  /** Shows what came of a block; `recorded` is the output that the page has of it, if it was edited. */
  show(parts, ms, recorded = null) {
    const got = parts.map(printed).join(""), needs = parts.find((part) => part.needs)?.needs;
    const same = recorded === null ? parts.every(fits) : got.trimEnd() === recorded.trimEnd();
    const free = recorded === null && parts.every((part) => part.want === null);  // there is nothing to compare with
    const quiet = recorded === null && !parts.some((part) => part.want || printed(part));
    const word = (quiet && "quiet") || (free && (failed(parts) ? "failed" : "ran")) || (same ? "same" : "differs");
    this.say(`${runWords[word]} ${fill(runWords.time, { n: Math.round(ms) })}`);
    const want = recorded ?? parts.map((part) => part.want ?? "").join("");
    const why = parts.filter((part) => !part.same).map((part) => part.error?.why).find(Boolean);
    const warned = parts.map((part) => part.warned).join("");
    this.body.append(...[
      needs && h("p", {}, fill(runWords.skipped, { name: needs })),
      parts.some((part) => part.cut) && h("p", {}, fill(runWords.cut, { n: limits.characters })),
      (free ? !quiet : !same) && h("div", { class: "cnn-ran__pair" }, output(runWords.new, got), want && output(runWords.recorded, want)),
      why && h("div", { class: "cnn-ran__why" }, h("p", { class: "cnn-ran__name" }, runWords.error), h("p", {}, why)),
      warned && output(runWords.warned, warned),
    ].filter(Boolean));
  }
}
