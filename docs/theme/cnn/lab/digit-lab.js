/**
 * <cnn-digit-lab>: draw a digit and watch it go through the homework's network. The still figure
 * stays in place; its pictures change when the reader does something, and only then the weights
 * are fetched. Every number comes from digit-net.js.
 */

import { h } from "../kit/dom.js";
import { forward, rasterise, readWeights, SIDE, softmax } from "../core/digit-net.js";
import { Cells, LAYERS } from "./cell.js";
import { Pad, tools } from "./pad.js";
import { fill } from "../kit/labels.js";
import { labWords } from "../tables/lab.js";

const number = (value) => (Number(value.toFixed(2)) + 0).toFixed(2).replace("-", "\u2212");
const percent = (share) => {
  if (share > 0.999) return ">99.9%";
  return share >= 0.001 ? `${(100 * share).toFixed(1)}%` : "<0.1%";
};
const most = (values) => values.reduce((largest, value) => Math.max(largest, value), 0);

export class CnnDigitLab extends HTMLElement {
  #image = null;                              // a sample in place of strokes
  #weights = null;
  #loading = null;
  #colours = new Map();
  #watch = new MutationObserver(() => this.#recolour());

  connectedCallback() {
    this.#watch.observe(document.body, { attributeFilter: ["data-md-color-scheme"] });
    if (this.page) return;
    this.page = JSON.parse(this.getAttribute("spec"));
    this.t = labWords;
    this.#build();
  }

  disconnectedCallback() {
    this.#watch.disconnect();
  }

  /** Every stage as it is shown now, by name; null before the reader has done anything. */
  get values() {
    return structuredClone(this.stages ?? null);
  }

  get strokes() {
    return structuredClone(this.pad.strokes);
  }

  set strokes(strokes) {
    this.#image = null;
    this.pad.set(structuredClone(strokes));
    this.#changed(true);
  }

  /** Puts a real digit of the page's samples in place of the drawing. */
  load(index) {
    const bytes = Uint8Array.from(atob(this.page.samples[index].pixels), (c) => c.charCodeAt(0));
    return this.show(Float32Array.from(bytes, (value) => value / 255));
  }

  /** Shows a (20, 20) image in [0, 1]; resolves when its scores stand there. */
  show(image) {
    this.pad.set([]);
    this.#image = Float32Array.from(image);
    return this.#changed(true);
  }

