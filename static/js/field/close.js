/* The end of a visit: what is still missing, what the phone holds and what the server holds, closing, pausing. */

import { digest } from "./log/digest.js";
import { uuid7 } from "./log/ops.js";
import { doorLacks, shutDoor } from "./apart/door.js";
import { showSlip } from "./closed/slip.js";
import { bring, use } from "./keep.js";
import { dropDrafts } from "./sign/drafts.js";
import { asSigned, lacksOf, recordDigest, unfinished, unsaved } from "./sign/record.js";
import { comeToRest } from "./sign/rest.js";
import { goTo } from "./steps.js";
import { clockTime, dayOf } from "./words.js";

export function start(kit) {
  kit.main.addEventListener("click", ({ target }) => {
    if ("export" in target.dataset) use(kit.status, "log/export", ({ saveCopy }) => saveCopy(kit.store, kit.person.id).then((is) => kit.status.notice(kit.say(`copy_${is}`))));
    if ("resume" in target.dataset) kit.log.record("set", "pause", null);
  });
  document.addEventListener("field:state", ({ detail }) => showSlip(kit, detail));
  for (const change of ["field:page", "field:saved", "field:received"]) document.addEventListener(change, () => { missing(kit); theirs(kit); });
  missing(kit);
  theirs(kit);
  if (kit.sent) showSlip(kit, kit.sent);
}

/* What one of the kit's forms asks for. */
export function act(kit, form) {
  const hand = () => use(kit.status, "sign/hold", (hold) => hold[form.dataset.run](kit, form.dataset.pages, form));
  const offer = () => use(kit.status, "sign/own", (one) => one.offer(kit, form));
  const strike = () => use(kit.status, "apart/strikes", (one) => one.strike(kit, form));
  const serve = () => use(kit.status, "sign/served", (one) => one.serve(kit, form));
  const acts = { close, closeRecord, pause, resume, other, strike, await: wait, offer, serve, handOver: hand, takeBack: hand };
  return acts[form.dataset.run](kit, form);
}

/* What the entity has said on its own phone: in the list there, and where the inspectors explain a refusal. */
function theirs(kit) {
  bring("sign/own").then(({ answered }) => answered(kit), () => null); // it comes with the next page
}

function lacks(kit) {
  const served = !kit.data.on_site || shutDoor(kit) ? [] : ["notice", ...Object.keys(kit.data.supplements)];
  const notice = served.filter((place) => !kit.settled(place)).map((place, at) => [place === "notice" ? place : `changed-${at + 1}`, kit.say("miss_notice")]);
  return notice.concat(unchosen(kit), doorLacks(kit), ...kit.data.tasks.filter(({ vt }) => !kit.closed(vt)).map((task) => lacksOf(kit, task)));
}

/* The server closes nothing while a conflict is open anywhere in the visit. */
function unchosen(kit) {
  return kit.log.entries().some(({ other }) => other) ? [["rivals", kit.say("need_choice")]] : [];
}

function links(list) {
  return list.map(([id, words]) => {
    const row = document.createElement("li");
    row.append(Object.assign(document.createElement("a"), { href: `#${id}`, textContent: words }));
    return row;
  });
}

function missing(kit) {
  const area = kit.main.querySelector("[data-missing]");
  const list = lacks(kit);
  const closed = kit.isOver();
  area.hidden = closed || !list.length;
  area.querySelector("ul").replaceChildren(...links(list));
  for (const task of kit.data.tasks.length > 1 ? kit.data.tasks : []) parted(kit, task, closed);
  kit.main.querySelector("[data-close]").hidden = closed || list.length > 0;
  kit.main.querySelector("[data-closed]").hidden = !closed;
  const pause = kit.log.value("pause");
  kit.main.querySelector("[data-pausing]").hidden = closed || Boolean(pause);
  const paused = kit.main.querySelector("[data-paused]");
  paused.hidden = closed || !pause;
  if (pause) paused.querySelector("p").textContent = kit.say("paused", { day: pause.until, reason: pause.reason });
}

/* One record of a merged visit: what it lacks, or when it was closed. */
function parted(kit, task, closed) {
  const find = (selector) => kit.main.querySelector(selector);
  const [list, end] = [unchosen(kit).concat(lacksOf(kit, task)), kit.closed(task.vt)];
  find(`[data-lacks="${task.vt}"]`).replaceChildren(...(end ? [] : links(list)));
  find(`form[data-run=closeRecord][data-vt="${task.vt}"]`).hidden = closed || Boolean(end) || list.length > 0;
  const chip = find(`[data-ended="${task.vt}"]`);
  chip.hidden = !end;
  if (end) chip.textContent = kit.say("ended", { time: clockTime(kit.when(end)) });
}

async function close(kit) {
  await comeToRest(kit);
  if (unsaved(kit) || lacks(kit).length) return;
  const records = {};
  for (const { vt } of kit.data.tasks) records[vt] = await recordDigest(kit, vt);
  await kit.log.record("close", "visit", { digest: await digest({ records }) });
}

/* One record; with the last of them the visit. */
async function closeRecord(kit, { dataset: { vt } }) {
  if (!kit.settled("notice")) return goTo("notice");
  if (kit.data.tasks.every((task) => task.vt === vt || kit.closed(task.vt))) return close(kit);
  await comeToRest(kit);
  return !unsaved(kit) && kit.log.record("close", `closing/${vt}`, { digest: await recordDigest(kit, vt) });
}

/* Records wait until a day that is still to come, and from when the first of them first waited no longer than the rules let it. */
export function oddDay(kit, until, vts) {
  const waits = kit.data.state.events.concat(kit.log.standing()).filter(({ kind, path }) => kind === "issue" && vts.some((vt) => path === `awaiting/${vt}`));
  const last = dayOf(Math.min(kit.now(), ...waits.map(kit.when)) + kit.data.await_days * 86400000);
  return kit.isLate({ value: { until } }) ? kit.say("need_until") : until > last ? kit.say("need_sooner", { day: last }) : "";
}

/* Seal or signer are not at hand: the record waits as it was read. */
async function wait(kit, form) {
  const { vt } = form.dataset;
  await comeToRest(kit);
  const { what, until, reason } = Object.fromEntries(new FormData(form));
  const fault = unfinished(kit, vt) || oddDay(kit, until, [vt]);
  const alert = form.querySelector("[role=alert]");
  alert.textContent = fault;
  alert.hidden = !fault;
  if (fault) return;
  await kit.log.record("issue", `awaiting/${vt}`, { what, until, reason: reason.trim(), ...(await asSigned(kit, vt)) });
  await dropDrafts(kit, form);
  goTo("close");
}

async function pause(kit, form) {
  const { until, reason } = Object.fromEntries(new FormData(form));
  await kit.log.record("set", "pause", { until, reason: reason.trim() });
  await dropDrafts(kit, form);
}

/* The visit stood still because of its team, and goes on. */
async function resume(kit, form) {
  await kit.log.record("set", "pause", null);
  form.hidden = true;
}

/* A finding that no check asks for. */
async function other(kit, form) {
  const { text, reason } = Object.fromEntries(new FormData(form));
  const value = { text: text.trim(), reason: reason.trim() };
  await kit.log.record("add", `${form.dataset.path}/${uuid7()}`, value);
  form.reset();
  await dropDrafts(kit, form);
  goTo(form.dataset.next);
}
