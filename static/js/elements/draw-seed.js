// <draw-commitment> turns an officer's value into a commitment and keeps value and nonce in this browser, apart for each
// person; once made they stay, so that a second try sends the same. <draw-reveal> puts them back into the form.
// Without a secure context the commitment is filled in by hand, and the value stays disabled: it is not sent before the reveal.
import { bytes, digest, hex } from "./hashes.js";

const kept = (element) => JSON.parse(localStorage.getItem(`draw-${element.dataset.part}`));

class DrawCommitment extends HTMLElement {
  connectedCallback() {
    if (!crypto.subtle) return;
    this.addEventListener("submit", this);
    const before = kept(this);
    Object.assign(this.querySelector("[name=value]"), { disabled: false }, before && { value: before.value, readOnly: true });
  }

  handleEvent(event) {
    const form = event.target;
    if (form.commitment.value) return;
    event.preventDefault();
    this.#commit(form).then(() => form.submit());
  }

  async #commit(form) {
    const { nonce, value } = kept(this) || { nonce: hex(crypto.getRandomValues(new Uint8Array(32))), value: form.value.value.trim() };
    const shown = [this.dataset.name.normalize("NFC"), "\0", bytes(this.dataset.manifest), bytes(nonce), value];
    const commitment = await digest("fieldapp-commit/1\0", ...shown);
    localStorage.setItem(`draw-${this.dataset.part}`, JSON.stringify({ nonce, value }));
    form.commitment.value = hex(commitment);
    form.value.disabled = true;
  }
}

class DrawReveal extends HTMLElement {
  connectedCallback() {
    const before = kept(this);
    if (!before) return;
    const form = this.querySelector("form");
    form.nonce.value = before.nonce;
    form.value.value = before.value;
  }
}

customElements.define("draw-commitment", DrawCommitment);
customElements.define("draw-reveal", DrawReveal);
