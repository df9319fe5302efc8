/** Figures that the code has asked for: drawn by Python in the worker, brought to life like the page's own. */

// A figure is a drawing and text: what could fetch or send anything is no part of it.
const FOREIGN = "script, style, link, meta, base, iframe, object, embed, form, a, img, image, use, foreignObject, animate, set";
const LEADS = /^(on|href$|xlink:href$|src|style$|action$|formaction$)/i;

/** The figures as nodes, each under an id of its own. */
export function brought(figures, id) {
  const nodes = figures.map((html, at) => {
    const figure = document.adoptNode(new DOMParser().parseFromString(html, "text/html").body.firstElementChild);
    for (const foreign of figure.querySelectorAll(FOREIGN)) foreign.remove();
    for (const node of [figure, ...figure.querySelectorAll("*")]) {
      for (const { name } of [...node.attributes]) if (LEADS.test(name)) node.removeAttribute(name);
    }
    figure.id = `${id}-${at + 1}`;
    return figure;
  });
  document.dispatchEvent(new Event("cnn:added"));
  return nodes;
}
