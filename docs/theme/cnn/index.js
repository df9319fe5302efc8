/**
 * Defines the elements that bring the still figures to life. A custom element upgrades by itself
 * wherever it appears, so pages that are swapped in without a reload need nothing more.
 */

import { CnnConv } from "./conv.js";
import { CnnExercise } from "./exercise.js";
import { CnnFilters } from "./filters.js";
import { CnnImage } from "./image.js";
import { CnnInnerProduct } from "./inner.js";
import { CnnPad } from "./pad.js";
import { CnnPool } from "./pool.js";
import { CnnShapes } from "./shapes.js";

const elements = {
  "cnn-conv": CnnConv, "cnn-inner-product": CnnInnerProduct, "cnn-pool": CnnPool, "cnn-pad": CnnPad,
  "cnn-image": CnnImage, "cnn-filters": CnnFilters, "cnn-shapes": CnnShapes, "cnn-exercise": CnnExercise,
};

for (const [name, element] of Object.entries(elements)) {
  if (!customElements.get(name)) customElements.define(name, element);
}

/** Elements that one page alone has: their script is fetched when they are in the page. */
const rare = {
  "cnn-homework": async () => (await import("./homework.js")).CnnHomework,
  "cnn-grading": async () => (await import("./grading.js")).CnnGrading,
};

function fetchRare() {
  for (const [name, load] of Object.entries(rare)) {
    if (!document.querySelector(name) || customElements.get(name)) continue;
    load().then((element) => customElements.get(name) ?? customElements.define(name, element));
  }
}

fetchRare();
window.document$?.subscribe(fetchRare);         // Material's pages that are swapped in
