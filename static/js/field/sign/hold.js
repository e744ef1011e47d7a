/* The phone in the party's hands: only what was handed over can be reached, until an inspector's PIN takes it back. */

import { makeVerifier, verifierOf } from "../../elements/pin-field.js";
import { saveAll } from "../controls.js";
import { ask } from "../log/store.js";
import { post } from "../log/wire.js";
import { free, goTo, hold, show } from "../steps.js";

const TRIES = 5; // after so many wrong ones each further try has to wait
const REST = 30000;

const keyOf = (kit) => `hand|${kit.data.visit}`;
const write = (kit, row) => kit.store.write(["meta"], (transaction) => ask(transaction.objectStore("meta").put(row)));
const pinsOf = (kit) => kit.data.members.map(({ pin }) => pin).filter(Boolean);

/* Give the phone away with these pages. Without anybody's PIN one is made for this once, before it leaves the hand. */
export async function handOver(kit, pages, form) {
  await saveAll(kit);
  const own = form ? await once(kit, form) : null;
  if (form && !own) return;
  if (!form && !pinsOf(kit).length) {
    document.querySelector("form[data-run=handOver]").dataset.pages = pages;
    goTo("hand");
    return;
  }
  const row = { key: keyOf(kit), url: location.pathname, pages: pages.split(" "), pin: own, wrong: 0, until: 0 };
  await write(kit, row);
  hold(kit, row);
  history.replaceState(null, "", `#${row.pages[0]}`);
  show(kit, true);
}

/* Any member's PIN takes it back; wrong ones are counted through every restart. */
export async function takeBack(kit, _pages, form) {
  const row = await kit.store.read(["meta"], (transaction) => ask(transaction.objectStore("meta").get(keyOf(kit))));
  if (form.password) return signBack(kit, row, form);
  const { code } = Object.fromEntries(new FormData(form));
  form.reset();
  const left = Math.ceil((row.until - Date.now()) / 1000);
  if (left > 0) return tell(kit, form, kit.say("hand_wait", { n: Math.min(left, REST / 1000) }));
  const wrong = row.wrong + 1; // counted before it is tried: a kill gives no try for nothing
  await write(kit, { ...row, wrong, until: wrong >= TRIES ? Date.now() + REST : 0 });
  if (!(await fits(code, row.pin ? [row.pin] : pinsOf(kit)))) return tell(kit, form, kit.say("hand_wrong"));
  return release(kit, row, form);
}

/* Nobody remembers the code: a member's own account password, which only the server can check. */
async function signBack(kit, row, form) {
  const said = Object.fromEntries(new FormData(form));
  form.password.value = "";
  const fault = await post("/field/hand", { visit: kit.data.visit, ...said }).then(({ by }) => (by ? "" : "hand_nobody"), () => "hand_away");
  if (fault) return tell(kit, form, kit.say(fault));
  form.reset();
  return release(kit, row, form);
}

async function release(kit, row, form) {
  await kit.store.write(["meta"], async (transaction) => transaction.objectStore("meta").delete(keyOf(kit)));
  document.cookie = "handed=; path=/; max-age=0; SameSite=Lax";
  free(kit);
  tell(kit, form, "");
  return goTo(row.pages[0]);
}

async function fits(code, pins) {
  for (const pin of pins) if ((await verifierOf(code, pin.salt, pin.iterations)) === pin.verifier) return true;
  return false;
}

async function once(kit, form) {
  const { code, again } = Object.fromEntries(new FormData(form));
  const fault = !/^\d{6}$/.test(code) ? "pin_digits" : code === again ? "" : "pin_differs";
  tell(kit, form, fault && kit.say(fault));
  if (fault) return null;
  form.reset();
  return makeVerifier(code);
}

function tell(kit, form, words) {
  const alert = form.querySelector("[role=alert]");
  alert.textContent = words;
  alert.hidden = !words;
}
