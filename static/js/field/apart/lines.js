/* What stands above a signature beside the checklist, in words. */

import { shown } from "../controls.js";
import { clockTime } from "../words.js";

const APART = /^(entry|zone|request)\//;

/* A moment as the clock shows it, a code in the word of its choice, a text as it is. */
function word(value) {
  if (typeof value === "number") return clockTime(value);
  const ways = document.querySelector("#door template");
  const way = ways && Array.from(ways.content.querySelectorAll("option")).find((one) => one.value && one.value === value);
  return way ? way.textContent : value;
}

/* Each in one line; the photos by their number. */
export function apartLines(kit, vt) {
  const said = kit.log.standing().filter(({ kind, path, value }) => kind === "set" && value && (APART.test(path) || path.startsWith(`r/${vt}/online/`)));
  const text = (path, value) => (typeof value === "object" ? Object.values(value).map(word).filter(Boolean).join(" · ") : shown(kit, path, value));
  const lines = said.map(({ path, value }) => text(path, value));
  const photos = ["entry/photo/", "zone/", "reply/", `r/${vt}/online/`].reduce((sum, place) => sum + kit.log.items(place).length, 0);
  return photos ? [...lines, kit.say("photos", { n: photos })] : lines;
}

/* Who was there, with the certificate that was shown, where the team arrived, what the party said of recusal. */
export function attendanceLines(kit, attendance) {
  if (!attendance) return []; // signed by a kit of an older release
  const names = attendance.present.map((id) => [kit.name(id), attendance.shown[id]].filter(Boolean).join(" "));
  const lines = Object.entries(attendance.values).map(([path, value]) => shown(kit, path, value));
  return [...(names.length ? [kit.say("attended", { names: names.join(kit.say("and")) })] : []), ...lines.filter(Boolean)];
}
