// <verify-draw> computes a draw again in the reader's browser, from the public files that it links to; it sends nothing.
import { bytes, digest, hex } from "../hashes.js";

const lines = (content) => content.split("\n").filter(Boolean);
const ROUND = 500;

// RFC 6962, over leaf hashes in order.
async function root(leaves) {
  const peaks = [];
  for (const leaf of leaves) {
    let [height, top] = [0, leaf];
    for (; peaks.length && peaks[peaks.length - 1][0] === height; height += 1) top = await digest("\u0001", peaks.pop()[1], top);
    peaks.push([height, top]);
  }
  let head = peaks.pop()[1];
  while (peaks.length) head = await digest("\u0001", peaks.pop()[1], head);
  return hex(head);
}

// Each stratum has its own root over the leaves that the file says are its, and every leaf is of one of them.
async function strataFit({ strata, quota }, rows, leaves) {
  const named = new Set(strata.map(({ name }) => name));
  if (rows.some(([, , name = ""]) => (strata.length ? !named.has(name) : name))) return false;
  for (const stratum of strata) {
    const own = leaves.filter((_, place) => rows[place][2] === stratum.name);
    if (!own.length || (await root(own)) !== stratum.root) return false;
  }
  return !strata.length || strata.reduce((sum, stratum) => sum + stratum.quota, 0) === quota;
}

// A beacon comes last; whether its BLS signature is the chain's, `fieldapp draw verify` says, not this page.
function beaconPart({ round, signature }) {
  const number = new DataView(new ArrayBuffer(8));
  number.setBigUint64(0, BigInt(round));
  return digest("drand-quicknet\0", new Uint8Array(number.buffer), bytes(signature));
}

async function seedOf(manifest, sources, parts) {
  const hash = await digest(manifest);
  const given = [];
  const beacon = sources.length && sources[sources.length - 1].kind === "drand-quicknet";
  const officers = beacon ? sources.slice(0, -1) : sources;
  if (parts.length !== sources.length) return null;
  for (const [place, { name }] of officers.entries()) {
    const { commit, reveal } = parts[place];
    const shown = bytes(reveal.nonce + reveal.value);
    if (hex(await digest("fieldapp-commit/1\0", name, "\0", hash, shown)) !== commit) return null;
    given.push(await digest(name, "\0", shown));
  }
  if (beacon) given.push(await beaconPart(parts[officers.length]));
  return officers.length > 1 ? digest("fieldapp-draw/1 seed\0", hash, ...given) : null;
}

async function ticket(seed, leaf, count) {
  const tickets = [];
  for (let number = 0; number < count; number += 1) tickets.push(hex(await digest("fieldapp-draw/1 obj\0", seed, leaf, Uint8Array.of(number))));
  return tickets.sort()[0];
}

class VerifyDraw extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    if (!crypto.subtle) return; // only in a secure context; the bundle and its program stand beside it
    button.hidden = false;
    button.addEventListener("click", () => {
      button.disabled = true;
      this.#verify().catch(() => "failed").then((verdict) => this.#say(verdict)).then(() => { button.disabled = false; });
    });
  }

  async #verify() {
    const files = {};
    for (const { dataset, href } of this.querySelectorAll("a[data-file]")) {
      const answer = await fetch(href);
      if (!answer.ok) return "failed";
      files[dataset.file] = await answer.text();
    }
    const manifest = JSON.parse(files["manifest.json"]);
    const rows = lines(files["leaves.txt"]).map((line) => line.split(" "));
    if (rows.some(([blind], place) => place && blind <= rows[place - 1][0])) return "root";
    const leaves = await this.#each(rows, ([blind, count]) => digest(`\0w:${count}\0`, bytes(blind)));
    if ((await root(leaves)) !== manifest.root) return "root";
    if (!await strataFit(manifest, rows, leaves)) return "strata";
    const seed = await seedOf(files["manifest.json"], manifest.seed_sources, JSON.parse(files["contributions.json"]));
    if (!seed) return "seed";
    const tickets = await this.#each(rows, ([, count], place) => ticket(seed, leaves[place], Number(count)));
    const [selected, reserve] = this.#order(manifest, rows, leaves, tickets);
    const fits = selected.join() === lines(files["selected.txt"]).join() && reserve.join() === lines(files["reserve.txt"]).join();
    this.dataset.n = selected.length;
    return fits ? "ok" : "selection";
  }

  #order({ strata, quota }, rows, leaves, tickets) {
    const found = [[], []];
    const named = strata.length ? [...strata].sort((one, other) => (one.name < other.name ? -1 : 1)) : [{ name: "", quota }];
    for (const stratum of named) {
      const places = rows.map((_, place) => place).filter((place) => tickets[place] && (rows[place][2] || "") === stratum.name);
      const order = places.sort((one, other) => (tickets[one] < tickets[other] ? -1 : 1)).map((place) => hex(leaves[place]));
      found[0].push(...order.slice(0, stratum.quota));
      found[1].push(...order.slice(stratum.quota));
    }
    return found;
  }

  async #each(rows, work) {
    const done = [];
    for (let start = 0; start < rows.length; start += ROUND) {
      done.push(...await Promise.all(rows.slice(start, start + ROUND).map((row, place) => work(row, start + place))));
      this.#say("busy", { n: done.length, all: rows.length });
    }
    return done;
  }

  #say(verdict, facts = { n: this.dataset.n }) {
    const words = this.querySelector("[role=status]");
    words.textContent = this.dataset[verdict].replace("{n}", facts.n).replace("{all}", facts.all);
    words.className = `note ${{ ok: "good", busy: "", failed: "" }[verdict] ?? "bad"}`;
    words.hidden = false;
    if (verdict !== "busy") this.dataset.verdict = verdict;
  }
}

customElements.define("verify-draw", VerifyDraw);