  /** Fetches the weights, once; a failure says so and is tried again with the next stroke. */
  ready() {
    this.#loading ??= this.#fetch().catch(() => {
      this.#loading = null;
      this.alarm.textContent = this.t.failed;
      return false;
    });
    return this.#loading;
  }

  async #fetch() {
    const answer = await fetch(import.meta.resolve("./digit-weights.bin"));
    if (!answer.ok) throw new Error(answer.statusText);
    this.#weights = readWeights(await answer.arrayBuffer());
    this.alarm.textContent = "";
    return true;
  }

  #build() {
    const { t } = this, holder = this.#holder("pad");
    this.pad = new Pad(t, { say: (words) => this.#say(words), change: (done, said) => {
      this.#image = null;
      this.#changed(done, said);
    } });
    holder.append(this.pad.node);
    this.live = h("p", { class: "cnn-unseen", "aria-live": "polite" });
    this.alarm = h("p", { class: "cnn-lab-alarm", role: "alert" });
    this.answer = this.querySelector(".cnn-lab-answer");
    this.rows = [...this.querySelectorAll(".cnn-lab-scores tbody tr")];
    this.querySelector(".cnn-lab-tools").append(...tools(t, this.page.samples, {
      undo: () => { this.strokes = this.pad.strokes.slice(0, -1); },
      clear: () => { this.strokes = []; },
      load: (i) => this.load(i),
    }));
    this.querySelector(".cnn-lab-draw").append(this.alarm, this.live);
    this.cells = new Cells(this, t, this.page.lang, { say: (words) => this.#say(words), need: () => this.#need() });
    for (const intent of ["pointerenter", "focusin"]) this.addEventListener(intent, () => this.ready(), { once: true });
  }

  #holder(key) {
    return this.querySelector(`[data-key="${key}"]`);
  }

  /** A cell can be chosen before anything is drawn: it is then the still figure's. */
  async #need() {
    if (this.stages) this.cells.explain(this.stages, this.#weights);
    else await this.load(this.page.start);
  }

  async #changed(done, said) {
    if (!this.#weights && !await this.ready()) return;
    this.update(done, said);
  }

  /** Runs the network on what is drawn and shows every stage. */
  update(done = true, said = "") {
    const image = this.#image ?? rasterise(this.pad.strokes);
    this.stages = forward(image, this.#weights);
    this.#paint();
    this.#tell(most(image) > 0);
    this.querySelector(".cnn-lab-which").textContent = "";   // the still figure's digit
    if (done) {
      this.cells.explain(this.stages, this.#weights);
      this.#say(`${said} ${this.answer.textContent}`.trim());
    }
    this.dispatchEvent(new Event("change", { bubbles: true }));
  }

  #paint() {
    const { input, relu2, relu3 } = this.stages;
    this.#picture("pad", this.#image ?? new Float32Array(SIDE * SIDE), SIDE, 1);
    this.#picture("seen", input, SIDE, 1, this.t.seen);
    for (const [stage, { maps, side }] of Object.entries(LAYERS)) {
      const values = this.stages[stage], strongest = most(values);
      for (let map = 0; map < maps; map += 1) {
        this.#picture(`${stage}.${map}`, values.subarray(map * side * side, (map + 1) * side * side), side, strongest);
      }
    }
    this.#picture("flatten", relu2, relu2.length / 10, most(relu2), "flatten (1440)");
    this.#picture("relu3", relu3, relu3.length, most(relu3), "FC1 → ReLU (50)");
  }

  /** Paints values where the still picture stood: the stronger, the more of the role's colour. */
  #picture(key, values, width, strongest, name) {
    const holder = this.#holder(key);
    let canvas = holder.querySelector("canvas");
    if (!canvas) {
      canvas = h("canvas", { width, height: values.length / width, ...(name ? { role: "img", "aria-label": name } : { "aria-hidden": "true" }) });
      holder.firstElementChild.replaceWith(canvas);
    }
    const context = canvas.getContext("2d"), [red, green, blue] = this.#colour(holder);
    const image = context.createImageData(width, values.length / width);
    for (let i = 0, at = 0; i < values.length; i += 1, at += 4) {
      image.data[at] = red;
      image.data[at + 1] = green;
      image.data[at + 2] = blue;
      image.data[at + 3] = 255 * Math.min(1, values[i] / (strongest || 1));
    }
    context.putImageData(image, 0, 0);
  }

  /** The role's colour in this scheme, asked for once: asking makes the browser restyle the page. */
  #colour(holder) {
    const role = holder.className;
    if (!this.#colours.has(role)) {
      this.#colours.set(role, getComputedStyle(holder).color.match(/[\d.]+/g).slice(0, 3).map(Number));
    }
    return this.#colours.get(role);
  }

  #recolour() {
    this.#colours.clear();
    if (this.stages) this.#paint();
  }

  #tell(drawn) {
    const { scores } = this.stages, shares = softmax(scores), best = shares.indexOf(Math.max(...shares));
    this.rows.forEach((row, digit) => {
      const [bar, share, score] = row.querySelectorAll("td");
      bar.querySelector("rect").setAttribute("width", `${100 * shares[digit]}%`);
      share.textContent = percent(shares[digit]);
      score.textContent = number(scores[digit]);
      row.classList.toggle("cnn-best", drawn && digit === best);
    });
    this.answer.textContent = drawn ? fill(this.t.answer, { d: best, p: percent(shares[best]) }) : this.t.nothing;
  }

  #say(words) {
    this.live.textContent = words;
  }
}
