// <verify-receipt> checks a receipt in the reader's browser: from the digits behind the #, or from its file; and whether a
// record's file is the one that the receipt names. It sends nothing.
import { canonical, digest, head, hex } from "../hashes.js";
import { fromDigits, fromFile, read, signers } from "./proof.js";

const moment = (iso) => iso.slice(0, 19).replace("T", " ");

class VerifyReceipt extends HTMLElement {
  #proved = null;

  connectedCallback() {
    const [receipt, record] = ["receipt", "record"].map((name) => this.querySelector(`#${name}-file`));
    receipt.addEventListener("change", () => receipt.files.length && this.#check(() => fromFile(receipt.files[0])));
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
    if ((await head(leaf, given)) !== given.root) return "root";
    if (entry.action !== this.dataset.action) return "broken";
    const signed = await signers(given, JSON.parse(this.dataset.keys));
    if (!signed.length) return "signature";
    this.#proved = facts;
    const code = `${facts.digest.slice(0, 4)}-${facts.digest.slice(4, 8)}`.toUpperCase();
    const { origin, size } = given;
    this.#show({ ...facts, code, at: moment(entry.at), origin, size, place: given.index + 1, seen: this.#seen(signed) });
    return "ok";
  }

  /* When the log had this head, as its witnesses say; what the entry says of its own time nobody has proved. */
  #seen(signed) {
    const words = signed.filter((one) => one.isWitness).map(({ name, at }) => this.dataset.seen.replace("{name}", name)
      .replace("{at}", moment(new Date(at * 1000).toISOString())));
    return words.join("\n") || this.dataset.unseen;
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
