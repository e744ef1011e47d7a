/* What the server tells of since we last asked: colleagues' operations, and what became of our own. */

import { phoneOf, place } from "./ops.js";
import { CLOSED } from "./outbox.js";
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

/* All values of a field that stand open: the one that is shown, then the others, each linked to the next by `other`. */
export function standing(entry) {
  const all = [];
  for (let one = entry; one; one = one.other) all.push(one);
  return all;
}

/* Keep an entry with these beside it. */
function put(drafts, entry, others) {
  const told = { ...entry, other: others.reduceRight((next, one) => ({ ...one, other: next }), undefined) };
  drafts.put(told);
  return told;
}

/* A rivalry has ended: what this operation said stands open no more. */
async function settle(drafts, id) {
  const draft = (await ask(drafts.getAll())).find(({ other }) => standing(other).some(({ op }) => op === id));
  return draft ? put(drafts, draft, standing(draft.other).filter(({ op }) => op !== id)) : null;
}

async function ours(transaction, { op_id: id, outcome, code, message }) {
  const drafts = transaction.objectStore("draft");
  const row = await ask(transaction.objectStore("ops").get(id));
  const draft = row && !row.op.s ? await ask(drafts.get(place(row.op.t, row.op.k, row.op.p))) : null;
  if (row && (!row.op.s || row.op.k === "close")) { // of what is sealed nobody here can act on anything else any more
    transaction.objectStore("ops").put({ ...row, outcome, code, message: row.op.s ? "" : message });
  }
  if (!draft || draft.op !== id) return outcome === "settled" ? settle(drafts, id) : null;
  const { under, ...told } = { ...draft, outcome, code, message };
  const others = standing(draft.other).filter((one) => one.rival || outcome === "rival");
  return put(drafts, told, outcome === "rival" && under && others.every((one) => one.rival) ? [...others, under] : others);
}

/* A colleague's operation: laid down, or set beside our own value where both have written. What stands open beside a value
   still does when that is written anew, until the server says that it is settled. */
async function theirs(transaction, { op, outcome, receipt, by: name }) {
  const drafts = transaction.objectStore("draft");
  if (await ask(transaction.objectStore("meta").get(CLOSED + op.t))) return null; // nothing of it is shown here any more
  if (outcome === "settled") return settle(drafts, op.id);
  const key = place(op.t, op.k, op.p);
  const before = await ask(drafts.get(key));
  if (before && before.op === op.id) return null;
  if (outcome && outcome !== "rival" && !SHOWN.includes(outcome)) return null;
  const told = { key, path: op.p, kind: op.k, value: op.v, op: op.id, by: op.u, name, at: op.at, r: receipt };
  if (op.k === "void") Object.assign(told, { kind: "add", value: before ? before.value : {}, voided: op.v.reason || true });
  const differs = ({ value }) => JSON.stringify(value) !== JSON.stringify(op.v);
  const others = before ? standing(before.other) : [];
  if (outcome === "rival") return before && standing(before).every(differs) ? put(drafts, before, [...others, { ...told, rival: true }]) : null;
  const rivals = others.filter((one) => one.rival && differs(one));
  if (op.k === "set" && before && before.r === null) return put(drafts, before, differs(before) ? [told, ...rivals] : rivals);
  if (before && (before.r === null || before.r > receipt)) {
    if (op.k === "set") drafts.put({ ...before, under: told }); // wanted if ours turns out to be its rival
    return null;
  }
  if (before && before.outcome === "rival" && differs(before)) rivals.unshift({ ...before, rival: true });
  return put(drafts, told, rivals);
}
