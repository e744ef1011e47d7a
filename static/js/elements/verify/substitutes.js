// <verify-substitutes> draws every substitute again: the next code of the chain, the lowest ticket of the pool. It sends nothing.
import { bytes, digest, hex } from "../hashes.js";

const CIRCLES = ["same", "any_condition", "directory"];

class VerifySubstitutes extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    if (!crypto.subtle) return; // only in a secure context; `fieldapp draw verify` says the same
    button.hidden = false;
    button.addEventListener("click", () => this.#verify().catch(() => "failed").then((verdict) => this.#say(verdict)));
  }

  async #verify() {
    const [manifest, drawn] = await Promise.all([this.dataset.manifest, this.dataset.list].map(async (address) => {
      const answer = await fetch(address);
      if (!answer.ok) throw new Error(address);
      return answer.json();
    }));
    let before = manifest.substitutes.chain;
    for (const [place, { number, code, leaf, circle, sizes, pool, inspector }] of drawn.entries()) {
      const first = CIRCLES.find((name) => sizes[name]);
      if (number !== place + 1 || hex(await digest(bytes(code))) !== before || first !== circle || sizes[circle] !== pool.length) return "bad";
      const tickets = await Promise.all(pool.map(async (who) => [hex(await digest("fieldapp-substitute/1\0", bytes(code), bytes(leaf), who)), who]));
      if (!tickets.length || tickets.sort()[0][1] !== inspector) return "bad";
      before = code;
    }
    this.dataset.n = drawn.length;
    return "ok";
  }

  #say(verdict) {
    const words = this.querySelector("[role=status]");
    words.textContent = this.dataset[verdict].replace("{n}", this.dataset.n);
    words.className = `note ${{ ok: "good", bad: "bad" }[verdict] ?? ""}`;
    words.hidden = false;
    this.dataset.verdict = verdict;
  }
}

customElements.define("verify-substitutes", VerifySubstitutes);
