/* Evidence of the kit: photos, films, sounds, files; copied, hashed and written down at once, one after the other. */

import { freeze, tidy } from "./log/chunks.js";
import { uuid7 } from "./log/ops.js";
import { ask, within } from "./log/store.js";
import { findPlace } from "../elements/place-field.js";
import { saveAll } from "./controls.js";
import { bring, use } from "./keep.js";
import { comeBack, forget, leaveFor } from "./media/camera.js";

const MINUTE = 60000;
const PATIENCE = 3000; // for the phone to say where it is
let previews = Promise.resolve();
let seeking = null; // where the phone is: a promise while it is being looked for
let fix = null;
let isAway = false; // before a camera, or among files

export function startPhotos(kit) {
  const { main } = kit;
  main.addEventListener("picking", () => leave(kit));
  main.addEventListener("shot", ({ target, detail }) => arrive(kit, target, detail));
  main.addEventListener("sound", ({ target }) => { locate(kit); sound(kit, target.dataset.path); });
  window.addEventListener("focus", () => setTimeout(() => { isAway = false; back(kit); }, 1000));
  comeBack(kit);
  mend(kit);
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
  isAway = true;
  leaveFor(kit);
  saveAll(kit);
  locate(kit);
}

function locate(kit) {
  if (kit.log.value("arrival/fix")) seeking = findPlace().then((found) => { fix = found || fix; });
}

/* A file was chosen: until it is written down it may still get lost. */
function arrive(kit, field, shot) {
  isAway = false;
  leaveFor(kit);
  take(kit, field.dataset.path, shot, field);
}

/* Nothing was chosen, or it has come, or it is said here that it has not. */
function back(kit) {
  if (!kit.files && !isAway) forget(kit);
}

/* Where the phone was at that moment, or at the arrival, if that is not long ago; it is waited for a little. */
async function placeAt(kit, moment) {
  const near = () => [fix, kit.log.value("arrival/fix")].find((one) => one && Math.abs(moment - one.at) < 10 * MINUTE) || null;
  if (seeking && !near()) await Promise.race([seeking, new Promise((go) => { setTimeout(go, PATIENCE); })]);
  return near();
}

/* One after the other: the bytes, their hashes and the operation; small pictures of them after, in a row of their own. */
function take(kit, path, shot, field = null) {
  kit.files += 1;
  if (field) field.busy(true);
  const dated = { taken: Date.now(), ...shot };
  const kept = kit.copying.then(() => keep(kit, path, dated, field));
  kit.copying = kept.catch(() => null);
  return kept;
}

async function keep(kit, path, { file, source, id = uuid7(), seconds = null, taken }, field) {
  let fault = null;
  try {
    const bytes = await freeze(kit.store, file);
    const grade = gradeOf(source, file.lastModified, taken, arrived(kit));
    const value = { ...bytes, taken_at: taken, made_at: Math.round(file.lastModified), fix: await placeAt(kit, taken), grade, seconds };
    await kit.log.record("add", `${path}/${id}`, value, { once: true });
    previews = previews.then(() => picture(kit, id, value.capture_hash, file)).catch(() => null);
  } catch (error) {
    const full = error.name === "QuotaExceededError";
    fault = kit.say(full ? "photo_failed" : error instanceof RangeError && file.size ? "media_large" : "media_unread");
    if (!field) kit.status.notice(fault);
  }
  kit.files -= 1;
  back(kit);
  if (field) {
    field.busy(false);
    field.fault(fault, file, kit.say("save_elsewhere"));
  }
  return fault === null;
}

/* A small picture for the lists of this phone; what was closed meanwhile gets none. */
async function picture(kit, id, hash, file) {
  const thumb = await bring("media/preview").then((one) => one.preview(file));
  if (!thumb || kit.log.at("visit", "close")) return;
  await kit.store.write(["media"], (t) => ask(t.objectStore("media").put({ id, capture_hash: hash, thumb })));
  document.dispatchEvent(new CustomEvent("field:entries"));
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
