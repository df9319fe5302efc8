/** The words of the page's language; the English edition is built with words-en.js instead. */

import { words } from "./words-ko.js";

const fill = (text, parts) => text.replace(/\{(\w+)\}/g, (_, key) => parts[key] ?? "");

/** label("stepped", {at, v}): a text with its {names} filled in. */
export function label(key, parts = {}) {
  return fill(key.split(".").reduce((level, name) => level?.[name], words) ?? key, parts);
}
