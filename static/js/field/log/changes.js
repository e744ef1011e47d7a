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

async function ours(transaction, { op_id: id, outcome, code, message }) {
  const row = await ask(transaction.objectStore("ops").get(id));
  if (!row || (row.op.s && row.op.k !== "close")) return null; // nobody here can act on it any more
  transaction.objectStore("ops").put({ ...row, outcome, code, message: row.op.s ? "" : message });
  const drafts = transaction.objectStore("draft");
  const draft = await ask(drafts.get(place(row.op.t, row.op.k, row.op.p)));
  if (!draft || draft.op !== id) return null;
  const told = { ...draft, outcome, code, message, other: outcome === "rival" ? draft.other || draft.under : undefined };
  delete told.under;
  drafts.put(told);
  return told;
}

/* A colleague's operation: laid down, or set beside our own value where both have written. */
async function theirs(transaction, { op, outcome, receipt, by: name }) {
  const drafts = transaction.objectStore("draft");
  if (await ask(transaction.objectStore("meta").get(CLOSED + op.t))) return null; // nothing of it is shown here any more
  const key = place(op.t, op.k, op.p);
  const before = await ask(drafts.get(key));
  if (before && before.op === op.id) return null;
  const told = { key, path: op.p, kind: op.k, value: op.v, op: op.id, by: op.u, name, at: op.at, r: receipt };
  if (outcome === "rival") told.rival = true;
  if (op.k === "void") Object.assign(told, { kind: "add", value: before ? before.value : {}, voided: op.v.reason || true });
  if (outcome && outcome !== "rival" && !SHOWN.includes(outcome)) return null;
  const isBeside = op.k === "set" && (outcome === "rival" || (before && before.r === null));
  if (!isBeside) {
    if (before && (before.r === null || before.r > receipt)) {
      if (op.k === "set") drafts.put({ ...before, under: told }); // wanted if ours turns out to be its rival
      return null;
    }
    drafts.put(told);
    return told;
  }
  if (!before || JSON.stringify(before.value) === JSON.stringify(op.v)) return null;
  const both = { ...before, other: told };
  drafts.put(both);
  return both;
}
