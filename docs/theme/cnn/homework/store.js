/**
 * Where sheets are kept: one entry of the browser's own storage for each assignment and student
 * number, so that two students on one computer, or two tabs, never write over each other.
 */

const PREFIX = "cnn-homework:", OPEN = "cnn-homework-open";

/** The name of a sheet's entry. */
export const sheetKey = (text, number) => `${PREFIX}${text}:${number.normalize("NFKC").replace(/[\s\-_]/g, "").toUpperCase()}`;

function parsed(storage, key) {
  try {
    const value = JSON.parse(storage().getItem(key));
    return value && typeof value === "object" && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

function put(storage, key, value) {
  try {
    storage().setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;                            // full, or refused: the caller says so
  }
}

const mine = () => localStorage, tab = () => sessionStorage;

/** A kept sheet {name, number, text, when, steps}, or null. */
export const loadSheet = (key) => parsed(mine, key);

/** Changes a kept sheet, whatever another tab has written to it since; false where nothing is kept. */
export function changeSheet(key, change) {
  const sheet = { steps: {}, ...parsed(mine, key) };
  change(sheet);
  sheet.when = Date.now();
  return put(mine, key, sheet);
}

export function eraseSheet(key) {
  try {
    localStorage.removeItem(key);
  } catch { /* nothing is kept there */ }
}

/** Whether something was answered on a kept sheet. */
export const hasContent = (sheet) => Object.values(sheet?.steps ?? {})
  .some(({ reply = "", working = "", blanks = "" }) => /[^\s|]/.test(reply + working + blanks));

/** [key, sheet] of every kept sheet, the newest first. */
export function keptSheets() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX))
      .map((key) => [key, loadSheet(key)]).filter(([, sheet]) => sheet)
      .sort(([, a], [, b]) => (Number(b.when) || 0) - (Number(a.when) || 0));
  } catch {
    return [];
  }
}

/** The sheet {text, number} that this tab has open; in a new tab, the last one of any. */
export const lastOpen = () => parsed(tab, OPEN) ?? parsed(mine, OPEN);

export function rememberOpen(sheet) {
  put(tab, OPEN, sheet);
  return put(mine, OPEN, sheet);
}
