/* The page that was left for the camera, on the disk: the browser may be ended while the camera is open. */

import { ask } from "../log/store.js";

const KEY = "camera";

function meta({ store }, work) {
  return store.write(["meta"], (transaction) => ask(work(transaction.objectStore("meta"))));
}

export function leaveFor(kit) {
  return meta(kit, (rows) => rows.put({ key: KEY, visit: kit.data.visit, page: kit.main.dataset.shown })).catch(() => null); // no room
}

export function forget(kit) {
  return meta(kit, (rows) => rows.delete(KEY));
}

/* If the browser was ended meanwhile: back to that page, which says so, once. */
export async function comeBack(kit) {
  const left = await meta(kit, (rows) => rows.get(KEY));
  if (!left) return;
  await forget(kit);
  const tell = () => kit.status.notice(kit.say("photo_lost"));
  if (left.visit !== kit.data.visit) return;
  if (kit.main.dataset.shown === left.page) tell();
  else {
    document.addEventListener("field:page", () => setTimeout(tell), { once: true }); // a new page takes sentences away
    location.hash = left.page;
  }
}
