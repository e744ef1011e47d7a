/* <open-link>: the secret of a link (for signing, for setting a password) goes from the address's fragment into the form, and out of the address. It is
   sent by the form's POST alone, so that a preview that only looks consumes nothing. */

class OpenLink extends HTMLElement {
  connectedCallback() {
    const form = this.querySelector("form");
    const secret = location.hash.slice(1);
    if (secret) {
      form.elements.secret.value = secret;
      history.replaceState(null, "", location.pathname);
    }
    const isThere = Boolean(form.elements.secret.value);
    form.hidden = !isThere;
    this.querySelector("[data-none]").hidden = isThere;
  }
}

customElements.define("open-link", OpenLink);
