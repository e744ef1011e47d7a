/* Form controls with a path: what is typed becomes an operation, what the log holds is laid into them. */

import { bring } from "./keep.js";
import { keepDrafts } from "./sign/drafts.js";
import { clockTime, dayWords, isDay } from "./words.js";

const PAUSE = 400; // milliseconds after the last key
const RESCUE = "field-rescue|";
const waiting = new Map();

export function bindControls(kit) {
  const { main } = kit;
  main.addEventListener("input", ({ target }) => {
    if (!target.dataset.path) return;
    clearTimeout(waiting.get(target));
    waiting.set(target, setTimeout(() => save(kit, target), PAUSE));
  });
  main.addEventListener("change", ({ target }) => target.dataset.path && save(kit, target));
  main.addEventListener("focusout", ({ target }) => waiting.has(target) && save(kit, target));
  for (const leave of ["pagehide", "visibilitychange"]) {
    document.addEventListener(leave, () => saveAll(kit));
    window.addEventListener(leave, () => saveAll(kit));
  }
  document.addEventListener("field:saved", ({ detail }) => { mark(kit, detail); showWhen(kit); });
  document.addEventListener("field:received", ({ detail }) => refresh(kit, detail));
  for (const entry of kit.log.entries()) lay(kit, entry);
  showWhen(kit);
  bringBack(kit);
}

/* What could not be written down before the page had to start over. */
function bringBack(kit) {
  for (const [path, value] of Object.entries(rescue(kit))) {
    const control = Array.from(controls(kit, path)).find((one) => one.type !== "radio" || one.value === value);
    if (!control) continue;
    Object.assign(control, control.type === "radio" ? { checked: true } : { value });
    save(kit, control);
  }
}

/* Beside the store, for this tab alone, until it is written down: a page that goes does not wait for the disk. Where the
   browser forbids that, or has no room for it, the store alone has to do. Gives all that lies there. */
function rescue(kit, path, value) {
  const left = {};
  try {
    const kept = sessionStorage.getItem(RESCUE + kit.data.visit);
    Object.assign(left, JSON.parse(kept || "{}"));
    if (value !== undefined) left[path] = value;
    else if (!(path in left)) return left;
    else delete left[path];
    sessionStorage.setItem(RESCUE + kit.data.visit, JSON.stringify(left));
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
  return left;
}

/* Everything typed and not yet written down, and every file that is being copied: before a camera opens or the page goes. */
export async function saveAll(kit) {
  await Promise.all([keepDrafts(kit), ...Array.from(waiting.keys(), (control) => save(kit, control))]);
  await kit.copying;
  await kit.log.written();
}

async function save(kit, control) {
  clearTimeout(waiting.get(control));
  waiting.delete(control);
  if (!control.checkValidity() && control.value) return;
  const { path } = control.dataset;
  rescue(kit, path, control.value);
  try {
    await kit.log.record("set", path, control.value.normalize("NFC") || null, { once: true });
    rescue(kit, path);
    kit.status.kept(path);
  } catch (error) {
    waiting.set(control, 0); // nothing is laid under it
    kit.status.unsaved(path, () => save(kit, control));
    note(kit, path, kit.say("not_saved"), "bad");
  }
}

/* Show an entry in its control, but never under somebody's typing. */
export function lay(kit, entry) {
  if (entry.kind === "set") {
    for (const control of controls(kit, entry.path)) {
      if (control.type === "radio") control.checked = control.value === entry.value;
      else if (!waiting.has(control)) control.value = entry.value === null ? "" : entry.value;
    }
  }
  mark(kit, entry);
}

function controls(kit, path) {
  return kit.main.querySelectorAll(`[data-path="${CSS.escape(path)}"]`);
}

/* Beside the field: on this phone, received, written by a colleague, two differing values. */
function mark(kit, entry) {
  const time = clockTime(kit.when(entry));
  if (entry.other) return choice(kit, entry);
  if (entry.outcome === "attention") return note(kit, entry.path, entry.message || kit.say("mark_aside"), "bad");
  if (entry.by !== kit.person.id) return note(kit, entry.path, kit.say("mark_theirs", { name: kit.name(entry.by), time }), "now");
  return note(kit, entry.path, kit.say(entry.r === null ? "mark_saved" : "mark_received", { time, n: entry.r }), "");
}

function choice(kit, entry) {
  return bring("apart/rivals").then(({ offer }) => offer(kit, entry.path),
    () => document.addEventListener("field:page", () => mark(kit, entry), { once: true }));
}

export function note(kit, path, words, kind) {
  const place = kit.main.querySelector(`[data-mark="${CSS.escape(path)}"]`);
  if (!place) return null;
  place.textContent = words;
  place.dataset.is = kind;
  return place;
}

/* A value in the words of the form. */
export function shown(kit, path, value) {
  for (const control of controls(kit, path)) {
    if (control.type === "radio" && control.value === value) return control.closest("label").textContent.trim();
    if (control.tagName === "SELECT") return (Array.from(control.options).find((o) => o.value === value) || control).textContent.trim();
  }
  return isDay(value) ? dayWords(value) : value || kit.say("nothing");
}

function refresh(kit, { received, fresh }) {
  const receipts = new Map(received.map(({ id, receipt }) => [id, receipt]));
  for (const entry of kit.log.entries()) {
    if (receipts.has(entry.op)) lay(kit, Object.assign(entry, { r: receipts.get(entry.op) }));
  }
  for (const entry of fresh) {
    if (entry.key.startsWith(`${kit.data.visit}|`) && kit.log.lay(entry)) lay(kit, entry);
  }
  showWhen(kit);
}

/* `data-when="path=one two -"`: shown while the field holds one of these, "-" is empty; or something in it is to be chosen. */
function showWhen(kit) {
  for (const part of kit.main.querySelectorAll("[data-when]")) {
    const [path, values] = part.dataset.when.split("=");
    part.hidden = !values.split(" ").includes(kit.log.value(path) || "-") && !part.querySelector("[data-is=wait]");
  }
}
