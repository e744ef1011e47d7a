/* Signing out: what has no receipt is never deleted but by a typed word, after it was exported. */

import { askAgain } from "../closed/forget.js";
import { closedVisits, outbox } from "../log/outbox.js";
import { STORES, Store, ask } from "../log/store.js";
import { Sync } from "../log/sync.js";

const KITS = "fieldapp-kits";
const PATIENCE = 3000;
const STAYS = /^(phone$|closed\||copy\|)/;

/* What of this person lies here without a receipt; null where nothing of this person lies here at all. */
export async function unsent(person) {
  const known = indexedDB.databases ? await indexedDB.databases() : [{ name: `fieldapp-${person}` }];
  if (!known.some(({ name }) => name === `fieldapp-${person}`)) return null;
  return (await outbox(new Store(person), 0)).rows.filter(({ r }) => r === null).length;
}

/* Send all of it; answers when nothing is left or it cannot go on: the number left and why. */
export function sendNow(person) {
  return new Promise((resolve) => {
    const sync = new Sync(new Store(person), ({ is, rows, unsent: waiting }) => {
      const left = rows.filter(({ r }) => r === null).length; // what was set aside, too
      if (is !== "sending" && (is !== "idle" || !waiting)) resolve({ left, is });
    });
    sync.wake();
  });
}

/* Take everything off the phone but its name and its numbers, and the marks of what is closed: the browser may hold copies of
   its pages, which are asked away now while the session stands, else after the next sign-in. Not while something has no
   receipt, unless told so. */
export async function wipe(person, anyway = false) {
  const store = new Store(person);
  const asked = closedVisits(store).then((visits) => askAgain(store, visits)).catch(() => null);
  await Promise.race([asked, new Promise((go) => { setTimeout(go, PATIENCE); })]);
  const done = await store.write(STORES, async (transaction) => {
    const rows = await ask(transaction.objectStore("ops").getAll());
    if (!anyway && rows.some(({ r }) => r === null)) return false;
    const kept = (await ask(transaction.objectStore("meta").getAll())).filter(({ key }) => STAYS.test(key));
    for (const name of STORES) transaction.objectStore(name).clear();
    for (const row of kept) transaction.objectStore("meta").put(row);
    return true;
  });
  if (done) await lock();
  return done;
}

/* Nothing opens here until somebody signs in again; what has no receipt stays. */
export async function lock() {
  localStorage.removeItem("field-kept-at");
  sessionStorage.clear();
  if ("caches" in window) await caches.delete(KITS);
}
