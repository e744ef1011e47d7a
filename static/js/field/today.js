/* Today: what of the day is on this phone, what each visit still has to send; the rest is fetched when it is used. */

import { bring, canKeep, isKept, keep, keepRest, startWorker, use } from "./keep.js";
import { isRefused } from "./log/entries.js";
import { phoneOf } from "./log/ops.js";
import { closedVisits } from "./log/outbox.js";
import { ask, Store, within } from "./log/store.js";
import { Sync } from "./log/sync.js";
import { Status } from "./status.js";
import { clockTime, wordsOf } from "./words.js";

const VALID = 43200000; // twelve hours, as the kits say of themselves
const main = document.getElementById("today");
const [data, say] = [JSON.parse(main.dataset.today), wordsOf(main)];
const visits = () => Array.from(main.querySelectorAll("li[data-visit]"));
const store = new Store(data.person.id);
const [status, kept] = [new Status(document.getElementById("state"), say), document.getElementById("kept")];
const gone = new Set(); // visits that left the list while it was open
const day = { main, data, say, store, status, kept, visits, tellKept };

document.addEventListener("field:state", ({ detail }) => badges(detail));
const sync = new Sync(store, (state) => document.dispatchEvent(new CustomEvent("field:state", { detail: state })));
main.addEventListener("submit", (event) => {
  if (event.target.id !== "pin") return;
  event.preventDefault();
  use(status, "day/pin", ({ setPin }) => setPin(day, event.target));
});
main.addEventListener("click", ({ target }) => {
  if ("export" in target.dataset) use(status, "log/export", ({ saveCopy }) => saveCopy(store, data.person.id).then((is) => status.notice(say(`copy_${is}`))));
});
window.addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
const preparing = document.querySelector("form[action='/field/kits']");
if (preparing) preparing.addEventListener("submit", prepare);
sync.wake();
begin();

async function begin() {
  try {
    if (await isHandedOver()) return;
    await shut();
  } catch (error) {
    status.broken();
    throw error;
  }
  document.addEventListener("visibilitychange", () => document.hidden || isHandedOver()); // another window may give it away
  document.getElementById("no-worker").hidden = canKeep;
  document.addEventListener("field:received", seal);
  const worker = startWorker().catch(() => {});
  if (canKeep) await keepDay();
  keepRest(await worker);
  bring("day/sweep").then(({ sweep }) => sweep(store), () => null); // what does not come sweeps the next time
}

async function keepDay() {
  if ("keep" in main.dataset) await use(status, "day/prepare", ({ keepAll }) => keepAll(day));
  else if (navigator.onLine) await keep("/field/");
  await shut();
  await tellKept();
  navigator.serviceWorker.ready.then(tellKept);
}

/* In a party's hands the phone shows the kit that was handed over, not the day. */
async function isHandedOver() {
  const [held] = await store.read(["meta"], (transaction) => ask(transaction.objectStore("meta").getAll(within("hand|"))));
  const is = held && (visits().some(({ dataset }) => dataset.kit === held.url) || (await isKept(held.url)));
  if (is) location.replace(held.url);
  else document.cookie = "handed=; path=/; max-age=0; SameSite=Lax";
  return is;
}

/* What came back, or was closed in vain, is open again; all else that is closed is sealed. */
async function shut() {
  const closed = await closedVisits(store);
  const part = await sealing(closed);
  if (part) await part.openBack(day, closed);
  await seal();
}

/* What opens and seals, where anything is closed; where it does not come, the day goes on and this is done the next time. */
async function sealing(closed) {
  return closed.length ? bring("day/sealed").catch(() => null) : null;
}

/* What is closed on this phone is sealed, and leaves the list; a colleague may have closed it while the list is open. */
async function seal() {
  const part = await sealing(await closedVisits(store));
  if (!part) return;
  const sealed = await part.sealClosed(store, data.seal);
  for (const row of visits().filter(({ dataset }) => sealed.includes(dataset.visit))) {
    gone.add(row.dataset.visit);
    row.remove();
  }
  if (gone.size && (await part.isInVain(store, gone)) && navigator.onLine) location.reload();
}

/* Asks for the kits before the page is left: without a network it stays, and says so. */
async function prepare(event) {
  event.preventDefault();
  try {
    const answer = await fetch(preparing.action, { method: "POST", body: new URLSearchParams(new FormData(preparing)), redirect: "manual" });
    if (answer.type === "opaqueredirect") location.assign("/field/?keep=1");
    else preparing.submit();
  } catch (error) {
    status.notice(say("no_network"));
  }
}

/* How many of the day's kits are here, since when, and until when they are of today: only a worker opens them again. */
async function tellKept() {
  const worker = await navigator.serviceWorker.getRegistration("/field/");
  const ahead = visits();
  let count = 0;
  for (const row of ahead) {
    const here = Boolean(worker && worker.active && row.dataset.kit) && (await isKept(row.dataset.kit));
    count += here;
    const chip = row.querySelector("[data-kept]");
    chip.textContent = here || !row.dataset.why ? say(here ? "on_phone" : "not_on_phone") : say("not_kept", { why: say(`why_${row.dataset.why}`) });
    chip.className = here ? "chip good" : "chip";
    row.dataset.is = here ? "kept" : "not_kept";
  }
  const at = Number(localStorage.getItem("field-kept-at"));
  const right = at + ((await store.read(["meta"], phoneOf)).off || 0); // by the server's clock
  const facts = { n: count, all: ahead.length, time: clockTime(right), until: clockTime(right + VALID) };
  const words = !at ? "kept_some" : Date.now() - at < VALID ? "kept" : "kept_old";
  kept.textContent = ahead.length ? say(count ? words : "kept_some", facts) : "";
  Object.assign(kept.dataset, { kept: count, all: ahead.length, is: words });
}

/* How much of each visit has not left the phone, and how much of those that are closed. */
function badges({ rows: ops }) {
  const waiting = ops.filter(({ r, clash }) => r === null && !clash);
  for (const row of visits()) {
    const left = waiting.filter(({ op }) => op.t === row.dataset.visit).length;
    const chip = row.querySelector("[data-left]");
    chip.hidden = !left;
    chip.textContent = say("left", { n: left });
    const isInVain = (one) => one.op.t === row.dataset.visit && one.op.k === "close" && isRefused(one);
    row.querySelector("[data-refused]").hidden = !ops.some(isInVain);
  }
  const odd = ops.find(({ clash, forked, outcome }) => (clash && !forked) || ["attention", "rival"].includes(outcome));
  const reason = document.querySelector("#state [data-for=attention]");
  if (odd) reason.href = reason.href.replace(/[^/]+$/, odd.op.t); // the receipts of the visit that has it
  const sealed = waiting.filter(({ op }) => op.s).length;
  const note = document.getElementById("sealed");
  note.hidden = !sealed;
  note.textContent = say("sealed_left", { n: sealed });
  document.getElementById("sealed-list").hidden = !sealed;
  if (sealed) bring("day/sealed").then(({ listSealed }) => listSealed(day, waiting), () => null); // told again with what is sent next
  document.getElementById("copy").hidden = ops.every(({ r }) => r !== null);
}
