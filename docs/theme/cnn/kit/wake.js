/**
 * When a figure comes to life: as it comes within a screen of the reader, one in each idle slice,
 * so that a page with ten of them answers at once; the one that the reader touches, first. After
 * a key they all do, the ones that Tab can reach next at once.
 */

const asleep = new Map();                      // element -> what starts it
const queue = new Set();                       // of them, those that are wanted
let keys = false, waiting = false;

export const idle = window.requestIdleCallback?.bind(window) ?? ((run) => setTimeout(run, 1));

const watch = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) if (isIntersecting) want(target);
}, { rootMargin: "100% 0px" });

function want(element) {
  if (!asleep.has(element)) return;
  queue.add(element);
  if (!waiting) idle(slice, { timeout: 500 });
  waiting = true;
}

/** Wakes the next one; another follows only when the browser is idle again. */
function slice() {
  const [next] = queue;
  waiting = queue.size > 1;
  if (waiting) idle(slice, { timeout: 500 });
  if (next) wake(next);
}

/** Starts an element that still sleeps. */
export function wake(element) {
  const start = asleep.get(element);
  sleepNoMore(element);
  start?.();
}

export function sleepNoMore(element) {
  asleep.delete(element);
  queue.delete(element);
  watch.unobserve(element);
}

/** Runs `start` when the reader can want the element. */
export function wakeWhenNear(element, start) {
  asleep.set(element, start);
  watch.observe(element);
  if (keys) want(element);
}

const touched = ({ target }) => {
  for (const element of asleep.keys()) if (element.contains(target)) return wake(element);
};
addEventListener("pointerdown", touched, true);
addEventListener("pointerover", touched, true);

/** The sleepers just before and after the place where the focus is. */
function besides(place) {
  const before = [], after = [];
  for (const element of asleep.keys()) {
    const follows = place.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING;
    (follows ? after : before).push(element);
  }
  const order = (a, b) => (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1);
  return [before.sort(order).at(-1), after.sort(order)[0]].filter(Boolean);
}

addEventListener("keydown", ({ key }) => {
  keys = true;
  if (!asleep.size) return;
  if (key === "Tab") besides(document.activeElement ?? document.body).forEach(wake);
  [...asleep.keys()].forEach(want);
}, true);
