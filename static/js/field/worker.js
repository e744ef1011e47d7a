/* The worker of /field/: it answers GETs from what is kept, and never stands between the page and its sending.
   The server puts one line before this file: `const RELEASE = {"version": …, "assets": [addresses of this release]};` */

const KITS = "fieldapp-kits";
const ASSETS = "fieldapp-assets";
const PATIENCE = 3000;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(ASSETS).then((assets) => assets.addAll(RELEASE.assets)));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(tidy().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.headers.has("X-Kit")) return; // asked for to be forgotten: nothing of it is kept
  if (isPage(url)) event.respondWith(page(event, url));
  else if (url.pathname.startsWith("/static/")) event.respondWith(asset(request));
  else if (request.destination === "image") event.respondWith(picture(request));
});

function isPage({ pathname }) {
  return pathname === "/field/" || pathname.startsWith("/field/k/");
}

/* The network first; after three seconds, or when what came is not our page, the kept one. */
async function page(event, { pathname, search }) {
  const kits = await caches.open(KITS);
  const kept = await kits.match(pathname);
  const asked = fetch(event.request);
  event.waitUntil(asked.then((answer) => !search && take(kits, pathname, answer.clone())).catch(() => null));
  if (!kept) return asked;
  const late = new Promise((resolve) => { setTimeout(resolve, PATIENCE, null); });
  const answer = await Promise.race([asked.catch(() => null), late]);
  if (answer && (answer.headers.get("X-Kit") || (answer.type === "opaqueredirect" && pathname === "/field/"))) return answer;
  return kept.clone();
}

/* A page is kept only with all that it names, of whatever release it is; else the one that was kept before stays. */
async function take(kits, pathname, answer) {
  if (!answer.ok || answer.redirected || !answer.headers.get("X-Kit")) return;
  const text = await answer.clone().text();
  const names = Array.from(text.matchAll(/(?:href|src)="(\/static\/[^"#]+)/g), ([, name]) => name);
  const parts = await Promise.all(names.map((name) => asset(name)));
  if (parts.every(isAsset)) await kits.put(pathname, answer);
}

async function asset(request) {
  const assets = await caches.open(ASSETS);
  const kept = await assets.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (isAsset(answer)) await assets.put(request, answer.clone());
  return answer;
}

/* Not a page that somebody on the way has put in its place. */
function isAsset(answer) {
  return answer.ok && !answer.redirected && !(answer.headers.get("Content-Type") || "").includes("html");
}

async function picture(request) {
  try {
    return await fetch(request);
  } catch (error) {
    return (await (await caches.open(ASSETS)).match(request)) || Response.error();
  }
}

/* Assets of earlier releases stay while a kept kit refers to them. */
async function tidy() {
  const kits = await caches.open(KITS);
  const pages = await Promise.all((await kits.keys()).map(async (key) => (await kits.match(key))?.text())); // a window may take one out
  const assets = await caches.open(ASSETS);
  for (const { url } of await assets.keys()) {
    const [, version] = /\/static\/([^/]+)\//.exec(url) || [];
    if (version && version !== RELEASE.version && !pages.some((text) => text?.includes(`/static/${version}/`))) {
      await assets.delete(url);
    }
  }
}
