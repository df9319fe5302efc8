/**
 * A page's session from the page's side: the worker that Python runs in. It is ended, not asked to
 * end, so that even an endless loop stops at once; a new one then runs again what had run.
 */

const LIMIT = 20;                              // seconds that one block may take

/** Why a run did not come to its end: "stopped", "late", "memory" or "unreached". */
export class Ended extends Error {}

export class Session {
  #places;
  #worker = null;
  #ready = null;                               // the promise of a worker that can run
  #answer = null;                              // who waits for the worker: { resolve, reject }
  #ran = [];

  /** `places` says where the worker, Python and the lessons lie. */
  constructor(places) {
    this.#places = places;
  }

  /** Runs a block after those that ran before; what came of its parts, and the figures it asked for. */
  async run(text) {
    await this.ready();
    const told = await this.#ask({ text });
    this.#ran.push(text);
    return told;
  }

  /** Judges the function that a text defines, apart from what the page's blocks have made. */
  async judge(task, text) {
    await this.ready();
    return this.#ask({ task, text });
  }

  /** Ends what runs now, an endless loop too, and brings back what had run before it. */
  stop() {
    this.#end("stopped");
    this.ready().catch(() => {});           // who runs the next block hears of it
  }

  /** Starts Python, or waits until it has started. */
  ready() {
    this.#ready ??= this.#start();
    return this.#ready;
  }

  async #start() {
    const worker = new Worker(this.#places.worker, { type: "module" });
    this.#worker = worker;
    worker.onerror = () => worker === this.#worker && this.#end("unreached");
    worker.onmessage = ({ data }) => this.#hear(data);
    await this.#ask({ ...this.#places, lang: document.documentElement.lang }, 0);
    for (const text of this.#ran) await this.#ask({ text });
  }

  #hear({ told, broken, started }) {
    if (broken) this.#end(started ? "memory" : "unreached");
    else this.#answer?.resolve(told && JSON.parse(told));
  }

  #ask(message, limit = LIMIT) {
    return new Promise((resolve, reject) => {
      const late = limit && setTimeout(() => this.#end("late"), limit * 1000);
      const done = (settle) => (value) => {
        clearTimeout(late);
        this.#answer = null;
        settle(value);
      };
      this.#answer = { resolve: done(resolve), reject: done(reject) };
      this.#worker.postMessage(message);
    });
  }

  #end(reason) {
    this.#worker?.terminate();
    this.#worker = this.#ready = null;
    this.#answer?.reject(new Ended(reason));
  }
}

export const limits = { seconds: LIMIT, characters: 20000 };
