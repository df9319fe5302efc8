/**
 * The service worker of a reader who runs code: without network, pages and files come from the cache
 * (cnn/run/offline.js fills it). Files in cnn/ never change, pages are fetched as long as they can be.
 */

const NAME = "cnn-run";

async function kept(request) {
  return (await caches.open(NAME)).match(request, { ignoreSearch: true, ignoreVary: true });
}

async function page(request) {
  try {
    const answer = await fetch(request);
    if (answer.ok) (await caches.open(NAME)).put(request.url.split(/[?#]/)[0], answer.clone());
    return answer;
  } catch (error) {
    const found = await kept(request);
    if (found) return found;
    throw error;
  }
}

const file = async (request) => (await kept(request)) ?? fetch(request);

addEventListener("install", () => self.skipWaiting());
addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
addEventListener("fetch", (event) => {
  const { request } = event, { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (/\/cnn\/[^/]*\.[0-9a-f]{8}[./]/.test(pathname)) event.respondWith(file(request));
});
