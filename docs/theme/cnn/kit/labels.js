/** The words of the page's language, from the table that the still figures are written with. */

import { words } from "../tables/words.js";

/** A text with its {names} filled in. */
export const fill = (text, parts) => text.replace(/\{(\w+)\}/g, (_, key) => parts[key] ?? "");

const find = (key) => key.split(".").reduce((level, name) => level?.[name], words);

/** label("stepped", {at, v}): a word of the table; a dot leads into a group of words. */
export function label(key, parts = {}) {
  return fill(find(key) ?? key, parts);
}

/** `label` with the words of one part of the table before all others. */
export const within = (part) => (key, parts) => label(find(`${part}.${key}`) ? `${part}.${key}` : key, parts);
