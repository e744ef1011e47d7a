// SHA-256 over strings and bytes put together, and bytes as hexadecimal digits; what every check in the browser begins with.
const text = new TextEncoder();

export const hex = (bytes) => Array.from(bytes, (one) => one.toString(16).padStart(2, "0")).join("");
export const bytes = (digits) => Uint8Array.from(digits.match(/../g) || [], (pair) => parseInt(pair, 16));

export function join(parts) {
  const all = parts.map((part) => (typeof part === "string" ? text.encode(part) : part));
  const whole = new Uint8Array(all.reduce((size, part) => size + part.length, 0));
  all.reduce((place, part) => { whole.set(part, place); return place + part.length; }, 0);
  return whole;
}

export async function digest(...parts) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", join(parts)));
}

// Canonical JSON of an object that holds strings and integers.
export const canonical = (row) => `{${Object.keys(row).sort().map((key) => `${JSON.stringify(key)}:${JSON.stringify(row[key])}`).join(",")}}`;

// RFC 9162 section 2.1.3.2: the head to which a proof (hashes as hexadecimal digits) leads, "" for one that cannot be.
export async function head(leaf, { index, size, proof }) {
  let [place, last, found] = [index, size - 1, leaf];
  if (!(index >= 0 && index < size)) return "";
  for (const beside of proof) {
    if (!last) return "";
    if (place % 2 || place === last) {
      found = await digest("\u0001", bytes(beside), found);
      while (place && place % 2 === 0) [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
    } else found = await digest("\u0001", found, bytes(beside));
    [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
  }
  return last ? "" : hex(found);
}
