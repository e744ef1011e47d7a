/* <sign-out>: before the session ends, says how much has not left this phone: send now, lock, or export and delete. */

import { bring } from "../field/keep.js";

class SignOut extends HTMLElement {
  connectedCallback() {
    this.words = JSON.parse(this.dataset.words);
    this.panel = this.querySelector("[data-ask]");
    this.away = this.querySelector("[data-away]");
    this.end = this.querySelector("form");
    this.end.addEventListener("submit", (event) => this.#ask(event));
    this.addEventListener("click", ({ target }) => target.dataset.do && this.#act(target.dataset.do));
    this.querySelector("[data-delete]").addEventListener("submit", (event) => this.#delete(event));
    this.querySelector("[data-there]").addEventListener("change", ({ target }) => this.#open(target.checked));
  }

  get person() {
    return this.dataset.person;
  }

  async #ask(event) {
    event.preventDefault();
    await this.#with(["day/leaving"], async ({ unsent }) => {
      const count = await unsent(this.person);
      if (count === null) this.end.submit();
      else if (count) this.#tell("unsent", count);
      else await this.#leave();
    });
  }

  /* Do something with scripts that come only now; where one does not come nothing is done, which is said. */
  async #with(names, work) {
    const parts = await Promise.all(names.map(bring)).catch(() => null);
    this.away.hidden = Boolean(parts);
    if (parts) await work(...parts);
    else this.away.focus();
  }

  async #act(what) {
    if (what === "export") {
      await this.#with(["log/export", "log/store"], async ({ saveCopy }, { Store }) => {
        this.#copied(await saveCopy(new Store(this.person), this.person));
      });
      return;
    }
    await this.#with(["day/leaving"], async ({ lock, sendNow }) => {
      if (what === "lock") {
        await lock();
        this.end.submit();
        return;
      }
      this.#tell("sending", "");
      const { left } = await sendNow(this.person);
      if (left) this.#tell("left", left);
      else await this.#leave();
    });
  }

  /* Only who has seen the file may delete: a browser does not say whether it has saved what it was given. */
  #copied(how) {
    const [words, there] = ["copied", "there"].map((name) => this.querySelector(`[data-${name}]`));
    words.textContent = this.words[`copy_${how}`];
    words.hidden = false;
    there.hidden = !["given", "shared"].includes(how);
    there.querySelector("input").checked = false;
    this.#open(false);
  }

  #open(is) {
    for (const part of this.querySelectorAll("[data-delete] *")) part.disabled = !is;
  }

  async #delete(event) {
    event.preventDefault();
    if (new FormData(event.target).get("word").trim() !== this.words.word) return;
    await this.#with(["day/leaving"], async ({ wipe }) => {
      await wipe(this.person, true);
      this.end.submit();
    });
  }

  /* Everything has its receipt: it goes from this phone, unless something was written meanwhile. */
  async #leave() {
    const { unsent, wipe } = await bring("day/leaving");
    if (await wipe(this.person)) this.end.submit();
    else this.#tell("unsent", await unsent(this.person));
  }

  #tell(name, count) {
    this.querySelector("[data-count]").textContent = this.words[name].replace("{n}", count);
    this.panel.hidden = false;
    this.panel.focus();
  }
}

customElements.define("sign-out", SignOut);
