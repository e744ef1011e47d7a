/* The reconciliation slip of a visit: what this phone's manifest holds, what the server's holds, what is missing. */

import { ask } from "../log/store.js";
import { clockTime } from "../words.js";

const EVENTS = ["issue", "sign", "refuse", "close"];
const GROUPS = ["fields", "originals", "events"];

/* As the server counts: what happened once, what brought a file, all else. */
function group({ k, v }) {
  if (EVENTS.includes(k)) return "events";
  return k === "add" && v.chunks ? "originals" : "fields";
}

/* Compare a visit's operations with what the server last said to hold of this phone's: {fields: {n, got, there}, …, left,
   lacking, at}. `there` is null and `lacking` 0 while that is not known: never told, or something was received since. */
export function reconcile(rows, held) {
  const got = rows.filter(({ r }) => r !== null);
  const isKnown = Boolean(held) && got.every(({ received_at: at }) => new Date(at) <= held.at);
  const phones = Array.from(new Set(rows.map(({ op }) => op.d)), (name) => (isKnown && held.phones[name]) || {});
  const slip = { at: isKnown ? held.at : null, lacking: 0 };
  for (const name of GROUPS) {
    const count = (list) => list.filter(({ op }) => group(op) === name).length;
    const there = isKnown ? phones.reduce((sum, phone) => sum + (phone[name] || 0), 0) : null;
    slip[name] = { n: count(rows), got: count(got), there };
    if (isKnown) slip.lacking += Math.max(0, count(got) - there);
  }
  slip.left = rows.filter(({ r, clash, forked }) => r === null && !(clash && forked)).length; // the server has what clashes after a fork
  return slip;
}

/* Write it on the closing page. */
export async function showSlip(kit, { rows }) {
  const mine = rows.filter(({ op }) => op.t === kit.data.visit);
  const held = await kit.store.read(["meta"], (t) => ask(t.objectStore("meta").get(`held|${kit.data.visit}`)));
  const slip = reconcile(mine, held);
  const write = (name, words) => { kit.main.querySelector(`[data-slip=${name}]`).textContent = words; };
  for (const name of GROUPS) write(name, kit.say(slip.at ? "slip" : "slip_alone", slip[name]));
  write("asked", slip.at ? kit.say("slip_asked", { time: clockTime(slip.at) }) : kit.say("slip_unasked"));
  write("verdict", verdict(kit, slip));
  kit.main.querySelector("[data-slip=verdict]").dataset.is = slip.left ? "left" : slip.lacking ? "lacking" : slip.at ? "whole" : "unasked";
  kit.main.querySelector("[data-slip-bar]").style.setProperty("width", `${mine.length ? 100 - (100 * slip.left) / mine.length : 100}%`);
  for (const part of kit.main.querySelectorAll("[data-pending]")) part.hidden = !slip.left && kit.isOver();
}

function verdict(kit, { left, lacking, at }) {
  if (left) return kit.say("slip_left", { n: left });
  if (lacking) return kit.say("slip_lacking", { n: lacking });
  return kit.say(at ? "slip_whole" : "slip_received");
}
