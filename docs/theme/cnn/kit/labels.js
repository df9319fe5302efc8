/** The words of the page's language, from the table that the still figures are written with. */

import { words } from "../tables/words.js";

/** A text with its {names} filled in. */
export const fill = (text, parts) => text.replace(/\{(\w+)\}/g, (_, key) => parts[key] ?? "");

/** label("stepped", {at, v}): a word of the table; a dot leads into a group of words. */
export function label(key, parts = {}) {
  return fill(key.split(".").reduce((level, name) => level?.[name], words) ?? key, parts);
}
