/** A check: a part is chosen, five questions are drawn, what went wrong is asked once more. */

import { mulberry32 } from "../core/random.js";
import { h } from "../kit/dom.js";
import { fill } from "../kit/labels.js";
import { save } from "../kit/save.js";
import { LAST, boxOf, chosen, due, exported, forget, imported, isDue, record } from "./boxes.js";
import { drawn, fresh } from "./draw.js";
import { exercise, wakeUp } from "./question.js";

const RUN = "cnn-mastery-run", KNOWN = 3;      // from the third box on a skill counts as known

/** @returns {{part: number, at: number, list: {skill: string, seed: number, again: boolean, right?: boolean}[]} | null} */
function keptRun(skills) {
  try {
    const run = JSON.parse(sessionStorage.getItem(RUN));
    const sound = Array.isArray(run.list) && run.list.every(({ skill, seed }) => skills[skill] && Number.isInteger(seed));
    return sound && run.at >= 0 && run.at < run.list.length ? run : null;
  } catch {
    return null;
  }
}

function keepRun(run) {
  try {
    if (run) sessionStorage.setItem(RUN, JSON.stringify(run));
    else sessionStorage.removeItem(RUN);
  } catch { /* the check goes on without */ }
}

const button = (text, onclick, more = {}) => h("button", { type: "button", onclick, ...more }, text);

export class CnnMastery extends HTMLElement {
  connectedCallback() {
    if (this.words) return;
    const { words, parts, laws, why } = this.dataset;
    this.words = JSON.parse(words);
    this.parts = JSON.parse(parts);
    this.laws = JSON.parse(laws);
    this.why = JSON.parse(why);
    this.skills = Object.assign({}, ...this.parts.map(({ skills }) => skills));
    this.names = Object.keys(this.skills);
    this.body = this.querySelector(".cnn-mastery__body");
    this.addEventListener("cnn:judged", (event) => this.#judged(/** @type {CustomEvent} */ (event).detail.right));
    this.leave = new AbortController();
    addEventListener("storage", ({ key }) => { if (!this.run && (key ?? "").startsWith("cnn-mastery:")) this.#menu(); },
      { signal: this.leave.signal });
    this.run = keptRun(this.skills);
    if (this.run) this.#ask();
    else this.#menu();
  }

  disconnectedCallback() {
    this.leave?.abort();
    this.words = null;
  }

  /** Begins a check of a part, or of all that is due (−1). */
  begin(part, seed = fresh()) {
    const draws = mulberry32(seed), below = (count) => draws.next().value % count;
    const skills = part < 0 ? due(this.names, below)
      : chosen(this.parts.map(({ skills: own }) => Object.keys(own)), part, below);
    this.run = { part, at: 0, list: skills.map((skill) => ({ skill, seed: draws.next().value, again: false })) };
    keepRun(this.run);
    this.#ask(true);
  }

  #show(focus, ...nodes) {
    this.body.replaceChildren(...nodes.filter(Boolean));
    if (focus) /** @type {HTMLElement} */ (this.body.querySelector("[tabindex='-1']")).focus();
  }

  #menu(focus = false) {
    const { words } = this, waiting = this.names.filter((name) => isDue(boxOf(name)));
    this.#show(focus, h("p", { class: "cnn-mastery__head", tabindex: -1 }, words.parts),
      h("ul", { class: "cnn-mastery__parts" }, this.parts.map(({ title, skills }, i) => {
        const own = Object.keys(skills), known = own.filter((name) => boxOf(name)?.box >= KNOWN).length;
        return h("li", null, h("b", null, title), h("span", null, fill(words.partState, { n: own.length, known })),
          button(words.begin, () => this.begin(i), { "aria-label": `${title}: ${words.begin}` }));
      }), h("li", null, h("b", null, words.due), h("span", null, fill(waiting.length ? words.dueState : words.dueNone, { n: waiting.length })),
        waiting.length ? button(words.begin, () => this.begin(-1), { "data-do": "due", "aria-label": `${words.due}: ${words.begin}` }) : null)),
      h("details", { class: "cnn-mastery__record" }, h("summary", null, words.table), this.#table(), this.#files(), h("p", null, words.keeps)));
  }

  #table() {
    const { words } = this;
    return h("table", null, h("thead", null, h("tr", null, [words.skill, words.box, words.when].map((head) => h("th", { scope: "col" }, head)))),
      h("tbody", null, this.names.map((name) => {
        const box = boxOf(name), { name: title, href } = this.skills[name];
        return h("tr", { "data-skill": name }, h("td", null, h("a", { href }, title)),
          h("td", null, box ? [fill(words.boxOf, { n: box.box, all: LAST }), h("br"), fill(words.counts, box)] : words.unseen),
          h("td", null, !box ? "" : isDue(box) ? words.now : new Date(box.due).toLocaleDateString(document.documentElement.lang)));
      })));
  }

