/* What is typed or drawn before a button makes an operation of it: kept stroke by stroke, laid back after a kill, dropped once
   it is written down. */

import { ask } from "../log/store.js";

const PAUSE = 400; // milliseconds after the last key
const FORMS = "form[data-place], form[data-run]:not([data-run=takeBack])";
const timers = new Map();

export function startDrafts(kit) {
  const { main } = kit;
  main.addEventListener("strokes", ({ target, detail }) => keep(kit, keyOf(kit, target.closest("form"), true), () => ({ strokes: detail })));
  for (const change of ["input", "change", "focusout"]) {
    main.addEventListener(change, ({ target }) => {
      const { form } = target;
      if (!form || !form.matches(FORMS) || !isTyped(target) || (change === "focusout" && !timers.has(form))) return;
      clearTimeout(timers.get(form));
      timers.set(form, setTimeout(() => keepTyped(kit, form), change === "input" ? PAUSE : 0));
    });
  }
  for (const field of main.querySelectorAll("signature-field")) {
    bring(kit, keyOf(kit, field.closest("form"), true)).then((kept) => { if (kept) field.strokes = kept.strokes; });
  }
  return Promise.all(Array.from(main.querySelectorAll(FORMS), (form) => bringTyped(kit, form)));
}

export function dropDrafts(kit, form) {
  clearTimeout(timers.get(form));
  timers.delete(form);
  const keys = [true, false].map((drawn) => keyOf(kit, form, drawn));
  keys.forEach((key) => kit.status.kept(key));
  return kit.store.write(["meta"], async (transaction) => keys.forEach((key) => transaction.objectStore("meta").delete(key)));
}

/* What waits for its pause, now. */
export function keepDrafts(kit) {
  return Promise.all(Array.from(timers.keys(), (form) => keepTyped(kit, form)));
}

function keyOf(kit, { dataset: { place, refuse, run, path, vt } }, drawn) {
  const name = run ? [run, path || vt] : [place, refuse];
  return `strokes|${kit.data.visit}|${name.filter(Boolean).join("|")}${drawn ? "" : "|typed"}`;
}

function isTyped({ name, type, dataset }) {
  return name && !dataset.path && !["password", "file", "hidden", "submit"].includes(type);
}

function keep(kit, key, value) {
  const write = () => kit.store.write(["meta"], (transaction) => ask(transaction.objectStore("meta").put({ key, ...value() })));
  return write().then(() => kit.status.kept(key), () => kit.status.unsaved(key, write));
}

function bring(kit, key) {
  return kit.store.read(["meta"], (transaction) => ask(transaction.objectStore("meta").get(key)));
}

function keepTyped(kit, form) {
  clearTimeout(timers.get(form));
  timers.delete(form);
  const typed = () => Array.from(form.elements).filter((one) => isTyped(one) && (one.type !== "radio" || one.checked))
    .map(({ name, type, checked, value }) => [name, type === "checkbox" ? checked : value]);
  return keep(kit, keyOf(kit, form, false), () => ({ typed: typed() }));
}

/* Lay back what was typed there; what lies under a fold is unfolded. */
export async function bringTyped(kit, form) {
  const kept = await bring(kit, keyOf(kit, form, false));
  for (const [name, value] of kept ? kept.typed : []) {
    const control = form.elements[name];
    if (!control || !value) continue;
    control[typeof value === "boolean" ? "checked" : "value"] = value;
    const fold = form.closest("details");
    if (fold) fold.open = true;
  }
}
