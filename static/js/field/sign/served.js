/* A written or an online inspection: each finished record is handed over until a day, then the link is made that is sent. */

import { oddDay } from "../close.js";
import { goTo } from "../steps.js";
import { dropDrafts } from "./drafts.js";
import { offer } from "./own.js";
import { asSigned, unfinished } from "./record.js";
import { comeToRest } from "./rest.js";

export async function serve(kit, form) {
  await comeToRest(kit);
  const { until, reason } = Object.fromEntries(new FormData(form));
  const open = kit.data.tasks.map(({ vt }) => vt).filter((vt) => !kit.settled(`r/${vt}/record`) && !kit.meetsNobody(vt) && !kit.closed(vt));
  const ready = open.filter((vt) => !unfinished(kit, vt));
  const fault = oddDay(kit, until, ready) || (!ready.length && open.length && unfinished(kit, open[0]));
  const alert = form.querySelector("[role=alert]");
  alert.textContent = fault || "";
  alert.hidden = !fault;
  if (fault) return null;
  for (const vt of ready) await hand(kit, vt, { what: "served", until, reason: reason.trim() });
  await dropDrafts(kit, form);
  goTo("theirs");
  return offer(kit, form);
}

/* What waits already until that day is not handed over again: only its link is made anew. */
async function hand(kit, vt, { what, until, reason }) {
  const stands = await asSigned(kit, vt);
  const { value: before = {} } = kit.awaited(vt) || {};
  if (before.until === until && before.digest === stands.digest) return;
  await kit.log.record("issue", `awaiting/${vt}`, { what, until, reason, ...stands });
}
