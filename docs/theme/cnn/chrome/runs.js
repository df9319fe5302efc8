/** A button under every block of code that can run; what runs it is fetched when one is pressed. */

import { h } from "../kit/dom.js";
import { fill } from "../kit/labels.js";
import { runButton } from "../kit/run-button.js";
import { kept } from "../kit/state.js";
import { tell } from "../kit/word.js";
import { frameWords } from "../tables/frame.js";

export function offerRuns() {
  const size = document.querySelector("meta[name=cnn-run]")?.getAttribute("content");
  if (!size) return;                           // built without Python
  const blocks = [...document.querySelectorAll("article .highlight:is([data-run], [data-needs])")];
  const tasks = [...document.querySelectorAll("article .cnn-task")];
  let coming = null;
  const open = () => (coming ??= import("../run/room.js").then(({ openRoom }) => openRoom(blocks, size)));
  const press = async (block, what = "press") => {
    try {
      (await open())[what](block);
    } catch {
      coming = null;                           // fetched again with the next press
      tell(frameWords.unrun);
    }
  };
  // A link that carries code, or a cell that stands open.
  if (location.search.includes("code-") || document.querySelector(".cnn-cell")) addEventListener("load", () => open().catch(() => {}));
  document.addEventListener("cnn:evaluate", (event) =>
    press([event.target, /** @type {CustomEvent} */ (event).detail], "evaluate"));
  for (const task of tasks) {
    const right = kept(task.id)?.right === true;
    task.append(h("p", { class: "cnn-task__foot" },
      h("button", { type: "button", class: "cnn-do cnn-task__open", onclick: () => press(task, "write") }, frameWords.write),
      h("span", { class: "cnn-task__done", hidden: !right }, frameWords.solved)));
  }
  for (const block of blocks) {
    const { needs } = block.dataset;
    block.append(needs
      ? h("span", { class: "cnn-run", "data-needs": needs }, h("span", {}, fill(frameWords.needs, { name: needs })))
      : runButton(() => press(block)));
  }
}
