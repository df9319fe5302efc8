/** The lecturer makes an assignment: a network, the points of its steps, a link, a QR code, a file. */

import { shapeText } from "../core/homework-net.js";
import { Unreadable } from "../core/pytext.js";
import { h, s } from "../kit/dom.js";
import { readAssignment } from "./assignment.js";
import { Misfit, assignmentText, follow, layersOfCode } from "./fit.js";
import { qrCode } from "./qr.js";
import { packageOf } from "../scorm/make.js";
import { save } from "../kit/save.js";

/** A line of code for each button; what enters comes from the layer before. */
const LINES = {
  conv: (shape) => `nn.Conv2d(${shape[1]}, 8, kernel_size=3)`, pool: () => "nn.MaxPool2d(2)",
  flatten: () => "nn.Flatten()", linear: (shape) => `nn.Linear(${shape.at(-1)}, 10)`,
};

export class CnnAssignment extends HTMLElement {
  connectedCallback() {
    if (this.words) return;
    this.words = JSON.parse(this.dataset.words);
    this.form = this.querySelector("form");
    this.points = {};
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.form.addEventListener("input", ({ target }) => {
      if (target.dataset.layer) this.points[target.dataset.layer] = target.value;
      this.update(!target.dataset.layer);
    });
    this.form.addEventListener("click", ({ target }) => target.dataset.add && this.#append(target.dataset.add));
    this.update();
  }

  get input() {
    const { batch, channels, size } = this.form.elements;
    return [batch, channels, size, size].map((field) => Number(field.value.normalize("NFKC")));
  }

  /** Another layer at the end of the code. */
  #append(kind) {
    const { code } = this.form.elements, line = `    ${LINES[kind](this.shapes?.at(-1) ?? this.input)},`;
    const text = code.value.trimEnd();
    code.value = text.endsWith(")") && text.includes("Sequential(")
      ? `${text.slice(0, -1).trimEnd().replace(/([^,(])$/, "$1,")}\n${line}\n)` : `nn.Sequential(\n${line}\n)`;
    this.update();
  }

  /** Reads the form; shows the assignment, or why there is none. */
  update(table = true) {
    const made = this.querySelector(".cnn-assignment__made");
    try {
      this.text = this.#read(table);
      this.#tell("");
      made.hidden = false;
      this.#draw();
    } catch (error) {
      if (!(error instanceof Misfit) && !(error instanceof Unreadable)) throw error;
      this.text = "";
      made.hidden = true;
      this.#tell(this.#reason(error));
    }
  }

  #reason(error) {
    const { words } = this;
    if (error instanceof Unreadable) return words.unreadable.replace("{detail}", error.detail);
    if (error.reason) return words.misfit[error.reason].replace("{detail}", error.detail);
    return `${words.torch.replace("{layer}", error.detail)} ${error.message}`;
  }

  #tell(text) {
    const line = this.querySelector(".cnn-assignment__why");
    if (line.textContent !== text) line.textContent = text;
  }

  #read(table) {
    const { input } = this, { code, varied } = this.form.elements;
    if (!input.every((size) => Number.isInteger(size) && size >= 1 && size <= 4096)) throw new Misfit("", "input");
    this.shapes = null;
    const layers = layersOfCode(code.value);
    if (!layers.length || layers.length > 12) throw new Misfit("", "layers");
    this.shapes = follow(input, layers);
    if (table) this.#table(layers);
    const points = layers.map(({ name }) => Number((this.points[name] ?? "1").normalize("NFKC").trim() || "0"));
    if (!points.every((each) => Number.isInteger(each) && each >= 0 && each <= 100) || !points.some(Boolean)) throw new Misfit("", "points");
    const text = assignmentText({ lang: this.dataset.lang, varied: varied.value === "own", input, layers, points });
    if (!readAssignment(text)) throw new Misfit("", "sizes");
    return text;
  }

  #table(layers) {
    const { words } = this;
    this.querySelector(".cnn-assignment__steps").replaceChildren(h("table", null,
      h("thead", null, h("tr", null, [words.step, words.shape, words.points].map((name) => h("th", null, name)))),
      h("tbody", null, layers.map(({ name }, i) => h("tr", null, h("td", null, name), h("td", null, shapeText(this.shapes[i])),
        h("td", null, h("input", { "data-layer": name, inputmode: "numeric", maxlength: 3, value: this.points[name] ?? "1",
          "aria-label": `${words.points}: ${name}` })))))));
  }

  /** The sheet stands beside the lecturer's page. */
  get link() {
    const page = new URL("../homework/", location.href);
    return `${page.origin}${page.pathname}#class=${this.text}`;
  }

  #draw() {
    const { words, link } = this, copied = h("span", { role: "status" });
    const copy = async () => {
      const done = await navigator.clipboard?.writeText(link).then(() => true, () => false);
      copied.textContent = done ? words.copied : words.notCopied;
    };
    this.querySelector(".cnn-assignment__made").replaceChildren(
      h("label", null, words.link, h("input", { readonly: true, value: link, onfocus: (event) => event.target.select() })),
      h("p", { class: "cnn-exercise__buttons" }, h("button", { type: "button", onclick: copy }, words.copyLink),
        h("a", { class: "cnn-assignment__open", href: link, target: "_blank", rel: "noopener" }, words.try),
        h("button", { type: "button", "data-do": "file", onclick: () => this.#save() }, words.file),
        h("button", { type: "button", "data-do": "scorm", onclick: () => this.#package(copied) }, words.scorm), copied),
      this.#qr(link), h("p", null, words.note));
  }

  /** The files come from this site alone; a link to one that is gone, or no connection, is said. */
  async #package(said) {
    const { words, text } = this, list = this.dataset.package.split("/").at(-1);
    said.textContent = words.scormMaking;
    try {
      save(await packageOf(text, list), "homework-scorm.zip");
      said.textContent = words.scormMade;
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      said.textContent = words.scormFailed;
    }
  }

  #qr(link) {
    const rows = qrCode(link), size = rows.length + 8;
    const d = rows.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x + 4} ${y + 4}h1v1h-1z` : ""))).join("");
    return s("svg", { class: "cnn-assignment__qr", viewBox: `0 0 ${size} ${size}`, role: "img", "aria-label": this.words.qr },
      s("rect", { width: size, height: size, fill: "#fff" }), s("path", { d, fill: "#000" }));
  }

  #save() {
    const content = JSON.stringify({ format: "cnnlib-assignment-1", assignment: this.text }, null, 1);
    save(new Blob([content], { type: "application/json" }), "assignment.json");
  }
}
