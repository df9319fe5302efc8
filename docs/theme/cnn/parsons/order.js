/**
 * Whether an order of lines is right, by what each line makes and uses. What follows a `for` stands
 * inside it; a line that makes what others gather must stand outside of every loop. No DOM.
 */

const NAME = /[a-z_]\w*(?!\w*\()/g, MADE = /^(?:for )?([a-z_]\w*) (?:=|in) /;
const isLoop = (line) => line.startsWith("for ");
const made = (line) => line.match(MADE)?.[1];
const unique = (names) => [...new Set(names)];

/** The names that a line uses, of those that some line makes. */
function used(line, all) {
  const own = made(line), text = own && !isLoop(line) ? line.slice(line.indexOf("=") + 1) : isLoop(line) ? "" : line;
  return unique(text.match(NAME) ?? []).filter((name) => all.includes(name));
}

/** What is wrong first: {n, name} of a line that uses what is not there, {n} of one in a loop; or null. */
export function problem(lines) {
  const all = lines.map(made).filter(Boolean), known = [];
  let depth = 0;
  for (const [i, line] of lines.entries()) {
    const missing = used(line, all).find((name) => !known.includes(name));
    if (missing) return { n: i + 1, name: missing };
    if (made(line) && !isLoop(line) && depth) return { n: i + 1 };
    known.push(made(line));
    depth += Number(isLoop(line));
  }
  return null;
}

/** How many orders of the lines are right. */
export function rightOrders(lines) {
  const all = lines.map(made).filter(Boolean);
  const count = (left, known, depth) => (left.length ? left.reduce((sum, line) => {
    const fits = used(line, all).every((name) => known.includes(name)) && !(made(line) && !isLoop(line) && depth);
    return sum + (fits ? count(left.filter((other) => other !== line), [...known, made(line)], depth + Number(isLoop(line))) : 0);
  }, 0) : 1);
  return count(lines, [], 0);
}
