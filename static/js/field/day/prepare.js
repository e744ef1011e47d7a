/* Prepare the day: every kit is fetched, kept and read back; room is asked for; what failed says why. */

import { register } from "../credential/key.js";
import { keep, startWorker } from "../keep.js";
import { putBallast } from "./ballast.js";

const ROOM = 300 * 1024 * 1024;
const PATIENCE = 60000; // until a worker that does not come is given up

/* Every kit and the list itself, n of m; nothing counts as kept before there is a worker that opens it again. */
export async function keepAll({ main, say, store, status, kept, visits, tellKept }) {
  const rows = visits().filter((row) => row.dataset.kit);
  const worker = lackOfWorker();
  const key = register(store).then(() => true, () => false);
  for (const [place, row] of rows.entries()) {
    kept.textContent = say("keeping", { n: place + 1, all: rows.length });
    row.dataset.why = await keep(row.dataset.kit);
  }
  const list = (await keep("/field/")) || (await worker);
  for (const row of rows) row.dataset.why = row.dataset.why || (await worker);
  const done = rows.filter((row) => !row.dataset.why).length;
  if (list) status.notice(say("list_not_kept", { why: say(`why_${list}`) }));
  if (done === rows.length && !list) localStorage.setItem("field-kept-at", String(Date.now()));
  delete main.dataset.keep;
  history.replaceState(null, "", "/field/");
  await tellKept();
  if (!(await key)) status.notice(say("no_key"));
  if (!(await hasRoom())) status.notice(say("little_room"));
  await putBallast(store).catch(() => null);
}

/* Ask the browser never to tidy the data away; false where less than 300 MB are free. */
async function hasRoom() {
  if (!navigator.storage || !navigator.storage.estimate) return true;
  if (navigator.storage.persist) await navigator.storage.persist();
  const { quota, usage } = await navigator.storage.estimate();
  return quota - usage >= ROOM;
}

/* Says "worker" where none is there in time. */
async function lackOfWorker() {
  const late = new Promise((resolve) => { setTimeout(resolve, PATIENCE); });
  const ready = startWorker().then((worker) => worker && navigator.serviceWorker.ready);
  return (await Promise.race([ready, late]).catch(() => null)) ? "" : "worker";
}
