/**
 * One plane of numbers as an `<svg>`, drawn as docs/lesson/figure/svg.py draws it, so that the
 * still figure becomes this one without moving; its cells can be pointed at, walked and edited.
 */

import { h, s } from "../kit/dom.js";
import { show } from "../core/tensor.js";
import { sizes } from "../tables/sizes.js";

const { margin: MARGIN, rail: RAIL, sign: SIGN, phone: PHONE, desktop: DESKTOP, noted: NOTED, steps: STEPS } = sizes.grid;

/** What rails and the operator take beside the cells, px. */
const taken = ({ rails, signed }) => (rails ? RAIL : 0) + (signed ? SIGN : 0);

/** One [cell, font] in px for all planes of a figure: `planes` are {columns, longest, rails, signed}. */
export function commonSize(planes) {
  const longest = Math.max(...planes.map((plane) => plane.longest));
  const fitting = STEPS.filter(([cell, font]) => longest * font * 0.6 + 5 <= cell
    && planes.every((plane) => plane.columns * cell <= PHONE - taken(plane)));
  const [cell, font] = STEPS[2];
  if (!fitting.length) return [Math.max(cell, Math.trunc(longest * font * 0.6 + 10)), font];
  return fitting.slice(0, 2).find((size) => planes.reduce((sum, plane) =>
    sum + plane.columns * size[0] + taken(plane) + 18, 0) <= DESKTOP) ?? fitting[0];
}

const LARGEST_CELL = 1e5;                      // what a cell may hold
const MOVES = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

export class Grid {
  /**
   * `values` holds rows of numbers (null is empty). `style(r, c)` gives a cell's classes, `say`
   * its name for screen readers, `rails` the positions that a window takes; `signed` planes stand
   * after an operator. `on` may have
   * point(r, c), leave(), choose(r, c), edit(r, c, number), unshown(text), key(event).
   * @param {{role: string, channel?: number, label: string, values: any[][], style?: Function, say?: Function,
   *   rails?: any, signed?: boolean, editable?: Function, on?: any}} options
   */
  constructor({ role, channel = 0, label, values, style, say, rails, signed = role !== "input", editable, on = {} }) {
    this.role = role;
    this.channel = channel;
    this.label = label;
    this.values = values;
    this.style = style;
    this.say = say;
    this.rails = rails;
    this.signed = signed;
    this.on = on;
    this.editable = editable ?? (() => false);
    this.texts = values.map((row) => row.map((value) => (value == null ? "" : show(value))));
    this.rows = values.length;
    this.columns = values[0].length;
    this.longest = Math.max(...this.texts.flat().map((text) => text.length));
    this.extra = [];
    this.base = [];
    this.marked = {};
    this.stop = [0, 0];
    this.taken = false;
  }

  /**
   * Takes over the drawing that Python made, as it stands: until `settle`, what is marked, noted
   * and outlined is known to be there already.
   */
  adopt(svg) {
    const cells = [...svg.querySelectorAll(".c")], { columns } = this;
    this.svg = svg;
    this.size = Number(cells[0].firstElementChild.getAttribute("width"));
    this.left = MARGIN + (this.rails ? RAIL : 0);
    this.cells = this.texts.map((row, r) => row.map((_, c) => cells[r * columns + c]));
    this.marks = svg.querySelector(':scope > g[aria-hidden]');
    this.extra = [...svg.querySelectorAll(".n")];
    this.taken = true;
    svg.setAttribute("role", "grid");
    svg.setAttribute("aria-label", this.label);
    this.each((cell, r, c) => {
      const say = { role: "gridcell", tabindex: "-1", "aria-label": this.say?.(r, c, this.texts[r][c]) ?? this.texts[r][c],
        "data-edit": this.editable(r, c) ? "" : null };
      for (const [key, value] of Object.entries(say)) if (value !== null) cell.setAttribute(key, value);
    });
    for (const [cell] of this.cells) cell.parentNode.setAttribute("role", "row");
    this.cells[0][0].setAttribute("tabindex", "0");
    this.#listen();
  }

  settle() {
    this.taken = false;
  }

