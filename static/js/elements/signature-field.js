/* <signature-field>: a signature as strokes in a box of 1000 × 475; the result stands in its hidden input as JSON. */

const WIDTH = 1000;
const HEIGHT = 475;
const POINTS = 1500;

class SignatureField extends HTMLElement {
  #strokes = [];
  #began = 0;

  connectedCallback() {
    const canvas = this.#canvas;
    canvas.width = WIDTH;
    canvas.height = HEIGHT;
    canvas.addEventListener("pointerdown", (event) => this.#begin(event));
    canvas.addEventListener("pointermove", (event) => this.#draw(event));
    for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => this.#end());
    this.querySelector("[data-again]").addEventListener("click", () => { this.strokes = []; this.#tell(); });
    window.addEventListener("resize", () => this.#redraw());
    this.#redraw();
  }

  get strokes() {
    return this.#strokes;
  }

  set strokes(strokes) {
    const last = strokes.flat().pop();
    if (strokes !== this.#strokes) this.#began = Date.now() - (last ? last[2] : 0); // times go on where the strokes end
    this.#strokes = strokes;
    this.querySelector("input").value = strokes.length ? JSON.stringify(strokes) : "";
    this.#redraw();
  }

  get #canvas() {
    return this.querySelector("canvas");
  }

  #point(event) {
    const box = this.#canvas.getBoundingClientRect();
    const x = Math.round(((event.clientX - box.left) / box.width) * WIDTH);
    const y = Math.round(((event.clientY - box.top) / box.height) * HEIGHT);
    return [x, y, Date.now() - this.#began, Math.round((event.pressure || 0) * 1000)];
  }

  #begin(event) {
    if (!event.isPrimary || this.#strokes.flat().length >= POINTS || this.closest("fieldset:disabled")) return;
    event.preventDefault();
    this.#canvas.setPointerCapture(event.pointerId);
    if (!this.#strokes.length) this.#began = Date.now();
    this.drawing = [this.#point(event)];
    this.#strokes.push(this.drawing);
  }

  #draw(event) {
    if (!this.drawing || this.#strokes.flat().length >= POINTS) return;
    const point = this.#point(event);
    const last = this.drawing[this.drawing.length - 1];
    if (Math.abs(point[0] - last[0]) + Math.abs(point[1] - last[1]) < 8) return;
    this.drawing.push(point);
    this.#line(this.drawing.slice(-2));
  }

  #end() {
    if (!this.drawing) return;
    this.drawing = null;
    this.strokes = this.#strokes;
    this.#tell();
  }

  #tell() {
    this.dispatchEvent(new CustomEvent("strokes", { bubbles: true, detail: this.#strokes }));
  }

  #line(points) {
    const pen = this.#canvas.getContext("2d");
    pen.lineWidth = 8;
    pen.lineCap = pen.lineJoin = "round";
    pen.strokeStyle = getComputedStyle(this.#canvas).color;
    pen.beginPath();
    points.forEach(([x, y], place) => (place ? pen.lineTo(x, y) : pen.moveTo(x, y)));
    if (points.length === 1) pen.lineTo(points[0][0] + 1, points[0][1]);
    pen.stroke();
  }

  #redraw() {
    this.#canvas.getContext("2d").clearRect(0, 0, WIDTH, HEIGHT);
    this.#strokes.forEach((stroke) => this.#line(stroke));
    this.toggleAttribute("data-signed", this.#strokes.length > 0);
  }
}

customElements.define("signature-field", SignatureField);
