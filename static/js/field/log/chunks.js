/* Bytes of evidence: copied at once into chunks, hashed on the way in, kept until the server has given a receipt. */

import { captureHash, sha256 } from "./digest.js";
import { ask } from "./store.js";

export const CHUNK = 512 * 1024;
export const LARGEST = 400 * CHUNK;
const HOUR = 3600000;

/* Copy a chosen file slice by slice: ArrayBuffers only, the File itself is never kept; all of it or nothing. */
export async function freeze(store, file) {
  const chunks = [];
  if (!file.size || file.size > LARGEST) throw new RangeError("size");
  try {
    for (let start = 0; start < file.size; start += CHUNK) {
      const bytes = await new Response(file.slice(start, start + CHUNK)).arrayBuffer();
      const hash = await sha256(bytes);
      await store.write(["chunk"], (transaction) => ask(transaction.objectStore("chunk").put({ sha256: hash, bytes, at: Date.now() })));
      chunks.push(hash);
      if (bytes.transfer) bytes.transfer(0); // give the memory back now, not when it is tidied up
    }
  } catch (error) {
    await store.write(["ops", "chunk"], (transaction) => letGo(transaction, chunks)).catch(() => null);
    throw error;
  }
  return { chunks, capture_hash: await captureHash(chunks), size: file.size, type: file.type.split(";")[0], name: file.name.slice(0, 120) };
}

/* The chunks that an operation speaks of. */
export function chunksOf({ k, v }) {
  return (k === "add" && v.chunks) || [];
}

/* Free the room of chunks, but for those that an operation without a receipt still needs. */
export async function letGo(transaction, hashes) {
  const chunks = transaction.objectStore("chunk");
  if (!hashes.length) return;
  const rows = await ask(transaction.objectStore("ops").getAll());
  const wanted = new Set(rows.filter((row) => row.r === null).flatMap(({ op }) => chunksOf(op)));
  for (const hash of hashes) if (!wanted.has(hash)) chunks.delete(hash);
}

/* What a killed browser left of a file that was not whole: nobody speaks of it, and it is not being written now. */
export function tidy(store) {
  return store.write(["ops", "chunk"], async (transaction) => {
    const chunks = transaction.objectStore("chunk");
    const rows = await ask(transaction.objectStore("ops").getAll());
    const wanted = new Set(rows.flatMap(({ op }) => chunksOf(op)));
    for (const hash of await ask(chunks.getAllKeys())) {
      const row = wanted.has(hash) ? null : await ask(chunks.get(hash));
      if (row && !(row.at > Date.now() - HOUR)) chunks.delete(hash);
    }
  });
}
