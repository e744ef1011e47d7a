/* What was added can be struck out: a finding outside the list, a presence, evidence. It stays legible, with the reason; nothing is
   deleted. */

import { vouch } from "../presence.js";
import { bringTyped, dropDrafts } from "../sign/drafts.js";
import { clockTime } from "../words.js";

export function start(kit) {
  for (const change of ["field:page", "field:saved", "field:received"]) document.addEventListener(change, () => show(kit));
  show(kit);
}

/* With a reason; a colleague's presence by the colleague's PIN. */
export async function strike(kit, form) {
  const { path, person } = form.dataset;
  const reason = form.elements.reason.value.trim();
  if (!reason || !kit.log.added(path).length || (person && !(await vouch(kit, person, form)))) return;
  await kit.log.record("void", path, { reason }, person ? { by: person } : {});
  form.reset();
  await dropDrafts(kit, form);
}

function show(kit) {
  const added = kit.log.entries().filter(({ kind }) => kind === "add");
  for (const list of kit.main.querySelectorAll("[data-others]")) {
    const rows = new Map(Array.from(list.children, (row) => [row.dataset.item, row]));
    for (const entry of added.filter(({ path }) => path.startsWith(list.dataset.others))) {
      const row = rows.get(entry.path) || list.appendChild(make(kit, entry.path));
      const { text, reason } = entry.value;
      tell(kit, row, entry, [text, reason].filter(Boolean).join(" · "));
      row.querySelector("details").hidden = isStruck(entry);
    }
  }
  for (const part of kit.main.querySelectorAll("[data-undo]")) {
    const entry = added.find(({ path }) => path === part.dataset.undo);
    part.hidden = !entry || isStruck(entry) || kit.isOver() || isSworn(kit, entry.path.split("/")[1]);
    if (entry) tell(kit, part.parentElement, entry, isStruck(entry) ? kit.say(`arrived_${entry.value.by}`, { time: clockTime(kit.when(entry)) }) : "");
  }
}

function isStruck({ voided, outcome }) {
  return Boolean(voided) && outcome !== "attention";
}

/* A presence over which the entity or the member has signed is not taken back any more. */
function isSworn(kit, person) {
  const isOwn = ({ kind, path }) => ["sign", "refuse"].includes(kind) && path.endsWith(`/record/inspector/${person}`);
  return kit.data.tasks.some(({ vt }) => kit.settled(`r/${vt}/record`)) || kit.log.entries().some(isOwn);
}

/* What it said, struck through once it does not count any more, and why; or why that was not accepted. */
function tell(kit, row, entry, words) {
  const { voided, outcome, message } = entry;
  const said = document.createElement(isStruck(entry) ? "s" : "span");
  said.textContent = words;
  row.querySelector("[data-said]").replaceChildren(said);
  const why = outcome === "attention" ? message || kit.say("mark_aside") : "";
  row.querySelector("[data-struck]").textContent = isStruck(entry) ? kit.say("struck", { reason: voided === true ? "" : voided }) : why;
}

function make(kit, path) {
  const row = document.getElementById("strike-line").content.firstElementChild.cloneNode(true);
  row.dataset.item = path;
  const form = row.querySelector("form");
  form.dataset.path = path;
  bringTyped(kit, form);
  return row;
}
