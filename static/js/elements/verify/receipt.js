// <verify-receipt> checks a receipt in the reader's browser: from the digits behind the #, or from its file; and whether a
// record's file is the one that the receipt names. It sends nothing.
import { bytes, canonical, digest, head, hex } from "../hashes.js";

const HEADER = "c2sp.org/tlog-proof@v1";
const LONGEST = 5000;
const NAMES = ["action", "actor", "after_hash", "at", "before_hash", "case", "id", "object", "prev", "reason", "role"];
const base64 = (text) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));

function unpack(packed) {
  return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"))).text();
}

// The digits of the QR code: a byte 1, then the compressed file.
function fromDigits(digits) {
  if (!/^[1-9][0-9]*$/.test(digits) || digits.length > LONGEST) throw new RangeError("not a receipt");
  return unpack(bytes(`0${BigInt(digits).toString(16)}`).slice(1));
}

async function read(text) {
  const [top, ...below] = text.split("\n\n");
  const [header, extra, index, ...proof] = top.split("\n");
  const isReceipt = header === HEADER && extra.startsWith("extra ") && /^index (0|[1-9][0-9]*)$/.test(index);
  if (!isReceipt) throw new TypeError("not a receipt");
  const [values, facts, salt] = JSON.parse(await unpack(base64(extra.slice(6))));
  const entry = Object.fromEntries(NAMES.map((name, place) => [name, values[place]]));
  entry.payload_commit = hex(await digest(`${salt}\u0000${canonical(facts)}`));
  const [body, signatures] = [`${below[0]}\n`, below[1].trimEnd().split("\n")];
  const [origin, size, root] = body.split("\n");
  const path = proof.map((one) => hex(base64(one)));
  return { entry: { ...entry, v: 2 }, facts, index: Number(index.slice(6)), proof: path, body, signatures, origin, size: Number(size), root };
}

// Which of the known keys have signed the note.
async function signers({ body, signatures }, keys) {
  const found = [];
  for (const line of signatures) {
    const [, name, content] = /^\u2014 (\S+) (\S+)$/.exec(line);
    const signature = base64(content);
    const key = keys.find((one) => one.name === name && one.id === hex(signature.slice(0, 4)));
    if (!key) continue;
    const known = await crypto.subtle.importKey("raw", bytes(key.public), "Ed25519", false, ["verify"]);
    if (!(await crypto.subtle.verify("Ed25519", known, signature.slice(4), new TextEncoder().encode(body)))) return [];
    found.push(name);
  }
  return found;
}

class VerifyReceipt extends HTMLElement {
  #proved = null;

  connectedCallback() {
    const [receipt, record] = ["receipt", "record"].map((name) => this.querySelector(`#${name}-file`));
    receipt.addEventListener("change", () => receipt.files.length && this.#check(() => receipt.files[0].text()));
    record.addEventListener("change", () => record.files.length && this.#compare(record.files[0]));
    addEventListener("hashchange", () => this.#fromAddress());
    this.#fromAddress();
  }

  #fromAddress() {
    const digits = location.hash.slice(1);
    if (digits) this.#check(() => fromDigits(digits));
    else this.#begin("none");
  }

  /* What was said of an earlier receipt is gone before the next one is looked at. */
  #begin(words) {
    this.#proved = null;
    this.querySelector("[data-proved]").hidden = true;
    this.#say(words);
  }

  async #check(bring) {
    this.#begin("busy");
    let given;
    try {
      given = await read(await bring());
    } catch {
      this.#say("broken");
      return;
    }
    this.#say(await this.#verify(given).catch((error) => (error.name === "NotSupportedError" ? "unsupported" : "broken")));
  }

  async #verify(given) {
    const { entry, facts } = given;
    const leaf = await digest("\u0000", canonical(entry)); // it holds only if the entry commits to these facts
    if ((await head(leaf, given)) !== hex(base64(given.root))) return "root";
    if (entry.action !== this.dataset.action) return "broken";
    if (!(await signers(given, JSON.parse(this.dataset.keys))).length) return "signature";
    this.#proved = facts;
    const code = `${facts.digest.slice(0, 4)}-${facts.digest.slice(4, 8)}`.toUpperCase();
    const { origin, size } = given;
    this.#show({ ...facts, code, at: entry.at.slice(0, 19).replace("T", " "), origin, size, place: given.index + 1 });
    return "ok";
  }

  async #compare(file) {
    const words = this.querySelector("[data-compared]");
    const same = hex(await digest(new Uint8Array(await file.arrayBuffer()))) === this.#proved.digest;
    words.textContent = this.dataset[same ? "same" : "other"];
    words.className = `note ${same ? "good" : "bad"}`;
    words.hidden = false;
  }

  #show(facts) {
    for (const place of this.querySelectorAll("[data-of]")) place.textContent = facts[place.dataset.of];
    this.querySelector("[data-compared]").hidden = true;
    this.querySelector("[data-proved]").hidden = false;
  }

  #say(verdict) {
    const words = this.querySelector("[role=status]");
    words.textContent = this.dataset[verdict];
    words.className = `note ${{ ok: "good", none: "", busy: "now", unsupported: "" }[verdict] ?? "bad"}`;
    words.hidden = false;
    this.dataset.verdict = verdict;
  }
}

customElements.define("verify-receipt", VerifyReceipt);
