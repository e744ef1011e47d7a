/* The whole record in words: what stands above a signature. */

import { shown } from "../controls.js";
import { shortCode } from "../log/digest.js";
import { asSigned } from "../sign/record.js";
import { clockTime, dayWords, isDay } from "../words.js";
import { shutDoor } from "./door.js";

const APART = /^(entry|zone|request)\//;

/* A moment as the clock shows it, a code in the word of its choice, a text as it is. */
function word(value) {
  if (typeof value === "number") return clockTime(value);
  if (isDay(value)) return dayWords(value);
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

/* What the form asks there: the words of the group of choices, else those of the label, without what stands small beside. */
function asked(kit, path) {
  const control = kit.main.querySelector(`[data-path="${CSS.escape(path)}"]`);
  if (!control) return ""; // a kit without that step
  const group = control.closest("[role=radiogroup]");
  const place = group ? document.getElementById(group.getAttribute("aria-labelledby")) : control.labels[0];
  return place ? (place.querySelector("strong") || place.firstChild).textContent.trim() : group.getAttribute("aria-label");
}

/* Who was there, with the certificate that was shown, where the team arrived, what the party said of recusal: name and words. */
export function attendanceLines(kit, attendance) {
  if (!attendance) return []; // signed by a kit of an older release
  const names = attendance.present.map((id) => [kit.name(id), attendance.shown[id]].filter(Boolean).join(" "));
  const lines = Object.entries(attendance.values).map(([path, value]) => [asked(kit, path), shown(kit, path, value)]);
  return [...(names.length ? [[kit.say("attended"), names.join(kit.say("and"))]] : []), ...lines];
}

const element = (name, textContent, facts) => Object.assign(document.createElement(name), { textContent, ...facts });

/* Lay it into the summary of a record. */
export async function write(kit, area, vt) {
  const { digest: hash, attendance } = await asSigned(kit, vt);
  const task = kit.data.tasks.find((one) => one.vt === vt);
  const checks = task.checks.filter((id) => !shutDoor(kit) || kit.log.value(`r/${vt}/check/${id}/answer`));
  const tell = (name, text) => { for (const place of area.querySelectorAll(`[data-fact="${name}"]`)) place.textContent = text; };
  const answers = checks.map((id) => kit.log.value(`r/${vt}/check/${id}/answer`));
  const bad = answers.filter((answer) => answer === "non_compliant").length;
  tell("counts", kit.say("counts", { n: checks.length, bad, photos: kit.log.items(`r/${vt}/check/`).length }));
  for (const field of ["conclusion/category", "conclusion/text", "conclusion/order", "conclusion/order_until", "conclusion/order_number"]) {
    const value = kit.log.value(`r/${vt}/${field}`);
    tell(field, value || !field.endsWith("number") ? shown(kit, `r/${vt}/${field}`, value) : "");
  }
  area.querySelector("[data-attended]").replaceChildren(...attendanceLines(kit, attendance).flatMap(([name, text]) => [element("dt", name), element("dd", text)]));
  area.querySelector("ol").replaceChildren(...checks.map((id) => {
    const path = `r/${vt}/check/${id}`;
    const said = [shown(kit, `${path}/answer`, kit.log.value(`${path}/answer`)), kit.log.value(`${path}/number`), kit.log.value(`${path}/note`)];
    const [number, ...content] = document.getElementById(`check-${vt}-${id}`).dataset.content.split(" ");
    return element("li", `${content.join(" ")} — ${said.filter(Boolean).join(" · ")}`, { value: Number(number) });
  }));
  const others = kit.log.items(`r/${vt}/other/`).flatMap(({ value }) => value?.text ?? []); // what was sealed at the closing says nothing here
  area.querySelector("ul").replaceChildren(...[...others, ...apartLines(kit, vt)].map((words) => element("li", words)));
  tell("code", shortCode(hash));
}
