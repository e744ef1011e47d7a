// <verify-credential> takes what stands behind the # of a scanned address and sends it in the form's body: no log ever holds it.
// The next code opens in the same tab: what the one before said is gone at once, not only when the answer comes.
class VerifyCredential extends HTMLElement {
  connectedCallback() {
    addEventListener("hashchange", () => this.#send());
    addEventListener("pageshow", ({ persisted }) => persisted && this.#ask(false));
    this.#send();
  }

  #send() {
    const code = location.hash.slice(1);
    if (code.length < 20) return;
    const form = this.querySelector("form");
    form.elements.code.value = code;
    history.replaceState(null, "", location.pathname);
    this.#ask(true);
    form.requestSubmit ? form.requestSubmit() : form.submit();
  }

  #ask(isAsking) {
    this.querySelector("[data-asking]").hidden = !isAsking;
    for (const said of [...this.parentElement.children, ...document.querySelectorAll("div.state")]) {
      if (said !== this) said.hidden = isAsking;
    }
  }
}

customElements.define("verify-credential", VerifyCredential);
