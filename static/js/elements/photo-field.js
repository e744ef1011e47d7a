/* <photo-field>: takes photos, films, sounds and files, shows what is there; says "shot" with the file, "sound" when one is
   to be recorded here. */

const HEARS = "MediaRecorder" in window && navigator.mediaDevices && "getUserMedia" in navigator.mediaDevices;

class PhotoField extends HTMLElement {
  #busy = 0;

  connectedCallback() {
    for (const input of this.querySelectorAll("input[type=file]")) {
      input.addEventListener("click", (event) => this.#open(input, event));
      input.addEventListener("change", () => this.#take(input));
    }
  }

  /* While something is being copied. */
  busy(is) {
    this.#busy += is ? 1 : -1;
    this.dataset.is = this.#busy ? "saving" : "";
  }

  /* What could not be kept, in words, with a way to keep the file elsewhere on the phone; null takes the words away. */
  fault(words, file, label) {
    let place = this.querySelector("[role=alert]");
    if (!place && !words) return;
    if (!place) {
      place = Object.assign(document.createElement("p"), { className: "error" });
      place.setAttribute("role", "alert");
      this.append(place);
    }
    const link = place.querySelector("a");
    if (link) URL.revokeObjectURL(link.href);
    place.textContent = words || "";
    place.hidden = !words;
    if (!words || !file.size) return;
    place.append(" ", Object.assign(document.createElement("a"), { href: URL.createObjectURL(file), download: file.name, textContent: label }));
  }

  /* Show these: [{id, path, src, caption, label, lines}]; `strikes` is the template of the form that strikes one out; says which
     figures are new. */
  show(pieces, strikes) {
    const here = new Map(Array.from(this.querySelectorAll("figure"), (figure) => [figure.dataset.id, figure]));
    const added = [];
    for (const piece of pieces) {
      let figure = here.get(piece.id);
      if (!figure || (piece.src && !figure.querySelector("img"))) {
        const fresh = this.#figure(piece, strikes);
        if (figure) figure.replaceWith(fresh);
        else this.querySelector(".shots").insertBefore(fresh, this.querySelector(".add"));
        added.push(figure = fresh);
      }
      figure.querySelector("figcaption").textContent = piece.caption;
      here.delete(piece.id);
    }
    for (const gone of here.values()) gone.remove();
    this.dataset.count = pieces.length;
    return added;
  }

  #figure({ id, path, src, label, lines }, strikes) {
    const figure = document.createElement("figure");
    figure.dataset.id = id;
    if (src) figure.append(Object.assign(document.createElement("img"), { src, alt: label }));
    const about = Object.assign(document.createElement("div"), { className: "about" });
    about.append(...lines.map((line) => Object.assign(document.createElement("span"), { textContent: line })));
    figure.append(about, document.createElement("figcaption"));
    if (!strikes) return figure;
    figure.append(strikes.content.cloneNode(true));
    figure.querySelector("form").dataset.path = path;
    return figure;
  }

  #open(input, event) {
    if (HEARS && "sound" in input.dataset) {
      event.preventDefault();
      this.#say("sound");
    } else this.#say("picking");
  }

  #take(input) {
    const source = input.hasAttribute("capture") ? "camera" : "gallery";
    for (const file of input.files) this.#say("shot", { file, source });
    input.value = "";
  }

  #say(name, detail = {}) {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
  }
}

customElements.define("photo-field", PhotoField);
