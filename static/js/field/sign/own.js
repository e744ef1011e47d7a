/* The entity signs on its own phone: what is here is sent first, then a link is shown that the entity scans. */

import { saveAll } from "../controls.js";
import { phoneOf } from "../log/ops.js";
import { post } from "../log/wire.js";
import { clockTime, wordsOf } from "../words.js";

const PATIENCE = 20000; // milliseconds until sending counts as not possible now
const LOOK = 4000; // while the code is shown, what the entity has done is asked for so often

/* Ask the server for a link and show it, once everything written here is received there. */
export async function offer(kit, form) {
  const page = form.closest("[data-page]");
  const say = wordsOf(page);
  tell(form, "");
  clear(page);
  await saveAll(kit);
  if (!(await allSent())) return tell(form, say("away"));
  const { d: dev } = await kit.store.read(["meta"], phoneOf); // it ends with this phone
  const answer = await post(`/field/visits/${kit.data.visit}/signing-links`, { dev }).catch(({ why, said }) => ({ why, message: said }));
  if (!answer.qr) return tell(form, answer.message || say(answer.why === "refused" || !answer.why ? "no" : "away"));
  show(form, page, say, answer);
  return answer.code && follow(page, say, answer.until); // what is served is answered in days
}

/* What the entity has answered so far, read from the same log as a colleague's work. */
export function answered(kit) {
  const page = document.getElementById("theirs");
  const say = wordsOf(page);
  for (const row of page.querySelectorAll("[data-answer]")) {
    const { answer, heard } = row.dataset;
    const event = kit.settled(answer);
    const said = event || kit.log.at(heard, "refuse");
    const chip = row.querySelector(".chip");
    const word = event && (event.kind === "sign" ? "signed" : "refused_at");
    chip.textContent = word ? kit.say(word, { name: event.value.name, time: clockTime(kit.when(event)) }) : say(said ? "heard" : "open");
    chip.className = `chip ${event ? "good" : said ? "bad" : "wait"}`;
    if (said && !event) {
      const link = row.querySelector("a");
      const page = link.hash.slice(1).replace(/-refuse$/, "");
      const id = answer.startsWith("r/") ? `refuse-${answer.split("/")[1]}` : `${page}-refuse`;
      if (document.getElementById(id)) link.hash = id; // of the notice there is none where nobody hands it over
      lay(document.getElementById(`${id}-words`), said.value.words);
    }
  }
}

/* The entity's words stand where the inspectors explain them, unless something stands there already. */
function lay(area, words) {
  if (!area || area.value || !words) return;
  area.value = words;
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

function show(form, page, say, { address, qr, code, until }) {
  const area = page.querySelector("[data-offered]");
  area.hidden = false;
  area.querySelector(".qr").replaceChildren(document.importNode(new DOMParser().parseFromString(qr, "text/html").querySelector("svg"), true));
  area.querySelector("[data-code]").textContent = code ? `${code.slice(0, 3)} ${code.slice(3)}` : address;
  area.querySelector("[data-until]").textContent = say("until", { time: clockTime(until), day: dayOf(until) });
  const button = form.querySelector("button");
  button.classList.add("plain");
  button.textContent = say("again");
  area.scrollIntoView({ block: "center" });
}

/* The day of a moment, as days go in Shandong. */
function dayOf(milliseconds) {
  return new Date(milliseconds + 288e5).toISOString().slice(0, 10);
}

/* While the code is shown the server is asked what has come in; after its time the code goes away. */
function follow(page, say, until) {
  page.looking = setInterval(() => {
    if (Date.now() > until) {
      clear(page);
      page.querySelector("[data-until]").textContent = say("over");
    } else if (!page.hidden) wake();
  }, LOOK);
}

/* A code that is over, or about to be replaced, is shown no longer. */
function clear(page) {
  clearInterval(page.looking);
  page.querySelector(".qr").replaceChildren();
  page.querySelector("[data-code]").textContent = "";
}

function wake() {
  document.dispatchEvent(new CustomEvent("field:wake"));
}

function allSent() {
  return new Promise((done) => {
    let timer = 0;
    const look = ({ detail: { is, unsent } }) => {
      if (["saved", "sending"].includes(is) || (is === "idle" && unsent)) return;
      clearTimeout(timer);
      document.removeEventListener("field:state", look);
      done(is === "idle");
    };
    timer = setTimeout(() => look({ detail: { is: "wait" } }), PATIENCE);
    document.addEventListener("field:state", look);
    wake();
  });
}

function tell(form, words) {
  const alert = form.querySelector("[role=alert]");
  alert.textContent = words;
  alert.hidden = !words;
}
