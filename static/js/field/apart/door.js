/* Visits that go another way: nobody let the team in, or nobody goes there. Which steps are left, what each lacks. */

import { dayOf } from "../words.js";

/* The steps that fall away by what was met at the door; "d", the shut door, where the team was let in. */
const AWAY = { unreachable: "2345", closed: "2345", refused: "4" };

/* What was met at the door, if the inspection cannot be held. */
export function shutDoor(kit) {
  const entry = kit.log.value("arrival/entry");
  return AWAY[entry] ? entry : "";
}

export function applies(kit, step) {
  return !(AWAY[shutDoor(kit)] || "d").includes(step);
}

export function isFitting(kit, category) {
  const fitting = kit.data.proposes[shutDoor(kit)];
  return !fitting || fitting.includes(category);
}

/* The list entries of a place: `zone/` → each zone that says something. */
export function entriesAt(kit, prefix) {
  return kit.log.standing().filter(({ kind, path, value }) => kind === "set" && value && path.startsWith(prefix) && !path.slice(prefix.length).includes("/"));
}

/* On which days somebody was tried to be reached: those written down, and that of the arrival. */
export function daysTried(kit) {
  const arrived = kit.log.items("present/").map((item) => dayOf(kit.when(item)));
  return new Set([...arrived, ...entriesAt(kit, "entry/attempt/").map(({ value }) => value.day)].filter(Boolean)).size;
}

/* What keeps a visit of this kind from being closed: [place, words]. */
export function doorLacks(kit) {
  const { log } = kit;
  const entry = shutDoor(kit);
  const photos = log.items("entry/photo/").length;
  const lacks = {
    unreachable: [["arrive", "fix", log.value("arrival/fix") || log.value("arrival/place")], ["door", "photos", photos >= 2], ["door", "days", daysTried(kit) >= 2], ["door", "statement", log.value("entry/statement")]],
    closed: [["door", "closure", log.value("entry/closure")], ["door", "photo", photos], ["door", "statement", log.value("entry/statement")]],
    refused: [["door", "explanation", log.value("entry/explanation")]],
  }[entry] || [];
  if (kit.data.method === "written") lacks.push(["request", "request", log.at("request", "issue")]);
  if (kit.data.method === "online") for (const { vt } of kit.data.tasks) lacks.push([`online-${vt}`, "online", entriesAt(kit, `r/${vt}/online/`).length]);
  return lacks.filter(([, , is]) => !is).map(([page, word]) => [page, kit.say(`lack_${word}`)]);
}
