/** The worker that a page's code runs in: first told where everything lies, then one block after the other. */

import { startPython } from "./engine.js";

async function fetched(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${answer.status} ${address}`);
  return new Uint8Array(await answer.arrayBuffer());
}

let session = null, judge = null;

async function start({ base, lessons, lang }) {
  const read = (name) => fetched(name === "lessons.zip" ? lessons : base + name);
  const python = await startPython(base, read);
  session = python.open(lang);
  judge = (task, text) => python.judge(task, text, lang);
  postMessage({ ready: true });
}

/** Tells what is not an error of the page's code, which tells its own. */
const broken = (error) => postMessage({ broken: String(error?.message ?? error), started: Boolean(session) });

addEventListener("message", async ({ data }) => {
  try {
    if (data.base) await start(data);
    else if (data.task) postMessage({ told: judge(data.task, data.text) });
    else postMessage({ told: session.told(data.text) });
  } catch (error) {
    broken(error);
  }
});

addEventListener("unhandledrejection", (event) => {   // Pyodide waits on when its wasm does not come
  event.preventDefault();
  broken(event.reason);
});
