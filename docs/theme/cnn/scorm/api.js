/** The learning-management system as SCORM 1.2 lets a page talk to it. Nothing that it does throws. */

const DEEPEST = 7;                           // frames around the page that are searched

/** What a window lets us see; windows of another site let us see nothing. */
function seen(look) {
  try {
    return look() ?? null;
  } catch {
    return null;
  }
}

function inParents(start) {
  let place = start;
  for (let depth = 0; place && depth <= DEEPEST; depth++) {
    const from = place, api = seen(() => from.API);
    if (api) return api;
    const parent = seen(() => from.parent);
    place = parent === from ? null : parent;
  }
  return null;
}

/** The system's API in a frame around the page, or around the page that opened it; null without one. */
export const findApi = (window) => inParents(window)
  ?? inParents(seen(() => window.opener) ?? seen(() => window.top.opener));

/** Two digits of a time. */
export const two = (number) => String(number).padStart(2, "0");

/** Seconds as SCORM writes a span of time: 0001:02:03. */
export const span = (seconds) =>
  `${String(Math.min(9999, Math.floor(seconds / 3600))).padStart(4, "0")}:${two(Math.floor(seconds / 60) % 60)}:${two(Math.floor(seconds) % 60)}`;

export class Session {
  constructor(api) {
    this.api = api;
    this.open = Boolean(api) && this.#done("LMSInitialize", "");
    this.problem = api && !this.open ? this.reason : "";
  }

  #call(name, ...values) {
    return seen(() => String(this.api[name](...values)));
  }

  #done(name, ...values) {
    return this.#call(name, ...values) === "true";
  }

  /** Why the last call failed, in the system's own words. */
  get reason() {
    const code = this.#call("LMSGetLastError") ?? "";
    return [code, code && this.#call("LMSGetErrorString", code)].filter(Boolean).join(": ");
  }

  get(key) {
    return (this.open && this.#call("LMSGetValue", key)) || "";
  }

  /** Whether every [key, value] was taken; what comes after a refused one is not asked. */
  set(pairs) {
    return this.open && pairs.every(([key, value]) => this.#done("LMSSetValue", key, String(value)));
  }

  commit() {
    return this.open && this.#done("LMSCommit", "");
  }

  finish() {
    const done = this.open && this.#done("LMSFinish", "");
    this.open = false;
    return done;
  }
}
