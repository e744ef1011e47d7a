/* After a closing: what this phone holds of the visit is sealed to a key of the server; it still counts and sends it, but
   cannot read it any more. Drafts and small pictures go at once, the kept pages too. */

import { CLOSED as MARK } from "../log/entries.js";
import { closedVisits } from "../log/outbox.js";
import { ask, within } from "../log/store.js";
import { takeUp } from "../media/parts.js";
import { forgetPages } from "./forget.js";

const INFO = new TextEncoder().encode("fieldapp seal v1");
const bytesOf = (digits) => Uint8Array.from(digits.match(/../g), (pair) => parseInt(pair, 16));

/* Seal every visit that is closed on this phone; gives their ids. `key` is {id, key} as the page brought it. */
export async function sealClosed(store, key) {
  const visits = await closedVisits(store);
  if (!visits.length) return [];
  const seal = await sealer(key);
  for (const visit of visits) await takeUp(store, visit).catch(() => null); // it waits where there is no room
  await sealChunks(store, visits, seal);
  for (const visit of visits) await sealVisit(store, visit, seal);
  await forgetPages(store, visits);
  return visits;
}

/* A visit that the server says is open again: what is written now is written openly. */
export function openAgain(store, visit) {
  return store.write(["draft", "meta"], async (transaction) => {
    transaction.objectStore("meta").delete(MARK + visit);
    transaction.objectStore("draft").delete(`${visit}|visit|close`);
  });
}

/* Whether a page of the server that opened the visit (`now`) is older than the sealing, or does not know of it yet. */
export async function isBehind(store, visit, now) {
  const [mark, rows] = await store.read(["meta", "ops"], async (transaction) => [
    await ask(transaction.objectStore("meta").get(MARK + visit)), await ask(transaction.objectStore("ops").getAll()),
  ]);
  return Boolean(mark) && (now < mark.at || rows.some(({ op, r, clash }) => op.t === visit && op.s && r === null && !clash));
}

/* One agreement of keys for all of it; its private half is never kept. */
async function sealer({ id, key }) {
  const curve = { name: "ECDH", namedCurve: "P-256" };
  const server = await crypto.subtle.importKey("raw", bytesOf(key), curve, false, []);
  const once = await crypto.subtle.generateKey(curve, false, ["deriveBits"]);
  const point = new Uint8Array(await crypto.subtle.exportKey("raw", once.publicKey));
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: server }, once.privateKey, 256);
  const base = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const secret = await crypto.subtle.deriveKey({ name: "HKDF", hash: "SHA-256", salt: point, info: INFO }, base,
    { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
  const head = [new Uint8Array([70, 83, 49]), bytesOf(id), point];
  return async (content, name) => {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const additionalData = new TextEncoder().encode(name);
    const closed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData }, secret, content);
    return new Response(new Blob([...head, iv, closed])).arrayBuffer();
  };
}

/* Bytes that no open visit speaks of: each is read, sealed and put back, so that a film never stands in memory whole. */
async function sealChunks(store, visits, seal) {
  const [rows, hashes] = await store.read(["ops", "chunk"], async (transaction) => [
    await ask(transaction.objectStore("ops").getAll()), await ask(transaction.objectStore("chunk").getAllKeys()),
  ]);
  const open = new Set(rows.filter(({ op }) => !visits.includes(op.t)).flatMap(({ op }) => (op.v && op.v.chunks) || []));
  for (const hash of hashes.filter((one) => !open.has(one))) {
    const row = await store.read(["chunk"], (transaction) => ask(transaction.objectStore("chunk").get(hash)));
    if (!row || row.sealed) continue;
    const bytes = await seal(row.bytes, hash);
    await store.write(["chunk"], async (transaction) => {
      const chunks = transaction.objectStore("chunk");
      if (await ask(chunks.get(hash))) chunks.put({ ...row, bytes, sealed: true }); // unless it was received meanwhile
    });
  }
}

async function sealVisit(store, visit, seal) {
  sessionStorage.removeItem(`field-rescue|${visit}`); // what a page that went had not seen written down
  const rows = await store.read(["ops"], (transaction) => ask(transaction.objectStore("ops").getAll()));
  const sealed = new Map();
  for (const { id, op } of rows.filter((row) => row.op.t === visit && !row.op.s)) {
    sealed.set(id, base64(await seal(new TextEncoder().encode(JSON.stringify(op)), id)));
  }
  await store.write(["meta", "ops", "draft", "media"], async (transaction) => {
    const [meta, ops, drafts, media] = ["meta", "ops", "draft", "media"].map((name) => transaction.objectStore(name));
    for (const [id, s] of sealed) {
      const row = await ask(ops.get(id));
      if (row.op.s) continue;
      const { d, n, t, k, at, v } = row.op; // what a count needs, and what goes ahead of it
      ops.put({ ...row, message: "", op: { id, d, n, t, k, at, v: v && v.chunks ? { chunks: v.chunks } : {}, s } });
    }
    drafts.delete(within(`${visit}|`));
    const shown = new Set((await ask(drafts.getAll())).map(({ path }) => path.split("/").pop()));
    for (const id of await ask(media.getAllKeys())) if (!id.includes("|") && !shown.has(id)) media.delete(id); // also if made since
    meta.delete(within(`strokes|${visit}|`));
    const isSealed = await ask(meta.get(MARK + visit));
    for (const { outcome, ...row } of await ask(ops.getAll())) { // looked at before the closing; only a refused closing stays
      if (outcome && row.op.t === visit && !(isSealed && row.op.k === "close")) ops.put(row);
    }
    if (isSealed) return;
    const phone = await ask(meta.get("phone"));
    meta.put({ key: MARK + visit, at: Date.now() + ((phone && phone.off) || 0) });
  });
}

function base64(buffer) {
  return btoa(Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join(""));
}
