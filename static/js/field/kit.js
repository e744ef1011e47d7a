/* The kit: one page for one visit. Everything is written to the phone first, then sent. */

import "../elements/photo-field.js";
import "../elements/pin-field.js";
import "../elements/place-field.js";
import "../elements/signature-field.js";
import { shutDoor } from "./apart/door.js";
import { bindControls } from "./controls.js";
import { bring, canKeep, isKept, keep, keepRest, startWorker, use } from "./keep.js";
import { Log, phoneOf } from "./log/ops.js";
import { closedVisits } from "./log/outbox.js";
import { Store } from "./log/store.js";
import { Sync } from "./log/sync.js";
import { startPhotos } from "./photos.js";
import { startPresence } from "./presence.js";
import { startSigning } from "./signing.js";
import { Status } from "./status.js";
import { isMine, lookAgain, startSteps } from "./steps.js";
import { clockTime, dayOf, wordsOf } from "./words.js";

const VALID = 43200000; // twelve hours

const main = document.getElementById("kit");
const data = JSON.parse(main.dataset.kit);
const say = wordsOf(main);
const store = new Store(data.person.id);
const log = new Log(store, { visit: data.visit, person: data.person, form: data.form });

const kit = {
  main, data, say, store, log, person: data.person,
  status: new Status(document.getElementById("state"), say, data.visit),
  name: (id) => (data.members.find((member) => member.id === id) || { name: say("somebody") }).name,
  owes: () => false,
  /* nobody of the entity is there to sign */
  meetsNobody: (vt) => shutDoor(kit) || main.dataset.nobody.split(" ").includes(log.value(`r/${vt}/conclusion/category`)),
  orders: (vt) => main.dataset.ordering.split(" ").includes(log.value(`r/${vt}/conclusion/category`)),
  settled: (path) => log.at(path, "sign") || log.at(path, "refuse"),
  awaited: (vt) => !kit.settled(`r/${vt}/record`) && log.at(`awaiting/${vt}`, "issue"),
  isLate: ({ value: { until } }) => until < dayOf(kit.now()),
  closed: (vt) => log.at(`closing/${vt}`, "close") || log.at("visit", "close"),
  isOver: () => Boolean(log.at("visit", "close")) || data.tasks.every(({ vt }) => kit.closed(vt)),
  held: null, // the pages that can be reached while the phone is in the party's hands
  sent: null, // where everything is, as the sending last told
  off: null, // what the phone's clock lacks in milliseconds, as far as the server was ever asked
  now: () => Math.max(data.now, Date.now() + (kit.off || 0)), // never before this page was made
  /* When an entry was made; what the server brought is right already. */
  when: ({ at, off = 0 }) => at + (off === null ? kit.off || 0 : off),
  copying: Promise.resolve(), // until every chosen file is written down
  files: 0, // so many are not
  endSound: () => null, // of a recording that goes on: until it is written down
};

/* Closed on this phone: sealed, and gone from it once this page is left; what seals it may come with the next page. */
function shut() {
  return bring("closed/seal").then(async ({ sealClosed }) => {
    await kit.endSound();
    await kit.copying;
    await sealClosed(store, data.seal);
    kit.status.notice(say("sealed"));
  }, () => document.addEventListener("field:page", shut, { once: true }));
}

/* A visit that was sealed here is open again only if the server has opened it; until that can be told it is left alone. */
async function mayGoOn() {
  if (log.at("visit", "close") || !(await closedVisits(store)).includes(data.visit)) return true;
  const seal = await bring("closed/seal").catch(() => null);
  if (seal && !(await seal.isBehind(store, data.visit, data.now))) return seal.openAgain(store, data.visit).then(() => true);
  location.replace(main.dataset.today);
  return false;
}

function tellAge() {
  const old = document.getElementById("old");
  old.hidden = kit.now() - data.now < VALID;
  old.textContent = say("old", { time: clockTime(data.now) });
}

async function begin() {
  await log.load(data.state);
  kit.off = (await store.read(["meta"], phoneOf)).off;
  if (!(await mayGoOn()) || !(await isMine(kit))) return;
  await log.keep().catch(() => null); // where there is no room the page brings them again
  bindControls(kit);
  startPresence(kit);
  await startSigning(kit);
  startSteps(kit);
  startPhotos(kit);
  const sync = new Sync(store, (state) => {
    kit.off = state.phone.off;
    document.dispatchEvent(new CustomEvent("field:state", { detail: kit.sent = state }));
  }, data.visit);
  main.addEventListener("submit", run);
  const end = () => log.at("visit", "close") && shut();
  document.addEventListener("field:saved", ({ detail: { key } }) => key.endsWith("|visit|close") && shut());
  document.addEventListener("field:received", end);
  document.addEventListener("field:late", () => shut().then(() => location.replace(main.dataset.today)));
  window.addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
  end();
  sync.wake();
  main.dataset.ready = "";
  document.addEventListener("visibilitychange", () => document.hidden || lookAgain(kit));
  document.addEventListener("field:page", tellAge);
  tellAge();
  bringLater();
  document.getElementById("no-worker").hidden = canKeep;
  keepRest(await startWorker().catch(() => {}));
  if (!log.at("visit", "close") && !(await isKept(location.pathname))) await keep(location.pathname);
  main.dataset.kept = await isKept(location.pathname);
}

/* What only some pages need comes when one of them is shown; what does not come is asked for again with the next page. */
function bringLater() {
  const need = {
    "apart/arrive": (page) => data.on_site && (page.id === "arrive" || log.items("present/").length),
    "apart/entries": (page) => page.querySelector("[data-entries], [data-serve]"),
    "apart/rivals": (page) => page.id === "rivals",
    "apart/strikes": (page) => page.querySelector("[data-others], [data-undo]"),
    "sign/write": (page) => page.querySelector("form[data-place]"),
    "media/shown": (page) => page.querySelector("photo-field, [data-entries]"), // an entry brings its own
    "credential/show": (page) => page.querySelector("[data-credential]"),
    close: (page) => page.querySelector("[data-run], [data-pending]"),
  };
  const look = (page) => {
    for (const [name, wants] of Object.entries(need)) {
      if (!wants(page)) continue;
      delete need[name];
      bring(name).then(({ start }) => start && start(kit), () => { need[name] = wants; });
    }
  };
  document.addEventListener("field:page", ({ detail }) => look(detail));
  look(document.getElementById(main.dataset.shown));
}

/* A form of the kit never goes anywhere: what it asks for is done here. */
function run(event) {
  const form = event.target;
  if (!form.dataset.run) return;
  event.preventDefault();
  use(kit.status, "close", ({ act }) => act(kit, form), form);
}

begin().catch((error) => {
  if (!("ready" in main.dataset)) kit.status.broken();
  throw error;
});
