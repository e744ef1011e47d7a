/* A sound recording lies on the phone in parts of two seconds until it is evidence. */

import { freeze } from "../log/chunks.js";
import { Log } from "../log/ops.js";
import { ask, within } from "../log/store.js";

export const SLICE = 2000;
const REST = 60000; // what has grown since may be another window's

const read = (store, name, work) => store.read([name], (transaction) => ask(work(transaction.objectStore(name))));

export function keysOf(store, id = "") {
  return read(store, "media", (media) => media.getAllKeys(within(`rec|${id}`)));
}

export function partAt(store, key) {
  return read(store, "media", (media) => media.get(key));
}

/* All parts as one file, with the last of them and the seconds it has at least; null where there are none. */
export async function whole(store, id) {
  const keys = await keysOf(store, `${id}|`);
  let sound = new Blob([]);
  let last = null;
  for (const key of keys) {
    last = await partAt(store, key);
    sound = new Blob([sound, last.bytes]);
  }
  if (!last) return null;
  const name = `${new Date(last.at).toISOString().slice(0, 16).replace(/\D/g, "")}.${last.type.includes("mp4") ? "m4a" : "webm"}`;
  return { last, seconds: (keys.length * SLICE) / 1000, file: new File([sound], name, { type: last.type, lastModified: last.at }) };
}

export function letGo(store, id) {
  return store.write(["media"], (transaction) => ask(transaction.objectStore("media").delete(within(`rec|${id}|`))));
}

/* A recording of a closed visit that nobody ended: as far as it went it is evidence, and goes as an operation. */
export async function takeUp(store, visit) {
  for (const id of new Set((await keysOf(store)).map((key) => key.split("|")[1]))) {
    const { last, file, seconds } = await whole(store, id);
    if (last.visit !== visit || last.at > Date.now() - REST) continue;
    const path = `${last.path}/${id}`;
    if (!(await read(store, "draft", (drafts) => drafts.count(`${visit}|${path}`)))) {
      const log = new Log(store, { visit, person: { id: last.by }, form: last.form });
      const value = { ...(await freeze(store, file)), taken_at: last.at, made_at: last.at, fix: null, grade: "in_app", seconds };
      await log.record("add", path, value, { once: true });
    }
    await letGo(store, id);
  }
}
