/** The button that runs a block of code, in the block's corner. */

import { h } from "./dom.js";
import { frameWords } from "../tables/frame.js";

export const runButton = (onclick) => h("button", { type: "button", class: "cnn-run", onclick }, h("span", {}, frameWords.run));
