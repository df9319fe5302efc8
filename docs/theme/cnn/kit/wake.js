/**
 * When a figure comes to life: as it comes within a screen of the reader, so that a page with ten
 * of them answers at once; and all of them at the first key, so that Tab finds every control.
 */

const asleep = new Map();                      // element -> what starts it
let keys = false;

const watch = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (isIntersecting) setTimeout(() => wake(target));         // each in a task of its own
  }
}, { rootMargin: "100% 0px" });

/** Starts an element that still sleeps. */
export function wake(element) {
  const start = asleep.get(element);
  sleepNoMore(element);
  start?.();
}

export function sleepNoMore(element) {
  asleep.delete(element);
  watch.unobserve(element);
}

/** Runs `start` when the reader can want the element. */
export function wakeWhenNear(element, start) {
  if (keys) return start();
  asleep.set(element, start);
  watch.observe(element);
}

addEventListener("keydown", () => {
  keys = true;
  [...asleep.keys()].forEach(wake);
}, true);
