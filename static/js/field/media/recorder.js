/* Recording sound in the page: every two seconds are on the phone before the next begin, so that a killed browser loses two. */

import { uuid7 } from "../log/ops.js";
import { ask } from "../log/store.js";
import { keysOf, letGo, partAt, SLICE, whole } from "./parts.js";

const TYPES = ["audio/webm;codecs=opus", "audio/mp4"];
let running = false;

/* Ask for the microphone, show the bar with its clock; stopped, the whole becomes evidence at `path`. */
export async function record(kit, path, take) {
  if (running) return;
  running = true;
  const sound = { isWanted: true, stop: null };
  const kept = hear(kit, path, take, sound);
  const before = kit.endSound;
  kit.endSound = () => {
    sound.isWanted = false; // though the microphone be given only later
    if (!sound.stop) return null;
    sound.stop();
    return kept;
  };
  await kept;
  kit.endSound = before;
  running = false;
}

async function hear(kit, path, take, sound) {
  let stream = null;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    if (sound.isWanted) await run(kit, path, take, stream, sound);
  } catch (error) {
    kit.status.notice(kit.say(error.name === "QuotaExceededError" ? "rec_full" : "rec_denied"));
  } finally {
    for (const track of stream ? stream.getTracks() : []) track.stop();
  }
}

async function run(kit, path, take, stream, state) {
  const type = TYPES.find((one) => MediaRecorder.isTypeSupported(one));
  const sound = new MediaRecorder(stream, { ...(type && { mimeType: type }), audioBitsPerSecond: 32000 });
  const id = uuid7();
  const stop = () => sound.state === "inactive" || sound.stop();
  const bar = new Bar(kit, stop);
  state.stop = stop;
  let saving = Promise.resolve();
  let n = 0;
  sound.addEventListener("dataavailable", ({ data }) => {
    n += 1;
    const whose = { visit: kit.data.visit, by: kit.person.id, form: kit.data.form };
    const part = { id: `rec|${id}|${String(n).padStart(6, "0")}`, ...whose, path, type: sound.mimeType, at: Date.now() };
    saving = saving.then(() => keepPart(kit, part, data));
    saving.catch(stop);
  });
  sound.start(SLICE);
  await new Promise((resolve) => { sound.addEventListener("stop", resolve, { once: true }); });
  const seconds = bar.close();
  const isFull = await saving.catch((error) => error.name === "QuotaExceededError"); // what is there becomes evidence
  await finish(kit, id, take, seconds);
  if (isFull) kit.status.notice(kit.say("rec_full"));
}

async function keepPart(kit, part, data) {
  const bytes = await new Response(data).arrayBuffer();
  await kit.store.write(["media"], async (t) => { await ask(t.objectStore("media").put({ ...part, bytes })); });
}

/* Put the parts together; they go when the operation that speaks of the whole is written. */
async function finish(kit, id, take, seconds) {
  const sound = await whole(kit.store, id);
  if (!sound) return;
  const { last, file } = sound;
  const shot = { file, source: "camera", id, seconds: seconds || sound.seconds, taken: last.at };
  if (kit.log.at(`${last.path}/${id}`) || (await take(kit, last.path, shot))) await letGo(kit.store, id);
}

/* A recording of this visit that nobody ended: as far as it went it is evidence. One that still grows is another tab's. */
export async function recover(kit, keys, take) {
  for (const id of new Set(keys.map((key) => key.split("|")[1]))) {
    const mine = (await keysOf(kit.store, `${id}|`)).pop();
    const last = mine && (await partAt(kit.store, mine));
    if (!last || last.visit !== kit.data.visit) continue;
    if (Date.now() - last.at < 5 * SLICE) setTimeout(recover, 5 * SLICE, kit, [mine], take);
    else {
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
