/* One page of the kit at a time, chosen by the address's #; the bar says where one is and how far. */

import { applies, entriesAt } from "./apart/door.js";
import { shown } from "./controls.js";
import { ask, within } from "./log/store.js";
import { certifiedPresent, isPresent } from "./presence.js";

export function startSteps(kit) {
  window.addEventListener("hashchange", () => show(kit, true));
  document.addEventListener("field:saved", () => count(kit));
  document.addEventListener("field:received", () => count(kit));
  history.scrollRestoration = "manual";
  show(kit, false);
}

/* Hold the kit to the pages that were handed over, now and after every restart. */
export function hold(kit, { pages }) {
  kit.held = [...pages, "hand"];
  document.body.dataset.held = "";
  document.getElementById("hand-on").hash = pages[0];
  document.cookie = `handed=${location.pathname}; path=/; max-age=43200; SameSite=Lax`; // as long as the sign-in
}

/* A phone that is in a party's hands shows what was handed over, whichever kit is opened in whichever window. */
export async function isMine(kit) {
  const [held] = await kit.store.read(["meta"], (t) => ask(t.objectStore("meta").getAll(within("hand|"))));
  if (!held) free(kit);
  else if (held.url !== location.pathname) location.replace(held.url);
  else if (!kit.held) hold(kit, held);
  return !held || held.url === location.pathname;
}

/* Another window may have given the phone away meanwhile, or taken it back. */
export async function lookAgain(kit) {
  const was = kit.held;
  if ((await isMine(kit)) && was !== kit.held) show(kit, true);
}

/* The phone is in the inspector's hands. */
export function free(kit) {
  kit.held = null;
  delete document.body.dataset.held;
}

/* Leave to another page of the kit. */
export function goTo(id) {
  location.hash = id;
}

export function show(kit, focus) {
  const pages = Array.from(kit.main.querySelectorAll("[data-page]"));
  const found = (list) => list.find((page) => page.id === location.hash.slice(1)) || list[0];
  const wanted = kit.held ? found(kit.held.map((id) => document.getElementById(id))) : led(kit, pages, found(pages));
  for (const page of pages) page.hidden = page !== wanted;
  const step = wanted.dataset.step;
  document.getElementById("where").textContent = wanted.dataset.title;
  document.getElementById("back").href = wanted === pages[0] ? kit.main.dataset.today : wanted.dataset.back || `#${pages[0].id}`;
  kit.main.dataset.shown = wanted.id;
  count(kit);
  window.scrollTo(0, 0);
  if (focus) document.getElementById("where").focus({ preventScroll: true });
  document.dispatchEvent(new CustomEvent("field:page", { detail: wanted }));
}

/* Where a step falls away, the shut door stands in its place; where nobody of the entity signs, the inspectors do. */
function led(kit, pages, page) {
  const { step } = page.dataset;
  const vt = page.id.replace(/^(sign|refuse)-/, "");
  if (vt !== page.id && kit.meetsNobody(vt)) return document.getElementById(`team-${vt}`);
  if (!step || applies(kit, step)) return page;
  return step === "d" ? pages[0] : document.getElementById("door") || pages[0];
}

/* The steps that are taken, in the order of the list; each row gets its number. */
function number(kit) {
  const rows = Array.from(kit.main.querySelectorAll("[data-done]"));
  for (const row of rows) row.hidden = !applies(kit, row.dataset.step);
  const steps = Array.from(new Set(rows.filter((row) => !row.hidden).map((row) => row.dataset.step)));
  for (const row of rows) row.querySelector("[data-number]").textContent = steps.indexOf(row.dataset.step) + 1;
  return steps;
}

