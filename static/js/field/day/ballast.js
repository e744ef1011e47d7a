/* Two megabytes that mean nothing: given up when the phone is full, so that what is typed still finds room. */

import { ask } from "../log/store.js";

const SIZE = 2 * 1024 * 1024;
const PIECE = 65536; // as much chance as a browser gives at once: what repeats itself would be packed

export async function putBallast(store) {
  const there = await store.read(["meta"], (transaction) => ask(transaction.objectStore("meta").count("ballast")));
  if (there) return;
  const bytes = new Uint8Array(SIZE);
  for (let start = 0; start < SIZE; start += PIECE) crypto.getRandomValues(bytes.subarray(start, start + PIECE));
  await store.write(["meta"], (transaction) => ask(transaction.objectStore("meta").put({ key: "ballast", bytes: bytes.buffer })));
}
