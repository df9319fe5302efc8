/**
 * What a reader knows: a box for each skill, as with cards in five boxes. What is right goes one box
 * further and comes back later; what is wrong begins again and is due at once. Each skill has an
 * entry of its own in the browser's storage, changed as it stands there, so that two tabs lose nothing.
 */

const PREFIX = "cnn-mastery:", DAY = 864e5;
export const FORMAT = "cnnlib-mastery-1", LAST = 5;
const DAYS = [0, 0, 1, 3, 7, 21];              // until a box is due again
const memory = new Map();                      // where the browser keeps nothing

/** @typedef {{box: number, due: number, seen: number, right: number, when: number}} Box */

const natural = (value) => Number.isSafeInteger(value) && value >= 0;

/** @returns {Box | null} an entry as it was kept or loaded, or null where it is none */
function sound(entry) {
  if (!entry || !["box", "due", "seen", "right", "when"].every((key) => natural(entry[key]))) return null;
  const { box, due, seen, right, when } = entry;
  return box >= 1 && box <= LAST && right <= seen ? { box, due, seen, right, when } : null;
}

function put(skill, box) {
  memory.set(skill, box);
  try {
    localStorage.setItem(PREFIX + skill, JSON.stringify(box));
    return true;
  } catch {
    return false;
  }
}

/** The box of a skill, or null for one that was never asked. */
export function boxOf(skill) {
  try {
    return sound(JSON.parse(localStorage.getItem(PREFIX + skill)));
  } catch {
    return memory.get(skill) ?? null;
  }
}

/** Notes an answer; whether the browser keeps it. */
export function record(skill, right, now = Date.now()) {
  const { box = 1, seen = 0, right: before = 0 } = boxOf(skill) ?? {};
  const next = right ? Math.min(box + 1, LAST) : 1;
  return put(skill, { box: next, due: now + DAYS[next] * DAY, seen: seen + 1, right: before + Number(right), when: now });
}

export const isDue = (box, now = Date.now()) => Boolean(box) && box.due <= now;

export function forget(skills) {
  for (const skill of skills) {
    memory.delete(skill);
    try {
      localStorage.removeItem(PREFIX + skill);
    } catch { /* nothing is kept there */ }
  }
}

/** What is kept of these skills, as the text of a file. */
export function exported(skills) {
  const kept = Object.fromEntries(skills.map((skill) => [skill, boxOf(skill)]).filter(([, box]) => box));
  return JSON.stringify({ format: FORMAT, skills: kept }, null, 1);
}

/** Takes a file's entries; of two, the newer one stays. Throws on what is no record. */
export function imported(text, skills) {
  const { format, skills: found } = JSON.parse(text);
  if (format !== FORMAT || typeof found !== "object" || !found) throw new SyntaxError("no record");
  for (const skill of skills) {
    const box = Object.hasOwn(found, skill) ? sound(found[skill]) : null;
    if (box && box.when > (boxOf(skill)?.when ?? -1)) put(skill, box);
  }
}

/** Names in the order in which they are asked: due, then new, then the rest; low boxes first. */
function inOrder(names, now, below) {
  const rank = (box) => (!box ? 1 : isDue(box, now) ? 0 : 2);
  return names.map((name) => ({ name, box: boxOf(name), luck: below(1 << 30) }))
    .sort((a, b) => rank(a.box) - rank(b.box) || (a.box?.box ?? 0) - (b.box?.box ?? 0) || a.luck - b.luck)
    .map(({ name }) => name);
}

/**
 * The skills of a check of part `at`: three of its own and two of the parts before it; five of its
 * own where nothing comes before; none more than twice. `below` draws a number below its argument.
 */
export function chosen(parts, at, below, now = Date.now()) {
  const own = inOrder(parts[at], now, below), earlier = inOrder(parts.slice(0, at).flat(), now, below).slice(0, 2);
  const many = Math.min(5 - earlier.length, 2 * own.length);
  return [...Array.from({ length: many }, (_, i) => own[i % own.length]), ...earlier];
}

/** Every skill that is due, the lowest boxes first, eight at most. */
export const due = (skills, below, now = Date.now()) =>
  inOrder(skills.filter((skill) => isDue(boxOf(skill), now)), now, below).slice(0, 8);
