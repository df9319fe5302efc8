/** A word at the foot of the window, for what no place on the page is there to say; it goes by itself. */

import { h } from "./dom.js";

const LASTS = 8000;
let line = null, going = 0;

export function tell(text) {
  line ??= document.body.appendChild(h("p", { class: "cnn-told", role: "status" }));
  clearTimeout(going);
  going = setTimeout(() => { line.textContent = ""; }, LASTS);
  line.textContent = text;
}
