// <verify-row> checks an opened row in the reader's browser: from the digits behind the #, or from its file. It sends nothing.
import { bytes, canonical, digest, head, hex } from "../hashes.js";

const HASH = 32;

// The digits of the QR code: 01, index, size, how many hashes, the hashes, the row.
export function opened(digits) {
  const packed = bytes(`0${BigInt(digits).toString(16)}`);
  const view = new DataView(packed.buffer);
  const count = packed[9];
  const hashes = packed.slice(10, 10 + HASH * count);
  if (packed[0] !== 1 || hashes.length !== HASH * count) throw new RangeError("not an opened row");
  const proof = Array.from({ length: count }, (_, place) => hex(hashes.slice(HASH * place, HASH * (place + 1))));
  return { index: view.getUint32(1), size: view.getUint32(5), proof, row: JSON.parse(new TextDecoder().decode(packed.slice(10 + HASH * count))) };
}

class VerifyRow extends HTMLElement {
  #turn = 0; // only the latest check may speak

  connectedCallback() {
    this.querySelector("input").addEventListener("change", async ({ target }) => {
      if (target.files.length) this.#check(async () => JSON.parse(await target.files[0].text()));
    });
    addEventListener("hashchange", () => this.#fromAddress());
    this.#fromAddress();
  }

  #fromAddress() {
    const digits = location.hash.slice(1);
    if (digits) this.#check(() => (/^[1-9][0-9]*$/.test(digits) ? opened(digits) : null));
    else this.#begin("none");
  }

  async #check(read) {
    const turn = this.#begin("busy");
    let row;
    try {
      row = await read();
      if (!(row.row.id && row.row.salt && row.proof)) throw new TypeError("no row");
    } catch {
      if (turn === this.#turn) this.#say("broken");
      return;
    }
    this.#verify(row, turn).catch(() => "failed").then((verdict) => turn === this.#turn && this.#say(verdict));
  }

  /* What was said of an earlier row is gone before the next one is looked at. */
  #begin(words) {
    delete this.dataset.verdict;
    this.querySelector("dl").hidden = true;
    this.#say(words);
    this.#turn += 1;
    return this.#turn;
  }

  async #verify(given, turn) {
    const blind = await digest("fieldapp-row/1\0", canonical(given.row));
    const leaf = await digest(`\0w:${given.row.w}\0`, blind);
    const found = await head(leaf, given);
    if (!found || found !== this.dataset.rootHash) return "root";
    if (turn === this.#turn) this.#show({ ...given.row, leaf: hex(leaf) });
    const answer = await fetch(this.dataset.selected);
    if (!answer.ok) throw new Error(this.dataset.selected);
    this.dataset.n = (await answer.text()).split("\n").indexOf(hex(leaf)) + 1;
    return this.dataset.n > 0 ? "ok" : "reserve";
  }

  #show(row) {
    const list = this.querySelector("dl");
    for (const place of list.querySelectorAll("[data-of]")) {
      const value = String(row[place.dataset.of]);
      place.textContent = this.querySelector(`[data-word="${CSS.escape(value)}"]`)?.textContent ?? value;
    }
    list.hidden = false;
  }

  #say(verdict) {
    const words = this.querySelector("[role=status]");
    words.textContent = this.dataset[verdict].replace("{n}", this.dataset.n);
    words.className = `note ${{ ok: "good", none: "", busy: "now", failed: "", reserve: "" }[verdict] ?? "bad"}`;
    words.hidden = false;
    if (verdict !== "none" && verdict !== "busy") this.dataset.verdict = verdict;
  }
}

customElements.define("verify-row", VerifyRow);
