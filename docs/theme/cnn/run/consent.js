/** Asks before Python is fetched, with the size; a reader who agreed is not asked again. */

import { h } from "../kit/dom.js";
import { fill } from "../kit/labels.js";
import { choose, chosen } from "../kit/setting.js";
import { runWords } from "../tables/run.js";

const CHOICE = "run";

/** Whether the reader wants it; `place` shows the question, `back` takes the focus afterwards. */
export function agreed(size, place, back) {
  if (chosen(CHOICE) === "yes") return Promise.resolve(true);
  return new Promise((resolve) => {
    const answer = (yes) => () => {
      if (yes) choose(CHOICE, "yes");
      box.remove();
      back.focus();
      resolve(yes);
    };
    const first = h("button", { type: "button", class: "cnn-do", onclick: answer(true) }, runWords.fetch);
    const keys = ({ key }) => key === "Escape" && answer(false)();
    const box = h("div", { class: "cnn-ran__ask", role: "group", "aria-label": runWords.asked, onkeydown: keys },
      h("p", {}, fill(runWords.ask, { size })),
      h("p", { class: "cnn-ran__tools" }, first, h("button", { type: "button", onclick: answer(false) }, runWords.leave)));
    place.replaceChildren(box);
    first.focus();
  });
}
