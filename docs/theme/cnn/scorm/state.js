/** A sheet in the few characters that a learning-management system keeps of it. No DOM. */

export const MOST = 4096;                    // characters of cmi.suspend_data in SCORM 1.2
const FIRSTS = ["", "right", "carried", "repeated", "wrong", "unread", "empty"];
const FORMAT = 1;

const text = (value) => (typeof value === "string" ? value : "");

/**
 * {text, left}: a sheet's state, and the names of the steps whose working, or blanks, it has no
 * room for. The longest goes first; the answers always fit.
 */
export function packState({ when, name, number, rows }, most = MOST) {
  const kept = rows.map(({ reply, blanks, working, hints, checks, first, state }) =>
    [reply, blanks, working, `${hints}.${checks}.${Math.max(0, FIRSTS.indexOf(first))}.${state ? 1 : 0}`]);
  const written = () => JSON.stringify([FORMAT, when, name, number, kept]), left = new Set();
  for (const part of [2, 1]) {
    while (written().length > most && kept.some((row) => row[part])) {
      const longest = kept.reduce((a, b, i) => (text(b[part]).length > text(kept[a][part]).length ? i : a), 0);
      kept[longest][part] = null;
      left.add(rows[longest].name);
    }
  }
  return { text: written(), left: [...left] };
}

/** The sheet {when, name, number, rows} in a state; null for anything else. What was left out is null. */
export function unpackState(source) {
  let found;
  try {
    found = JSON.parse(source);
  } catch {
    return null;
  }
  if (!Array.isArray(found) || found[0] !== FORMAT || !Array.isArray(found[4]) || !found[4].every(Array.isArray)) return null;
  const [, when, name, number, rows] = found;
  return { when: Number(when) || 0, name: text(name), number: text(number), rows: rows.map(([reply, blanks, working, counts]) => {
    const [hints, checks, first, judged] = text(counts).split(".").map(Number);
    return { reply: text(reply), blanks: blanks === null ? null : text(blanks), working: working === null ? null : text(working),
      hints: hints || 0, checks: checks || 0, first: FIRSTS[first] ?? "", state: judged ? "checked" : undefined };
  }) };
}
