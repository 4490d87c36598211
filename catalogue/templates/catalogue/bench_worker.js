// Keeps the shell of the bench and the built files, so that the page opens without a network; nothing of any record.
const { shell, files, built } = {{ settings|safe }};
const NAME = "bench";
const PATIENCE = 8000; // milliseconds: a line that answers no more is no line
const isBench = (path) => /^\/specimens\/[^/]+\/bench\/$/.test(path);

async function fill() {
  const cache = await caches.open(NAME);
  await cache.addAll(files.map((file) => new Request(file, { cache: "no-cache" })));
  // Asked for as nobody: the shell is the same for all who use this browser.
  await cache.put(shell, await fetch(shell, { credentials: "omit", cache: "reload" }));
  const known = new Set([shell, ...files].map((path) => new URL(path, location).href));
  for (const { url } of await cache.keys()) if (!known.has(url) && !url.includes("/fonts/")) await cache.delete(url);
}

async function page(request) {
  try {
    return await fetch(request, { signal: AbortSignal.timeout(PATIENCE) });
  } catch {
    return (await caches.match(shell)) ?? Response.error();
  }
}

async function file(request) {
  try {
    const answer = await fetch(request);
    if (answer.ok && request.url.includes("/fonts/")) (await caches.open(NAME)).put(request, answer.clone());
    return answer;
  } catch {
    return (await caches.match(request)) ?? Response.error();
  }
}

addEventListener("install", (event) => event.waitUntil(fill().then(() => skipWaiting())));
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== location.origin) return;
  if (event.request.mode === "navigate" && isBench(pathname)) event.respondWith(page(event.request));
  else if (pathname.startsWith(built) || files.includes(pathname)) event.respondWith(file(event.request));
});
