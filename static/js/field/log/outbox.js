/* Operations that have no receipt yet: in the order of their numbers, without gaps. */

import { chunksOf, letGo } from "./chunks.js";
import { CLOSED } from "./entries.js";
import { phoneOf } from "./ops.js";
import { ask, within } from "./store.js";

const BYTES = 200000;

/* Visits that are closed on this phone: with a closing among the drafts, or sealed before. */
export function closedVisits(store) {
  return store.read(["draft", "meta"], async (transaction) => {
    const drafts = await ask(transaction.objectStore("draft").getAllKeys());
    const marks = await ask(transaction.objectStore("meta").getAllKeys(within(CLOSED)));
    const closings = drafts.filter((key) => key.endsWith("|visit|close")).map((key) => key.split("|")[0]);
    return Array.from(new Set([...closings, ...marks.map((key) => key.slice(CLOSED.length))]));
  });
}

/* Up to `most` operations, no further than the first whose bytes have to go ahead of it: then `waits`. */
export async function outbox(store, most) {
  const [phone, rows] = await store.read(["meta", "ops"], async (transaction) => [
    await phoneOf(transaction), await ask(transaction.objectStore("ops").getAll()),
  ]);
  const waiting = rows.filter(isWaiting).sort((one, other) => one.op.n - other.op.n);
  const ops = [];
  let bytes = 0;
  let waits = false;
  for (const { op, up } of waiting.slice(0, most)) {
    bytes += JSON.stringify(op).length;
    waits = Boolean(chunksOf(op).length && !up);
    if (waits || (ops.length && bytes > BYTES)) break;
    ops.push(op);
  }
  const received = rows.filter((row) => row.r !== null);
  return {
    phone, ops, waits: waits && !ops.length, rows, unsent: waiting.length,
    next: ops.length < waiting.length ? waiting[ops.length].op.at : null,
    oldest: waiting.length ? waiting[0].op.at : null,
    last: received.reduce((best, row) => (best && best.r > row.r ? best : row), null),
  };
}

export function isWaiting(row) {
  return row.r === null && !row.clash;
}

/* Keep the receipts; the bytes of evidence are let go only now. Answers the ids that this answer really names; where the
   server wants what has left the phone, the answer becomes that to a copied phone: new name, new numbers. */
export async function receive(store, sent, answer, offset) {
  const mine = new Map(sent.map((op) => [op.id, op]));
  const out = (answer.out || []).filter(({ id, n, receipt }) => mine.has(id) && mine.get(id).n === n && receipt);
  await store.write(["meta", "ops", "draft", "chunk"], async (transaction) => {
    const [ops, drafts] = ["ops", "draft"].map((name) => transaction.objectStore(name));
    const phone = await phoneOf(transaction);
    const meta = transaction.objectStore("meta");
    if (Number.isFinite(offset)) meta.put({ ...phone, off: offset });
    for (const [visit, phones] of Object.entries(answer.held || {})) meta.put({ key: `held|${visit}`, phones, at: answer.now });
    for (const { id, receipt, received_at: at } of out) ops.put({ ...(await ask(ops.get(id))), r: receipt, received_at: at });
    await letGo(transaction, out.flatMap(({ id }) => chunksOf(mine.get(id))));
    for (const row of answer.missing ? await ask(ops.getAll()) : []) {
      if (row.r === null && chunksOf(row.op).some((hash) => answer.missing.includes(hash))) ops.put({ ...row, up: false });
    }
    const receipts = new Map(out.map(({ id, receipt }) => [id, receipt]));
    for (const draft of out.length ? await ask(drafts.getAll()) : []) {
      if (receipts.has(draft.op) && draft.r === null) drafts.put({ ...draft, r: receipts.get(draft.op) });
    }
    if (Number.isInteger(answer.want) && !answer.clash) answer.fork = answer.fork || (await sendAgain(ops, phone.d, answer.want));
  });
  return out;
}

/* The server knows less than we have receipts for: the same operations go once more. True if the first of them is gone. */
async function sendAgain(ops, device, want) {
  const rows = (await ask(ops.getAll())).filter(({ op, clash }) => op.d === device && op.n >= want && !clash);
  for (const row of rows) if (row.r !== null) ops.put({ ...row, r: null });
  return !rows.some(({ op }) => op.n === want);
}
