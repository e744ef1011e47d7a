/* The code beside an inspector's certificate: signed anew every 30 seconds, with no network, by the server's clock. */

import { phoneOf } from "../log/ops.js";
import { clockTime } from "../words.js";
import { keptKey, register, signed } from "./key.js";
import { path } from "./qr.js";

const TURN = 30000;
const SVG = "http://www.w3.org/2000/svg";

/* Begin with the page that is shown; what stands still for more than a turn is taken away. */
export function start(kit) {
  let drawn = "";
  let busy = false;
  const look = async () => {
    const place = kit.main.querySelector("[data-page]:not([hidden]) [data-credential]");
    if (busy || !place || document.hidden) return;
    busy = true;
    try {
      drawn = await turn(kit, place, drawn);
    } catch (error) {
      tell(place, kit.say("code_none"));
      place.hidden = true;
      drawn = "";
    } finally {
      busy = false;
    }
  };
  setInterval(look, 1000);
  for (const change of ["field:page", "visibilitychange", "field:received"]) document.addEventListener(change, look);
  look();
}

/* Draw the code of this half minute unless it is there; gives what is drawn. */
async function turn(kit, place, drawn) {
  const { credential, address } = place.dataset;
  const { off } = await kit.store.read(["meta"], phoneOf);
  const now = Date.now() + (off || 0);
  const slot = Math.floor(now / TURN);
  const wanted = `${credential} ${slot}`;
  if (wanted !== drawn) {
    const key = (await keptKey(kit.store)) || (await register(kit.store));
    draw(place, await signed(key, credential, slot, address));
  }
  const left = Math.ceil(((slot + 1) * TURN - now) / 1000);
  tell(place, `${kit.say("code_turns", { n: left, time: clockTime(now) })}${off === null ? ` ${kit.say("code_alone")}` : ""}`);
  return wanted;
}

function draw(place, text) {
  const { d, side } = path(text);
  const svg = document.createElementNS(SVG, "svg");
  for (const [name, value] of Object.entries({ viewBox: `0 0 ${side} ${side}`, "shape-rendering": "crispEdges", "aria-hidden": "true" })) {
    svg.setAttribute(name, value);
  }
  for (const [fill, shape] of [["#fff", `M0 0h${side}v${side}H0z`], ["#000", d]]) {
    const part = document.createElementNS(SVG, "path");
    part.setAttribute("fill", fill);
    part.setAttribute("d", shape);
    svg.append(part);
  }
  place.replaceChildren(svg);
  place.dataset.text = text;
  place.hidden = false;
}

function tell(place, words) {
  place.nextElementSibling.textContent = words;
}