  /**
   * Draws with [cell, font]; returns the node.
   * @param {number[]} size
   */
  draw([cell, font]) {
    this.size = cell;
    this.left = MARGIN + (this.rails ? RAIL : 0);
    const width = this.left + this.columns * cell + MARGIN, height = this.left + this.rows * cell + MARGIN;
    this.cells = this.texts.map((row, r) => row.map((text, c) => this.#cell(r, c, text)));
    this.marks = s("g", { "aria-hidden": "true" });
    this.svg = s("svg", { class: `cnn-grid cnn-${this.role}`, "data-role": this.role, "data-channel": this.channel,
      role: "grid", "aria-label": this.label, width, height, viewBox: `0 0 ${width} ${height}`, "font-size": font },
    this.cells.map((row) => s("g", { role: "row" }, row)), this.#hatching(), this.marks, this.#rails());
    this.cells[0][0].setAttribute("tabindex", "0");
    this.#listen();
    return this.svg;
  }

  #cell(r, c, text) {
    const { size, left } = this, x = left + c * size, y = left + r * size;
    return s("g", { class: `c ${this.style?.(r, c) ?? ""}`.trim(), "data-r": r, "data-c": c, role: "gridcell",
      "data-edit": this.editable(r, c), tabindex: "-1", "aria-label": this.say?.(r, c, text) ?? text },
    s("rect", { x, y, width: size, height: size }),
    s("text", { x: x + (size >> 1), y: y + (size >> 1) }, text));
  }

  /** Diagonals through the corners of padding cells, a cross through cells that are not read. */
  #hatching() {
    const { size } = this, q = size >> 2;
    let pad = "", cross = "";
    this.each((cell, r, c) => {
      const x = this.left + c * size, y = this.left + r * size;
      if (cell.classList.contains("pad")) {
        pad += `M${x} ${y + q}l${q}-${q}M${x + size - q} ${y + size}l${q}-${q}`
          + `M${x} ${y + 2 * q}l${2 * q}-${2 * q}M${x + size - 2 * q} ${y + size}l${2 * q}-${2 * q}`;
      }
      if (cell.classList.contains("unread")) {
        cross += `M${x + 4} ${y + 4}l${size - 8} ${size - 8}m0 -${size - 8}l-${size - 8} ${size - 8}`;
      }
    });
    return [pad && s("path", { class: "hatch", d: pad }), cross && s("path", { class: "cross", d: cross })];
  }

  #rails() {
    if (!this.rails) return null;
    const [rows, columns] = this.rails, { size, left } = this;
    const dot = (cx, cy, on) => s("circle", { class: on ? "taken" : "skipped", cx, cy, r: 4.5 });
    return [columns.map((on, i) => dot(left + (i + 0.5) * size, RAIL / 2, on)),
      rows.length > 1 && rows.map((on, i) => dot(RAIL / 2, left + (i + 0.5) * size, on))];
  }

  each(visit) {
    this.cells.forEach((row, r) => row.forEach((cell, c) => visit(cell, r, c)));
  }

  /** Gives a class to just these cells [[r, c], ...], taking it from those that had it. */
  mark(name, places) {
    if (this.taken) {
      this.marked[name] = places.map(([r, c]) => this.cells[r]?.[c]).filter(Boolean);
      return;
    }
    for (const cell of this.marked[name] ?? []) cell.classList.remove(name);
    this.marked[name] = places.map(([r, c]) => this.cells[r]?.[c]).filter(Boolean);
    for (const cell of this.marked[name]) cell.classList.add(name);
  }

  /** Small texts in the corners of cells, where there is room: [r, c, text]. */
  note(notes) {
    if (this.taken) return;
    for (const text of this.extra) text.remove();
    this.extra = (this.size < NOTED ? [] : notes).map(([r, c, words]) => {
      const text = s("text", { class: "n", x: this.left + (c + 1) * this.size - 4, y: this.left + (r + 1) * this.size - 5 }, words);
      this.cells[r][c].append(text);
      return text;
    });
  }

  /** Outlines over the cells: [row, column, height, width, class]. */
  outline(outlines) {
    if (this.taken) return;
    const { size, left } = this;
    this.marks.replaceChildren(...outlines.map(([r, c, height, width, name]) => {
      const [inset, rx] = name === "ring" ? [4, size >> 1] : [0, 3];
      return s("rect", { class: name, x: left + c * size + inset, y: left + r * size + inset,
        width: width * size - 2 * inset, height: height * size - 2 * inset, rx });
    }));
  }

