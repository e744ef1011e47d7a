/* The phone's store: one IndexedDB for each person; nothing counts as saved before its transaction is complete. */

export const STORES = ["meta", "draft", "ops", "media", "chunk"];
const KEYS = { meta: "key", draft: "key", ops: "id", media: "id", chunk: "sha256" };

/* The answer of one request. */
export function ask(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/* Keys that begin with `prefix`. */
export function within(prefix) {
  return IDBKeyRange.bound(prefix, `${prefix}\uffff`);
}

/* Do it; where the phone is full it waits for room, which `field:unsaved` tells: `again` tries anew. */
export function withRoom(work) {
  return work().catch((error) => {
    if (error.name !== "QuotaExceededError") throw error;
    return new Promise((done) => {
      const again = () => work().then(done);
      document.dispatchEvent(new CustomEvent("field:unsaved", { detail: { name: again, again } }));
    });
  });
}

export class Store {
  #name;
  #opening = null;

  constructor(person) {
    this.#name = `fieldapp-${person}`;
  }

  /* Do `work(transaction)` and answer its result, but only when everything is on the disk. */
  write(names, work) {
    return this.#run(names, "readwrite", work, true);
  }

  read(names, work) {
    return this.#run(names, "readonly", work, true);
  }

  async #run(names, mode, work, again) {
    try {
      const transaction = (await this.#open()).transaction(names, mode, { durability: "strict" });
      const complete = finished(transaction);
      try {
        const result = await work(transaction);
        await complete;
        return result;
      } catch (error) {
        complete.catch(() => null);
        abandon(transaction);
        throw transaction.error || error;
      }
    } catch (error) {
      const isFull = error.name === "QuotaExceededError";
      if (!isFull && !["InvalidStateError", "UnknownError"].includes(error.name)) throw error;
      if (!again || (isFull && !(await this.#giveUp()))) {
        if (!isFull) startOver();
        throw error;
      }
      if (!isFull) this.#opening = null; // the browser has dropped the connection: open it anew, once
      return this.#run(names, mode, work, false);
    }
  }

  /* The phone is full: let the ballast go, so that this once there is room; false if it is gone already. */
  async #giveUp() {
    const was = await this.#run(["meta"], "readwrite", async (transaction) => {
      const meta = transaction.objectStore("meta");
      const there = await ask(meta.count("ballast"));
      meta.delete("ballast");
      return there;
    }, false);
    if (was) document.dispatchEvent(new CustomEvent("field:tight"));
    return Boolean(was);
  }

  #open() {
    this.#opening = this.#opening || new Promise((resolve, reject) => {
      const request = indexedDB.open(this.#name, 1);
      request.onupgradeneeded = () => build(request.result);
      request.onerror = () => reject(request.error);
      request.onsuccess = () => {
        request.result.onversionchange = () => request.result.close();
        request.result.onclose = () => { this.#opening = null; };
        resolve(request.result);
      };
    });
    this.#opening.catch(() => { this.#opening = null; });
    return this.#opening;
  }
}

function build(database) {
  for (const [name, keyPath] of Object.entries(KEYS)) database.createObjectStore(name, { keyPath });
}

function finished(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error || new Error("aborted"));
  });
}

/* A store that stays away comes back with the page; not more than once a minute. */
function startOver() {
  if (Date.now() - sessionStorage.getItem("field-reloaded") < 60000) return;
  sessionStorage.setItem("field-reloaded", Date.now());
  window.onbeforeunload = null; // nobody is asked whether what is not saved may go: it is brought back
  setTimeout(() => location.reload(), 500);
}

function abandon(transaction) {
  try {
    transaction.abort();
  } catch (error) {
    if (error.name !== "InvalidStateError") throw error; // it is over already
  }
}
