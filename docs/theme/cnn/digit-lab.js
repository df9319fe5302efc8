/**
 * <cnn-digit-lab>: draw a digit and watch it go through the homework's network. Every number comes
 * from digit-net.js; the window of any cell opens in the same stepper as the lessons use.
 */

import { h, s } from "./dom.js";
import { forward, rasterise, readWeights, SIDE, softmax } from "./digit-net.js";

const WORDS = {
  ko: {
    pad: "숫자를 그리는 곳. 화살표로 펜을 옮기고, 스페이스로 펜을 내리거나 올리고, Delete로 지웁니다.",
    hint: "손가락이나 마우스로 숫자를 하나 그려 보세요. 키보드로는 화살표로 펜을 옮기고 스페이스로 펜을 내립니다.",
    clear: "지우기", undo: "한 획 되돌리기", samples: "손글씨 예제", sample: (d) => `손글씨 ${d} 불러오기`,
    says: "신경망의 답", nothing: "아직 그린 것이 없습니다.",
    answer: (d, p) => `답: ${d} (확률 ${p}%)`,
    scores: "점수(확률)", kernels: "필터", maps: "특징 맵",
    map: (name, o, shape) => `${name}의 특징 맵 ${o}, ${shape}. 화살표로 칸을 고릅니다.`,
    cell: (name, o, i, j, value) => `${name} 채널 ${o}의 (${i}, ${j})칸: ReLU 이전의 합은 ${value}입니다. 아래에서 그 창과 계산을 볼 수 있습니다.`,
    pick: "특징 맵의 칸을 하나 고르면 그 값이 나온 창과 계산을 보여 드립니다.",
    failed: "가중치를 불러오지 못했습니다. 연결을 확인하고 새로 고쳐 주세요.",
    penDown: "펜을 내렸습니다", penUp: "펜을 올렸습니다", up: "위로", down: "아래로",
    stages: {
      input: "입력: 20×20 상자에 맞춘 그림", relu1: "conv1 → ReLU", relu2: "conv2 → ReLU",
      flatten: "flatten", relu3: "FC1 → ReLU", scores: "FC2: 열 개의 점수" },
  },
  en: {
    pad: "Drawing area. Arrows move the pen, space puts it down or lifts it, Delete clears.",
    hint: "Draw one digit with a finger or the mouse. With the keyboard, arrows move the pen and space puts it down.",
    clear: "Clear", undo: "Undo a stroke", samples: "Real handwriting", sample: (d) => `Load a handwritten ${d}`,
    says: "The network's answer", nothing: "Nothing is drawn yet.",
    answer: (d, p) => `Answer: ${d} (probability ${p}%)`,
    scores: "score (probability)", kernels: "filters", maps: "feature maps",
    map: (name, o, shape) => `Feature map ${o} of ${name}, ${shape}. Arrows choose a cell.`,
    cell: (name, o, i, j, value) => `${name}, channel ${o}, cell (${i}, ${j}): the sum before ReLU is ${value}. Its window and arithmetic are below.`,
    pick: "Choose a cell of a feature map to see the window and the sum it came from.",
    failed: "The weights could not be loaded. Check the connection and reload.",
    penDown: "Pen down", penUp: "Pen up", up: "up", down: "down",
    stages: {
      input: "Input: the drawing fitted into a 20×20 box", relu1: "conv1 → ReLU", relu2: "conv2 → ReLU",
      flatten: "flatten", relu3: "FC1 → ReLU", scores: "FC2: ten scores" },
  },
};

const LAYERS = {
  relu1: { name: "conv1", before: "input", sums: "conv1", channels: 1, from: 20, maps: 3, side: 16 },
  relu2: { name: "conv2", before: "relu1", sums: "conv2", channels: 3, from: 16, maps: 10, side: 12 },
};
const PAD = 200;                              // units of the drawing area
const STEP = PAD / SIDE;
const round = (value, places = 2) => Number(value.toFixed(places));

/** Paint values on a canvas: strength as opacity, negative ones in the other colour. */
function paint(canvas, values, width, most) {
  const context = canvas.getContext("2d");
  const style = getComputedStyle(canvas);
  const colour = (value) => value.match(/[\d.]+/g).slice(0, 3).map(Number);
  const [plus, minus] = [colour(style.color), colour(style.outlineColor)];
  const image = context.createImageData(width, values.length / width);
  for (let i = 0; i < values.length; i += 1) {
    image.data.set(values[i] < 0 ? minus : plus, 4 * i);
    image.data[4 * i + 3] = 255 * Math.min(1, Math.abs(values[i]) / (most || 1));
  }
  context.putImageData(image, 0, 0);
}

