/* The bytes of what waits go up as it is taken, the smallest first, whatever the order of the operations. */

import { bring } from "../keep.js";
import { CHUNK, chunksOf } from "./chunks.js";
import { sha256 } from "./digest.js";
import { ask } from "./store.js";
import { Away, away, post, putChunk } from "./wire.js";

const MOST = 2000; // hashes in one question
const LONG = 4 * CHUNK;
const TURN = 30000; // milliseconds after which colleagues' changes are asked for in between

/* Bring one original up, or a part of a long one; before each chunk a smaller one that has come since goes ahead. What the
   server has is not sent again. `tell({done, size})` hears how far a long one is. An operation whose bytes are not here any
   more, or are not what they were, is set aside; gives the drafts that say so. Visits that are `over` their quota wait. */
export async function carry(store, over, tell) {
  const left = new Map(); // of each operation: the chunks that the server does not have
  for (const end = Date.now() + TURN; Date.now() < end;) {
    const all = await waiting(store);
    const rows = all.filter(({ op }) => !over.has(op.t));
    if (all.length && !rows.length) throw Object.assign(new Away("quota"), { visit: all[0].op.t });
    if (!rows.length) return [];
    const [{ id, op }] = rows;
    const size = sizeOf(op);
    if (!left.has(id)) await inquire(rows, left);
    const [hash] = left.get(id);
    if (!hash) {
      await mark(store, id);
      return [];
    }
    if (size > LONG) tell({ done: Math.max(0, size - left.get(id).length * CHUNK), size });
    const row = await store.read(["chunk"], (transaction) => ask(transaction.objectStore("chunk").get(hash)));
    if (!row || !(await taken(row, op.t))) return (await bring("log/renumber").catch(away)).leaveOut(store, [id], {});
    left.set(id, left.get(id).filter((other) => other !== hash));
  }
  return [];
}

/* False where the server says no to bytes that are not what was hashed when they came; damage on the way is tried again. */
async function taken(row, visit) {
  try {
    await putChunk(row.sha256, row.bytes, visit);
  } catch (error) {
    if (error.why !== "refused") throw Object.assign(error, { visit });
    if (!row.sealed && (await sha256(row.bytes)) === row.sha256) throw new Away("wait");
    return false;
  }
  return true;
}

/* Operations whose bytes have not gone ahead of them, the smallest first. */
async function waiting(store) {
  const rows = await store.read(["ops"], (transaction) => ask(transaction.objectStore("ops").getAll()));
  return rows.filter((row) => row.r === null && !row.clash && !row.up && chunksOf(row.op).length)
    .sort((one, other) => sizeOf(one.op) - sizeOf(other.op) || one.op.n - other.op.n);
}

/* A sealed operation says no more than its chunks. */
function sizeOf({ v }) {
  return v.size || v.chunks.length * CHUNK;
}

/* One question for as many as it holds. */
async function inquire(rows, left) {
  const hashes = [];
  const asked = rows.filter(({ op }) => hashes.length + chunksOf(op).length <= MOST && hashes.push(...chunksOf(op)));
  const { missing } = await post("/field/have", { hashes });
  if (!Array.isArray(missing)) throw new Away("wait");
  const lacks = new Set(missing);
  for (const { id, op } of asked) left.set(id, Array.from(new Set(chunksOf(op).filter((hash) => lacks.has(hash)))));
}

function mark(store, id) {
  return store.write(["ops"], async (transaction) => {
    const ops = transaction.objectStore("ops");
    const row = await ask(ops.get(id));
    if (row) ops.put({ ...row, up: true });
  });
}
