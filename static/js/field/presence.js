/* Who is here: each member confirms on the own phone, or by PIN on this one. Two certified members open the rest. */

import { clockTime } from "./words.js";

const NEEDED = 2;

export function startPresence(kit) {
  kit.main.addEventListener("click", ({ target }) => target.dataset.present && confirm(kit, target));
  kit.main.addEventListener("click", ({ target }) => target.dataset.shows && showCredential(kit, target));
  kit.main.addEventListener("fix", ({ detail }) => kit.log.record("set", "arrival/fix", detail));
  for (const change of ["field:saved", "field:received"]) document.addEventListener(change, () => lock(kit));
  lock(kit);
}

/* Members with a certificate who have confirmed. */
export function certifiedPresent(kit) {
  return kit.data.members.filter(({ id, certified }) => certified && isPresent(kit, id));
}

export function isPresent(kit, id) {
  if (!kit.data.on_site) return kit.data.members.find((member) => member.id === id).certified;
  return kit.log.items(`present/${id}`).length > 0;
}

/* On this phone: the own finger, or the colleague's PIN. */
export async function vouch(kit, id, area) {
  if (id === kit.person.id) return true;
  const member = kit.data.members.find((one) => one.id === id);
  return area.querySelector("pin-field").check(member.pin);
}

async function confirm(kit, button) {
  const id = button.dataset.present;
  if (!(await vouch(kit, id, button.closest("[data-member]")))) return;
  const by = id === kit.person.id ? "own_phone" : "pin";
  await kit.log.record("add", `present/${id}`, { name: kit.name(id), by }, { by: id });
  if (by === "own_phone" && !kit.log.value("arrival/fix")) kit.main.querySelector("place-field button").click();
}

async function showCredential(kit, link) {
  const { shows: id, number } = link.dataset;
  if (!kit.log.at(`credential/${id}`, "issue")) {
    await kit.log.record("issue", `credential/${id}`, { number, to: kit.main.dataset.object });
  }
}

/* With fewer than two certified members present, notice, checks and signing stay closed; a signed record is frozen. */
function lock(kit) {
  const here = certifiedPresent(kit).length;
  const closed = kit.isOver();
  for (const part of kit.main.querySelectorAll("fieldset[data-locks]")) {
    const { vt } = part.dataset;
    const isRead = vt && (kit.closed(vt) || kit.settled(`r/${vt}/record`) || (kit.awaited(vt) && part.closest("[data-page]").dataset.step !== "7"));
    const frozen = closed || Boolean(isRead);
    part.disabled = frozen || here < NEEDED;
    part.toggleAttribute("data-frozen", part.disabled);
  }
  const signed = kit.data.tasks.some(({ vt }) => kit.settled(`r/${vt}/record`));
  for (const part of kit.main.querySelectorAll("[data-open-record]")) part.disabled = closed || signed;
  for (const words of kit.main.querySelectorAll("[data-locked]")) words.hidden = here >= NEEDED || closed;
  kit.main.dataset.here = here;
  for (const part of kit.main.querySelectorAll("[data-team]")) part.hidden = !isPresent(kit, part.dataset.team);
  for (const part of kit.main.querySelectorAll("[data-signs]")) {
    part.disabled = Boolean(closed || kit.closed(part.dataset.signs)) || here < NEEDED || !mayTeamSign(kit, part.dataset.signs);
  }
  for (const words of kit.main.querySelectorAll("[data-awaits]")) words.hidden = mayTeamSign(kit, words.dataset.awaits);
  tell(kit, closed);
}

/* The inspectors sign after the entity has signed or refused, or where nobody was met. */
function mayTeamSign(kit, vt) {
  return Boolean(kit.settled(`r/${vt}/record`)) || kit.meetsNobody(vt);
}

/* Who has arrived, whose certificate was shown, where the phone is. */
function tell(kit, closed) {
  for (const row of kit.main.querySelectorAll("[data-member]")) {
    const [item] = kit.log.items(`present/${row.dataset.member}`);
    const done = row.querySelector("[data-arrived]");
    done.hidden = !item;
    if (item) done.textContent = kit.say(`arrived_${item.value.by}`, { time: clockTime(kit.when(item)) });
    row.querySelector("[data-ask]").hidden = Boolean(item) || closed;
  }
  for (const { id } of kit.data.members) {
    const shown = kit.log.at(`credential/${id}`, "issue");
    const place = kit.main.querySelector(`[data-mark="credential/${id}"]`);
    if (place && shown) place.textContent = kit.say("shown_at", { time: clockTime(kit.when(shown)) });
    const absent = kit.main.querySelector(`[data-absent="${id}"]`);
    if (absent) absent.hidden = isPresent(kit, id) || id === kit.person.id;
  }
  const fix = kit.log.at("arrival/fix");
  const place = kit.main.querySelector("[data-fix]");
  if (fix && fix.value && place) place.textContent = kit.say("fix", { metres: fix.value.accuracy_m, time: clockTime(kit.when(fix)) });
}
