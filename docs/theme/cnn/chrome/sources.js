/** Numbers that say where they come from: their script is fetched when the first one is asked. */

import { chosen } from "../kit/setting.js";
import { tell } from "../kit/word.js";
import { frameWords } from "../tables/frame.js";

/** The script, and the table of the page's sources, which the builder takes out of the page. */
async function fetched(article) {
  const { at } = article.querySelector(".cnn-sources").dataset;
  const [{ Asked }, answer] = await Promise.all([import("../numbers/asked.js"), fetch(at)]);
  return new Asked(article, await answer.json());
}

export function offerSources() {
  const article = document.querySelector("article:has(> .cnn-sources)");
  let coming = null;
  const start = () => {
    coming ??= fetched(article);
    return coming.catch(() => {
      coming = null;                           // asked again with the next number
      tell(frameWords.unsourced);
    });
  };
  const ask = async (event) => {
    if (event.target.closest("[data-from], .cnn-asking")) (await start())?.hear(event);
  };
  for (const kind of ["click", "pointerover", "pointerout"]) article?.addEventListener(kind, ask);
  if (article && chosen("sources") === "on") start();
}
