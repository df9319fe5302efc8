/**
 * Runs a page's blocks of code, all of them in one session: a block runs after those above it. This
 * room is fetched when the first button is pressed, Python when the reader has agreed.
 */

import { agreed } from "./consent.js";
import { Entry } from "./entry.js";
import { fill } from "../kit/labels.js";
import { h } from "../kit/dom.js";
import { keepOffline } from "./offline.js";
import { runButton } from "../kit/run-button.js";
import { failed } from "./panel.js";
import { Ended, limits, Session } from "./session.js";
import { Task } from "./task.js";
import { runWords } from "../tables/run.js";

/** Where the room's files lie: the page's import map says it. */
const at = (name) => import.meta.resolve(`./${name}`);

const ASKED = "asked";                         // the id of the cell that a number has opened

class Room {
  #entries;
  #tasks = new Map();
  #size;
  #session = new Session({ worker: at("worker.js"), base: at("python/"), lessons: at("lessons.zip") });
  #running = null;                             // the entry whose button says stop
  #next = null;                                // the entry that was pressed meanwhile
  #asking = false;

  constructor(blocks, size) {
    this.#entries = blocks.map((block, at) => new Entry(block, `code-${at + 1}`, (pressed) => this.press(pressed)));
    this.#size = size;
  }

  /** Answers a press of a block's button. */
  press(block) {
    return this.#press(this.#entries.find((each) => each.block === block));
  }

  /** Runs a block or judges a task, or stops it. */
  async #press(entry) {
    if (this.#running === entry) return this.#stop();
    if (this.#running) return this.#next = entry;          // it runs when this one has ended
    if (this.#asking) return null;
    this.#asking = true;
    const wanted = await agreed(this.#size, entry.below.body, entry.button);
    this.#asking = false;
    return wanted && this.#run(entry);
  }

  /** Opens a cell under what a number stands in, with its expression, and runs it; the last one goes. */
  evaluate([number, code]) {
    const before = this.#entries.find(({ id }) => id === ASKED);
    before?.block.parentNode.remove();
    const block = h("div", { class: "highlight", "data-run": true }, h("pre", {}, h("code", {}, code)),
      runButton(() => this.press(block)));
    const cell = h("div", { class: "cnn-asked" }, block);
    number.closest("article > *").after(cell);
    const entry = new Entry(block, ASKED, (pressed) => this.press(pressed));
    this.#entries = [...this.#entries.filter((each) => each !== before), entry];  // what it names may stand below
    cell.scrollIntoView({ block: "nearest" });
    return this.press(block);
  }

  /** Puts an editor in place of a task's first lines. */
  write(block) {
    if (!this.#tasks.has(block)) this.#tasks.set(block, new Task(block, (task) => this.#press(task)));
    this.#tasks.get(block).start();
  }

  #stop() {
    this.#next = null;
    this.#session.stop();
  }

  async #run(entry) {
    this.#running = entry;
    entry.busy(true);
    try {
      await (entry instanceof Task ? this.#judges(entry) : this.#runs(entry));
    } catch (error) {
      if (!(error instanceof Ended)) throw error;
      entry.below.say(fill(runWords[error.message], { n: limits.seconds }));
    } finally {
      entry.busy(false);
      this.#running = null;
    }
    const next = this.#next;
    this.#next = null;
    if (next) await this.#run(next);
  }

  async #judges(task) {
    task.below.say(fill(runWords.starting, { size: this.#size }));
    await this.#session.ready();
    keepOffline();
    task.below.say(runWords.checking);
    const { code } = task;
    task.show(code, await this.#session.judge(task.name, code));
  }

  /** Runs the blocks above that have not run, then the block. */
  async #runs(entry) {
    const place = this.#entries.indexOf(entry);
    const above = this.#entries.slice(0, place).filter((each) => !each.done);
    entry.below.say(fill(runWords.starting, { size: this.#size }));
    await this.#session.ready();
    keepOffline();
    if (above.length) entry.below.say(runWords.above);
    for (const each of above) {
      if (await this.#step(each)) return entry.below.say(runWords.blocked);
    }
    entry.below.say(runWords.running);
    return this.#step(entry);
  }

  /** Runs one block and shows what came of it; whether it failed. */
  async #step(entry) {
    const begun = performance.now(), { code } = entry;
    const told = await this.#session.run(code);
    entry.show(code, told, performance.now() - begun);
    return failed(told.parts);
  }
}

/** Opens the room with its style sheet, which no page needs before. */
export async function openRoom(blocks, size) {
  const sheet = Object.assign(document.createElement("link"), { rel: "stylesheet", href: at("run.css") });
  await new Promise((resolve) => {
    sheet.onload = sheet.onerror = resolve;
    document.head.append(sheet);
  });
  return new Room(blocks, size);
}
