/* <review-keys>: j and k go from finding to finding, a and r to the two answers; nothing is sent by a key alone. */
class ReviewKeys extends HTMLElement {
  #hear = (event) => this.#press(event);

  connectedCallback() {
    document.addEventListener("keydown", this.#hear);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.#hear);
  }

  #press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
    if (event.key === "j" || event.key === "k") this.#go(event.key === "j" ? 1 : -1);
    else if (event.key === "a" || event.key === "r") document.querySelector(`[data-key=${event.key}]`)?.focus();
    else return;
    event.preventDefault();
  }

  #go(step) {
    const findings = [...this.querySelectorAll("[data-finding]")];
    const here = findings.indexOf(document.activeElement?.closest("[data-finding]"));
    const next = findings[Math.min(Math.max(here + step, 0), findings.length - 1)];
    next?.focus();
    next?.scrollIntoView({ block: "center" });
  }
}

customElements.define("review-keys", ReviewKeys);
