/** The digit lab's drawing area: strokes by finger, mouse and keyboard. It knows no network. */

import { fill } from "../kit/labels.js";
import { h, s } from "../kit/dom.js";

const PAPER = 200;                             // units of the drawing area
const STEP = 10;                              // an arrow key's way
const PEN_MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const inside = (value) => Math.min(PAPER, Math.max(0, value));
const points = (stroke) => [...stroke, stroke.at(-1)].map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ");

export class Pad {
  strokes = [];
  #pen = { x: PAPER / 2, y: PAPER / 2, down: false };
  #waiting = 0;

  /** `on` has change(done): the strokes are new, `done` when a stroke has ended; say(words). */
  constructor(t, on) {
    this.t = t;
    this.on = on;
    this.ink = s("g", { class: "cnn-lab-ink" });
    this.cursor = s("circle", { r: 7, class: "cnn-lab-pen" });
    this.node = s("svg", { viewBox: `0 0 ${PAPER} ${PAPER}`, class: "cnn-lab-paper", tabindex: 0,
      role: "application", "aria-label": t.pad, onkeydown: (event) => this.#key(event),
      onpointerdown: (event) => this.#start(event), onpointermove: (event) => this.#move(event),
      onpointerup: (event) => this.#end(event), onpointercancel: (event) => this.#end(event) },
    this.ink, this.cursor);
    this.draw();
  }

  /** Puts other strokes in place of the drawing, with the pen up. */
  set(strokes) {
    this.strokes = strokes;
    this.#pen.down = false;
    this.draw();
  }

  draw() {
    const { x, y, down } = this.#pen;
    this.ink.replaceChildren(...this.strokes.map((stroke) => s("polyline", { points: points(stroke) })));
    this.cursor.setAttribute("cx", x);
    this.cursor.setAttribute("cy", y);
    this.cursor.classList.toggle("cnn-down", down);
  }

  #at(event) {
    const box = this.node.getBoundingClientRect();
    return [inside((event.clientX - box.left) / box.width * PAPER), inside((event.clientY - box.top) / box.height * PAPER)];
  }

  #start(event) {
    if (!event.isPrimary || event.button) return;
    this.node.setPointerCapture(event.pointerId);
    this.#pen.down = false;
    this.#begin(this.#at(event));
  }

  #move(event) {
    if (!event.isPrimary || !this.node.hasPointerCapture(event.pointerId)) return;
    this.strokes.at(-1)?.push(this.#at(event));
    this.#soon();
  }

  #end(event) {
    if (!event.isPrimary) return;
    cancelAnimationFrame(this.#waiting);
    this.#waiting = 0;
    this.#changed(true);
  }

  #begin(point) {
    this.strokes.push([point]);
    this.#changed(false);
  }

  #changed(done, said = "") {
    this.draw();
    this.on.change(done, said);
  }

  /** At most one update a frame, however fast the pointer reports. */
  #soon() {
    this.#waiting ||= requestAnimationFrame(() => {
      this.#waiting = 0;
      this.#changed(false);
    });
  }

  #key(event) {
    const pen = this.#pen;
    if (event.key in PEN_MOVES) this.#walk(...PEN_MOVES[event.key]);
    else if (event.key === " ") this.#press(pen);
    else if (event.key === "Delete" || event.key === "Backspace") {
      this.set([]);
      this.on.change(true);
    } else return;
    event.preventDefault();
  }

  #walk(dx, dy) {
    const pen = this.#pen;
    Object.assign(pen, { x: inside(pen.x + dx * STEP), y: inside(pen.y + dy * STEP) });
    if (!pen.down) return this.draw();
    this.strokes.at(-1).push([pen.x, pen.y]);
    this.#changed(false);
  }

  #press(pen) {
    pen.down = !pen.down;
    if (!pen.down) return this.#changed(true, this.t.penUp);   // and what was drawn, after it
    this.on.say(this.t.penDown);
    this.#begin([pen.x, pen.y]);
  }
}

/** Buttons under the paper: undo and clear, and one for each sample. */
export function tools(t, samples, { undo, clear, load }) {
  const button = (label, onclick, name) =>
    h("button", { type: "button", class: "cnn-lab-button", "aria-label": name, onclick }, label);
  return [
    h("p", { class: "cnn-lab-note" }, t.hint),
    h("div", { class: "cnn-lab-row" }, button(t.undo, undo), button(t.clear, clear)),
    h("div", { class: "cnn-lab-row", role: "group", "aria-label": t.samples },
      samples.map(({ label }, i) => button(String(label), () => load(i), fill(t.sample, { d: label })))),
  ];
}
