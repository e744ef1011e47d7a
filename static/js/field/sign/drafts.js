/* What is typed or drawn before it is signed: kept stroke by stroke, laid back after a kill, dropped once it is signed. */

import { ask } from "../log/store.js";

const PAUSE = 400; // milliseconds after the last key
const timers = new Map();

export function startDrafts(kit) {
  const { main } = kit;
  main.addEventListener("strokes", ({ target, detail }) => keep(kit, keyOf(kit, target.closest("form"), true), { strokes: detail }));
  for (const change of ["input", "change"]) {
    main.addEventListener(change, ({ target }) => {
      const { form } = target;
      if (!form || !form.dataset.place || !isTyped(target)) return;
      clearTimeout(timers.get(form));
      timers.set(form, setTimeout(() => keepTyped(kit, form), PAUSE));
    });
  }
  for (const leave of ["pagehide", "visibilitychange"]) {
    document.addEventListener(leave, () => { for (const form of timers.keys()) keepTyped(kit, form); });
  }
  for (const field of main.querySelectorAll("signature-field")) {
    bring(kit, keyOf(kit, field.closest("form"), true)).then((kept) => { if (kept) field.strokes = kept.strokes; });
  }
  return Promise.all(Array.from(main.querySelectorAll("form[data-place]"), (form) => bringTyped(kit, form)));
}

export function dropDrafts(kit, form) {
  clearTimeout(timers.get(form));
  timers.delete(form);
  return kit.store.write(["meta"], async (transaction) => {
    for (const drawn of [true, false]) transaction.objectStore("meta").delete(keyOf(kit, form, drawn));
  });
}

function keyOf(kit, { dataset: { place, refuse } }, drawn) {
  return `strokes|${kit.data.visit}|${place}${refuse ? `|${refuse}` : ""}${drawn ? "" : "|typed"}`;
}

function isTyped({ name, type, dataset }) {
  return name && !dataset.path && !["password", "file", "hidden", "submit"].includes(type);
}

function keep(kit, key, value) {
  return kit.store.write(["meta"], (transaction) => ask(transaction.objectStore("meta").put({ key, ...value })));
}

function bring(kit, key) {
  return kit.store.read(["meta"], (transaction) => ask(transaction.objectStore("meta").get(key)));
}

function keepTyped(kit, form) {
  clearTimeout(timers.get(form));
  timers.delete(form);
  const typed = Array.from(form.elements).filter(isTyped).map(({ name, type, checked, value }) => [name, type === "checkbox" ? checked : value]);
  return keep(kit, keyOf(kit, form, false), { typed }).catch(() => kit.status.full(true));
}

async function bringTyped(kit, form) {
  const kept = await bring(kit, keyOf(kit, form, false));
  for (const [name, value] of kept ? kept.typed : []) {
    const control = form.elements[name];
    if (control) control[typeof value === "boolean" ? "checked" : "value"] = value;
  }
}
