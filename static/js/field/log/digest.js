/* What is signed: canonical JSON (RFC 8785) and its SHA-256. Strings, integers, booleans, null, lists, objects. */

export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value !== null && typeof value === "object") {
    return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
  }
  if (typeof value === "number" && !Number.isSafeInteger(value)) throw new TypeError("canonical JSON holds no such number");
  if (!["string", "number", "boolean"].includes(typeof value) && value !== null) throw new TypeError("not JSON");
  return JSON.stringify(value);
}

export function hex(buffer) {
  return Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/* SHA-256 of bytes or of a text's UTF-8, as 64 hexadecimal digits. */
export async function sha256(data) {
  const bytes = typeof data === "string" ? new TextEncoder().encode(data) : data;
  return hex(await crypto.subtle.digest("SHA-256", bytes));
}

export function digest(value) {
  return sha256(canonical(value));
}

/* A file's name by its content: SHA-256 over the raw digests of its chunks, in order. */
export function captureHash(chunks) {
  const bytes = new Uint8Array(chunks.length * 32);
  chunks.forEach((chunk, place) => bytes.set(chunk.match(/../g).map((pair) => parseInt(pair, 16)), place * 32));
  return sha256(bytes);
}

/* Eight digits that two people can compare by eye. */
export function shortCode(hash) {
  return `${hash.slice(0, 4)}-${hash.slice(4, 8)}`.toUpperCase();
}

/* What is written down once for the visit and stands in each of its records. */
const OF_EVERY_RECORD = /^(entry|zone|request|reply)\//;

/* What else a signature says, beside who was there and what was shown. */
const OF_ATTENDANCE = ["arrival/place", "arrival/reason", "arrival/entry", "notice/recusal", "notice/recusal_reason"];

/* Where the team arrived, what was said of recusal, who is there, whose certificate was shown: as this phone knows it. */
export function attendanceOf(entries) {
  const said = { values: {}, present: [], shown: {} };
  for (const { kind, path, value } of entries) {
    const [thing, id] = path.split("/");
    if (kind === "set" && value && OF_ATTENDANCE.includes(path)) said.values[path] = value;
    if (kind === "add" && thing === "present") said.present.push(id);
    if (kind === "issue" && thing === "credential" && value.number) said.shown[id] = value.number;
  }
  said.present.sort();
  return said;
}

/* Everything that stands above the signatures of one record; `entries` are the current fields and items of the visit. */
export function recordContent(head, vt, entries, attendance) {
  const root = `r/${vt}/`;
  const content = { form: attendance ? 2 : 1, head, values: {}, items: {}, ...(attendance && { attendance }) };
  for (const entry of entries) {
    if (!entry.path.startsWith(root) && !OF_EVERY_RECORD.test(entry.path)) continue;
    if (entry.kind === "set" && entry.value !== null && entry.value !== "") content.values[entry.path] = entry.value;
    if (entry.kind === "add" && !entry.voided && !entry.path.startsWith(`${root}record/seal/`)) {
      const { capture_hash: hash, text, reason } = entry.value;
      content.items[entry.path] = hash || { ...(text && { text }), ...(reason && { reason }) };
    }
  }
  return content;
}
