/** Builds nodes. Words reach the page as text nodes and attributes only, never as markup. */

const SVG = "http://www.w3.org/2000/svg";

function make(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value == null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child != null && child !== false));
  return node;
}

export const h = (tag, attributes, ...children) =>
  make(document.createElement(tag), attributes, children);

export const s = (tag, attributes, ...children) =>
  make(document.createElementNS(SVG, tag), attributes, children);

const ICONS = {
  first: "M6 5h2v14H6zM19 5v14L9 12z", back: "M17 5v14L7 12z", next: "M7 5v14l10-7z",
  last: "M16 5h2v14h-2zM5 5v14l10-7z", play: "M7 4v16l13-8z", pause: "M6 5h4v14H6zM14 5h4v14h-4z",
  copy: "M10.6 13.4a1 1 0 0 1 0-1.4l3.5-3.5a3 3 0 0 1 4.2 4.2l-1.8 1.8 1.4 1.4 1.8-1.8a5 5 0 0 0-7-7"
    + "l-3.5 3.5a3 3 0 0 0 0 4.2zm2.8-2.8a1 1 0 0 1 0 1.4l-3.5 3.5a3 3 0 0 1-4.2-4.2l1.8-1.8-1.4-1.4"
    + "-1.8 1.8a5 5 0 0 0 7 7l3.5-3.5a3 3 0 0 0 0-4.2z",
  reset: "M12 5V2L7 6l5 4V7a5 5 0 1 1-5 5H5a7 7 0 1 0 7-7z",
};

export const icon = (name) =>
  s("svg", { viewBox: "0 0 24 24", "aria-hidden": "true", class: "cnn-icon" }, s("path", { d: ICONS[name] }));

/** A button with a picture and a name. */
export const iconButton = (name, label, onclick) =>
  h("button", { type: "button", class: "cnn-button", "aria-label": label, title: label, onclick }, icon(name));

/** Whether the reader asked for less motion. */
export const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
