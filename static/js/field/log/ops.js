/* The log of one visit on this phone: what is written down, in which order, and what stands in each place now. */

import { hex } from "./digest.js";
import { baseOf, CLOSED, inRecord, isUndone, later, ONCE, place, same, stoodAt, withRival } from "./entries.js";
import { ask, within, withRoom } from "./store.js";

const CLIENT = (/\/static\/([^/]+)\//.exec(import.meta.url) || [])[1] || "0";

export function uuid7() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const text = Date.now().toString(16).padStart(12, "0") + hex(bytes.slice(6));
  const variant = ((bytes[8] & 0x3f) | 0x80).toString(16);
  return `${text.slice(0, 8)}-${text.slice(8, 12)}-7${text.slice(13, 16)}-${variant}${text.slice(18, 20)}-${text.slice(20)}`;
}

/* This phone's row: device, last number, cursor of changes, offset of the clock. */
export async function phoneOf(transaction) {
  const kept = await ask(transaction.objectStore("meta").get("phone"));
  return kept || { key: "phone", d: hex(crypto.getRandomValues(new Uint8Array(16))), n: 0, cursor: 0, off: null };
}

export class Log {
  #turn = Promise.resolve();
  #places = new Map();
  #reopened = [];
  #kept = [];

  constructor(store, { visit, person, form }) {
    Object.assign(this, { store, visit, person, form });
  }

  /* Begin with what the page brought, then lay this phone's own drafts over it, and beside it what was told before. */
  async load(state) {
    this.#reopened = Object.entries(state.reopened);
    for (const [path, item] of Object.entries(state.values)) this.#bring("set", path, item);
    for (const [path, item] of Object.entries(state.items)) this.#bring("add", path, item);
    for (const event of state.events) this.#bring(event.kind, event.path, event);
    this.#kept = await this.store.read(["draft"], (t) => ask(t.objectStore("draft").getAll(within(`${this.visit}|`))));
    for (const draft of this.#kept) if (!draft.beside) this.lay(draft);
    for (const { beside, key, ...rival } of this.#kept.filter((draft) => draft.beside)) {
      const entry = this.#places.get(beside);
      if (entry) this.#places.set(beside, withRival(entry, { ...rival, key: beside }));
    }
  }

  /* Keep the fields that the page brought, so that what is told later finds what it stands beside. */
  keep() {
    const fresh = this.entries().filter((entry) => entry.kind === "set" && !this.#kept.includes(entry));
    return this.store.write(["draft"], async (t) => {
      const drafts = t.objectStore("draft");
      for (const entry of fresh) {
        const there = await ask(drafts.get(entry.key)); // another window may have written since
        if (there && there.op === entry.op) drafts.put({ ...there, other: entry.other });
        else if (!there || later(there) < later(entry)) drafts.put(entry);
      }
      for (const { beside, key } of this.#kept) if (beside && this.#places.has(beside)) drafts.delete(key);
    });
  }

  /* Take an entry in unless something later stands there; an unsent one is the latest, but for what is struck out under it.
     What is struck out keeps its words. */
  lay(entry) {
    const now = this.#places.get(entry.key);
    if (now && later(now) > later(entry) && entry.strikes !== now.op) return false;
    this.#places.set(entry.key, now && entry.voided ? { ...entry, value: now.value } : entry);
    return true;
  }

  entries() {
    return Array.from(this.#places.values());
  }

  at(path, kind = "set") {
    const entry = this.#places.get(place(this.visit, kind, path));
    return entry && (this.#isPast(entry) || isUndone(entry)) ? undefined : entry;
  }

  /* A closing or an inspector's signature from before the record was returned: it is to be made again. */
  #isPast({ kind, path, r }) {
    return ONCE.includes(kind) && r !== null && this.#reopened.some(([from, receipt]) => path.startsWith(from) && r <= receipt);
  }

  value(path) {
    const entry = inRecord(this.at(path));
    return entry ? entry.value : null;
  }

  /* As the record holds them: without what was struck out, or not accepted. */
  standing() {
    return this.entries().map(inRecord).filter(Boolean);
  }

  /* Items that are not struck out. */
  items(prefix) {
    return this.standing().filter((entry) => entry.kind === "add" && entry.path.startsWith(prefix));
  }

  /* These and what was added and not accepted, which is with the server all the same. */
  added(prefix) {
    const all = this.entries().filter(({ kind, path }) => kind === "add" && path.startsWith(prefix));
    return all.map((entry) => inRecord(entry) || entry).filter(({ voided }) => !voided);
  }

  /* Write an operation down, in one transaction, in the order of the calls; unless `once`, a full phone waits for room. */
  record(kind, path, value, options = {}) {
    const write = () => {
      this.#turn = this.written().then(() => this.#write(kind, path, value, options));
      return this.#turn;
    };
    return options.once ? write() : withRoom(write);
  }

  /* When everything asked for so far is on the disk: only then may a digest be taken. */
  written() {
    return this.#turn.catch(() => null);
  }

  async #write(kind, path, value, { by = this.person.id, media = null, anyway = false, base = undefined }) {
    const key = place(this.visit, kind, path);
    const before = this.#places.get(key);
    if (kind === "set" && !anyway && same(before ? before.value : null, value)) return null;
    let isLate = false;
    const entry = await this.store.write(["meta", "draft", "ops", "media"], async (transaction) => {
      const phone = await phoneOf(transaction);
      isLate = await ask(transaction.objectStore("meta").get(CLOSED + this.visit));
      phone.n += 1;
      const op = {
        id: uuid7(), d: phone.d, n: phone.n, u: by, t: this.visit, f: this.form, c: CLIENT, k: kind, p: path, v: value,
        b: base || baseOf(before), at: Date.now(), mono: Math.round(performance.now()), off: phone.off,
        tz: Intl.DateTimeFormat().resolvedOptions().timeZone || "",
      };
      const draft = { key, path, kind, value, op: op.id, by, at: op.at, off: op.off, r: null, base: op.b, stood: stoodAt(before) };
      if (kind === "set" && before && !base) draft.other = before.other; // an edit is no choice
      if (kind === "void") Object.assign(draft, { kind: "add", value: before.value, voided: value.reason || true });
      transaction.objectStore("meta").put(phone);
      transaction.objectStore("ops").put({ id: op.id, op, r: null });
      transaction.objectStore("draft").put(draft);
      if (media) transaction.objectStore("media").put(media);
      return draft;
    });
    this.#places.set(key, entry);
    document.dispatchEvent(new CustomEvent("field:saved", { detail: entry }));
    if (isLate) document.dispatchEvent(new CustomEvent("field:late")); // closed and sealed in another window: this is to be, too
    return entry;
  }

  #bring(kind, path, item) {
    this.lay({ ...item, key: place(this.visit, kind, path), path, kind, r: item.receipt });
  }
}
