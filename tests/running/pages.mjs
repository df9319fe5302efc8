/**
 * Runs blocks of code in the very engine of the pages, without a browser. Reads from stdin where the
 * files of Python lie, and pages as lists of blocks, code or [task, code]; writes what came of every block,
 * as JSON.
 */

import { readFileSync } from "node:fs";

const { engine, base, lessons, pages } = JSON.parse(readFileSync(0, "utf-8"));
const { startPython } = await import(engine);
const read = (name) => new Uint8Array(readFileSync(name === "lessons.zip" ? lessons : base + name));
try {
  const { open, judge } = await startPython(base, read);
  const told = pages.map((blocks) => {
    const session = open("ko");
    const ran = (block) => JSON.parse(session.told(block)).parts;
    return blocks.map((block) => (Array.isArray(block) ? JSON.parse(judge(...block, "ko")) : ran(block)));
  });
  process.stdout.write(JSON.stringify(told));
} catch (error) {
  process.stderr.write(String(error.message).slice(0, 2000));  // Node would print Pyodide's whole source
  process.exit(1);
}
