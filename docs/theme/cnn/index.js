/**
 * Defines the elements that bring the still figures to life. A custom element upgrades by itself
 * wherever it appears, so pages that are swapped in without a reload need nothing more.
 */

import { CnnConv } from "./conv.js";
import { CnnExercise } from "./exercise.js";

const elements = { "cnn-conv": CnnConv, "cnn-exercise": CnnExercise };

for (const [name, element] of Object.entries(elements)) {
  if (!customElements.get(name)) customElements.define(name, element);
}
