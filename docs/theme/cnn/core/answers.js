/** Reads a number as a person types it, and compares answers; `reading.js` reads shapes. No DOM. */

const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)$/;

/** Full-width forms, typographic minus signs and outer blanks made plain. */
const plain = (text) => text.normalize("NFKC").replace(/[−–—]/g, "-").trim();

function value(token) {
  const [top, bottom, ...rest] = token.split("/");
  if (rest.length || !NUMBER.test(top)) return NaN;
  return bottom === undefined ? Number(top) : NUMBER.test(bottom) ? Number(top) / Number(bottom) : NaN;
}

/** One number: "-3", "3.5", "7/2", "1,440", "3칸"; null if it is not one. */
export function readNumber(text) {
  const bare = plain(text).replace(/^\((.*)\)$/, "$1").replace(/\s*(칸|개|픽셀|px)$/, "");
  const found = value(/^[-+]?\d{1,3}(,\d{3})+$/.test(bare) ? bare.replaceAll(",", "") : bare);
  return Number.isFinite(found) ? found : null;
}

const near = (a, b) => Math.abs(a - b) <= (Number.isInteger(b) ? 1e-6 : 0.006);

/** Whether two answers (numbers or nested lists) agree; decimals may be rounded to two places. */
export const agree = (a, b) => (Array.isArray(b)
  ? Array.isArray(a) && a.length === b.length && b.every((item, i) => agree(a[i], item))
  : typeof a === "number" && near(a, b));
