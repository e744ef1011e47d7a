/* Signing and refusing: the notice, the record by the entity, the record by the inspectors. */

import { saveAll } from "./controls.js";
import { use } from "./keep.js";
import { vouch } from "./presence.js";
import { dropDrafts, startDrafts } from "./sign/drafts.js";
import { numberOrder, recordDigest, summarise, unfinished } from "./sign/record.js";
import { goTo } from "./steps.js";
import { clockTime } from "./words.js";

export function startSigning(kit) {
  const { main } = kit;
  main.addEventListener("submit", (event) => {
    if (!event.target.dataset.place) return;
    event.preventDefault();
    act(kit, event.target);
  });
  main.addEventListener("click", ({ target: { dataset } }) => {
    if (dataset.hand) use(kit.status, "sign/hold", ({ handOver }) => handOver(kit, dataset.hand));
  });
  for (const change of ["field:page", "field:saved", "field:received"]) document.addEventListener(change, () => refresh(kit));
  document.addEventListener("field:saved", ({ detail: { path } }) => {
    const [, vt] = /^r\/([^/]+)\/conclusion\/(?:order|category)$/.exec(path) || [];
    if (vt) numberOrder(kit, vt);
  });
  refresh(kit);
  return startDrafts(kit);
}

async function act(kit, form) {
  const { place, vt, person = "" } = form.dataset;
  const alert = form.querySelector(":scope > [role=alert]");
  await saveAll(kit);
  const facts = Object.fromEntries(Array.from(new FormData(form), ([name, value]) => [name, String(value).trim()]));
  const fault = (vt && form.dataset.refuse !== "inspector" ? unfinished(kit, vt) : null) || lacking(kit, form, facts);
  alert.textContent = fault || "";
  alert.hidden = !fault;
  if (fault || (person && !(await vouch(kit, person, form)))) return;
  if (place === "notice" && !kit.log.at("notice", "issue")) await kit.log.record("issue", "notice", { ...kit.data.notice });
  facts.digest = vt ? await recordDigest(kit, vt) : kit.data.notice.sha256;
  const value = form.dataset.refuse ? refusal(form.dataset, facts) : signature(kit, form.dataset, facts);
  await kit.log.record(form.dataset.refuse ? "refuse" : "sign", place, value, person ? { by: person } : {});
  if (!kit.held) goTo(form.dataset.next); // at once: a moment later the person may be elsewhere
  await dropDrafts(kit, form);
}

function signature(kit, { sign: role, person, place }, facts) {
  const value = { role, name: person ? kit.name(person) : facts.name, digest: facts.digest };
  if (role === "inspector") value.dissent = facts.dissent || "";
  else value.capacity = facts.capacity;
  const [seal] = kit.log.items(`${place}/seal/`);
  if (seal) value.seal = seal.path.split("/").pop();
  else value.strokes = facts.strokes ? JSON.parse(facts.strokes) : [];
  if (facts.typed) value.typed = true;
  if (facts.read_aloud) value.read_aloud = true;
  if (facts.witness_name) value.witness = witness(facts);
  return value;
}

function witness({ witness_name: name, witness_unit: unit, witness_telephone: telephone = "" }) {
  return { name, unit, ...(telephone && { telephone }) };
}

function refusal({ refuse: what, of: name }, { words = "", explanation, cause, digest: hash, strokes, ...facts }) {
  const value = { what, words, explanation, witness: facts.witness_name ? witness(facts) : null };
  if (value.witness && strokes) value.witness.strokes = JSON.parse(strokes);
  if (cause) value.cause = cause;
  if (name) value.name = name;
  return what === "notice" ? value : { ...value, digest: hash };
}

function lacking(kit, form, facts) {
  const { refuse, sign, vt, place } = form.dataset;
  if (refuse) return facts.explanation ? null : kit.say("need_explanation");
  if (place === "notice" && !kit.log.value("notice/recusal")) return kit.say("need_recusal");
  if (place === "notice" && kit.log.value("notice/recusal") === "yes" && !kit.log.value("notice/recusal_reason")) return kit.say("need_recusal_reason");
  if (sign === "entity" && vt && !kit.log.value(`r/${vt}/entity/opinion`)) return kit.say("need_opinion");
  if (sign === "entity" && !facts.name) return kit.say("need_name");
  if (sign === "entity" && !facts.capacity) return kit.say("need_capacity");
  if (facts.strokes || facts.typed || kit.log.items(`${place}/seal/`).length) return null;
  return kit.say("need_strokes");
}

function refresh(kit) {
  for (const form of kit.main.querySelectorAll("form[data-place]")) {
    const page = form.closest("[data-page]");
    const event = kit.settled(form.dataset.place);
    const hasAnswered = event && !(event.kind === "refuse" && form.dataset.sign === "inspector"); // who did not sign still may
    form.hidden = Boolean(hasAnswered);
    const words = page.querySelector(`[data-settled="${form.dataset.place}"]`);
    words.hidden = !event;
    if (event) {
      const name = event.value.name || kit.name(event.by);
      const word = event.kind === "sign" ? "signed" : event.value.what === "inspector" ? "unsigned" : "refused";
      words.textContent = kit.say(word, { name, time: clockTime(event.at) });
    }
    for (const part of page.querySelectorAll(`[data-open="${form.dataset.place}"]`)) part.hidden = Boolean(event);
  }
  for (const part of kit.main.querySelectorAll("[data-waits]")) {
    const awaited = kit.awaited(part.dataset.waits);
    part.hidden = !awaited;
    if (awaited) part.textContent = kit.say(kit.isLate(awaited) ? "waits_late" : "waits", { day: awaited.value.until, reason: awaited.value.reason });
  }
  for (const part of kit.main.querySelectorAll("[data-waiting]")) part.hidden = Boolean(kit.settled(part.dataset.open) || kit.awaited(part.dataset.waiting));
  for (const part of kit.main.querySelectorAll("[data-letter]")) part.hidden = !["authorised", "site_manager"].includes(kit.log.value(part.dataset.letter));
  for (const link of kit.main.querySelectorAll("[data-after]")) {
    link.hidden = !kit.settled(link.dataset.after) && !(link.dataset.vt && kit.meetsNobody(link.dataset.vt));
  }
  const area = kit.main.dataset.shown && kit.main.querySelector("[data-page]:not([hidden]) [data-summary]");
  if (area) summarise(kit, area, area.dataset.summary);
}
