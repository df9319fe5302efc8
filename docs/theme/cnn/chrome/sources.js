/** Numbers that say where they come from: their script is fetched when the first one is asked. */

import { chosen } from "../kit/setting.js";
import { tell } from "../kit/word.js";
import { frameWords } from "../tables/frame.js";

export function offerSources() {
  const article = document.querySelector("article:has(> .cnn-sources)");
  let coming = null;
  const start = () => {
    coming ??= import("../numbers/asked.js").then(({ Asked }) => new Asked(article));
    return coming.catch(() => {
      coming = null;                           // asked again with the next number
      tell(frameWords.sources.lost);
    });
  };
  const ask = async (event) => {
    if (event.target.closest("[data-from], .cnn-asking")) (await start())?.hear(event);
  };
  for (const kind of ["click", "pointerover", "pointerout"]) article?.addEventListener(kind, ask);
  if (article && chosen("sources") === "on") start();
}
