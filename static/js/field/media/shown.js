/* Evidence in its places: each piece with its picture, its facts and the way to strike it out. */

import { shortCode } from "../log/digest.js";
import { ask } from "../log/store.js";
import { bringTyped } from "../sign/drafts.js";
import { clockTime } from "../words.js";

const pictures = new Map();

export function start(kit) {
  const { main } = kit;
  main.addEventListener("click", ({ target }) => "strike" in target.dataset && target.closest("figure").toggleAttribute("data-open"));
  for (const change of ["field:page", "field:saved", "field:received", "field:entries"]) document.addEventListener(change, () => show(kit));
  show(kit);
}

async function show(kit) {
  for (const field of kit.main.querySelectorAll("[data-page]:not([hidden]) photo-field")) {
    const items = kit.log.added(field.dataset.path).filter(({ value }) => value.capture_hash);
    const strikes = field.hasAttribute("data-overview") ? null : document.getElementById("strike");
    if (field.hasAttribute("data-overview")) kit.main.querySelector("[data-none]").hidden = items.length > 0;
    const added = field.show(await Promise.all(items.map((item) => describe(kit, item))), strikes);
    if (strikes) added.forEach((figure) => openTyped(kit, figure));
  }
}

/* A reason for striking it out that was being typed lies open again. */
async function openTyped(kit, figure) {
  const form = figure.querySelector("form");
  await bringTyped(kit, form);
  if (form.elements.reason.value) figure.toggleAttribute("data-open", true);
}

async function describe(kit, entry) {
  const { path, value, r, outcome, message } = entry;
  const time = clockTime(kit.when(entry));
  const code = shortCode(value.capture_hash);
  const odd = outcome === "attention" ? ` · ⚠ ${message || kit.say("mark_aside")}` : "";
  const caption = `${time} · ${code.slice(0, 4)}${r === null ? "" : " ✓"}${odd}`;
  const id = path.split("/").pop();
  const kind = { image: "", video: "film", audio: "sound" }[(value.type || "image/").split("/")[0]];
  const src = await picture(kit, id, value, kind === "" ? r : null);
  const about = [kind === "" ? "" : length(value), kind === "" ? "" : weight(value.size), value.fix ? `±${value.fix.accuracy_m} m` : ""];
  const lines = [kind === "" ? "" : kit.say(kind || "file"), about.filter(Boolean).join(" · "), kind === undefined ? value.name : ""];
  return { id, path, caption, label: kit.say("photo_alt", { time, code }), src, lines: lines.filter(Boolean) };
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
