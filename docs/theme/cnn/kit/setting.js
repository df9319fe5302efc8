/** What a reader chose for all pages of the site, kept in this browser. */

import { frameWords } from "../tables/frame.js";
import { tell } from "./word.js";

const keyOf = (name) => `cnn:${name}`;

/** What was chosen on an earlier page, or null. */
export function chosen(name) {
  try {
    return localStorage.getItem(keyOf(name));
  } catch {
    return null;
  }
}

/** Keeps a choice for the other pages; says so when it holds for this page alone. */
export function choose(name, value) {
  try {
    localStorage.setItem(keyOf(name), value);
  } catch {
    tell(frameWords.notKept);                  // a private window, or no room left
  }
}

/** Calls `told` with what is chosen in another tab. */
export function whenChosenElsewhere(name, told) {
  addEventListener("storage", ({ key, newValue }) => {
    if (key === keyOf(name)) told(newValue);
  });
}