export class CnnDigitLab extends HTMLElement {
  #strokes = [];
  #image = null;                              // a sample in place of strokes
  #weights = null;
  #chosen = null;                             // { stage, map, row, column }
  #pen = { x: PAD / 2, y: PAD / 2, down: false };

  async connectedCallback() {
    if (this.#weights) return;
    this.page = JSON.parse(this.getAttribute("spec"));
    this.t = WORDS[this.page.lang] ?? WORDS.en;
    try {
      const answer = await fetch(new URL("./digit-weights.bin", import.meta.url));
      this.#weights = readWeights(await answer.arrayBuffer());
    } catch {
      this.append(h("p", { class: "cnn-note", role: "alert" }, this.t.failed));
      return;
    }
    this.#build();
    this.load(this.page.start ?? 0);
    this.watch = new MutationObserver(() => this.update());
    this.watch.observe(document.body, { attributeFilter: ["data-md-color-scheme"] });
  }

  disconnectedCallback() {
    this.watch?.disconnect();
  }

  /** Everything the page shows now, stage by stage, for tests and the curious. */
  get values() {
    return structuredClone(this.stages);
  }

  get strokes() {
    return structuredClone(this.#strokes);
  }

  set strokes(strokes) {
    this.#strokes = structuredClone(strokes);
    this.#image = null;
    this.update();
  }

  /** Put a real digit of the page's samples in place of the drawing. */
  load(index) {
    const bytes = Uint8Array.from(atob(this.page.samples[index].pixels), (c) => c.charCodeAt(0));
    this.show(Float32Array.from(bytes, (value) => value / 255));
  }

  /** Show a (20, 20) image in [0, 1]. */
  show(image) {
    this.#strokes = [];
    this.#image = Float32Array.from(image);
    this.update();
  }

  #build() {
    const { t } = this;
    this.ink = s("g", { class: "cnn-ink", "stroke-width": 20 });
    this.cursor = s("circle", { r: 6, class: "cnn-pen" });
    this.pad = s("svg", { viewBox: `0 0 ${PAD} ${PAD}`, class: "cnn-pad-draw", tabindex: 0,
      role: "application", "aria-label": t.pad }, this.ink, this.cursor);
    this.#listen();
    this.live = h("p", { class: "cnn-unseen", "aria-live": "polite" });
    this.answer = h("p", { class: "cnn-answer" });
    this.told = h("p", { class: "cnn-note", role: "status" }, t.pick);
    this.window = h("div", { class: "cnn-lab-window" });
    const button = (label, action, name = label) =>
      h("button", { type: "button", class: "cnn-button cnn-word", "aria-label": name, onclick: action }, label);
    const samples = this.page.samples.map(({ label }, i) =>
      button(String(label), () => this.load(i), t.sample(label)));
    this.canvases = {};
    this.replaceChildren(
      h("p", { class: "cnn-hint" }, t.hint),
      h("div", { class: "cnn-lab-top" },
        h("div", {}, this.pad, h("div", { class: "cnn-tools" },
          button(t.undo, () => { this.strokes = this.#strokes.slice(0, -1); }),
          button(t.clear, () => { this.strokes = []; })),
        h("div", { class: "cnn-tools", role: "group", "aria-label": t.samples }, samples)),
        h("div", {}, h("h3", {}, t.says), this.answer, this.#scoreTable())),
      this.#picture("input", "(1, 20, 20)", 1, SIDE),
      this.#layer("relu1"), this.#layer("relu2"),
      this.#strip("flatten", "(1440)", 48), this.#strip("relu3", "(50)", 50),
      this.told, this.window, this.live);
  }

  #scoreTable() {
    this.bars = Array.from({ length: 10 }, (_, digit) => {
      const bar = h("span", { class: "cnn-share" });
      const text = h("span", { class: "cnn-number" });
      return { bar, text, row: h("tr", {}, h("th", { scope: "row" }, String(digit)), h("td", {}, bar), h("td", {}, text)) };
    });
    return h("table", { class: "cnn-scores" },
      h("caption", {}, `${this.t.stages.scores} (10)`), h("tbody", {}, this.bars.map(({ row }) => row)));
  }

  #canvas(key, width, height, extra = "") {
    const canvas = h("canvas", { width, height, class: `cnn-pixels ${extra}` });
    this.canvases[key] = canvas;
    return canvas;
  }

  #section(stage, shape, ...content) {
    return h("section", { class: "cnn-stage" },
      h("h3", {}, this.t.stages[stage], " ", h("code", {}, shape)), content);
  }

  #picture(stage, shape, maps, side) {
    const canvas = this.#canvas(stage, side, side);
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", this.t.stages[stage]);
    return this.#section(stage, shape, canvas);
  }

  #strip(stage, shape, width) {
    const long = stage === "flatten" ? 1440 : 50;
    const canvas = this.#canvas(stage, width, long / width, "cnn-strip");
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", `${this.t.stages[stage]} ${shape}`);
    return this.#section(stage, shape, canvas);
  }

