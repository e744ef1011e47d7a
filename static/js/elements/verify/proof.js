// A receipt as it is read: its text out of the QR code's digits or its file, what it says, and who signed its head.
import { bytes, canonical, digest, hex } from "../hashes.js";

const HEADER = "c2sp.org/tlog-proof@v1";
const LONGEST = 5000;
const NAMES = ["action", "actor", "after_hash", "at", "before_hash", "case", "id", "object", "prev", "reason", "role"];
const COSIGNATURE = 4;
const base64 = (text) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));

function unpack(packed, form = "deflate-raw") {
  return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream(form))).text();
}

// The digits of the QR code: a byte 1, then the compressed text.
export function fromDigits(digits) {
  if (!/^[1-9][0-9]*$/.test(digits) || digits.length > LONGEST) throw new RangeError("not a receipt");
  return unpack(bytes(`0${BigInt(digits).toString(16)}`).slice(1));
}

// A file holds the text, in gzip or as it is.
export async function fromFile(file) {
  const content = new Uint8Array(await file.arrayBuffer());
  return content[0] === 0x1f && content[1] === 0x8b ? unpack(content, "gzip") : new TextDecoder().decode(content);
}

export async function read(text) {
  const [top, ...below] = text.split("\n\n");
  const [header, extra, index, ...proof] = top.split("\n");
  const isReceipt = header === HEADER && extra.startsWith("extra ") && /^index (0|[1-9][0-9]*)$/.test(index);
  if (!isReceipt) throw new TypeError("not a receipt");
  const [values, facts, salt, v = 2] = JSON.parse(await unpack(base64(extra.slice(6))));
  const entry = Object.fromEntries(NAMES.map((name, place) => [name, values[place]]));
  entry.payload_commit = hex(await digest(`${salt}\u0000${canonical(facts)}`));
  const [body, signatures] = [`${below[0]}\n`, below[1].trimEnd().split("\n")];
  const [origin, size, root] = body.split("\n");
  const path = proof.map((one) => hex(base64(one)));
  return { entry: { ...entry, v }, facts, index: Number(index.slice(6)), proof: path, body, signatures, origin, size: Number(size), root: hex(base64(root)) };
}

// Which of the known keys have signed the note, and when a witness did by its own clock; empty where the log's key did not, or one
// of the known ones does not hold.
export async function signers({ body, signatures, size }, keys) {
  const found = [];
  for (const line of signatures) {
    const [, name, content] = /^\u2014 (\S+) (\S+)$/.exec(line);
    const all = base64(content);
    const key = keys.find((one) => one.name === name && one.id === hex(all.slice(0, 4)));
    if (!key || (key.until !== null && size > key.until)) continue;
    const isWitness = key.kind === COSIGNATURE;
    const at = isWitness ? Number(BigInt(`0x${hex(all.slice(4, 12))}`)) : 0;
    const signed = new TextEncoder().encode(isWitness ? `cosignature/v1\ntime ${at}\n${body}` : body);
    const known = await crypto.subtle.importKey("raw", bytes(key.public), "Ed25519", false, ["verify"]);
    if (!(await crypto.subtle.verify("Ed25519", known, all.slice(isWitness ? 12 : 4), signed))) return [];
    found.push({ name, at, isWitness });
  }
  return found.some((one) => !one.isWitness) ? found : [];
}
