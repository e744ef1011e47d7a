/* The phone's own key for 人员核验: made here, never leaving it; its public half is registered when the day is prepared. */

import { phoneOf } from "../log/ops.js";
import { ask } from "../log/store.js";
import { post } from "../log/wire.js";

const ECDSA = { name: "ECDSA", namedCurve: "P-256" };
const ROW = "credential";

export function keptKey(store) {
  return store.read(["meta"], (transaction) => ask(transaction.objectStore("meta").get(ROW)));
}

/* Register the key that is here; where there is none, or the server has stopped it, a new one. */
export async function register(store) {
  const kept = await keptKey(store);
  if (kept && (await told(store, kept.pair)).id === kept.id) return kept;
  const pair = await crypto.subtle.generateKey(ECDSA, false, ["sign"]);
  const { id } = await told(store, pair);
  if (!id) throw new Error("not registered");
  const row = { key: ROW, id, pair };
  await store.write(["meta"], (transaction) => ask(transaction.objectStore("meta").put(row)));
  return row;
}

/* The text of a code: what is shown, in which half minute, signed. `address` is where it is checked. */
export async function signed({ id, pair }, check, slot, address) {
  const payload = new Uint8Array(37);
  payload[0] = 1;
  payload.set(bytes(id), 1);
  payload.set(bytes(check.replace(/-/g, "")), 9);
  new DataView(payload.buffer).setUint32(25, slot);
  crypto.getRandomValues(payload.subarray(29));
  const message = new Uint8Array([...new TextEncoder().encode("fieldapp-credential/1\0"), ...payload]);
  const signature = await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, pair.privateKey, message);
  return `${address}#${base64url([...payload, ...new Uint8Array(signature)])}`;
}

async function told(store, { publicKey }) {
  const dev = await store.write(["meta"], async (transaction) => {
    const phone = await phoneOf(transaction);
    transaction.objectStore("meta").put(phone);
    return phone.d;
  });
  return post("/field/key", { dev, key: base64url(new Uint8Array(await crypto.subtle.exportKey("raw", publicKey))) });
}

const bytes = (digits) => digits.match(/../g).map((pair) => parseInt(pair, 16));
const base64url = (list) => btoa(String.fromCharCode(...list)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
