/* New numbers for what waits: after a copy of the phone, or where something is set aside. */

import { hex } from "./digest.js";
import { place } from "./entries.js";
import { phoneOf } from "./ops.js";
import { isWaiting } from "./outbox.js";
import { ask } from "./store.js";

/* The answer says that this phone is a copy, or that something can never be received; gives the drafts that say so. */
export function renumbered(store, answer) {
  return answer.fork ? fork(store).then(() => []) : leaveOut(store, answer.clash, answer.why);
}

/* This phone is a copy of another: a new device, what is unsent gets new numbers and keeps its ids. */
function fork(store) {
  return renumber(store, (phone) => Object.assign(phone, { d: hex(crypto.getRandomValues(new Uint8Array(16))), n: 0 }), []);
}

/* Set operations aside: with `why` the server can never receive them, without it it knows them with other bytes, which after
   a fork are the same words under their first number. The rest closes the gap and goes. They stay here for a person to look
   at: gives the drafts that say so, with the server's sentence. */
export function leaveOut(store, ids, why) {
  return renumber(store, (phone, rows) => {
    const left = rows.filter((row) => ids.includes(row.id)).map((row) => row.op.n);
    return left.length ? Object.assign(phone, { n: Math.min(...left) - 1 }) : null;
  }, ids, why);
}

/* What has no room on the server holds up its own visit alone: all that waits of the visits that are `over` comes last, in its
   order. Only while the first in the line has never been sent: then nothing behind it has. Where nothing else waits the error
   is thrown on. */
export async function postpone(store, over, error) {
  if (over.has(error.visit)) throw error;
  over.add(error.visit);
  if (!(await moveBack(store, over))) throw error;
  return [];
}

function moveBack(store, visits) {
  return store.write(["ops"], async (transaction) => {
    const ops = transaction.objectStore("ops");
    const rows = (await ask(ops.getAll())).filter(isWaiting).sort((one, other) => one.op.n - other.op.n);
    const [last, first] = [true, false].map((is) => rows.filter(({ op }) => visits.has(op.t) === is));
    const numbers = rows.map(({ op }) => op.n);
    first.concat(last).forEach((row, place) => ops.put({ ...row, op: { ...row.op, n: numbers[place] } }));
    return first.length > 0;
  });
}

function renumber(store, begin, ids, why) {
  return store.write(["meta", "ops", "draft"], async (transaction) => {
    const [ops, drafts] = ["ops", "draft"].map((name) => transaction.objectStore(name));
    const told = [];
    const rows = (await ask(ops.getAll())).filter(isWaiting).sort((one, other) => one.op.n - other.op.n);
    const phone = begin(await phoneOf(transaction), rows);
    if (!phone) return told;
    const bases = new Map(); // of what the server has not: what it was written upon
    for (const row of rows) {
      const b = bases.has(row.op.b) ? bases.get(row.op.b) : row.op.b;
      if (ids.includes(row.id)) {
        const forked = Boolean(row.forked && !why);
        ops.put({ ...row, clash: true, forked });
        if (!forked) bases.set(row.id, b);
        const draft = row.op.s || forked ? null : await ask(drafts.get(place(row.op.t, row.op.k, row.op.p)));
        if (draft && draft.op === row.id) told.push({ ...draft, ...why, outcome: "attention", aside: true, base: b });
      } else if (row.op.n > phone.n || phone.d !== row.op.d) {
        phone.n += 1;
        const op = { ...row.op, d: phone.d, n: phone.n };
        ops.put({ ...row, forked: row.forked || row.op.d !== phone.d, op: row.op.s ? op : { ...op, b } });
      }
    }
    transaction.objectStore("meta").put(phone);
    for (const draft of told) drafts.put(draft);
    return told;
  });
}
