/** The frame of every page: what it does beyond links and `popover`, which need no script. */

import { followContents } from "./contents.js";
import { addCopyButtons } from "./copy.js";
import { keepSection } from "./language.js";
import { closeMenuOnLinks } from "./menu.js";
import { followPath } from "./path.js";
import { offerPrinting } from "./print.js";
import { offerRuns } from "./runs.js";
import { offerSchemes } from "./scheme.js";
import { offerSearch } from "./search-box.js";
import { offerSources } from "./sources.js";

export function startChrome() {
  offerSchemes();
  offerSearch();
  offerSources();
  closeMenuOnLinks();
  const current = followContents();
  keepSection(current);
  addCopyButtons();
  followPath();
  offerRuns();
  offerPrinting();
}
