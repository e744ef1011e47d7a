/* <place-field>: where the phone is, with the accuracy it claims; says "fix" with {lat, lng, accuracy_m, at}. */

/* The position as strings, or null when the phone does not tell. */
export function findPlace(seconds = 15) {
  return new Promise((resolve) => {
    if (!navigator.geolocation) resolve(null);
    else {
      navigator.geolocation.getCurrentPosition(({ coords, timestamp }) => resolve({
        lat: coords.latitude.toFixed(6), lng: coords.longitude.toFixed(6),
        accuracy_m: String(Math.round(coords.accuracy)), at: Math.round(timestamp),
      }), () => resolve(null), { enableHighAccuracy: true, timeout: seconds * 1000, maximumAge: 60000 });
    }
  });
}

class PlaceField extends HTMLElement {
  connectedCallback() {
    this.querySelector("button").addEventListener("click", () => this.#find());
  }

  async #find() {
    const button = this.querySelector("button");
    button.disabled = true;
    this.dataset.is = "searching";
    const fix = await findPlace();
    button.disabled = false;
    this.dataset.is = fix ? "found" : "unknown";
    if (fix) this.dispatchEvent(new CustomEvent("fix", { bubbles: true, detail: fix }));
  }
}

customElements.define("place-field", PlaceField);
