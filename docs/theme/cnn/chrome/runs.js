/** A button under every block of code that can run; what runs it is fetched when one is pressed. */

import { h } from "../kit/dom.js";
import { fill } from "../kit/labels.js";
import { tell } from "../kit/word.js";
import { frameWords } from "../tables/frame.js";

export function offerRuns() {
  const size = document.querySelector("meta[name=cnn-run]")?.getAttribute("content");
  if (!size) return;                           // built without Python
  const blocks = [...document.querySelectorAll("article .highlight:is([data-run], [data-needs])")];
  let coming = null;
  const open = () => (coming ??= import("../run/room.js").then(({ openRoom }) => openRoom(blocks, size)));
  const press = async (block) => {
    try {
      (await open()).press(block);
    } catch {
      coming = null;                           // fetched again with the next press
      tell(frameWords.unrun);
    }
  };
  if (location.search.includes("code-")) addEventListener("load", () => open().catch(() => {}));  // a link that carries code
  for (const block of blocks) {
    const { needs } = block.dataset;
    block.append(needs
      ? h("span", { class: "cnn-run", "data-needs": needs }, h("span", {}, fill(frameWords.needs, { name: needs })))
      : h("button", { type: "button", class: "cnn-run", onclick: () => press(block) }, h("span", {}, frameWords.run)));
  }
}
