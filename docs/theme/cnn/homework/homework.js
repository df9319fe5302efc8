/** The worksheet: a network for the student number, checked steps, kept writing, the hand-in. */

import { agree } from "../core/answers.js";
import { check, code, fnv1a, normalise, shapeText, steps, variant } from "../core/homework-net.js";
import { picture, printSheet, save, sheet } from "./sheet.js";
import { keep, kept } from "../kit/state.js";

export const FORMAT = "cnnlib-homework-1";

/** The checksum over every field: shows a careless edit, and is no signature. */
export function seal(fields) {
  const data = new TextEncoder().encode(fields.join("\x1f"));
  const part = (bytes) => fnv1a(bytes).toString(16).padStart(8, "0");
  return part(data) + part(data.toReversed());
}

const today = () => {
  const now = new Date(), two = (number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
};

export class CnnHomework extends HTMLElement {
  connectedCallback() {
    if (this.words) return;
    this.words = JSON.parse(this.dataset.words);
    this.why = JSON.parse(this.dataset.why);
    this.who = this.querySelector(".cnn-homework__who");
    this.list = this.querySelector(".cnn-homework__steps");
    this.which = this.querySelector(".cnn-homework__which");
    this.who.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#choose();
    });
    this.who.addEventListener("input", () => this.#remember());
    this.addEventListener("click", (event) => this.#act(event.target.closest("[data-do]")));
    this.addEventListener("submit", (event) => {
      const item = event.target.closest("li");
      event.preventDefault();
      if (item) this.check(this.items.indexOf(item));
    });
    this.list.addEventListener("input", (event) => this.#typed(event.target.closest("li")));
    const { name = "", number = "", chosen = "" } = kept(this.id) ?? {};
    this.who.name.value = name;                        // a form's own `name` is hidden by its field
    this.who.number.value = number;
    this.#show(variant(normalise(String(chosen)) ?? ""), true);
  }

  get items() {
    return [...this.list.children];
  }

  #choose() {
    const number = normalise(this.who.number.value);
    if (number === null) {
      this.which.textContent = this.words.badNumber;
      return;
    }
    this.#show(variant(number));
    this.#remember();
  }

  #remember() {
    keep(this.id, { name: this.who.name.value, number: this.who.number.value,
      chosen: this.network.number });
  }

  /** Fills the page's own markup with a network; the first time, the lecture's is there already. */
  #show(network, first = false) {
    this.network = network;
    this.steps = steps(network);
    const { number } = network, { words } = this;
    if (number || !first) {
      this.which.textContent = number ? words.own.replace("{number}", number) : words.lecture;
      this.querySelector("pre code").textContent = code(network);
      this.list.replaceChildren(...this.steps.map((step, i) => this.#item(step, i)));
    }
    this.state = this.steps.map(() => ({ hints: 0, checks: 0 }));
    const saved = kept(`${this.id}:${number}`);
    if (Array.isArray(saved?.steps)) this.#restore(saved.steps);
  }

  #item(step, i) {
    const { words } = this, { kind, name } = step.layer, title = words[name] ?? name;
    const item = this.querySelector(`template[data-kind=${kind}]`).content.firstChild.cloneNode(true);
    const fill = (slot, text) => {
      for (const node of item.querySelectorAll(`[data-slot=${slot}]`)) node.textContent = text;
    };
    item.id = `step-${name}`;
    item.dataset.step = name;
    fill("heading", `${i + 1}. ${title}`);
    fill("code", step.code);
    fill("question", words.question.replace("{name}", title));
    fill("filled", `${step.filled} = ?`);
    fill("worked", step.worked);
    fill("answer", shapeText(step.after));
    item.querySelectorAll("[name=blank]").forEach((field, n) => field.setAttribute("aria-label",
      words.blank.replace("{name}", title).replace("{n}", n + 1)));
    return item;
  }

  #fields(item) {
    const [form] = item.getElementsByTagName("form");
    return { reply: form.elements.reply, working: form.elements.working,
      blanks: [...form.querySelectorAll("[name=blank]")] };
  }

  #typed(item) {
    const i = this.items.indexOf(item);
    this.state[i].state = undefined;
    this.#say(item, "", "");
    this.#keep();
  }

  /** Checks one step, names the misconception, marks wrong blanks. */
  check(i, again = false) {
    const item = this.items[i], step = this.steps[i], { reply, blanks } = this.#fields(item);
    const earlier = i ? this.#fields(this.items[i - 1]).reply.value : null;
    const { state, names } = check(step, reply.value, earlier);
    const { words } = this, said = [words[state]];
    const reasons = names.map((name) => this.why[name]);
    if (names.length > 1) said.push(words.maybe, ...reasons.map((why) => `\n· ${why}`));
    else if (state === "wrong") said.push(reasons[0] ?? words.again);
    const wrong = blanks.map((field, n) => field.value.trim()
      && !agree(Number(field.value.normalize("NFKC")), step.blanks[n]));
    blanks.forEach((field, n) => field.setAttribute("aria-invalid", Boolean(wrong[n])));
    if (wrong.some(Boolean)) said.push(words.blanksWrong);
    reply.setAttribute("aria-invalid", state !== "right");
    this.#say(item, said.join(" "), { right: "right", empty: "unread", unread: "unread" }[state] ?? "wrong");
    this.state[i].state = state;
    if (!again) {
      this.state[i].checks += 1;
      this.#keep();
    }
  }

  #say(item, text, verdict) {
    item.querySelector("[role=status]").textContent = text;
    if (verdict) item.dataset.verdict = verdict;
    else {
      delete item.dataset.verdict;
      for (const field of item.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
    }
  }

  #hint(item) {
    const state = this.state[this.items.indexOf(item)];
    item.querySelector(".cnn-exercise__hints > [hidden]")?.removeAttribute("hidden");
    state.hints = Math.min(3, state.hints + 1);
    this.#keep();
  }

  #keep() {
    keep(`${this.id}:${this.network.number}`, { steps: this.#written() });
  }

  #written() {
    return this.items.map((item, i) => {
      const { reply, working, blanks } = this.#fields(item);
      return { name: this.steps[i].layer.name, reply: reply.value, working: working.value,
        blanks: blanks.map((field) => field.value).join(" | "), ...this.state[i] };
    });
  }

  #restore(saved) {
    this.items.forEach((item, i) => {
      const { reply, working, blanks } = this.#fields(item), was = saved[i] ?? {};
      reply.value = String(was.reply ?? "");
      working.value = String(was.working ?? "");
      const values = String(was.blanks ?? "").split(" | ");
      blanks.forEach((field, n) => { field.value = values[n] ?? ""; });
      for (let n = 0; n < Math.min(3, Number(was.hints) || 0); n++) {
        item.querySelector(".cnn-exercise__hints > [hidden]")?.removeAttribute("hidden");
      }
      this.state[i] = { hints: Math.min(3, Number(was.hints) || 0), checks: Number(was.checks) || 0,
        state: was.state };
    });
    this.items.forEach((item, i) => this.state[i].state && this.check(i, true));
  }

  #act(button) {
    if (!button) return;
    const act = {
      hint: () => this.#hint(button.closest("li")),
      print: () => printSheet(this.sheet()),
      png: async () => save(await picture(this.sheet()), this.#file("png")),
      json: () => save(new Blob([this.file()], { type: "application/json" }), this.#file("json")),
      clear: () => confirm(this.words.sure) && this.#clear(),
    };
    act[button.dataset.do]?.();
  }

  #file(ending) {
    return `homework-${this.network.number || "lecture"}.${ending}`;
  }

  #clear() {
    keep(`${this.id}:${this.network.number}`, {});
    this.#show(this.network);
  }

  /** What is handed in, as the text of the JSON file. */
  file() {
    const name = this.who.name.value.trim(), { number } = this.network, date = today();
    const written = this.#written().map(({ state, ...step }) => step);
    const fields = [FORMAT, number, name, date, ...written.flatMap((step) =>
      [step.name, step.reply, step.working, step.blanks, step.hints, step.checks])];
    return JSON.stringify({ format: FORMAT, number, name, date, network: this.network,
      steps: written, seal: seal(fields.map(String)) }, null, 1);
  }

  /** What is handed in, as one page. */
  sheet() {
    const { words, network } = this, name = this.who.name.value.trim();
    const written = this.#written();
    return sheet({
      title: words.title,
      facts: [`${words.name}: ${name}    ${words.number}: ${network.number}    ${words.date}: ${today()}`],
      network: [`${words.input} ${shapeText(this.steps[0].before)}`,
        this.steps.map((step) => `${step.layer.name}: ${step.code}`).join("  →  ")],
      steps: written.map((step, i) => this.#line(step, i)),
      cut: words.cut,
    });
  }

  #line(step, i) {
    const { words } = this, { layer, code: source } = this.steps[i];
    const legend = [...this.items[i].querySelectorAll("fieldset span")].map((node) => node.textContent);
    const blanks = step.blanks.split(" | ").map((text) => text || "□");
    const state = words.states[step.state ?? (step.reply.trim() ? "unchecked" : "empty")];
    return {
      heading: `${i + 1}. ${words[layer.name] ?? layer.name}   ${source}`,
      formula: legend.map((text, n) => text + (blanks[n] ?? "")).join(""),
      working: step.working,
      result: `torch.Size: ${step.reply.trim() || "□"}   [${state}, ${words.hints.replace("{n}", step.hints)}]`,
    };
  }
}
