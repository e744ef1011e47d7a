/* The record as it stands above a signature: in words, as a digest, and what it still lacks before anyone can sign it. */

import { isFitting, shutDoor } from "../apart/door.js";
import { use } from "../keep.js";
import { attendanceOf, digest, recordContent } from "../log/digest.js";
import { isPresent } from "../presence.js";

/* What a signature says that is given now: the digest, and the attendance in it, which stays as it was first signed. */
export async function asSigned(kit, vt) {
  const { head } = kit.data.tasks.find((task) => task.vt === vt);
  const entries = kit.log.standing();
  const root = `r/${vt}/record`;
  const team = kit.data.members.map(({ id }) => kit.log.at(`${root}/inspector/${id}`, "sign")).filter(Boolean);
  const first = kit.settled(root) || team.sort((one, other) => kit.when(one) - kit.when(other))[0];
  const attendance = first ? first.value.attendance : attendanceOf(entries);
  return { digest: await digest(recordContent(head, vt, entries, attendance)), ...(attendance && { attendance }) };
}

export async function recordDigest(kit, vt) {
  return (await asSigned(kit, vt)).digest;
}

/* An order bears the number that was taken along for it, and nothing else does: from when it is written. */
export async function numberOrder(kit, vt) {
  const number = kit.main.querySelector(`[data-order="${vt}"]`);
  const root = `r/${vt}/conclusion`;
  if (!number || kit.closed(vt) || kit.settled(`r/${vt}/record`) || kit.awaited(vt)) return;
  await kit.log.record("set", `${root}/order_number`, kit.orders(vt) && kit.log.value(`${root}/order`) ? number.textContent : null);
}

/* What is chosen or typed and not yet on the phone. */
export function unsaved(kit) {
  return kit.files || kit.status.isFull ? kit.say("need_saved") : null;
}

/* What the record still lacks before anyone can sign it, as a sentence; null if nothing. */
export function unfinished(kit, vt) {
  if (unsaved(kit)) return unsaved(kit);
  const root = `r/${vt}`;
  const { checks } = kit.data.tasks.find((task) => task.vt === vt);
  const open = shutDoor(kit) ? 0 : checks.filter((id) => !kit.log.value(`${root}/check/${id}/answer`)).length;
  if (open) return kit.say("need_checks", { n: open });
  const bare = checks.filter((id) => kit.log.value(`${root}/check/${id}/answer`) === "not_checked" && !kit.log.value(`${root}/check/${id}/note`));
  if (bare.length) return kit.say("need_reason", { n: bare.length });
  if (kit.log.entries().some(({ other, path }) => other && (path.startsWith(root) || !path.startsWith("r/")))) return kit.say("need_choice");
  const category = kit.log.value(`${root}/conclusion/category`);
  if (!category || !isFitting(kit, category)) return kit.say("need_category");
  return !kit.orders(vt) || kit.log.value(`${root}/conclusion/order`) ? null : kit.say("need_order");
}

/* What keeps a record from being closed: links to the places, in words. */
export function lacksOf(kit, { vt, head: { item } }) {
  const list = [];
  const { members } = kit.data;
  const awaited = kit.awaited(vt);
  if (awaited) list.push([`sign-${vt}`, kit.say("miss_await", { item, day: awaited.value.until })]);
  else if (!kit.settled(`r/${vt}/record`) && !kit.meetsNobody(vt)) list.push([`sign-${vt}`, kit.say("miss_entity", { item })]);
  const place = (id) => `r/${vt}/record/inspector/${id}`;
  for (const { id, name } of members) {
    if (isPresent(kit, id) && !kit.settled(place(id))) list.push([`team-${vt}`, kit.say("miss_inspector", { name, item })]);
  }
  const signed = members.filter(({ id, certified }) => certified && isPresent(kit, id) && kit.log.at(place(id), "sign")).length;
  if (signed < 2 && !list.length) list.push([`team-${vt}`, kit.say("miss_second", { item })]);
  return list;
}

/* The whole record in words, as the signer reads it. */
export function summarise(kit, area, vt) {
  return use(kit.status, "apart/lines", ({ write }) => write(kit, area, vt));
}
