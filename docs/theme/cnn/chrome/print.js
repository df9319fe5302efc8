/** A lesson, or the sheet, as a handout: with room to write, or with the answers. */

import { h } from "../kit/dom.js";
import { openPrint } from "../kit/printing.js";
import { frameWords } from "../tables/frame.js";

const HANDOUTS = ["blank", "answers"];
const FOLDS = ":is(cnn-exercise, .cnn-task, .cnn-homework__steps) details:not([open])";

/** Opens what a handout shows, and folds it again when it is printed. */
function handout(mode) {
  const { dataset } = document.documentElement, folds = mode === "answers" ? [...document.querySelectorAll(FOLDS)] : [];
  dataset.print = mode;
  for (const fold of folds) fold.open = true;
  return openPrint(() => {
    delete dataset.print;
    for (const fold of folds) fold.open = false;
  });
}

export function offerPrinting() {
  const article = document.querySelector("article"), said = h("p", { role: "status" });
  if (!article?.querySelector("cnn-exercise, cnn-homework")) return;
  article.append(h("details", { class: "cnn-print" }, h("summary", null, frameWords.print), HANDOUTS.map((mode) =>
    h("button", { type: "button", onclick: async () => {
      said.textContent = await handout(mode) ? "" : frameWords.noPrint;
    } }, frameWords[mode])), said));
}