  #layer(stage) {
    const { name, maps, side, channels } = LAYERS[stage];
    const shape = `(${maps}, ${side}, ${side})`;
    const boxes = Array.from({ length: maps }, (_, map) => h("div", { class: "cnn-map-box" },
      this.#canvas(`${name}.${map}`, 5, 5 * channels, "cnn-kernel-picture"),
      h("button", { type: "button", class: "cnn-map", "aria-label": this.t.map(name, map, `${side}×${side}`),
        onclick: (event) => this.#click(event, stage, map),
        onkeydown: (event) => this.#arrow(event, stage, map) },
      this.#canvas(`${stage}.${map}`, side, side), h("span", { class: "cnn-mark" }))));
    return this.#section(stage, shape,
      h("p", { class: "cnn-muted" }, `${this.t.kernels} ${name}.weight (${maps}, ${channels}, 5, 5) → ${this.t.maps}`),
      h("div", { class: "cnn-maps" }, boxes));
  }

  #listen() {
    const at = (event) => {
      const box = this.pad.getBoundingClientRect();
      const inside = (value) => Math.min(PAD, Math.max(0, value));
      return [inside((event.clientX - box.left) / box.width * PAD), inside((event.clientY - box.top) / box.height * PAD)];
    };
    this.pad.addEventListener("pointerdown", (event) => {
      this.pad.setPointerCapture(event.pointerId);
      this.#image = null;
      this.#strokes.push([at(event)]);
      this.update();
    });
    this.pad.addEventListener("pointermove", (event) => {
      if (!this.pad.hasPointerCapture(event.pointerId)) return;
      this.#strokes.at(-1).push(at(event));
      this.#soon();
    });
    this.pad.addEventListener("keydown", (event) => this.#write(event));
  }

  /** At most one update a frame, however fast the pointer reports. */
  #soon() {
    this.waiting ??= requestAnimationFrame(() => {
      this.waiting = null;
      this.update();
    });
  }

  #write(event) {
    const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const pen = this.#pen;
    if (event.key in moves) {
      const [dx, dy] = moves[event.key];
      pen.x = Math.min(PAD, Math.max(0, pen.x + dx * STEP));
      pen.y = Math.min(PAD, Math.max(0, pen.y + dy * STEP));
      if (pen.down) this.#strokes.at(-1).push([pen.x, pen.y]);
    } else if (event.key === " ") {
      pen.down = !pen.down;
      if (pen.down) {
        this.#image = null;
        this.#strokes.push([[pen.x, pen.y]]);
      }
      this.live.textContent = pen.down ? this.t.penDown : this.t.penUp;
    } else if (event.key === "Delete" || event.key === "Backspace") {
      this.#strokes = [];
      pen.down = false;
    } else {
      return;
    }
    event.preventDefault();
    this.update();
  }

