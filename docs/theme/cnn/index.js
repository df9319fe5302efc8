/**
 * Brings the still figures to life: the script of an element is fetched when the page has one, and
 * every element of its kind upgrades by itself. The frame of the page starts here too.
 */

import { startChrome } from "./chrome/chrome.js";
import { label } from "./kit/labels.js";
import { idle } from "./kit/wake.js";

const elements = {
  "cnn-adjoint": async () => (await import("./figures/adjoint.js")).CnnAdjoint,
  "cnn-conv": async () => (await import("./figures/conv.js")).CnnConv,
  "cnn-digit-lab": async () => (await import("./lab/digit-lab.js")).CnnDigitLab,
  "cnn-exercise": async () => (await import("./exercise/exercise.js")).CnnExercise,
  "cnn-filters": async () => (await import("./figures/filters.js")).CnnFilters,
  "cnn-image": async () => (await import("./figures/image.js")).CnnImage,
  "cnn-inner-product": async () => (await import("./figures/inner.js")).CnnInnerProduct,
  "cnn-pad": async () => (await import("./figures/pad.js")).CnnPad,
  "cnn-pool": async () => (await import("./figures/pool.js")).CnnPool,
  "cnn-volume": async () => (await import("./figures/conv.js")).CnnVolume,
  "cnn-shapes": async () => (await import("./figures/shapes.js")).CnnShapes,
  "cnn-homework": async () => (await import("./homework/homework.js")).CnnHomework,
  "cnn-assignment": async () => (await import("./homework/maker.js")).CnnAssignment,
  "cnn-mastery": async () => (await import("./mastery/check.js")).CnnMastery,
  "cnn-fading": async () => (await import("./mastery/fading.js")).CnnFading,
  "cnn-inventory": async () => (await import("./inventory/inventory.js")).CnnInventory,
  "cnn-parsons": async () => (await import("./parsons/parsons.js")).CnnParsons,
  "cnn-grading": async () => (await import("./homework/grading.js")).CnnGrading,
};

function upgrade() {
  for (const [name, load] of Object.entries(elements)) {
    if (!document.querySelector(name) || customElements.get(name)) continue;
    load().then((element) => customElements.get(name) ?? customElements.define(name, element))
      .catch(() => unreached(name));
  }
}

/** Without its script an element stays as it stands, and says why it does not move. */
function unreached(name) {
  for (const element of document.querySelectorAll(name)) {
    if (element.querySelector(".cnn-unreached")) continue;
    const word = Object.assign(document.createElement("p"), { className: "cnn-unreached", textContent: label("unreached") });
    word.setAttribute("role", "status");
    element.append(word);
  }
}

/** The still drawings are painted first. */
function upgradeSoon() {
  requestAnimationFrame(() => setTimeout(upgrade));
}

/**
 * What is far from the screen is left out of the first layout (page.css), and laid out afterwards,
 * a piece in each idle slice, so that the page is whole however it is captured.
 */
function completeSoon() {
  const pieces = [...document.querySelectorAll(".md-content__inner > *, .doc-children > .doc")]
    .filter((piece) => getComputedStyle(piece).contentVisibility === "auto");
  const next = () => {
    const piece = /** @type {HTMLElement | undefined} */ (pieces.shift());
    if (!piece) return;
    piece.style.contentVisibility = "visible";
    idle(next);
  };
  idle(next);
}

upgradeSoon();
addEventListener("load", completeSoon);
document.addEventListener("cnn:added", upgradeSoon);           // figures that came after the page
startChrome();
