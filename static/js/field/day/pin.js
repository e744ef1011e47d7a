/* The own PIN: six digits, twice; only its verifier leaves the phone. */

import { makeVerifier } from "../../elements/pin-field.js";
import { post } from "../log/wire.js";

export async function setPin({ say }, form) {
  const { code, again } = Object.fromEntries(new FormData(form));
  const alert = form.querySelector("[role=alert]");
  let fault = /^\d{6}$/.test(code) ? "" : say("pin_digits");
  if (!fault && code !== again) fault = say("pin_differs");
  if (!fault) fault = await post("/field/pin", await makeVerifier(code)).then(() => "", () => say("pin_failed"));
  alert.textContent = fault;
  alert.hidden = !fault;
  if (fault) return;
  form.querySelector("fieldset").hidden = true;
  form.querySelector("[data-set]").hidden = false;
}