  /** Makes a cell the plane's tab stop, and focuses it if `focus` or the plane has the focus. */
  to(r, c, focus = this.svg.contains(document.activeElement)) {
    const next = this.cells[r]?.[c];
    if (!next) return;
    this.cells[this.stop[0]][this.stop[1]].setAttribute("tabindex", "-1");
    next.setAttribute("tabindex", "0");
    this.stop = [r, c];
    if (focus && document.activeElement !== next) next.focus({ preventScroll: !focus });
  }

  #place(event) {
    const cell = event.target.closest?.(".c");
    return cell && [Number(cell.dataset.r), Number(cell.dataset.c)];
  }

  #listen() {
    const { svg, on } = this;
    const tell = (event) => {
      const place = this.#place(event);
      if (place) on.point?.(...place);
    };
    svg.addEventListener("pointerover", (event) => event.pointerType === "mouse" && tell(event));
    svg.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && on.leave?.());
    svg.addEventListener("focusin", (event) => {
      const place = this.#place(event);
      if (place) this.to(...place, false);
      if (event.target.matches(":focus-visible")) tell(event);
    });
    svg.addEventListener("focusout", () => on.leave?.());
    svg.addEventListener("click", (event) => this.#press(event));
    svg.addEventListener("keydown", (event) => this.#key(event));
  }

  /** A first press chooses a cell, a second one on the same cell edits it. */
  #press(event) {
    const place = this.#place(event);
    if (!place) return;
    const again = this.pressed === place.join();
    this.pressed = place.join();
    this.to(...place, true);
    if (again && this.editable(...place)) return this.edit(...place);
    this.on.choose?.(...place);
    return this.on.point?.(...place);
  }

  #key(event) {
    const place = this.#place(event);
    if (!place || event.ctrlKey || event.altKey || event.metaKey) return;
    const [r, c] = place, move = MOVES[event.key];
    const goal = move ? [r + move[0], c + move[1]]
      : { Home: [0, 0], End: [this.rows - 1, this.columns - 1] }[event.key];
    if (goal) {
      event.preventDefault();
      if (!this.cells[goal[0]]?.[goal[1]]) return;
      this.to(...goal, true);
      this.on.choose?.(...goal);
    } else if (this.editable(r, c) && /^(Enter|[-\d.])$/.test(event.key)) {
      event.preventDefault();
      this.edit(r, c, event.key === "Enter" ? undefined : event.key);
    } else {
      this.on.key?.(event);
    }
  }

  /** Opens a number box over a cell; Enter and leaving keep, Escape drops. */
  edit(r, c, start) {
    const cell = this.cells[r][c], host = this.svg.parentNode;
    const box = cell.getBoundingClientRect(), around = host.getBoundingClientRect();
    const input = h("input", { class: "cnn-edit", type: "text", maxlength: 24, autocomplete: "off",
      "aria-label": cell.getAttribute("aria-label") });
    const scale = box.width / this.size;       // a wide screen shows the drawing larger
    input.style.left = `${(box.x - around.x + box.width / 2) / scale + host.scrollLeft}px`;
    input.style.top = `${(box.y - around.y + box.height / 2) / scale}px`;
    const whole = String(this.values[r][c]);
    input.value = start ?? whole;
    const close = (take) => {
      if (!input.isConnected || this.closing) return;
      this.closing = true;
      const typed = input.value.trim(), text = typed.replace(",", ".").replace("\u2212", "-"), number = Number(text);
      const focused = document.activeElement === input;
      input.remove();
      this.closing = false;
      this.pressed = null;
      if (focused) this.to(r, c, true);
      if (!take || !text || text === whole) return;
      if (Math.abs(number) <= LARGEST_CELL) this.on.edit?.(r, c, number);
      else this.on.unshown?.(typed);
    };
    input.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Enter" || event.key === "Escape") close(event.key === "Enter");
    });
    input.addEventListener("blur", () => close(true));
    host.append(input);
    input.focus();
    if (start === undefined) input.select();
  }
}
