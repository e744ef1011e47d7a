/* Values that differ stand side by side, each with its name and time, until a person picks one: beside the field, and all of
   them on one page, so that also what has no place of its own any more can be chosen. */

import { lay, note, shown } from "../controls.js";
import { standing } from "../log/entries.js";
import { clockTime } from "../words.js";

const NAMED = /[0-9a-f]{8}-[0-9a-f-]{27}/g;
let begun = false;

/* Offer the values of a field to be chosen from. */
export function offer(kit, path) {
  start(kit);
  const entry = kit.log.at(path);
  const place = entry && entry.other ? note(kit, path, kit.say("mark_rival"), "wait") : null;
  if (!place) return;
  place.append(...buttons(kit, entry));
  for (let part = place.closest("[data-when]"); part; part = part.parentElement.closest("[data-when]")) part.hidden = false;
}

/* List what stands open, and go on listing it. */
export function start(kit) {
  if (begun) return;
  begun = true;
  kit.main.addEventListener("click", ({ target }) => target.dataset.choose && choose(kit, target));
  for (const change of ["field:saved", "field:received"]) document.addEventListener(change, () => list(kit));
  list(kit);
}

/* All that is open, on the page of its own; the ways there are shown while there is any. */
function list(kit) {
  const open = kit.log.entries().filter(({ other }) => other);
  const page = document.getElementById("rivals");
  const now = open.flatMap(standing).map(({ op }) => op).join();
  if (page.dataset.listed === now) return;
  page.dataset.listed = now;
  page.querySelector("[data-rivals]").replaceChildren(...open.map((entry) => section(kit, entry, page)));
  page.querySelector("[data-no-rivals]").hidden = open.length > 0;
  for (const way of kit.main.querySelectorAll("[data-to-rivals]")) way.hidden = !open.length;
}

function section(kit, entry, page) {
  const part = Object.assign(document.createElement("section"), { className: "thing padded stack" });
  part.append(Object.assign(document.createElement("h2"), { textContent: nameOf(kit, entry.path, page) }), ...buttons(kit, entry));
  return part;
}

/* What stands at a path is called by the server's words; a check by its number, a record of a merged visit by its item. */
function nameOf(kit, path, page) {
  const [, vt, line] = /^r\/([^/]+)\/(?:check\/([^/]+))?/.exec(path) || [];
  const task = kit.data.tasks.find((one) => one.vt === vt);
  const name = JSON.parse(page.dataset.labels)[path.replace(NAMED, "*")] || path;
  const words = name.replace("{number}", task && line ? task.checks.indexOf(line) + 1 : "");
  return task && kit.data.tasks.length > 1 ? `${task.head.item} · ${words}` : words;
}

/* One for each value; the choice names the value that stands on the server, as far as this phone knows it. */
function buttons(kit, entry) {
  const all = standing(entry);
  const current = all.slice(1).find(({ rival }) => !rival) || entry;
  return all.map((one) => {
    const { value, by } = one;
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "do plain half", value: JSON.stringify(value) });
    Object.assign(button.dataset, { choose: entry.path, base: current.op });
    button.textContent = kit.say("choose", { name: kit.name(by), value: words(kit, entry.path, value), time: clockTime(kit.when(one)) });
    return button;
  });
}

/* A value as people read it: several facts each, a zone by its name. */
function words(kit, path, value) {
  if (value && typeof value === "object") {
    const facts = Object.values(value).filter(Boolean);
    return facts.map((one) => (typeof one === "number" ? clockTime(one) : one)).join(" · ") || kit.say("nothing");
  }
  const zone = path.endsWith("/zone") && kit.log.value(`zone/${value}`);
  return zone ? zone.place || clockTime(zone.from) : shown(kit, path, value);
}

async function choose(kit, { dataset: { choose: path, base }, value }) {
  lay(kit, await kit.log.record("set", path, JSON.parse(value), { base, anyway: true }));
}
