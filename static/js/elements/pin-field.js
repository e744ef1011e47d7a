/* <pin-field>: a member's PIN on a colleague's phone, checked against the verifier that came with the kit. */

const bytes = (text) => Uint8Array.from(text.match(/../g), (pair) => parseInt(pair, 16));
const digits = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");

/* PBKDF2 of a PIN with SHA-256: 64 hexadecimal digits. */
export async function verifierOf(pin, salt, iterations) {
  const key = await crypto.subtle.importKey("raw", new TextEncoder().encode(pin), "PBKDF2", false, ["deriveBits"]);
  return digits(await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt: bytes(salt), iterations }, key, 256));
}

/* A new verifier, to be given to the server: {salt, iterations, verifier}. */
export async function makeVerifier(pin, iterations = 200000) {
  const salt = digits(crypto.getRandomValues(new Uint8Array(16)));
  return { salt, iterations, verifier: await verifierOf(pin, salt, iterations) };
}

class PinField extends HTMLElement {
  connectedCallback() {
    this.input.addEventListener("input", () => this.#fault(false));
  }

  get input() {
    return this.querySelector("input");
  }

  /* Whether what is typed is the PIN; the field is emptied either way. */
  async check(pin) {
    const typed = this.input.value;
    this.input.value = "";
    const fits = Boolean(pin) && /^\d{6}$/.test(typed) && (await verifierOf(typed, pin.salt, pin.iterations)) === pin.verifier;
    this.#fault(!fits);
    return fits;
  }

  #fault(is) {
    this.querySelector("[role=alert]").hidden = !is;
    this.input.setAttribute("aria-invalid", String(is));
    if (is) this.input.focus();
  }
}

customElements.define("pin-field", PinField);
