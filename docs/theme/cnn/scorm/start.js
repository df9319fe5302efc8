/** The worksheet inside a learning-management system: what was kept there comes back, and goes there again. */

import { worthOf } from "../homework/assignment.js";
import { hasContent, loadSheet, sheetKey } from "../homework/store.js";
import { Session, findApi } from "./api.js";
import { graded, interaction, progress } from "./report.js";
import { packState, unpackState } from "./state.js";

const PAUSE = 5000;                          // milliseconds after the last letter until it is sent

class CnnScorm extends HTMLElement {
  async connectedCallback() {
    this.words = JSON.parse(this.dataset.words);
    this.begun = Date.now();
    this.session = new Session(findApi(window));
    await customElements.whenDefined("cnn-homework");
    this.sheet = this.querySelector("cnn-homework");
    this.#restore();
    this.#count();
    this.sheet.addEventListener("cnn:kept", () => this.#kept());
    addEventListener("pagehide", () => this.#leave());
    addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
    document.addEventListener("visibilitychange", () => document.hidden && this.waiting && this.save());
    if (this.session.open) this.save();
    else this.#tell(this.session.api ? this.words.refused.replace("{why}", this.session.problem) : this.words.missing, true);
    this.ready = true;
  }

  /** Says what the system took; trouble stays in sight. */
  #tell(text, trouble = false) {
    const line = this.querySelector(".cnn-scorm__said");
    line.textContent = text;
    line.classList.toggle("cnn-scorm__trouble", trouble);
  }

  /** Takes what the system kept, unless this browser has something newer of the same student. */
  #restore() {
    const { session, sheet } = this, found = unpackState(session.get("cmi.suspend_data"));
    this.before = session.get("cmi.core.lesson_status");
    this.reported = Number(session.get("cmi.interactions._count")) || 0;
    const who = found ?? { name: session.get("cmi.core.student_name"), number: session.get("cmi.core.student_id") };
    const text = sheet.only, here = loadSheet(sheetKey(text, who.number));
    if (!session.open) return;
    if (!found || (hasContent(here) && Number(here.when) > found.when)) sheet.reopen({ text, ...who });
    else {
      sheet.reopen({ text, ...who });          // the steps that the number asks
      sheet.take({ text, ...who, steps: this.#steps(found.rows, here) });
    }
  }

  /** The rows by their steps; what the system had no room for is taken from this browser. */
  #steps(rows, here) {
    return Object.fromEntries(this.sheet.questions.map(({ step: { layer: { name } } }, i) => {
      const { working, blanks, ...row } = rows[i] ?? {}, kept = here?.steps?.[name];
      return [name, { ...row, name, working: working ?? kept?.working ?? "", blanks: blanks ?? kept?.blanks ?? "" }];
    }));
  }

  /** Notes how often each answer of the sheet has been checked. */
  #count() {
    this.key = this.sheet.key;
    this.checks = new Map(this.sheet.questions.map((each) => [each.step.layer.name, each.state.checks]));
  }

  /** An answer that was checked is sent at once, what is typed when the writing pauses. */
  #kept() {
    clearTimeout(this.waiting);
    this.waiting = 0;
    if (!this.session.open) return;
    if (this.key !== this.sheet.key) this.#count();        // another number is another sheet
    if (this.sheet.questions.some((each) => this.#checkedAnew(each))) this.save();
    else this.waiting = setTimeout(() => this.save(), PAUSE);
  }

  #checkedAnew({ step, state }) {
    return state.checks > (this.checks.get(step.layer.name) ?? 0);
  }

  /** Tells the system everything, and the student whether it took it. */
  save() {
    clearTimeout(this.waiting);
    this.waiting = 0;
    const { sheet, session, words } = this, { questions } = sheet;
    if (!sheet.network) return;                            // a number that gives none keeps what was sent
    const result = graded(sheet);
    const state = packState({ when: Date.now(), name: sheet.name, number: sheet.number, rows: questions.map((each) => each.written()) });
    this.#interactions(questions, result.verdicts);
    const seconds = (Date.now() - this.begun) / 1000;
    const sent = session.set([["cmi.suspend_data", state.text], ...progress(result, questions, this.before, seconds)]) && session.commit();
    const said = sent ? words.saved.replace("{score}", result.score).replace("{most}", result.most)
      : words.notSaved.replace("{why}", session.reason);
    this.#tell(sent && state.left.length ? `${said} ${words.cut.replace("{list}", state.left.join(words.and))}` : said, !sent);
  }

  /** Reports each answer that was checked since the last time; a system may do without. */
  #interactions(questions, verdicts) {
    const worth = worthOf(this.sheet.assignment, this.sheet.network), at = new Date();
    for (const each of questions.filter((question) => this.#checkedAnew(question))) {
      const { name } = each.step.layer;
      this.checks.set(name, each.state.checks);
      if (!each.empty && this.session.set(interaction(this.reported, each, verdicts[name], worth[name], at))) this.reported += 1;
    }
  }

  #leave() {
    if (!this.session.open) return;
    this.save();
    this.session.finish();
  }
}

customElements.define("cnn-scorm", CnnScorm);
