/** Moves through `count()` places: buttons, a slider, play. The slider is also the keyboard's way. */

import { h, icon, iconButton, still } from "../kit/dom.js";

const PAUSE = 900;

export class Player {
  #timer = 0;

  /**
   * `get` and `go` read and set the place; `name` says a place in words.
   * @param {{t: Function, count: () => number, get: () => number, go: Function, name: Function}} options
   */
  constructor({ t, count, get, go, name }) {
    this.t = t;
    this.count = count;
    this.get = get;
    this.go = go;
    this.name = name;
    const to = (place) => () => { this.pause(); this.go(place()); };
    this.slider = h("input", { type: "range", class: "cnn-slider", min: 0, step: 1, "aria-label": t("step"),
      oninput: () => { this.pause(); this.go(Number(this.slider.value)); } });
    this.playButton = h("button", { type: "button", class: "cnn-button cnn-play", onclick: () => this.toggle() });
    this.counter = h("span", { class: "cnn-counter" });
    this.buttons = h("div", { class: "cnn-buttons" },
      iconButton("first", t("first"), to(() => 0)),
      iconButton("back", t("back"), to(() => Math.max(0, this.get() - 1))),
      this.playButton,
      iconButton("next", t("next"), to(() => Math.min(this.count() - 1, this.get() + 1))),
      iconButton("last", t("last"), to(() => this.count() - 1)));
    this.#face();
  }

  #face() {
    const label = this.t(this.#timer ? "pause" : "play");
    this.playButton.replaceChildren(icon(this.#timer ? "pause" : "play"));
    this.playButton.setAttribute("aria-label", label);
    this.playButton.title = label;
  }

  /** Shows the place that the figure is at. */
  sync() {
    const total = this.count(), place = this.get();
    this.slider.max = Math.max(0, total - 1);
    this.slider.value = place;
    this.slider.setAttribute("aria-valuetext", total ? this.name(place) : "");
    this.counter.textContent = total ? `${place + 1} / ${total}` : "";
    for (const control of [this.slider, ...this.buttons.children]) control.disabled = !total;
  }

  get playing() {
    return Boolean(this.#timer);
  }

  /** Plays from here, or from the start when at the end. Without motion it is one step a press. */
  toggle() {
    if (this.#timer) return this.pause();
    const next = this.get() + 1 < this.count() ? this.get() + 1 : 0;
    this.go(next);
    if (still() || next + 1 >= this.count()) return undefined;
    this.#timer = setInterval(() => {
      if (this.get() + 1 < this.count()) this.go(this.get() + 1);
      if (this.get() + 1 >= this.count()) this.pause();
    }, PAUSE);
    return this.#face();
  }

  pause() {
    if (!this.#timer) return;
    clearInterval(this.#timer);
    this.#timer = 0;
    this.#face();
  }
}
