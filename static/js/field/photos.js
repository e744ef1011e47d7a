/* Evidence of the kit: photos, films, sounds, files; copied, hashed and written down at once, then shown in their places. */

import { freeze, tidy } from "./log/chunks.js";
import { shortCode } from "./log/digest.js";
import { uuid7 } from "./log/ops.js";
import { ask, within } from "./log/store.js";
import { findPlace } from "../elements/place-field.js";
import { saveAll } from "./controls.js";
import { bring, use } from "./keep.js";
import { comeBack, forget, leaveFor } from "./media/camera.js";
import { clockTime } from "./words.js";

const MINUTE = 60000;
const pictures = new Map();
let turn = Promise.resolve();
let fix = null;

export function startPhotos(kit) {
  const { main } = kit;
  main.addEventListener("picking", () => leave(kit));
  main.addEventListener("shot", ({ target, detail }) => take(kit, target.dataset.path, detail, target));
  main.addEventListener("sound", ({ target }) => { locate(kit); sound(kit, target.dataset.path); });
  main.addEventListener("strike", ({ target, detail }) => strike(kit, target, detail));
  main.addEventListener("click", ({ target }) => "strike" in target.dataset && target.closest("figure").toggleAttribute("data-open"));
  for (const change of ["field:page", "field:saved", "field:received", "field:entries"]) document.addEventListener(change, () => show(kit));
  window.addEventListener("focus", () => setTimeout(() => forget(kit), 1000));
  comeBack(kit);
  mend(kit);
  show(kit);
}

/* What a killed browser left: a sound recording as far as it went is evidence, half a copied file is nothing. */
async function mend(kit) {
  const kept = await kit.store.read(["media"], (t) => ask(t.objectStore("media").getAllKeys(within("rec|"))));
  if (kept.length) await bring("media/recorder").then((one) => one.recover(kit, kept, take));
  await tidy(kit.store).catch(() => null);
}

function sound(kit, path) {
  use(kit.status, "media/recorder", (one) => one.record(kit, path, take));
}

function leave(kit) {
  leaveFor(kit);
  saveAll(kit);
  locate(kit);
}

function locate(kit) {
  if (kit.log.value("arrival/fix")) findPlace().then((found) => { fix = found || fix; });
}

/* One after the other: the bytes, their hashes and the operation first, a small picture of them last. */
function take(kit, path, shot, field = null) {
  turn = turn.then(() => keep(kit, path, shot, field));
  return turn;
}

async function keep(kit, path, { file, source, id = uuid7(), seconds = null }, field) {
  if (field) field.busy(true);
  let fault = null;
  try {
    const taken = Date.now();
    const bytes = await freeze(kit.store, file);
    const near = fix && Math.abs(taken - fix.at) < 10 * MINUTE ? fix : null;
    const grade = gradeOf(source, file.lastModified, taken, arrived(kit));
    const value = { ...bytes, taken_at: taken, made_at: Math.round(file.lastModified), fix: near, grade, seconds };
    await kit.log.record("add", `${path}/${id}`, value);
    forget(kit);
    kit.status.full(false);
    const thumb = await bring("media/preview").then((one) => one.preview(file)).catch(() => null);
    if (thumb) await kit.store.write(["media"], (t) => ask(t.objectStore("media").put({ id, capture_hash: value.capture_hash, thumb })));
    show(kit);
  } catch (error) {
    const full = error.name === "QuotaExceededError";
    kit.status.full(full);
    fault = kit.say(full ? "photo_failed" : error instanceof RangeError && file.size ? "media_large" : "media_unread");
    if (!field) kit.status.notice(fault);
  }
  if (field) {
    field.busy(false);
    field.fault(fault, file, kit.say("save_elsewhere"));
  }
  return fault === null;
}

/* When the first member confirmed to be there; 0 while nobody has. */
function arrived(kit) {
  return kit.log.items("present/").reduce((first, { at }) => (first && first < at ? first : at), 0);
}

/* In the app: by the camera button or the recorder, and fresh. From the gallery: of the last 12 hours, and made since the
   arrival. All else is a late import. The server reads the same dates again. */
export function gradeOf(source, made, taken, since) {
  const age = taken - made;
  if (source === "camera" && age >= -MINUTE && age <= 15 * MINUTE) return "in_app";
  return age >= -MINUTE && age <= 720 * MINUTE && made >= since - MINUTE ? "gallery" : "imported";
}

function strike(kit, field, { id, reason }) {
  const item = kit.log.added(field.dataset.path).find(({ path }) => path.endsWith(id));
  return kit.log.record("void", item.path, { reason });
}

async function show(kit) {
  for (const field of kit.main.querySelectorAll("[data-page]:not([hidden]) photo-field")) {
    const items = kit.log.added(field.dataset.path).filter(({ value }) => value.capture_hash);
    const strikes = field.hasAttribute("data-overview") ? null : document.getElementById("strike");
    if (field.hasAttribute("data-overview")) kit.main.querySelector("[data-none]").hidden = items.length > 0;
    field.show(await Promise.all(items.map((item) => describe(kit, item))), strikes);
  }
}

async function describe(kit, { path, value, at, r, outcome, message }) {
  const code = shortCode(value.capture_hash);
  const odd = outcome === "attention" ? ` · ⚠ ${message || kit.say("mark_aside")}` : "";
  const caption = `${clockTime(at)} · ${code.slice(0, 4)}${r === null ? "" : " ✓"}${odd}`;
  const id = path.split("/").pop();
  const kind = { image: "", video: "film", audio: "sound" }[(value.type || "image/").split("/")[0]];
  const src = await picture(kit, id, value, kind === "" ? r : null);
  const about = [kind === "" ? "" : length(value), kind === "" ? "" : weight(value.size), value.fix ? `±${value.fix.accuracy_m} m` : ""];
  const lines = [kind === "" ? "" : kit.say(kind || "file"), about.filter(Boolean).join(" · "), kind === undefined ? value.name : ""];
  return { id, caption, label: kit.say("photo_alt", { time: clockTime(at), code }), src, lines: lines.filter(Boolean) };
}

function length({ seconds }) {
  return seconds ? `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}` : "";
}

function weight(bytes) {
  return bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} KB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

async function picture(kit, id, value, received) {
  if (!pictures.has(id)) {
    const kept = await kit.store.read(["media"], (transaction) => ask(transaction.objectStore("media").get(id)));
    if (kept && kept.thumb) pictures.set(id, URL.createObjectURL(new Blob([kept.thumb], { type: "image/jpeg" })));
  }
  return pictures.get(id) || (received === null ? null : `/media/${value.capture_hash}/picture?w=320`);
}