  #files() {
    const { words } = this, said = h("span", { role: "status" });
    let sure = false;
    const erase = button(words.erase, () => {
      if (!sure) {
        sure = true;
        erase.textContent = words.sure;
        return;
      }
      forget(this.names);
      this.#menu(true);
      this.#say(words.erased);
    }, { "data-do": "erase" });
    const take = async ({ target }) => {
      try {
        imported(await target.files[0].text(), this.names);
        this.#menu(true);
        this.#say(words.imported);
      } catch {
        said.textContent = words.notImported;
      }
    };
    return h("p", { class: "cnn-exercise__buttons" },
      button(words.export, () => save(new Blob([exported(this.names)], { type: "application/json" }), "mastery.json"), { "data-do": "export" }),
      h("label", null, words.import, " ", h("input", { type: "file", accept: ".json,application/json", onchange: take })), erase, said);
  }

  /** A word of what was done, in the record, which stays open. */
  #say(text) {
    const record = this.body.querySelector("details");
    record.open = true;
    record.querySelector("[role=status]").textContent = text;
  }

  #ask(focus = false) {
    const { words, run } = this, { skill, seed, again, right } = run.list[run.at], entry = this.skills[skill];
    const card = exercise(entry, drawn(entry, seed), this);
    card.querySelector("details").addEventListener("toggle", ({ target }) => target.open && this.#judged(false));
    this.#show(focus, h("p", { class: "cnn-mastery__head", tabindex: -1 },
      fill(words.progress, { n: run.at + 1, all: run.list.length }), again ? ` · ${words.again}` : ""), card,
      h("p", { class: "cnn-mastery__on" }, button(words.stop, () => this.#end()), h("span", { class: "cnn-mastery__lost", role: "status" })));
    if (right !== undefined) this.#on();
    wakeUp();
  }

  /** The first answer counts, and so does looking at the worked one before. */
  #judged(right) {
    const { run } = this, now = run.list[run.at];
    if (now.right !== undefined) return;
    now.right = right;
    const keeps = record(now.skill, right);
    if (!right && !now.again) run.list.push({ skill: now.skill, seed: fresh(), again: true });
    keepRun(run);
    this.#on();
    if (!keeps) this.body.querySelector(".cnn-mastery__lost").textContent = this.words.notKept;
  }

  /** Shows the way on, and where the question is taught. */
  #on() {
    const { words, run } = this, last = run.at === run.list.length - 1, { href, lesson } = this.skills[run.list[run.at].skill];
    this.body.querySelector(".cnn-mastery__on").prepend(
      button(last ? words.finish : words.next, () => this.#next(), { "data-do": "next" }),
      h("a", { href }, fill(words.lesson, { title: lesson })));
  }

  #next() {
    this.run.at += 1;
    if (this.run.at === this.run.list.length) {
      this.#result();
      return;
    }
    keepRun(this.run);
    this.#ask(true);
  }

  #result() {
    const { words } = this, { part, list } = this.run, asked = list.filter(({ again }) => !again);
    keepRun(null);
    this.run = null;
    this.#show(true, h("p", { class: "cnn-mastery__head", tabindex: -1 },
      fill(words.result, { all: asked.length, right: asked.filter(({ right }) => right).length })),
      h("ul", { class: "cnn-mastery__result" }, asked.map(({ skill, right }) => h("li", { "data-right": String(right) },
        h("b", null, right ? `✓ ${words.resultRight}` : `✗ ${words.resultWrong}`), " ", h("a", { href: this.skills[skill].href }, this.skills[skill].name)))),
      h("p", null, words.comes),
      h("p", { class: "cnn-exercise__buttons" }, part < 0 ? null : button(words.more, () => this.begin(part)), button(words.back, () => this.#menu(true))));
  }

  #end() {
    keepRun(null);
    this.run = null;
    this.#menu(true);
  }
}