  #click(event, stage, map) {
    const { side } = LAYERS[stage];
    const box = event.currentTarget.getBoundingClientRect();
    const cell = (place, start, size) => Math.min(side - 1, Math.max(0, Math.floor((place - start) / size * side)));
    const keyboard = event.detail === 0;      // Enter or space on the button: the middle cell
    this.choose(stage, map, keyboard ? side >> 1 : cell(event.clientY, box.top, box.height),
      keyboard ? side >> 1 : cell(event.clientX, box.left, box.width));
  }

  #arrow(event, stage, map) {
    const moves = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
    if (!(event.key in moves)) return;
    event.preventDefault();
    const { side } = LAYERS[stage];
    const here = this.#chosen?.stage === stage && this.#chosen.map === map
      ? this.#chosen : { row: side >> 1, column: side >> 1 };
    const [down, right] = moves[event.key];
    const inside = (value) => Math.min(side - 1, Math.max(0, value));
    this.choose(stage, map, inside(here.row + down), inside(here.column + right));
  }

  /** Show the window and the sum behind one cell of a feature map. */
  choose(stage, map, row, column) {
    this.#chosen = { stage, map, row, column };
    this.#explain();
  }

  #explain() {
    if (!this.#chosen) return;
    const { stage, map, row, column } = this.#chosen;
    const { name, before, sums, channels, from, side } = LAYERS[stage];
    const grid = (at) => Array.from({ length: channels }, (_, c) => Array.from({ length: 5 },
      (_, u) => Array.from({ length: 5 }, (_, v) => round(at(c, u, v), 3))));
    const input = grid((c, u, v) => this.stages[before][(c * from + row + u) * from + column + v]);
    const weight = grid((c, u, v) => this.#weights[`${name}.weight`][((map * channels + c) * 5 + u) * 5 + v]);
    const bias = round(this.#weights[`${name}.bias`][map], 3);
    const value = this.stages[sums][(map * side + row) * side + column];
    this.told.textContent = this.t.cell(name, map, row, column, round(value));
    const spec = { kind: "conv2d", lang: this.page.lang, input, weight: [weight], bias: [bias],
      stride: [1, 1], padding: [0, 0], dilation: [1, 1], groups: 1, padding_mode: "zeros", flip: false, at: [0, 0, 0] };
    const stepper = this.window.firstElementChild;
    if (stepper) stepper.spec = spec;
    else this.window.append(h("cnn-conv", { spec: JSON.stringify(spec) }, h("figure")));
    for (const mark of this.querySelectorAll(".cnn-mark")) mark.hidden = true;
    const mark = this.canvases[`${stage}.${map}`].nextElementSibling;
    mark.hidden = false;
    mark.style.cssText = `--row:${row};--column:${column};--side:${side}`;
  }

  /** Run the network on what is drawn and show every stage. */
  update() {
    const image = this.#image ?? rasterise(this.#strokes);
    this.stages = forward(image, this.#weights);
    this.ink.replaceChildren(...this.#strokes.map((stroke) => s("polyline",
      { points: [...stroke, stroke.at(-1)].map((point) => point.map((v) => round(v)).join()).join(" ") })));
    this.cursor.setAttribute("cx", this.#pen.x);
    this.cursor.setAttribute("cy", this.#pen.y);
    this.cursor.classList.toggle("cnn-down", this.#pen.down);
    paint(this.canvases.input, image, SIDE, 1);
    for (const [stage, { name, maps, side, channels }] of Object.entries(LAYERS)) {
      const most = Math.max(...this.stages[stage]);
      const weight = this.#weights[`${name}.weight`];
      const size = 25 * channels;
      const strongest = Math.max(...weight.map(Math.abs));
      for (let map = 0; map < maps; map += 1) {
        paint(this.canvases[`${stage}.${map}`], this.stages[stage].subarray(map * side * side, (map + 1) * side * side), side, most);
        paint(this.canvases[`${name}.${map}`], weight.subarray(map * size, (map + 1) * size), 5, strongest);
      }
    }
    paint(this.canvases.flatten, this.stages.relu2, 48, Math.max(...this.stages.relu2));
    paint(this.canvases.relu3, this.stages.relu3, 50, Math.max(...this.stages.relu3));
    this.#tell(image.some((value) => value > 0));
    this.#explain();
    this.dispatchEvent(new Event("change", { bubbles: true }));
  }

  #tell(drawn) {
    const shares = softmax(this.stages.scores);
    const best = shares.indexOf(Math.max(...shares));
    this.bars.forEach(({ bar, text, row }, digit) => {
      bar.style.setProperty("--share", shares[digit]);
      text.textContent = `${this.stages.scores[digit].toFixed(2)} (${(100 * shares[digit]).toFixed(1)}%)`;
      row.classList.toggle("cnn-best", drawn && digit === best);
    });
    this.answer.textContent = drawn ? this.t.answer(best, (100 * shares[best]).toFixed(1)) : this.t.nothing;
  }
}
