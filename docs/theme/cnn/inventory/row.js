/** A result as CSV: who, which form, when, the score, and for every item "right" or the mistake. No DOM. */

/** A name that no spreadsheet takes for a formula, in one cell. */
const plain = (text) => text.normalize("NFKC").replace(/[^\p{L}\p{N} ._-]/gu, "").replace(/^[-\s.]+/, "").trim();

export function rowOf({ number, form, date }, key, chosen) {
  const found = key.map(({ choices }, n) => (chosen[n] < 0 ? "" : choices[chosen[n]] || "right"));
  const score = found.filter((each) => each === "right").length;
  const lines = [["number", "form", "date", "score", ...key.map(({ id }) => id)], [plain(number), form, date, score, ...found]];
  return `\ufeff${lines.map((line) => line.join(",")).join("\r\n")}\r\n`;
}
