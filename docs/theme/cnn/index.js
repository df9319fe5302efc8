/**
 * Brings the still figures to life: the script of an element is fetched when the page has one, and
 * every element of its kind upgrades by itself, also on pages that are swapped in without a reload.
 */

const elements = {
  "cnn-conv": async () => (await import("./conv.js")).CnnConv,
  "cnn-digit-lab": async () => (await import("./digit-lab.js")).CnnDigitLab,
  "cnn-exercise": async () => (await import("./exercise.js")).CnnExercise,
  "cnn-filters": async () => (await import("./filters.js")).CnnFilters,
  "cnn-image": async () => (await import("./image.js")).CnnImage,
  "cnn-inner-product": async () => (await import("./inner.js")).CnnInnerProduct,
  "cnn-pad": async () => (await import("./pad.js")).CnnPad,
  "cnn-pool": async () => (await import("./pool.js")).CnnPool,
  "cnn-shapes": async () => (await import("./shapes.js")).CnnShapes,
  "cnn-homework": async () => (await import("./homework.js")).CnnHomework,
  "cnn-grading": async () => (await import("./grading.js")).CnnGrading,
};

function upgrade() {
  for (const [name, load] of Object.entries(elements)) {
    if (!document.querySelector(name) || customElements.get(name)) continue;
    load().then((element) => customElements.get(name) ?? customElements.define(name, element));
  }
}

/** The still drawings are painted first. */
function upgradeSoon() {
  requestAnimationFrame(() => setTimeout(upgrade));
}

upgradeSoon();
window.document$?.subscribe(upgradeSoon);       // Material's pages that are swapped in
