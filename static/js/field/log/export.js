/* "Save a copy": what has no receipt yet, with its photos, in files that /field/import takes one after the other. */

import { chunksOf } from "./chunks.js";
import { outbox } from "./outbox.js";
import { ask } from "./store.js";

const MOST = 64; // chunks in a file: 43 MB as text, the server takes 64
const SAVES_NOTHING = /MicroMessenger|DingTalk|wxwork|iP(?:hone|ad)(?!.*Safari)/i; // views inside other programs have no downloads

let late = null; // files that were not ready while the finger that asked for them still counted

/* Originals first, the operations that speak of them in the last file. Answers by a word: given to the browser's downloads,
   shared, not (it was called off), again (ready now, to be asked for once more), nowhere: this browser saves no files. */
export async function saveCopy(store, person) {
  const files = late || (await put(store, person));
  late = null;
  if (navigator.canShare && navigator.canShare({ files })) return share(files);
  if (SAVES_NOTHING.test(navigator.userAgent)) return "nowhere";
  files.forEach(give);
  return "given";
}

async function share(files) {
  try {
    await navigator.share({ files });
    return "shared";
  } catch (error) {
    if (error.name === "NotAllowedError") late = files;
    return late ? "again" : "not";
  }
}

/* The files of all that has no receipt. */
async function put(store, person) {
  const { phone, rows } = await outbox(store, 0);
  const unsent = rows.filter((row) => row.r === null).sort((one, other) => one.op.n - other.op.n);
  const aside = unsent.filter(({ clash }) => clash).map(({ op }, place) => ({ ...op, d: phone.d, n: phone.n + place + 1 }));
  const ops = [...unsent.filter(({ clash }) => !clash).map(({ op }) => op), ...aside]; // what is refused holds nothing up
  const hashes = Array.from(new Set(ops.flatMap(chunksOf)));
  const parts = Math.max(1, Math.ceil(hashes.length / MOST));
  const head = { format: "fieldapp-outbox", v: 1, dev: phone.d, person, exported_at: Date.now(), parts };
  const files = [];
  for (let part = 1; part <= parts; part += 1) {
    const content = await written(store, { ...head, part, ops: part < parts ? [] : ops }, hashes.slice((part - 1) * MOST, part * MOST));
    const name = `fieldapp-${new Date().toISOString().slice(0, 16).replace(/\D/g, "")}${parts > 1 ? `-${part}-${parts}` : ""}.json`;
    files.push(new File([content], name, { type: "application/json" }));
  }
  return files;
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

function give(file) {
  const link = document.createElement("a");
  Object.assign(link, { href: URL.createObjectURL(file), download: file.name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

function base64(bytes) {
  let text = "";
  for (let start = 0; start < bytes.length; start += 32768) text += String.fromCharCode(...bytes.subarray(start, start + 32768));
  return btoa(text);
}
