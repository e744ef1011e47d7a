/* Kept pages of a closed visit: its kit goes, its row goes from the list that is kept. */

import { ask, within } from "../log/store.js";

const KITS = "fieldapp-kits";
const COPY = "copy|"; // begins the mark of a kit that the browser may still have a copy of
const PLACE = "/field/k/";

/* Take these closed visits out of everything that is kept to be opened without a network. */
export async function forgetPages(store, visits) {
  const shown = document.getElementById("kit");
  const here = shown && JSON.parse(shown.dataset.kit).visit;
  if (visits.includes(here)) await note(store, location.pathname, here);
  const kits = "caches" in window ? await caches.open(KITS) : null;
  for (const request of kits ? await kits.keys() : []) {
    const answer = await kits.match(request);
    if (!answer) continue; // another window has just taken it out
    const text = await answer.text();
    const visit = visits.find((one) => text.includes(one));
    if (!visit) continue;
    const { pathname } = new URL(request.url);
    if (pathname !== "/field/") {
      await note(store, pathname, visit); // before it goes: whoever is killed in between asks all the same
      await kits.delete(request);
    } else await kits.put(request, new Response(without(text, visits), { headers: answer.headers }));
  }
  askAgain(store, visits).catch(() => null);
}

/* The kit's id, until the server has said that the browser's own copy is overwritten. */
function note(store, path, visit) {
  return store.write(["meta"], async (transaction) => transaction.objectStore("meta").put({ key: COPY + path.slice(PLACE.length), visit }));
}

/* The browser's own copies go too, once the server knows of the closing: with each sealing and each start until then. */
export async function askAgain(store, visits) {
  const rows = await store.read(["meta"], (transaction) => ask(transaction.objectStore("meta").getAll(within(COPY))));
  for (const { key, visit } of rows) {
    const how = { cache: "reload", credentials: "same-origin", headers: { "X-Kit": "forget" } };
    if (visits.includes(visit) && (await fetch(PLACE + key.slice(COPY.length), how)).status !== 204) continue;
    await store.write(["meta"], async (transaction) => transaction.objectStore("meta").delete(key)); // gone, or open again
  }
}

function without(text, visits) {
  const page = new DOMParser().parseFromString(text, "text/html");
  for (const visit of visits) {
    for (const part of page.querySelectorAll(`[data-visit="${visit}"], [value="${visit}"]`)) part.remove();
  }
  return `<!doctype html>${page.documentElement.outerHTML}`;
}
