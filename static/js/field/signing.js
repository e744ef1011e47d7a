/* Signing and refusing: the notice, the record by the entity, the record by the inspectors. */

import { use } from "./keep.js";
import { startDrafts } from "./sign/drafts.js";
import { numberOrder, summarise } from "./sign/record.js";
import { clockTime } from "./words.js";

export function startSigning(kit) {
  const { main } = kit;
  main.addEventListener("submit", (event) => {
    if (!event.target.dataset.place) return;
    event.preventDefault();
    use(kit.status, "sign/write", ({ settle }) => settle(kit, event.target), event.target);
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
      const word = event.kind === "sign" ? "signed" : event.value.what === "inspector" ? "unsigned" : "refused_at";
      words.textContent = kit.say(word, { name, time: clockTime(kit.when(event)) });
    }
  }
  for (const part of kit.main.querySelectorAll("[data-open]")) part.hidden = part.dataset.open.split(" ").every((place) => kit.settled(place));
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
