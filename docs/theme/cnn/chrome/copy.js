/** A button on every block of code that copies it; sessions copy their statements alone. */

import { h, s } from "../kit/dom.js";
import { frameWords } from "../tables/frame.js";

const SHEETS = "M19 21H8V7h11zm0-16H8a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h11a2 2 0 0 0 2-2V7a2 2 0 0 0-2-2m-3-4H4a2 2 0 0 0-2 2v14h2V3h12z";

function button(block) {
  const said = h("span", { class: "cnn-unseen", role: "status" });
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text(block));
      say(frameWords.copied, true);
    } catch {                                   // no permission: the reader copies by hand
      getSelection().selectAllChildren(block);
      say(frameWords.selected, false);
    }
  };
  const say = (words, done) => {
    said.textContent = words;
    made.classList.toggle("cnn-copy--done", done);
    setTimeout(() => {
      said.textContent = "";
      made.classList.remove("cnn-copy--done");
    }, 2500);
  };
  const made = h("button", { type: "button", class: "cnn-copy", title: frameWords.copy,
    "aria-label": frameWords.copy, onclick: copy },
    s("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, s("path", { d: SHEETS })));
  return [made, said];
}

function text(block) {
  const given = block.closest("[data-copy]") ?? block.querySelector("[data-copy]");
  return (given?.dataset.copy ?? block.textContent).trimEnd();
}

export function addCopyButtons() {
  for (const block of document.querySelectorAll("article .highlight > pre > code")) {
    block.closest(".highlight").append(...button(block));
  }
}
