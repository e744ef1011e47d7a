/* A QR code of a short text in ASCII: byte mode, level L, versions 8 to 10, mask 0 (ISO/IEC 18004). */

/* By version: its 18 bits, check bytes of a block, data bytes of each block. */
const VERSIONS = { 8: [0x085bc, 24, [97, 97]], 9: [0x09a99, 30, [116, 116]], 10: [0x0a4d3, 18, [68, 68, 69, 69]] };
const FORMAT = 0x77c4; // level L, mask 0
const QUIET = 4;

const power = [1];
while (power.length < 255) {
  const last = power[power.length - 1];
  power.push((last << 1) ^ (last & 128 ? 0x11d : 0));
}
const times = (one, other) => (one && other ? power[(power.indexOf(one) + power.indexOf(other)) % 255] : 0);
const sum = (list) => list.reduce((all, one) => all + one, 0);

/* The code as an SVG path, and its side with the quiet zone that readers need. */
export function path(text) {
  const rows = modules(text);
  const runs = rows.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x + QUIET} ${y + QUIET}h1v1h-1z` : "")));
  return { d: runs.join(""), side: rows.length + 2 * QUIET };
}

/* Rows of modules, true where they are dark; RangeError where the text is too long. */
export function modules(text) {
  const version = Object.keys(VERSIONS).find((one) => text.length + (one > 9 ? 3 : 2) <= sum(VERSIONS[one][2]));
  if (!version) throw new RangeError("the text is too long for a code");
  const rows = frame(Number(version));
  lay(rows, interleaved(text, Number(version)));
  return rows;
}

/* The bytes in their order: data of all blocks in turn, then their check bytes. */
function interleaved(text, version) {
  const [, checks, sizes] = VERSIONS[version];
  const half = (byte) => [byte >> 4, byte & 15];
  const halves = [4, ...(version > 9 ? half(text.length >> 8) : []), ...half(text.length & 255)];
  for (const letter of text) halves.push(...half(letter.charCodeAt(0)));
  halves.push(0);
  const bytes = [];
  for (let place = 0; place < halves.length; place += 2) bytes.push(halves[place] * 16 + halves[place + 1]);
  for (let pad = 236; bytes.length < sum(sizes); pad ^= 236 ^ 17) bytes.push(pad);
  const blocks = sizes.map((size, n) => bytes.slice(sum(sizes.slice(0, n)), sum(sizes.slice(0, n + 1))));
  return [...inTurn(blocks), ...inTurn(blocks.map((block) => remainder(block, generator(checks))))];
}

function inTurn(lists) {
  return lists[lists.length - 1].flatMap((_, place) => lists.filter((list) => place < list.length).map((list) => list[place]));
}

/* Coefficients of (x - 1)(x - 2)(x - 4)…, without the first. */
function generator(degree) {
  let found = [1];
  for (let n = 0; n < degree; n += 1) {
    found = [...found, 0].map((one, place) => one ^ (place ? times(found[place - 1], power[n]) : 0));
  }
  return found.slice(1);
}

function remainder(block, divisor) {
  let left = divisor.map(() => 0);
  for (const byte of block) {
    const factor = byte ^ left[0];
    left = [...left.slice(1), 0].map((one, place) => one ^ times(divisor[place], factor));
  }
  return left;
}

/* What every code of the version has: finders, timing, alignment, format, version; undefined where the data goes. */
function frame(version) {
  const side = 17 + 4 * version;
  const rows = Array.from({ length: side }, () => Array(side).fill());
  const set = (x, y, dark) => { rows[y][x] = Boolean(dark); };
  const square = (x, y, reach, light) => {
    for (let dy = -reach; dy <= reach; dy += 1) {
      for (let dx = -reach; dx <= reach; dx += 1) {
        if (rows[y + dy] && x + dx >= 0 && x + dx < side) set(x + dx, y + dy, !light.includes(Math.max(Math.abs(dx), Math.abs(dy))));
      }
    }
  };
  for (let place = 0; place < side; place += 1) [[place, 6], [6, place]].forEach(([x, y]) => set(x, y, place % 2 === 0));
  const centres = [6, side / 2 - 0.5, side - 7];
  for (const y of centres) {
    for (const x of centres) if ([x, y].includes(centres[1]) || x + y > side) square(x, y, 2, [1]);
  }
  for (const [x, y] of [[3, 3], [side - 4, 3], [3, side - 4]]) square(x, y, 4, [2, 4]);
  for (let bit = 0; bit < 15; bit += 1) {
    const dark = (FORMAT >> bit) & 1;
    if (bit < 8) set(8, bit + (bit > 5), dark);
    else set(bit === 8 ? 7 : 14 - bit, 8, dark);
    set(bit < 8 ? side - 1 - bit : 8, bit < 8 ? 8 : side - 15 + bit, dark);
  }
  set(8, side - 8, true);
  for (let bit = 0; bit < 18; bit += 1) {
    const [one, other] = [side - 11 + (bit % 3), Math.floor(bit / 3)];
    set(one, other, (VERSIONS[version][0] >> bit) & 1);
    set(other, one, (VERSIONS[version][0] >> bit) & 1);
  }
  return rows;
}

/* Bit by bit into what is free, two columns at a time, up and down from the right. */
function lay(rows, bytes) {
  const side = rows.length;
  let bit = 0;
  for (let right = side - 1; right > 0; right -= right === 8 ? 3 : 2) {
    const isUp = ((right + 1) & 2) === 0;
    for (let step = 0; step < side; step += 1) {
      const y = isUp ? side - 1 - step : step;
      for (const x of [right, right - 1]) {
        if (rows[y][x] !== undefined) continue;
        rows[y][x] = Boolean(((bytes[bit >> 3] >> (7 - (bit & 7))) & 1) ^ ((x + y + 1) % 2));
        bit += 1;
      }
    }
  }
}
