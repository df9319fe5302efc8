/**
 * The reader's way through the lessons, kept in this browser: the lesson read last, and those that
 * are done. A lesson is done when its summary comes into view, unless the reader leapt there: a
 * fifth of the lesson's minutes must have gone by. The homework is done when it is finished.
 */

import { h } from "../kit/dom.js";
import { frameWords } from "../tables/frame.js";

const PLACE = "cnn:path", HURRY = 12000;        // ms of a lesson's minute that a reader needs at least

export function way() {
  try {
    const { last = "", done = [] } = JSON.parse(localStorage.getItem(PLACE)) ?? {};
    return { last, done: [].concat(done) };
  } catch {
    return { last: "", done: [] };
  }
}

function remember(changes) {
  try {
    localStorage.setItem(PLACE, JSON.stringify({ ...way(), ...changes }));
  } catch { /* a private window: nothing is said, for nothing was asked */ }
}

/** The links to pages, in the list of all and on the home page, by the page's name. */
export const pageLinks = () => [...document.querySelectorAll(".cnn-nav li > a, .cnn-path a")]
  .map((link) => [link, /** @type {HTMLAnchorElement} */ (link).pathname.split("/").at(-2)]);

export function markDone() {
  const { done } = way();
  for (const [link, name] of pageLinks()) {
    link.querySelector(".cnn-done")?.remove();
    if (done.includes(name)) link.append(h("span", { class: "cnn-done", role: "img", "aria-label": frameWords.done }, "✓"));
  }
}

export function followPath() {
  const { name, minutes } = /** @type {HTMLElement} */ (document.querySelector(".cnn-lesson"))?.dataset ?? {};
  markDone();
  if (document.querySelector(".cnn-path")) import("./home.js").then(({ welcome }) => welcome());
  if (!name) return;
  remember({ last: name });
  const finish = () => {
    remember({ done: [...new Set([...way().done, name])] });
    markDone();
  };
  const summary = document.getElementById("summary");
  document.addEventListener("cnn:solved", finish, { once: true });
  if (!summary) return;
  new IntersectionObserver(([{ isIntersecting }], observer) => {
    if (!isIntersecting || performance.now() < Number(minutes) * HURRY) return;
    observer.disconnect();
    finish();
  }).observe(summary);
}
