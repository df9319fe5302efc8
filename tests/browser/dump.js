/**
 * Everything that the figures of a page show, figure by figure: elements with what shapes them,
 * texts, boxes, pixels of pictures, and the names of grids. What only the living figure has is
 * left out: its controls, the roles and tab stops of cells, the marks of a pointer, and the word
 * that the caption is about the first figure. `names` are the figures asked for; null for all.
 */
async (names) => {
  const SHOWN = ["class", "x", "y", "width", "height", "d", "cx", "cy", "r", "rx", "viewBox", "font-size", "data-k",
    "data-r", "data-c", "data-role", "data-channel", "scope", "aria-hidden", "aria-label", "role", "tabindex"];
  const NAMED = ["aria-label", "role", "tabindex"];
  const NUMBERS = /(\. 행마다: |\. 값: |\. By rows: |\. Values: ).*/;

  const pixels = async (href) => {
    const image = Object.assign(new Image(), { src: href });
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    return [image.width, image.height, ...data.filter((_, i) => i % 4 === 0)].join();
  };

  const figures = {}, words = [...document.querySelectorAll(".cnn-first")];
  for (const word of words) word.hidden = true;
  for (const figure of document.querySelectorAll("article .cnn-figure")) {
    if (names && !names.includes(figure.parentNode.id)) continue;
    const from = figure.getBoundingClientRect(), lines = [];
    const text = (words) => {
      if (lines.at(-1)?.[0] === "text") lines.at(-1)[1] += words;
      else lines.push(["text", words]);
    };
    const walk = (node) => {
      if (node.nodeType === Node.TEXT_NODE) return node.data && text(node.data);
      if (node.matches(".cnn-ui, .cnn-pointer, .cnn-first")) return undefined;
      const grid = node.closest("svg.cnn-grid:not(.cnn-matrix)");
      const pointed = node.matches("cnn-image .cnn-box");
      const shown = SHOWN.filter((key) => node.hasAttribute(key) && !((grid || pointed) && NAMED.includes(key)))
        .map((key) => `${key}=${node.getAttribute(key).replace(/ ?is-(now|later)/g, "").trim()}`);
      // What has no box of its own has no place either.
      const boxed = node.getClientRects().length > 0, box = node.getBoundingClientRect();
      const place = boxed ? [box.x - from.x, box.y - from.y, box.width, box.height] : [0, 0, 0, 0];
      lines.push([[node.localName, ...shown].join(" "), ...place]);
      if (node.localName === "image") lines.push([node.getAttribute("href") ?? node.getAttribute("xlink:href")]);
      if (node === grid) lines.push([`named ${node.getAttribute("aria-label").replace(NUMBERS, "")}`]);
      node.childNodes.forEach(walk);
      return undefined;
    };
    figure.childNodes.forEach(walk);
    for (const line of lines) if (line[0].startsWith("data:")) line[0] = await pixels(line[0]);
    figures[figure.parentNode.id] = lines;
  }
  for (const word of words) word.hidden = false;
  return JSON.stringify(figures); // a text is taken over in one piece, a list value by value
}
