// <verify-credential> takes what stands behind the # of a scanned address and sends it in the form's body: no log ever holds it.
class VerifyCredential extends HTMLElement {
  connectedCallback() {
    addEventListener("hashchange", () => this.#send());
    this.#send();
  }

  #send() {
    const code = location.hash.slice(1);
    if (code.length < 20) return;
    const form = this.querySelector("form");
    form.elements.code.value = code;
    history.replaceState(null, "", location.pathname);
    form.requestSubmit ? form.requestSubmit() : form.submit();
  }
}

customElements.define("verify-credential", VerifyCredential);
