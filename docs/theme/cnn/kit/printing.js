/** The browser's own print window. */

/**
 * Opens it; `done` runs when it is closed. False where the browser opens none, as those built into
 * other apps: they say neither that a print begins nor that it ends.
 */
export async function openPrint(done) {
  let begun = false;
  const ends = new AbortController();
  const end = () => {
    ends.abort();
    done();
  };
  addEventListener("beforeprint", () => { begun = true; }, { signal: ends.signal });
  addEventListener("afterprint", end, { signal: ends.signal });
  print();
  if (!begun) await new Promise((resolve) => setTimeout(resolve, 1000));    // some begin late
  if (!begun) end();
  return begun;
}