/* What is done on each row of the list, and how many checks have an answer. */
function count(kit) {
  const checks = kit.data.tasks.flatMap(({ vt, checks: ids }) => ids.map((id) => `r/${vt}/check/${id}/answer`));
  const answered = checks.filter((path) => kit.log.value(path)).length;
  const page = document.getElementById(kit.main.dataset.shown);
  kit.main.dataset.answered = answered;
  const steps = number(kit);
  const { step } = page.dataset;
  document.getElementById("progress").textContent = step ? kit.say("progress", { step: steps.indexOf(step) + 1, all: steps.length }) : "";
  for (const bar of kit.main.querySelectorAll("[data-meter]")) bar.style.setProperty("width", `${(answered / checks.length) * 100}%`);
  if (step === "4") document.getElementById("progress").textContent = kit.say("answered", { n: answered, all: checks.length });
  const open = kit.log.entries().filter(({ other }) => other);
  const label = (row, part, words, kind) => {
    const isOpen = open.some(({ path }) => part.test(path));
    mark(row, isOpen ? kit.say("to_choose") : words, isOpen ? "wait" : kind);
  };
  for (const row of kit.main.querySelectorAll("[data-check]")) {
    const answer = kit.log.value(row.dataset.check);
    label(row, new RegExp(row.dataset.check.replace(/answer$/, "")), answer ? shown(kit, row.dataset.check, answer) : "", { compliant: "good", non_compliant: "bad" }[answer]);
  }
  for (const row of kit.main.querySelectorAll("[data-done]")) {
    const state = done(kit, row.dataset.done);
    label(row, placesOf(row.dataset.done), state === true ? kit.say("done") : state, state === true ? "good" : "");
  }
}

/* Where that stands which a row of the task list asks for. */
function placesOf(row) {
  const [name, vt = "[^/]+"] = row.split(" ");
  return new RegExp({ arrive: "^arrival/", door: "^entry/", checks: "/check/", sign: `^r/${vt}/entity/` }[name] || `^(r/${vt}/)?${name}/`);
}

/* Of one row of the task list: true when done, else how far, else nothing. */
function done(kit, row) {
  const { data, log, main, say } = kit;
  const part = (n, all) => (n >= all ? true : n ? `${n}/${all}` : "");
  const [name, vt] = row.split(" ");
  if (/^(notice|supplement)/.test(name)) return part(Number(Boolean(kit.settled(name))), 1);
  const people = data.members.length;
  const here = data.members.filter(({ id }) => isPresent(kit, id)).length;
  const photos = log.items("r/").filter(({ value }) => value.chunks).length;
  switch (name) {
    case "arrive": return kit.owes() ? say("owed") : part(certifiedPresent(kit).length, Math.min(2, people));
    case "people": return part(data.members.filter(({ id }) => log.at(`credential/${id}`, "issue")).length, here || people);
    case "door": return part(Number(Boolean(log.value("entry/explanation") || log.value("entry/statement"))), 1);
    case "request": return part(Number(Boolean(log.at("request", "issue"))), 1);
    case "online": return part(Math.min(1, entriesAt(kit, `r/${vt}/online/`).length), 1);
    case "checks": return part(Number(main.dataset.answered), data.tasks.reduce((sum, task) => sum + task.checks.length, 0));
    case "evidence": return photos ? say("photos", { n: photos }) : "";
    case "conclusion": return part(Number(Boolean(log.value(`r/${vt}/conclusion/category`))), 1);
    case "sign": return kit.awaited(vt) ? say("waits", { day: kit.awaited(vt).value.until, reason: "" }).replace(/[：:]\s*$/, "") : part(signatures(kit, vt), Math.max(2, certifiedPresent(kit).length) + (kit.meetsNobody(vt) ? 0 : 1));
    default: return part(data.tasks.filter(({ vt }) => kit.closed(vt)).length, data.tasks.length);
  }
}

function signatures(kit, vt) {
  const places = [`r/${vt}/record`, ...kit.data.members.map(({ id }) => `r/${vt}/record/inspector/${id}`)];
  return places.filter(kit.settled).length;
}

function mark(row, words, kind = "") {
  const chip = row.querySelector(".chip");
  chip.textContent = words;
  chip.className = `chip ${kind}`;
  chip.hidden = !words;
}
