/* The one line that says where everything is: by icon, word and colour, and by attributes. */

import { clockTime } from "./words.js";

const ICONS = {
  ready: "●", saved: "●", sending: "↑", received: "✓", wait: "●", signin: "!", other: "!", barred: "!", attention: "⚠", full: "✕", room: "!", quota: "!", revoked: "✕", refused: "✕", aside: "⚠",
};
const DAY = 86400000;

export class Status {
  #box = null;
  #full = false;
  #saved = null;

  /* `visit` narrows the counts to one visit. */
  constructor(line, say, visit = null) {
    Object.assign(this, { line, say, visit });
    line.dataset.runs = "";
    document.addEventListener("field:saved", ({ detail }) => { this.#saved = detail.at; this.#show(); });
    document.addEventListener("field:state", ({ detail }) => { this.#box = detail; this.#show(); });
    document.addEventListener("field:tight", () => this.notice(this.say("tight")));
    document.addEventListener("click", (event) => this.#block(event), true);
    window.onbeforeunload = () => this.#full || null;
    line.addEventListener("click", () => document.dispatchEvent(new CustomEvent("field:wake")));
  }

  /* The phone has no room: what is typed is not kept. */
  full(is) {
    this.#full = is;
    this.#show();
  }

  /* While something typed is not kept, one stays where it was typed: only the line itself, the copy and the export go on. */
  #block(event) {
    const way = this.#full && event.target.closest("a[href], button:not([data-export])");
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
    Object.assign(line.dataset, { is, unsent, received: rows.filter(({ r }) => r !== null).length, attention: troubled, aside });
    line.querySelector("[aria-hidden]").textContent = ICONS[is];
    line.querySelector("[data-words]").textContent = this.#words(is, unsent, troubled);
    for (const link of line.querySelectorAll("[data-for]")) link.hidden = !link.dataset.for.split(" ").includes(is);
  }

  #is(unsent, troubled, aside) {
    const { is } = this.#box;
    if (this.#full) return "full";
    if (["signin", "other", "barred", "revoked"].includes(is)) return is;
    if (unsent) return is === "idle" ? "saved" : is; // sending, wait, or what the server has no room for
    return aside ? "aside" : troubled ? "attention" : this.#box.last ? "received" : "ready";
  }

  #words(is, unsent, troubled) {
    const { done, all, last, oldest, bytes } = this.#box;
    const facts = { n: unsent, time: clockTime(this.#saved || oldest || Date.now()), done, all };
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
