/* Recording sound in the page: every two seconds are on the phone before the next begin, so that a killed browser loses two. */

import { uuid7 } from "../log/ops.js";
import { ask, within } from "../log/store.js";

const SLICE = 2000;
const TYPES = ["audio/webm;codecs=opus", "audio/mp4"];
let running = false;

/* Ask for the microphone, show the bar with its clock; stopped, the whole becomes evidence at `path`. */
export async function record(kit, path, take) {
  if (running) return;
  running = true;
  let stream = null;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    await run(kit, path, take, stream);
  } catch (error) {
    kit.status.full(error.name === "QuotaExceededError");
    kit.status.notice(kit.say(error.name === "QuotaExceededError" ? "rec_full" : "rec_denied"));
  } finally {
    running = false;
    for (const track of stream ? stream.getTracks() : []) track.stop();
  }
}

async function run(kit, path, take, stream) {
  const type = TYPES.find((one) => MediaRecorder.isTypeSupported(one));
  const sound = new MediaRecorder(stream, { ...(type && { mimeType: type }), audioBitsPerSecond: 32000 });
  const id = uuid7();
  const bar = new Bar(kit, () => sound.state === "inactive" || sound.stop());
  let saving = Promise.resolve();
  let n = 0;
  sound.addEventListener("dataavailable", ({ data }) => {
    n += 1;
    const part = { id: `rec|${id}|${String(n).padStart(6, "0")}`, visit: kit.data.visit, path, type: sound.mimeType, at: Date.now() };
    saving = saving.then(() => keepPart(kit, part, data));
    saving.catch(() => sound.state === "inactive" || sound.stop());
  });
  sound.start(SLICE);
  await new Promise((resolve) => { sound.addEventListener("stop", resolve, { once: true }); });
  const seconds = bar.close();
  await saving.catch((error) => error.name === "QuotaExceededError" && kit.status.full(true)); // what is there becomes evidence
  await finish(kit, id, take, seconds);
}

async function keepPart(kit, part, data) {
  const bytes = await new Response(data).arrayBuffer();
  await kit.store.write(["media"], (t) => ask(t.objectStore("media").put({ ...part, bytes })));
}

/* Put the parts together; they go when the operation that speaks of the whole is written. */
async function finish(kit, id, take, seconds) {
  const keys = await kit.store.read(["media"], (t) => ask(t.objectStore("media").getAllKeys(within(`rec|${id}|`))));
  let whole = new Blob([]);
  let last = null;
  for (const key of keys) {
    last = await kit.store.read(["media"], (t) => ask(t.objectStore("media").get(key)));
    whole = new Blob([whole, last.bytes]);
  }
  if (!last) return;
  const end = last.type.includes("mp4") ? "m4a" : "webm";
  const name = `${new Date(last.at).toISOString().slice(0, 16).replace(/\D/g, "")}.${end}`;
  const file = new File([whole], name, { type: last.type, lastModified: last.at });
  const shot = { file, source: "camera", id, seconds: seconds || (keys.length * SLICE) / 1000 };
  const kept = kit.log.at(`${last.path}/${id}`) || (await take(kit, last.path, shot));
  if (kept) await kit.store.write(["media"], (t) => ask(t.objectStore("media").delete(within(`rec|${id}|`))));
}

/* A recording of this visit that nobody ended: as far as it went it is evidence. One that still grows is another tab's. */
export async function recover(kit, keys, take) {
  for (const id of new Set(keys.map((key) => key.split("|")[1]))) {
    const last = await kit.store.read(["media"], (t) => ask(t.objectStore("media").get(keys.filter((key) => key.includes(id)).pop())));
    const mine = last && last.visit === kit.data.visit;
    if (mine && Date.now() - last.at < 5 * SLICE) setTimeout(recover, 5 * SLICE, kit, keys.filter((key) => key.includes(id)), take);
    else if (mine) {
      await finish(kit, id, take, null);
      kit.status.notice(kit.say("rec_mended"));
    }
  }
}

class Bar {
  constructor(kit, stop) {
    const [begin, bar, words, button] = [Date.now(), ...["p", "span", "button"].map((name) => document.createElement(name))];
    Object.assign(this, { begin, bar });
    bar.className = "recording";
    Object.assign(button, { type: "button", textContent: kit.say("rec_stop") });
    button.addEventListener("click", stop);
    bar.append(words, button);
    const tick = () => { words.textContent = kit.say("recording", { time: this.clock() }); };
    this.timer = setInterval(tick, 500);
    tick();
    document.querySelector(".head").append(bar);
    button.focus();
  }

  seconds() {
    return Math.round((Date.now() - this.begin) / 1000);
  }

  clock() {
    const seconds = this.seconds();
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  }

  close() {
    clearInterval(this.timer);
    this.bar.remove();
    return Math.max(1, this.seconds());
  }
}
