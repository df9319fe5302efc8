/** Python with NumPy, the library and the lessons' examples, without DOM: in a worker or in Node. */

const PACKAGES = "/lib/python3.12/site-packages";
const START = "from lesson.running.session import start\nstart";
const JUDGE = "lesson.coding.judge";

/**
 * Starts Python. `base` is where its files lie, `read(name)` gives the archives of NumPy and of the
 * lessons. Returns `open`, which opens a page's session in a language, whose `told(text)` runs a block,
 * and `judge(task, code, language)`; both return what came of it, as JSON.
 */
export async function startPython(base, read) {
  const archives = Promise.all(["numpy.zip", "lessons.zip"].map(read));     // beside the core
  const { loadPyodide } = await import(`${base}pyodide.js`);
  const python = await loadPyodide({ indexURL: base });
  for (const archive of await archives) python.unpackArchive(archive, "zip", { extractDir: PACKAGES });
  return { open: python.runPython(START), judge: (...given) => python.pyimport(JUDGE).told(...given) };
}
