/* What is signed or refused becomes an operation: it comes when somebody signs. */

import { vouch } from "../presence.js";
import { goTo } from "../steps.js";
import { wordsOf } from "../words.js";
import { dropDrafts } from "./drafts.js";
import { asSigned, unfinished, unsaved } from "./record.js";
import { comeToRest } from "./rest.js";

/* Check what the form says, and write it down. */
export async function settle(kit, form) {
  const { place, vt, person = "" } = form.dataset;
  const alert = form.querySelector(":scope > [role=alert]");
  await comeToRest(kit);
  const facts = Object.fromEntries(Array.from(new FormData(form), ([name, value]) => [name, String(value).trim()]));
  const fault = (vt && form.dataset.refuse !== "inspector" ? unfinished(kit, vt) : unsaved(kit)) || lacking(kit, form, facts);
  alert.textContent = fault || "";
  alert.hidden = !fault;
  if (fault || (person && !(await vouch(kit, person, form)))) return;
  const served = place === "notice" ? kit.data.notice : kit.data.supplements[place]; // or a record
  if (served && !kit.log.at(place, "issue")) await kit.log.record("issue", place, { ...served });
  Object.assign(facts, vt ? await asSigned(kit, vt) : { digest: served.sha256 });
  const value = form.dataset.refuse ? refusal(form.dataset, facts) : signature(kit, form.dataset, facts);
  await kit.log.record(form.dataset.refuse ? "refuse" : "sign", place, value, person ? { by: person } : {});
  if (!kit.held) goTo(form.dataset.next); // at once: a moment later the person may be elsewhere
  await dropDrafts(kit, form);
}

function signature(kit, { sign: role, person, place }, facts) {
  const value = { role, name: person ? kit.name(person) : facts.name, digest: facts.digest };
  if (facts.attendance) value.attendance = facts.attendance;
  if (role === "inspector") value.dissent = facts.dissent || "";
  else value.capacity = facts.capacity;
  const [seal] = kit.log.items(`${place}/seal/`);
  if (seal) value.seal = seal.path.split("/").pop();
  else value.strokes = facts.strokes ? JSON.parse(facts.strokes) : [];
  if (facts.read_aloud) value.read_aloud = true;
  if (facts.witness_name) value.witness = witness(facts);
  return value;
}

function witness({ witness_name: name, witness_unit: unit, witness_telephone: telephone = "" }) {
  return { name, unit, ...(telephone && { telephone }) };
}

function refusal({ refuse: what, of: name }, { words = "", explanation, cause, digest: hash, attendance, strokes, ...facts }) {
  const value = { what, words, explanation, witness: facts.witness_name ? witness(facts) : null };
  if (value.witness && strokes) value.witness.strokes = JSON.parse(strokes);
  if (cause) value.cause = cause;
  if (name) value.name = name;
  return what === "notice" ? value : { ...value, digest: hash, ...(attendance && { attendance }) };
}

/* Where nobody stands before the entity: it was served, and has spoken, or its day is over. */
function tooEarly(kit, { dataset: { refuse, vt } }, { words }) {
  if (kit.data.on_site || refuse !== "record") return null;
  if (kit.log.at(`r/${vt}/refusal`, "refuse")) return null;
  const served = kit.awaited(vt);
  const say = wordsOf(document.getElementById("theirs"));
  if (!served) return say("unserved");
  return words || kit.isLate(served) ? null : say("early", { day: served.value.until });
}

function lacking(kit, form, facts) {
  const { refuse, sign, vt, place } = form.dataset;
  if (refuse) return facts.explanation ? tooEarly(kit, form, facts) : kit.say("need_explanation");
  if (place === "notice" && !kit.log.value("notice/recusal")) return kit.say("need_recusal");
  if (place === "notice" && kit.log.value("notice/recusal") === "yes" && !kit.log.value("notice/recusal_reason")) return kit.say("need_recusal_reason");
  if (sign === "entity" && vt && !kit.log.value(`r/${vt}/entity/opinion`)) return kit.say("need_opinion");
  if (sign === "entity" && !facts.name) return kit.say("need_name");
  if (sign === "entity" && !facts.capacity) return kit.say("need_capacity");
  if (facts.strokes || kit.log.items(`${place}/seal/`).length) return null;
  return kit.say("need_strokes");
}
