/* The one line that says where everything is: by icon, word and colour, and by attributes. */

import { clockTime } from "./words.js";

const ICONS = {
  ready: "●", saved: "●", sending: "↑", received: "✓", wait: "●", signin: "!", other: "!", barred: "!", attention: "⚠", full: "✕", room: "!", quota: "!", revoked: "✕", refused: "✕", aside: "⚠",
};
const DAY = 86400000;
const SKEWED = 120000; // a clock that is wrong, as the record counts it
const AGAIN = 5000; // until what found no room is tried again

export class Status {
  #box = null;
  #left = new Map(); // what is not on the phone, by its name, with what tries it again
  #timer = 0;
  #busy = false;
  #saved = null;

  /* `visit` narrows the counts to one visit. */
  constructor(line, say, visit = null) {
    Object.assign(this, { line, say, visit });
    line.dataset.runs = "";
    document.addEventListener("field:saved", ({ detail }) => { this.#saved = detail.at; this.#show(); });
    document.addEventListener("field:state", ({ detail }) => { this.#box = detail; this.#show(); });
    document.addEventListener("field:tight", () => this.notice(this.say("tight")));
    document.addEventListener("field:unsaved", ({ detail: { name, again } }) => this.unsaved(name, again));
    document.addEventListener("field:wake", () => this.#try());
    document.addEventListener("click", (event) => this.#block(event), true);
    window.onbeforeunload = () => this.isFull || null;
    line.addEventListener("click", () => document.dispatchEvent(new CustomEvent("field:wake")));
  }

  /* The phone has no room: something of this name is not kept. It is tried again every few seconds and by a tap on the line. */
  unsaved(name, again) {
    this.#left.set(name, again);
    this.#timer = this.#timer || setTimeout(() => this.#try(), AGAIN);
    this.#show();
  }

  kept(name) {
    if (this.#left.delete(name)) this.#show();
  }

  get isFull() {
    return this.#left.size > 0;
  }

  async #try() {
    clearTimeout(this.#timer);
    if (this.#busy) return;
    this.#busy = true;
    for (const [name, again] of Array.from(this.#left)) {
      await again().then(() => this.#left.get(name) === again && this.kept(name), () => null);
    }
    this.#busy = false;
    this.#timer = this.isFull ? setTimeout(() => this.#try(), AGAIN) : 0;
  }

  /* While something is not kept, one stays where it was typed: only the line itself, the copy, the export and what is saved
     elsewhere go on. */
  #block(event) {
    const way = this.isFull && event.target.closest("a[href]:not([download]), button:not([data-export])");
    if (!way || this.line.contains(way)) return;
    event.preventDefault();
    event.stopPropagation();
    this.line.scrollIntoView({ block: "center" });
  }

  /* The page did not open: nothing can be written down here. */
  broken() {
    this.line.dataset.is = "broken";
    this.line.querySelector("[aria-hidden]").textContent = "✕";
    this.line.querySelector("[data-words]").textContent = this.say("broken");
    this.notice(this.say("broken_why"));
  }

  /* A sentence of its own under the line, until the next page. */
  notice(words) {
    const place = document.getElementById("told");
    place.textContent = words;
    place.hidden = false;
    if (!document.activeElement.matches("input, textarea")) place.scrollIntoView({ block: "center" });
    document.addEventListener("field:page", () => { place.hidden = true; }, { once: true });
  }

  #show() {
    if (!this.#box) return;
    const rows = this.#box.rows.filter(({ op }) => !this.visit || op.t === this.visit);
    const unsent = rows.filter((row) => row.r === null && !row.clash).length;
    const troubled = rows.filter((row) => (row.clash && !row.forked) || ["attention", "rival"].includes(row.outcome)).length;
    const aside = rows.filter((row) => row.clash && !row.forked).length;
    const is = this.#is(unsent, troubled, aside);
    const { line } = this;
    const [clock, off] = [document.getElementById("clock"), this.#off];
    clock.hidden = Math.abs(off) < SKEWED;
    if (!clock.hidden) clock.textContent = this.say("clock", { shows: clockTime(Date.now()), is: clockTime(Date.now() + off) });
    Object.assign(line.dataset, { is, unsent, received: rows.filter(({ r }) => r !== null).length, attention: troubled, aside });
    line.querySelector("[aria-hidden]").textContent = ICONS[is];
    line.querySelector("[data-words]").textContent = this.#words(is, unsent, troubled);
    for (const link of line.querySelectorAll("[data-for]")) link.hidden = !link.dataset.for.split(" ").includes(is);
  }

  /* What the phone's clock lacks, as far as it is known. */
  get #off() {
    return this.#box.phone.off || 0;
  }

  #is(unsent, troubled, aside) {
    const { is } = this.#box;
    if (this.isFull) return "full";
    if (["signin", "other", "barred", "revoked"].includes(is)) return is;
    if (unsent) return is === "idle" ? "saved" : is; // sending, wait, or what the server has no room for
    return aside ? "aside" : troubled ? "attention" : this.#box.last ? "received" : "ready";
  }

  #words(is, unsent, troubled) {
    const { done, all, last, oldest, bytes } = this.#box;
    const facts = { n: unsent, time: clockTime((this.#saved || oldest || Date.now()) + this.#off), done, all };
    if (["aside", "attention"].includes(is)) facts.n = troubled;
    if (is === "received") Object.assign(facts, { n: last.r, time: clockTime(last.received_at) });
    const sent = is === "sending" && bytes ? ` · ${mega(bytes.done)} / ${mega(bytes.size)} MB` : "";
    const words = this.say(is, facts) + sent + (unsent && troubled ? ` · ${this.say("attention", { n: troubled })}` : "");
    const days = oldest ? Math.floor((Date.now() - oldest) / DAY) : 0;
    return days ? `${words} · ${this.say("oldest", { n: days })}` : words;
  }
}

function mega(bytes) {
  return (bytes / 1e6).toFixed(1);
}
