/** What a graded class is written as, byte for byte as lesson.homework.tables writes it. No DOM. */

import { headOf, rowOf } from "./grade.js";
import { printable } from "./handin.js";

const BOM = "\ufeff", TITLE = "Convolution homework";

/** Lines that a spreadsheet opens without running any cell as a formula. */
export function csvOf(rows) {
  const cell = (value) => {
    const safe = /^[=+\-@\t\r＝＋－＠]/.test(value) && value !== "-" ? `'${value}` : value;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return rows.map((cells) => `${cells.map(cell).join(",")}\r\n`).join("");
}

/** The one file of each student that counts. */
export const countedOf = ({ graded }) => graded.filter(({ notes }) => !notes.includes("superseded"));

const numbered = (all) => countedOf(all).filter(({ key }) => key);

/** {step, students, right, share, first, wrong: [[misconception, count], ...]} of each step. */
export function statisticsOf(all) {
  return all.columns.flatMap((step) => {
    const rows = countedOf(all).filter(({ verdicts }) => Object.hasOwn(verdicts, step)), students = rows.length;
    if (!students) return [];
    const right = rows.filter(({ verdicts }) => verdicts[step].state === "right").length, names = new Map();
    const first = rows.filter(({ handin }) => handin.answered.some(({ name, first: said }) => name === step && said === "right")).length;
    for (const name of rows.flatMap(({ verdicts }) => verdicts[step].names)) names.set(name, (names.get(name) ?? 0) + 1);
    const wrong = [...names].sort(([a, one], [b, two]) => two - one || (a < b ? -1 : 1));
    return [{ step, students, right, share: Math.floor((200 * right + students) / (2 * students)), first, wrong }];
  });
}

function feedback(row, columns, words) {
  const cells = rowOf(row, columns, words).slice(4, 4 + columns.length);
  return columns.map((name, i) => [words.columns[name] ?? name, cells[i]]).filter(([, cell]) => cell !== "-")
    .map(([name, cell]) => `${name}: ${cell}`).join("; ");
}

/** The text of each CSV by its name. */
export const PRESETS = {
  full: (all) => BOM + csvOf([headOf(all.columns), ...all.graded.map((row) => rowOf(row, all.columns))]),
  canvas: (all) => csvOf([["Student", "ID", "SIS User ID", "SIS Login ID", "Section", TITLE],
    ["    Points Possible", "", "", "", "", String(Math.max(0, ...numbered(all).map(({ most }) => most)))],
    ...numbered(all).map(({ handin, key, score }) => [printable(handin.name), "", key, key, "", String(score)])]),
  moodle: (all, words) => BOM + csvOf([["ID number", "Full name", "Grade", "Feedback"],
    ...numbered(all).map((row) => [row.key, printable(row.handin.name), String(row.score), feedback(row, all.columns, words)])]),
  items: (all) => BOM + csvOf([["step", "students", "right", "share", "first", "misconceptions"],
    ...statisticsOf(all).map(({ step, students, right, share, first, wrong }) => [step, ...[students, right, share, first].map(String),
      wrong.map(([name, count]) => `${name} ${count}`).join("; ")])]),
};
