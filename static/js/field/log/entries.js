/* An entry: what stands at a place of the record as this phone knows it. `r` is its receipt, null while it is unsent;
   `other` a value beside it that is still to be chosen; `stood` what the server's record holds there if it is not this. */

export const CLOSED = "closed|"; // begins the mark of a visit that was sealed here
export const ONCE = ["issue", "sign", "refuse", "close"];
const UNDONE = ["fieldwork.digest_differs", "fieldwork.signed_with_rival", "fieldwork.signature_empty"]; // to be said again

/* Where an operation shows: its path; what happens once has a place for each kind. */
export function place(visit, kind, path) {
  return ONCE.includes(kind) ? `${visit}|${path}|${kind}` : `${visit}|${path}`;
}

export function later(entry) {
  return entry.r === null ? Infinity : entry.r;
}

/* All values of a field that stand open: the one that is shown, then the others, each linked to the next by `other`. */
export function standing(entry) {
  const all = [];
  for (let one = entry; one; one = one.other) all.push(one);
  return all;
}

/* An entry with these beside it. */
export function beside(entry, others) {
  return { ...entry, other: others.reduceRight((next, one) => ({ ...one, other: next }), undefined) };
}

/* With one more rival, unless one of its values says the same. */
export function withRival(entry, rival) {
  const all = standing(entry);
  return all.every(({ value }) => differ(value, rival.value)) ? beside(entry, [...all.slice(1), { ...rival, rival: true }]) : entry;
}

export function differ(one, other) {
  return JSON.stringify(one) !== JSON.stringify(other);
}

/* Whether a value says what stands there: nothing and empty are the same. */
export function same(before, after) {
  return !differ(before === undefined || before === "" ? null : before, after === "" ? null : after);
}

/* As the record holds it; undefined where that holds nothing, as of what was not accepted and stays beside it. */
export function inRecord(entry) {
  const held = entry && entry.outcome === "attention" ? entry.stood : entry;
  return held && !held.voided ? held : undefined;
}

/* What the server's record holds where something is written over `before`, as far as this phone knows. */
export function stoodAt(before) {
  if (!before || before.r === null || before.outcome === "attention") return before && before.stood;
  const { other, under, stood, ...bare } = before;
  return bare;
}

/* What the server knows under what is written over `before`: not what was set aside. */
export function baseOf(before) {
  return (before && (before.aside ? before.base : before.op)) || null;
}

/* A closing that the server has not accepted, or can never receive; one under other words is accepted, with a remark. */
export function isRefused({ outcome, code, clash, forked }) {
  return (outcome === "attention" && code !== UNDONE[0]) || Boolean(clash && !forked);
}

/* What counts no more: set aside, refused, or said about another text. */
export function isUndone({ kind, path, outcome, code, aside }) {
  if (!ONCE.includes(kind) || outcome !== "attention") return false;
  return aside || (kind === "close" ? isRefused({ outcome, code }) : UNDONE.includes(code) && path.startsWith("r/"));
}
