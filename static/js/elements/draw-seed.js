// <draw-commitment> turns an officer's value into a commitment and keeps value and nonce in this browser, apart for each
// person; once made they stay, so that a second try sends the same. <draw-reveal> puts them back into the form.
// Without a secure context the commitment is filled in by hand, and the value stays disabled: it is not sent before the reveal.
const hex = (bytes) => [...new Uint8Array(bytes)].map((b) => b.toString(16).padStart(2, "0")).join("");
const bytes = (text) => Uint8Array.from(text.match(/../g) || [], (pair) => parseInt(pair, 16));
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
    const text = new TextEncoder();
    const name = text.encode(this.dataset.name.normalize("NFC"));
    const parts = [text.encode("fieldapp-commit/1\0"), name, new Uint8Array(1), bytes(this.dataset.manifest), bytes(nonce), text.encode(value)];
    const digest = await crypto.subtle.digest("SHA-256", await new Blob(parts).arrayBuffer());
    localStorage.setItem(`draw-${this.dataset.part}`, JSON.stringify({ nonce, value }));
    form.commitment.value = hex(digest);
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
