/* Closings that have not come through, on Today: what is sealed and still to be sent, each by when it was closed; what came
   back for more work, or was not accepted, is open again. */

import { isBehind, openAgain, sealClosed } from "../closed/seal.js";
import { CLOSED, isRefused } from "../log/entries.js";
import { ask, within } from "../log/store.js";
import { clockTime } from "../words.js";

export { sealClosed };

function closings(store) {
  return store.read(["ops"], (t) => ask(t.objectStore("ops").getAll())).then((rows) => rows.filter(({ op }) => op.k === "close"));
}

/* Visits with a closing that the server did not accept, or can never receive. */
async function refused(store) {
  const rows = await closings(store);
  return rows.filter(isRefused).map(({ op }) => op.t);
}

/* Open what the server's list says is to be worked on: returned, or closed here in vain and sent to the end. */
export async function openBack({ store, data, visits }, closed) {
  const vain = await refused(store);
  for (const row of visits()) {
    const { visit, state } = row.dataset;
    const isBack = state === "returned" || (vain.includes(visit) && !(await isBehind(store, visit, data.now)));
    if (isBack && closed.includes(visit)) await openAgain(store, visit);
  }
}

/* Whether one of these visits, gone from the list because it was closed here, turns out not to be. */
export async function isInVain(store, visits) {
  return (await refused(store)).some((visit) => visits.has(visit));
}

/* The names are sealed too: a line for each visit says when it was closed and how much of it waits. */
export async function listSealed({ store, say }, waiting) {
  const marks = await store.read(["meta"], (t) => ask(t.objectStore("meta").getAll(within(CLOSED))));
  const left = marks.map(({ key, at }) => ({ at, n: waiting.filter(({ op }) => op.s && key === CLOSED + op.t).length }));
  document.getElementById("sealed-list").replaceChildren(...left.filter(({ n }) => n).map(({ at, n }) => Object.assign(
    document.createElement("li"), { textContent: say("sealed_one", { time: clockTime(at), n }) })));
}
