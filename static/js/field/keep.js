/* Keeping pages for a day without a network: fetched anew, checked, put into the cache, and read back; and bringing the
   scripts that a page needs only later. */

const KITS = "fieldapp-kits"; // the worker looks here too
const ASSETS = "fieldapp-assets";
const PATIENCE = 20000; // a part is a few kB, which 2G brings in two or three seconds

const parts = new Map(); // scripts that came later, by their addresses
const busy = new Set();

export const canKeep = "caches" in window && "serviceWorker" in navigator;

/* A script of this folder, `day/pin`, with what it imports. Each is fetched and looked at before it is imported: older
   browsers remember as long as the page lives that an import has failed. What does not come in time is asked for anew next
   time. */
export function bring(name) {
  return part(new URL(`./${name}.js`, import.meta.url).href);
}

/* Do what somebody has asked for with such a script; where it does not come, `status` says so. What is asked for in the same
   place, a form, while that is still being done is the same impatient finger. */
export async function use(status, name, work, asked = {}) {
  if (busy.has(asked)) return;
  busy.add(asked);
  try {
    await bring(name).then(work, () => status.notice(status.say("part_away")));
  } finally {
    busy.delete(asked);
  }
}

/* Scripts that the page needs only later are kept too, though the worker be of another release; where no worker answers for
   this page, or none comes soon, they come now. What does not come is brought with the next page. */
export async function keepRest(worker = {}) {
  const later = Array.from(document.querySelectorAll("link[rel=later]"), ({ href }) => href);
  if (canKeep) await keepAssets(later).catch(() => null);
  if (worker.installing) await new Promise((go) => { setTimeout(go, 10000); });
  if (!canKeep || !navigator.serviceWorker.controller) for (const href of later) part(href).catch(() => null);
}

async function part(address) {
  if (!parts.has(address)) {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), PATIENCE);
    const answer = await fetch(address, { signal: stop.signal });
    if (!answer.ok || !typeOf(answer).includes("javascript")) throw new Error(address);
    const names = Array.from((await answer.text()).matchAll(/import[^"(;]*"(\.[^"]+)"/g), ([, name]) => new URL(name, address));
    for (const { href, pathname } of names) {
      if (!document.querySelector(`link[rel=modulepreload][href="${pathname}"]`)) await part(href);
    }
    parts.set(address, await import(address));
  }
  return parts.get(address);
}

/* Let the worker serve what is kept; without one the page has to stay open. */
export function startWorker() {
  return canKeep ? navigator.serviceWorker.register("/field/sw.js", { scope: "/field/" }) : Promise.resolve();
}

/* Whether the page stands in the cache. */
export async function isKept(url) {
  return canKeep && Boolean(await (await caches.open(KITS)).match(url));
}

/* Keep one page with its scripts, style and portraits; says why it is not kept: signin, gone, network, room, read. */
export async function keep(url) {
  try {
    const answer = await fetch(url, { cache: "reload", credentials: "same-origin" });
    if (answer.redirected || answer.status === 401) return "signin";
    if (!answer.ok || !answer.headers.get("X-Kit")) return answer.status < 500 ? "gone" : "network";
    const text = await answer.clone().text();
    await keepAssets(named(new DOMParser().parseFromString(text, "text/html")));
    const kits = await caches.open(KITS);
    await kits.put(url, answer);
    const kept = await kits.match(url);
    return kept && text.includes("data-kept") && (await kept.text()) === text ? "" : "read";
  } catch (error) {
    return error.name === "QuotaExceededError" ? "room" : "network";
  }
}

/* Scripts, style and portraits of a page. */
function named(page) {
  const names = Array.from(page.querySelectorAll("link[href], script[src], img[src]"), (one) => one.getAttribute("href") || one.getAttribute("src"));
  return new Set(names.filter((one) => one.startsWith("/") && !one.startsWith("/media/")).map((one) => one.split("#")[0]));
}

async function keepAssets(addresses) {
  const assets = await caches.open(ASSETS);
  for (const address of addresses) {
    if (address.includes("/static/") && (await assets.match(address))) continue;
    const answer = await fetch(address, { credentials: "same-origin" });
    if (!answer.ok || answer.redirected || typeOf(answer).includes("html")) throw new Error(address);
    await assets.put(address, answer);
  }
}

function typeOf(answer) {
  return answer.headers.get("Content-Type") || "";
}
