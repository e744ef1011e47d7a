/* "Save a copy": what has no receipt yet, with its photos, in files that /field/import takes one after the other. */

import { chunksOf } from "./chunks.js";
import { outbox } from "./outbox.js";
import { ask } from "./store.js";

const MOST = 64; // chunks in a file: 43 MB as text, the server takes 64

/* Originals first, the operations that speak of them in the last file. */
export async function saveCopy(store, person) {
  const { phone, rows } = await outbox(store, 0);
  const unsent = rows.filter((row) => row.r === null).sort((one, other) => one.op.n - other.op.n);
  const aside = unsent.filter(({ clash }) => clash).map(({ op }, place) => ({ ...op, d: phone.d, n: phone.n + place + 1 }));
  const ops = [...unsent.filter(({ clash }) => !clash).map(({ op }) => op), ...aside]; // what is refused holds nothing up
  const hashes = Array.from(new Set(ops.flatMap(chunksOf)));
  const parts = Math.max(1, Math.ceil(hashes.length / MOST));
  const head = { format: "fieldapp-outbox", v: 1, dev: phone.d, person, exported_at: Date.now(), parts };
  for (let part = 1; part <= parts; part += 1) {
    const file = await written(store, { ...head, part, ops: part < parts ? [] : ops }, hashes.slice((part - 1) * MOST, part * MOST));
    give(file, `fieldapp-${new Date().toISOString().slice(0, 16).replace(/\D/g, "")}${parts > 1 ? `-${part}-${parts}` : ""}.json`);
  }
}

/* One file, put together from small texts: never the whole of it in memory at once. */
async function written(store, head, hashes) {
  const texts = [`${JSON.stringify(head).slice(0, -1)},"chunks":{`];
  for (const hash of hashes) {
    const row = await store.read(["chunk"], (transaction) => ask(transaction.objectStore("chunk").get(hash)));
    if (row) texts.push(new Blob([`${texts.length > 1 ? "," : ""}"${hash}":"${base64(new Uint8Array(row.bytes))}"`]));
  }
  return new Blob([...texts, "}}"], { type: "application/json" });
}

function give(file, name) {
  const link = document.createElement("a");
  Object.assign(link, { href: URL.createObjectURL(file), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

function base64(bytes) {
  let text = "";
  for (let start = 0; start < bytes.length; start += 32768) text += String.fromCharCode(...bytes.subarray(start, start + 32768));
  return btoa(text);
}
