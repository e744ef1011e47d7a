/* Sending: in order, in small parts, until each operation has its receipt; then what colleagues have written. */

import { bring } from "../keep.js";
import { carry } from "./carry.js";
import { outbox, receive } from "./outbox.js";
import { Away, away, post } from "./wire.js";

const MOST = 50;
const PAGE = 200; // changes in one answer
const REST = 60000;

export class Sync {
  #tries = 0;
  #most = MOST;
  #timer = 0;
  #busy = false;
  #asked = false;
  #refused = 0;
  #done = 0;
  #sent = 0;
  #over = new Set(); // visits that bring no more today
  #is = "idle";
  #box = null;

  /* `tell(state)` hears {is, unsent, done, all, oldest}: done of all that this round has to send. The server says
     what it holds of `visit`, the one that is open here. */
  constructor(store, tell, visit) {
    Object.assign(this, { store, tell, visit });
    window.addEventListener("online", () => this.wake());
    window.addEventListener("pageshow", () => this.wake());
    document.addEventListener("visibilitychange", () => document.hidden || this.wake());
    document.addEventListener("field:wake", () => this.wake());
    document.addEventListener("field:saved", () => {
      this.#asked = true; // a round that is just ending goes on
      this.#say(this.#is).catch(() => null).then(() => this.#tries || this.#later(200));
    });
  }

  /* Send now: the waiting time begins anew. */
  wake() {
    this.#tries = 0;
    this.#asked = true; // a round that is just ending does not put it off
    this.#later(0);
  }

  #later(milliseconds) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#alone(), milliseconds);
  }

  /* One tab sends; a tab that holds the lock for over a minute is asleep and is not waited for. */
  async #alone() {
    if (this.#busy) {
      this.#asked = true;
      return;
    }
    this.#busy = true;
    this.#asked = false;
    let wait = REST;
    try {
      if (!navigator.locks) wait = await this.#go();
      else {
        wait = await navigator.locks.request("field-sync", { ifAvailable: true }, (lock) => {
          this.#refused = lock ? 0 : this.#refused || Date.now();
          return lock || Date.now() - this.#refused > REST ? this.#go() : REST / 12;
        });
      }
    } finally {
      this.#busy = false;
      if (this.#asked || wait < REST || !document.hidden || this.#tries) this.#later(this.#asked && !this.#tries ? 0 : wait);
    }
  }

  /* One round; gives the milliseconds until the next. Whatever goes wrong is waited for. */
  async #go() {
    this.#done = 0;
    this.#over.clear();
    try {
      while (!(await this.#part()).stop);
      this.#tries = 0;
      this.#most = MOST;
      return REST;
    } catch (error) {
      if (!(error instanceof Away)) console.error(error);
      const why = error.why || "wait";
      const isPart = this.#sent > 1 && ["large", "refused", "slow"].includes(why); // what stands before the culprit goes
      if (isPart) this.#most = Math.floor(this.#sent / 2);
      const wait = Math.min(300000, 1000 * 2 ** this.#tries) * (0.5 + Math.random() / 2);
      this.#tries += 1;
      const is = isPart || why === "slow" ? "wait" : why === "large" ? "refused" : why;
      await this.#say(is).catch(() => this.#box && this.#tell(this.#box, is)); // a store that stays away: as it last was
      return wait;
    }
  }

  async #part() {
    let box = await outbox(this.store, this.#most);
    if (box.ops.length || box.waits) this.#tell(box, "sending");
    let lost = [];
    this.#sent = 0;
    if (box.waits) {
      const tell = (bytes) => this.#tell(box, "sending", bytes);
      lost = await carry(this.store, this.#over, tell).catch(async (error) => (await numbers(error)).postpone(this.store, this.#over, error));
      box = await outbox(this.store, this.#most);
    }
    this.#sent = box.ops.length;
    const left = { n: box.unsent - box.ops.length, at: box.next };
    const request = { v: 1, dev: box.phone.d, ops: box.ops, since: box.phone.cursor, left, of: this.visit };
    const started = Date.now();
    const answer = await post("/field/sync", request);
    const offset = Math.round(answer.now - (started + Date.now()) / 2);
    const received = await receive(this.store, box.ops, answer, offset);
    this.#done += received.length;
    if (received.length) this.#tries = 0;
    announce(received, lost); // before what could fail: the receipts are kept, and no answer names them again
    if (answer.fork || answer.clash) announce([], await (await numbers()).renumbered(this.store, answer));
    announce([], await learn(this.store, answer));
    const moved = received.length || answer.fork || (answer.clash || []).length || answer.cursor > box.phone.cursor
      || (box.ops.length && answer.want < box.ops[0].n);
    if (box.ops.length && !moved) throw new Away("wait"); // an answer without our ids is none
    const rest = await this.#say("idle");
    return { stop: (!moved && !box.waits) || (!rest.unsent && (answer.changes || []).length < PAGE) };
  }

  async #say(is) {
    this.#is = is;
    return this.#tell(await outbox(this.store, 0), is);
  }

  #tell(box, is, bytes) {
    this.#box = box;
    this.tell({ ...box, is, bytes, done: this.#done, all: this.#done + box.unsent });
    return box;
  }
}

function announce(received, fresh) {
  if (received.length || fresh.length) document.dispatchEvent(new CustomEvent("field:received", { detail: { received, fresh } }));
}

/* What gives new numbers; after an error only where that is a quota. */
function numbers(error) {
  return !error || error.why === "quota" ? bring("log/renumber").catch(away) : Promise.reject(error);
}

/* What colleagues wrote and what became of our own, where the answer tells of any; the cursor waits until it is kept. */
async function learn(store, answer) {
  if (!(answer.changes || []).length) return [];
  return (await bring("log/changes").catch(away)).learn(store, answer);
}
