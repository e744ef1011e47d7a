/* What the server tells of since we last asked: colleagues' operations, and what became of our own. */

import { beside, CLOSED, differ, isRefused, place, standing, withRival } from "./entries.js";
import { phoneOf } from "./ops.js";
import { ask } from "./store.js";

const SHOWN = ["applied", "merged"];

/* Keep the answer's changes and the new cursor in one transaction; gives the drafts that changed. */
export async function learn(store, { changes = [], cursor }) {
  if (!changes.length) return [];
  return store.write(["meta", "ops", "draft"], async (transaction) => {
    const fresh = [];
    for (const change of changes) {
      const draft = change.op ? await theirs(transaction, change) : await ours(transaction, change);
      if (draft) fresh.push(draft);
    }
    const phone = await phoneOf(transaction);
    transaction.objectStore("meta").put({ ...phone, cursor: Math.max(phone.cursor, cursor || 0) });
    return fresh;
  });
}

function put(drafts, entry) {
  drafts.put(entry);
  return entry;
}

/* A rivalry has ended: what this operation said stands open no more. */
async function settle(drafts, id) {
  const all = await ask(drafts.getAll());
  for (const { key } of all.filter(({ op, beside: place }) => place && op === id)) drafts.delete(key);
  const draft = all.find(({ other }) => standing(other).some(({ op }) => op === id));
  return draft ? put(drafts, beside(draft, standing(draft.other).filter(({ op }) => op !== id))) : null;
}

async function ours(transaction, { op_id: id, outcome, code, message, receipt }) {
  const drafts = transaction.objectStore("draft");
  const row = await ask(transaction.objectStore("ops").get(id));
  const draft = row && !row.op.s ? await ask(drafts.get(place(row.op.t, row.op.k, row.op.p))) : null;
  if (row && (!row.op.s || row.op.k === "close")) { // of what is sealed nobody here can act on anything else any more
    transaction.objectStore("ops").put({ ...row, outcome, code, message: row.op.s ? "" : message });
  }
  if (!draft || draft.op !== id) {
    if (draft && SHOWN.includes(outcome)) drafts.put({ ...draft, stood: told(row.op, { receipt }, draft) }); // and more was written since
    return outcome === "settled" ? settle(drafts, id) : null;
  }
  const { under, ...entry } = { ...draft, outcome, code, message };
  const others = standing(draft.other).filter((one) => one.rival || outcome === "rival");
  return put(drafts, beside(entry, outcome === "rival" && under && others.every((one) => one.rival) ? [...others, under] : others));
}

/* The entry that an operation makes. */
function told(op, { receipt, by: name }, before) {
  const entry = { key: place(op.t, op.k, op.p), path: op.p, kind: op.k, value: op.v, op: op.id, by: op.u, name, at: op.at, off: op.off || 0, r: receipt };
  if (op.k === "void") Object.assign(entry, { kind: "add", value: before ? before.value : {}, voided: op.v.reason || true });
  return entry;
}

/* A colleague's operation: laid down, or set beside our own value where both have written. What stands open beside a value
   still does when that is written anew, until the server says that it is settled. */
async function theirs(transaction, { op, ...change }) {
  const { outcome, receipt } = change;
  const drafts = transaction.objectStore("draft");
  if (await ask(transaction.objectStore("meta").get(CLOSED + op.t))) return null; // nothing of it is shown here any more
  if (outcome === "settled") return settle(drafts, op.id);
  const key = place(op.t, op.k, op.p);
  const before = await ask(drafts.get(key));
  if (before && before.op === op.id) return null;
  const isAccepted = SHOWN.includes(outcome) || (op.k === "close" && !isRefused(change)); // a closing under other words stands
  if (outcome && outcome !== "rival" && !isAccepted) return null;
  const entry = told(op, change, before);
  const differs = ({ value }) => differ(value, op.v);
  if (outcome === "rival") return besideWhatStands(drafts, before, entry);
  const rivals = before ? standing(before.other).filter((one) => one.rival && differs(one)) : [];
  if (op.k === "set" && before && before.r === null) {
    return put(drafts, beside({ ...before, stood: entry }, differs(before) ? [entry, ...rivals] : rivals));
  }
  if (before && (before.r === null || before.r > receipt)) {
    if (op.k === "set") drafts.put({ ...before, under: entry, stood: entry }); // wanted if ours is its rival, or is not accepted
    const isUnder = op.k === "void" && outcome !== "merged" && !before.voided && before.base !== op.id;
    return isUnder ? put(drafts, { ...entry, strikes: before.op }) : null; // ours was written by one who did not know of it
  }
  if (before && before.outcome === "rival" && differs(before)) rivals.unshift({ ...before, rival: true });
  return put(drafts, beside(entry, rivals));
}

/* A rival of what stands; where that came with a page that was not opened yet, until it is. */
function besideWhatStands(drafts, before, rival) {
  if (!before) {
    drafts.put({ ...rival, key: `${rival.key}|rival|${rival.op}`, beside: rival.key });
    return null;
  }
  const entry = withRival(before, rival);
  return entry === before ? null : put(drafts, entry);
}
