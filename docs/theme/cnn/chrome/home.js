/** On the home page: the way back to the lesson read last, how many are done, and how to forget it. */

import { h } from "../kit/dom.js";
import { fill } from "../kit/labels.js";
import { frameWords } from "../tables/frame.js";
import { markDone, pageLinks, way } from "./path.js";

export function welcome() {
  const { last, done } = way(), list = document.querySelector(".cnn-path");
  const entries = pageLinks().filter(([each]) => list.contains(each)), [link] = entries.find(([, name]) => name === last) ?? [];
  if (!link) return;
  const title = link.firstChild.textContent;
  const resume = h("a", { class: "md-button cnn-resume", href: link.href }, fill(frameWords.resume, { title }));
  document.querySelector(".cnn-home__ways")?.append(resume);
  const n = entries.filter(([, name]) => done.includes(name)).length;
  const kept = h("p", { class: "cnn-path__kept" }, fill(frameWords.read, { n, of: list.querySelectorAll("small").length }), " ",
    h("button", { type: "button", class: "cnn-chip", onclick: () => {
      localStorage.removeItem("cnn:path");
      for (const node of [resume, kept]) node.remove();
      markDone();
    } }, frameWords.forget));
  list.before(kept);
}
