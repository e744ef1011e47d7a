/* Arriving: is the phone where and when it was expected, whose code is on the wall; a reason where something is odd. */

import { lay } from "../controls.js";
import { dayOf, wordsOf } from "../words.js";
import { isFitting, shutDoor } from "./door.js";

const EARTH = 6371000;
const EARLY = 18e5; // half an hour before the slot
const SHANGHAI = 288e5;
const CODE = /[0-9A-HJ-NPQRTUWXY]{18}/;

export function start(kit) {
  const page = document.getElementById("arrive");
  const say = wordsOf(page);
  kit.owes = () => hasArrived(kit) && doubts(kit, say).length > 0 && !(kit.log.value("arrival/reason") || page.querySelector("#reason").value.trim() || page.querySelector("#reason:disabled"));
  page.addEventListener("click", (event) => event.target.closest(".foot a") && kit.owes() && ask(page, event));
  page.addEventListener("change", ({ target }) => {
    if (target.type === "file") scan(kit, page, say, target);
    if (target.dataset.path === "arrival/entry") propose(kit, target.value);
  });
  document.addEventListener("field:page", ({ detail }) => {
    if (detail.dataset.step === "6" && shutDoor(kit)) propose(kit, shutDoor(kit));
  });
  page.querySelector("[data-compare]").addEventListener("click", () => keepCode(kit, page.querySelector("#code").value, "typed"));
  page.querySelector("[data-scan]").hidden = !window.BarcodeDetector;
  for (const change of ["field:saved", "field:received"]) document.addEventListener(change, () => tell(kit, page, say));
  tell(kit, page, say);
}

/* Metres along the earth. */
export function distance([lat, lng], [north, east]) {
  const rad = (degrees) => (degrees * Math.PI) / 180;
  const across = Math.sqrt(Math.cos(rad(lat)) * Math.cos(rad(north))) * Math.sin(rad(east - lng) / 2);
  return 2 * EARTH * Math.asin(Math.min(1, Math.hypot(Math.sin(rad(north - lat) / 2), across)));
}

/* Everything that is not as it was expected, in words. */
function doubts(kit, say) {
  const { place, fence, slot, has_reason: approved, open, close, off, uscc } = kit.data.arrival;
  const found = [];
  const fix = kit.log.value("arrival/fix");
  if (fix && place) {
    const metres = distance(place.map(Number), [fix.lat, fix.lng].map(Number));
    if (metres - fix.accuracy_m > fence) found.push(say("far", { metres: Math.round(metres), accuracy: fix.accuracy_m, fence }));
  }
  const times = kit.log.items("present/").map(kit.when);
  const at = times.length ? Math.min(...times) : kit.now();
  const inSlot = slot && at >= slot[0] - EARLY && at <= slot[1];
  if (!inSlot) found.push(say(slot ? "slot" : "no_slot"));
  const here = new Date(at + SHANGHAI).toISOString();
  const minute = 60 * Number(here.slice(11, 13)) + Number(here.slice(14, 16));
  const worked = !off.includes(dayOf(at)) && minute >= open && minute <= close;
  if (!worked && !(inSlot && approved)) found.push(say("hours"));
  const read = kit.log.value("arrival/scan");
  if (read && read.uscc !== uscc) found.push(say("code", { code: read.uscc }));
  return found;
}

function hasArrived(kit) {
  return kit.log.items("present/").length || kit.log.value("arrival/fix") || kit.log.value("arrival/scan");
}

function tell(kit, page, say) {
  const found = hasArrived(kit) ? doubts(kit, say) : [];
  page.querySelector("[data-doubts]").hidden = !found.length;
  page.querySelector("[data-doubts] ul").replaceChildren(...found.map((words) => Object.assign(document.createElement("li"), { textContent: words })));
  if (!kit.owes()) page.querySelector("#reason-error").hidden = true;
  const read = kit.log.value("arrival/scan");
  const words = page.querySelector("[data-read]");
  words.hidden = !read;
  if (read) words.textContent = say(read.uscc === kit.data.arrival.uscc ? "same" : "code", { code: read.uscc });
  words.className = read && read.uscc === kit.data.arrival.uscc ? "mark" : "error";
  const shut = shutDoor(kit);
  if (shut) page.querySelector("[data-shut]").open = true;
  for (const radio of kit.main.querySelectorAll('[data-path$="/conclusion/category"]')) radio.closest("label").hidden = !isFitting(kit, radio.value);
}

/* Going on without the reason: it is asked for at its place; what was typed is kept in any case. */
function ask(page, event) {
  event.preventDefault();
  page.querySelector("#reason-error").hidden = false;
  page.querySelector("#reason").focus();
}

async function scan(kit, page, say, input) {
  const [file] = input.files;
  input.value = "";
  const codes = await createImageBitmap(file).then((picture) => new BarcodeDetector().detect(picture)).catch(() => []); // is said
  const found = codes.map(({ rawValue }) => rawValue).find((text) => CODE.test(text.toUpperCase()));
  page.querySelector("[data-unread]").hidden = Boolean(found);
  if (found) keepCode(kit, found, "camera");
}

function keepCode(kit, text, by) {
  const [uscc] = CODE.exec(text.normalize("NFKC").toUpperCase()) || [];
  document.querySelector("[data-unread]").hidden = Boolean(uscc);
  if (uscc) kit.log.record("set", "arrival/scan", { uscc, by });
}

/* The door decides which result is proposed; what a person chose and fits stays. The record opens for two. */
async function propose(kit, entry) {
  if (Number(kit.main.dataset.here) < 2) return;
  const all = Object.values(kit.data.proposes).flat();
  for (const { vt } of kit.data.tasks) {
    const path = `r/${vt}/conclusion/category`;
    const now = kit.log.value(path);
    const fitting = kit.data.proposes[entry];
    const proposed = fitting ? (fitting.includes(now) ? now : fitting[0]) : (all.includes(now) ? null : now);
    const made = await kit.log.record("set", path, proposed);
    if (made) lay(kit, made);
  }
}
