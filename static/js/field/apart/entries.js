/* Lists that people add to: attempts to reach somebody, stays without a phone, pages seen on the net. Each entry is one
   field that holds a few named texts and moments; its photos hang below it. */

import { lay, saveAll } from "../controls.js";
import { uuid7 } from "../log/ops.js";
import { clockTime, dayOf } from "../words.js";
import { entriesAt } from "./door.js";

const PAUSE = 400;
const SHANGHAI = 288e5;
const timers = new Map();

export function start(kit) {
  kit.main.addEventListener("click", ({ target }) => {
    if ("addEntry" in target.dataset) add(kit, target.dataset.addEntry);
    if ("dropEntry" in target.dataset) kit.log.record("set", target.closest("[data-entry]").dataset.entry, null);
    if ("now" in target.dataset) stamp(kit, target);
    if ("serve" in target.dataset) serve(kit);
  });
  for (const change of ["input", "change", "focusout"]) kit.main.addEventListener(change, (event) => typed(kit, event));
  for (const leave of ["pagehide", "visibilitychange"]) {
    for (const place of [window, document]) place.addEventListener(leave, () => timers.forEach((timer, form) => save(kit, form)));
  }
  for (const change of ["field:page", "field:saved", "field:received"]) document.addEventListener(change, () => show(kit));
  show(kit);
}

function add(kit, prefix) {
  const first = kit.main.querySelector(`[data-entries="${prefix}"]`).dataset.first;
  const now = kit.now();
  kit.log.record("set", `${prefix}${uuid7()}`, { day: { day: dayOf(now) }, from: { from: now }, at: { at: now } }[first]);
}

/* The request of a written inspection goes out: what is asked and until when. */
async function serve(kit) {
  await saveAll(kit);
  const [list, until] = ["list", "until"].map((name) => kit.log.value(`request/${name}`));
  kit.main.querySelector("[data-unserved]").hidden = Boolean(list && until);
  if (list && until) await kit.log.record("issue", "request", { until });
}

function typed(kit, { type, target }) {
  const form = target.closest("form[data-notes]");
  if (target.dataset.entered) {
    if (type === "change") kit.log.record("set", target.dataset.entered, target.checked ? target.value : null);
  } else if (form && (type !== "focusout" || timers.has(form))) {
    clearTimeout(timers.get(form));
    const written = form.closest("[data-entry]").querySelector("[data-written]");
    written.textContent = "";
    delete written.dataset.mark; // what is received meanwhile is not yet what is typed
    timers.set(form, setTimeout(() => save(kit, form), type === "input" ? PAUSE : 0));
  }
}

async function save(kit, form) {
  clearTimeout(timers.get(form));
  timers.delete(form);
  const path = form.closest("[data-entry]").dataset.entry;
  const value = { ...kit.log.value(path) };
  for (const control of form.elements) if (control.name) value[control.name] = read(control);
  try {
    await kit.log.record("set", path, value, { once: true });
    kit.status.kept(path);
    show(kit);
  } catch (error) {
    timers.set(form, 0); // nothing is laid under it
    kit.status.unsaved(path, () => save(kit, form));
  }
}

function read({ type, value }) {
  if (type !== "datetime-local") return value.normalize("NFC");
  return value ? Date.parse(`${value}:00Z`) - SHANGHAI : null;
}

function write(control, value) {
  if (control.type !== "datetime-local") control.value = value || "";
  else control.value = value ? new Date(value + SHANGHAI).toISOString().slice(0, 16) : "";
}

/* "Now" beside a time. */
function stamp(kit, button) {
  const control = button.closest(".field").querySelector("input");
  write(control, kit.now());
  save(kit, control.form);
}

function show(kit) {
  const issued = kit.log.at("request", "issue");
  const served = kit.main.querySelector("[data-served]");
  if (served) {
    served.hidden = !issued;
    if (issued) served.textContent = served.dataset.served.replace("{time}", clockTime(kit.when(issued)));
    kit.main.querySelector("[data-serve]").hidden = Boolean(issued);
    kit.main.querySelector("[data-after-serving]").hidden = !issued;
  }
  for (const list of kit.main.querySelectorAll("[data-page]:not([hidden]) [data-entries]")) {
    const contested = kit.log.entries().filter(({ other, value, path }) => other && !value && path.startsWith(list.dataset.entries));
    const entries = [...entriesAt(kit, list.dataset.entries), ...contested];
    const before = list.childElementCount;
    const gone = new Map(Array.from(list.children, (part) => [part.dataset.entry, part]));
    for (const entry of entries) {
      const { path, value } = entry;
      const part = gone.get(path) || list.appendChild(make(kit, list, path));
      gone.delete(path);
      const form = part.querySelector("form");
      if (!timers.has(form)) {
        for (const control of form.elements) if (control.name && control !== document.activeElement) write(control, value && value[control.name]);
        mark(kit, entry, part);
      }
      for (const tick of part.querySelectorAll("[data-entered]")) tick.checked = kit.log.value(tick.dataset.entered) === tick.value;
    }
    for (const part of gone.values()) part.remove();
    if (list.childElementCount > before) document.dispatchEvent(new CustomEvent("field:entries"));
  }
}

/* Beside the entry: where it is; or those that differ, to be chosen. */
function mark(kit, entry, part) {
  part.querySelector("[data-written]").dataset.mark = entry.path;
  lay(kit, entry);
}

/* A new entry out of its template: every id gets the entry's own end. */
function make(kit, list, path) {
  const id = path.split("/").pop();
  const part = list.parentElement.querySelector("template").content.firstElementChild.cloneNode(true);
  part.dataset.entry = path;
  for (const one of part.querySelectorAll("[id], [for]")) for (const name of ["id", "for"]) if (one.hasAttribute(name)) one.setAttribute(name, `${one.getAttribute(name)}-${id}`);
  for (const field of part.querySelectorAll("photo-field")) field.dataset.path = `${path}/photo`;
  const ticks = part.querySelector("[data-ticks]");
  if (ticks) ticks.append(...kit.data.tasks.flatMap(({ vt, checks }) => checks.map((check) => tick(vt, check, id))));
  return part;
}

/* A check that was made there and entered afterwards. */
function tick(vt, check, id) {
  const label = Object.assign(document.createElement("label"), { className: "tick" });
  const box = Object.assign(document.createElement("input"), { type: "checkbox", value: id });
  box.dataset.entered = `r/${vt}/check/${check}/zone`;
  label.append(box, document.getElementById(`check-${vt}-${check}`).dataset.content);
  return label;
}
