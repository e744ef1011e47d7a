/* History leaves the phone: a month after its receipt nobody here needs what is closed and received any more. */

import { CLOSED, isRefused } from "../log/entries.js";
import { phoneOf } from "../log/ops.js";
import { ask, within } from "../log/store.js";

const MONTH = 30 * 86400000;

/* Of visits that were sealed here a month ago, with a receipt for everything and no refused closing: the operations of old
   receipts, then the visit's marks. What has no receipt stays, with its whole visit; the phone's name, numbers and cursor stay. */
export function sweep(store) {
  return store.write(["meta", "ops"], async (transaction) => {
    const [meta, ops] = ["meta", "ops"].map((name) => transaction.objectStore(name));
    const before = Date.now() + ((await phoneOf(transaction)).off || 0) - MONTH;
    const rows = await ask(ops.getAll());
    const copies = await ask(meta.getAll(within("copy|"))); // still to be asked away
    for (const { key, at } of await ask(meta.getAll(within(CLOSED)))) {
      const visit = key.slice(CLOSED.length);
      const mine = rows.filter(({ op }) => op.t === visit);
      if (at >= before || mine.some((row) => row.r === null || isRefused(row))) continue;
      const old = mine.filter((row) => new Date(row.received_at) < before);
      for (const { id } of old) ops.delete(id);
      if (old.length === mine.length && !copies.some((copy) => copy.visit === visit)) {
        for (const mark of [key, `held|${visit}`]) meta.delete(mark);
      }
    }
  });
}
