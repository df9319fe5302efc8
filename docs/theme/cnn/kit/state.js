/**
 * Where a figure's changes live: in the page's address (`?first-sum.at=(0,0,1)&first-sum.stride=2`)
 * and in the reader's own browser. Only what differs from the page's own figure is written.
 */

export const LONGEST = 6000;

/** A plain value as address text: lists in parentheses, free text after a quote mark. */
export function encode(value) {
  if (Array.isArray(value)) return `(${value.map(encode).join(",")})`;
  return typeof value === "string" && !/^[a-z]+$/.test(value)
    ? `'${encodeURIComponent(value).replace(/[()]/g, (mark) => (mark === "(" ? "%28" : "%29"))}`
    : String(value).replace("+", "%2B");       // 1e+21: a bare plus would come back as a blank
}

/** The inverse, for text that `URLSearchParams` has already unescaped; throws on nonsense. */
export function decode(text) {
  if (text.length > LONGEST) throw new SyntaxError("too long");
  if (text.startsWith("'")) return text.slice(1);
  if (!/^[-+\w.,()]+$/.test(text)) throw new SyntaxError("not a value");
  const json = text.replace(/\(/g, "[").replace(/\)/g, "]")
    .replace(/(?<![\d.])[a-z]+/g, (word) => (/^(true|false|null)$/.test(word) ? word : `"${word}"`));
  return JSON.parse(json);
}

/** What the address says of the figure `id`: its changes, or null; `broken` when unreadable. */
export function fromAddress(id) {
  const changes = Object.create(null);       // "__proto__" is a key like any other
  let broken = false;
  for (const [key, text] of new URLSearchParams(location.search)) {
    if (!key.startsWith(`${id}.`)) continue;
    try {
      changes[key.slice(id.length + 1)] = decode(text);
    } catch {
      broken = true;
    }
  }
  return { changes: Object.keys(changes).length ? changes : null, broken };
}

/** Whose a part of the address is; what cannot be unescaped belongs to nobody. */
function owner(part) {
  try {
    return decodeURIComponent(part.split("=")[0]);
  } catch {
    return "";
  }
}

/** The page's address with the changes of one figure in it, every other figure's left alone. */
export function toAddress(id, changes) {
  const others = location.search.slice(1).split("&")
    .filter((part) => part && !owner(part).startsWith(`${id}.`));
  const own = Object.entries(changes).map(([key, value]) => `${id}.${key}=${encode(value)}`);
  const query = [...others, ...own].join("&");
  return location.pathname + (query && `?${query}`);
}

/** Puts the changes in the address bar; browsers that refuse (too often, file:) lose nothing. */
export function writeAddress(id, changes) {
  try {
    const address = toAddress(id, changes);
    if (address.length < LONGEST) history.replaceState(history.state, "", address + location.hash);
  } catch { /* the copy button still gives the link */ }
}

const place = (id) => `cnn:${location.pathname}:${id}`;

/** The reader's own changes from an earlier visit, or null. */
export function kept(id) {
  try {
    const changes = JSON.parse(localStorage.getItem(place(id)));
    return changes && typeof changes === "object" && !Array.isArray(changes) ? changes : null;
  } catch {
    return null;
  }
}

/** Keeps the changes for the next visit, an empty object forgets them; whether that worked. */
export function keep(id, changes) {
  try {
    if (Object.keys(changes).length) localStorage.setItem(place(id), JSON.stringify(changes));
    else localStorage.removeItem(place(id));
    return true;
  } catch {
    return false;                              // a private window, or no room left
  }
}
