/**
 * Keeps what a run needs for a visit without network: a service worker answers from the cache that
 * this fills. Only a reader who has agreed to the download gets it.
 */

const NAME = "cnn-run";
const FILES = ["pyodide.js", "pyodide.asm.js", "pyodide.asm.wasm", "pyodide-lock.json", "python_stdlib.zip", "numpy.zip"];

let filled = false;

/** Keeps the page, all that it has loaded, and Python; forgets what an older site was made of. */
export async function keepOffline() {
  if (filled) return;
  filled = true;
  if (!("serviceWorker" in navigator) || !window.caches) return;
  try {
    const python = FILES.map((name) => import.meta.resolve(`./python/${name}`));
    const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
    const own = [location.href.split("#")[0], import.meta.resolve("./lessons.zip"), import.meta.resolve("./worker.js"),
      ...python, ...loaded.filter((address) => address.startsWith(location.origin))];
    await navigator.serviceWorker.register(new URL("../offline.js", import.meta.resolve("./")));
    const cache = await caches.open(NAME);
    const there = new Set((await cache.keys()).map(({ url }) => url));
    await Promise.all([...new Set(own)].filter((address) => !there.has(address)).map((address) => cache.add(address)));
    for (const address of there) if (outdated(address, own)) await cache.delete(address);
  } catch { /* a private window, or no room left: it runs all the same */ }
}

/** Whether a kept file has another version on this page: the hash in its name differs. */
function outdated(address, own) {
  const plain = (each) => each.replace(/\.[0-9a-f]{8}(?=[./])/, "");
  return !own.includes(address) && own.some((each) => plain(each) === plain(address));
}
