/* A small picture of evidence for this phone's own lists: made after the bytes are safe; null where the browser cannot. */

const EDGE = 240;
const PATIENCE = 4000;

export function preview(file) {
  if (file.type.startsWith("image/")) return small(file);
  return file.type.startsWith("video/") ? poster(file) : null;
}

/* Decoded at the size it is shown, where the browser can: a 12-megapixel photo is never whole in memory. */
async function small(file) {
  const size = { resizeWidth: EDGE * 2, resizeQuality: "medium", imageOrientation: "from-image" };
  const made = "createImageBitmap" in window ? await createImageBitmap(file, size).catch(() => null) : null;
  const image = made || (await whole(file));
  try {
    return await squared(image, image.width, image.height);
  } finally {
    if (image.close) image.close();
  }
}

async function whole(file) {
  const image = new Image();
  return seen(file, async (url) => {
    image.src = url;
    await image.decode();
    return image;
  });
}

/* A frame near the beginning of a film. */
function poster(file) {
  const film = document.createElement("video");
  return seen(file, async (url) => {
    Object.assign(film, { muted: true, playsInline: true, preload: "auto", src: url });
    await heard(film, "loadeddata");
    film.currentTime = Math.min(0.5, (film.duration || 0) / 2);
    await heard(film, "seeked");
    const picture = await squared(film, film.videoWidth, film.videoHeight);
    film.removeAttribute("src");
    film.load();
    return picture;
  });
}

function heard(film, event) {
  return new Promise((resolve, reject) => {
    film.addEventListener(event, resolve, { once: true });
    film.addEventListener("error", () => reject(new Error("unreadable")), { once: true });
    setTimeout(reject, PATIENCE, new Error("slow"));
  });
}

async function squared(source, width, height) {
  const canvas = document.createElement("canvas");
  const scale = EDGE / Math.min(width, height);
  canvas.width = canvas.height = EDGE;
  canvas.getContext("2d").drawImage(source, (EDGE - width * scale) / 2, (EDGE - height * scale) / 2, width * scale, height * scale);
  const blob = await new Promise((resolve) => { canvas.toBlob(resolve, "image/jpeg", 0.7); });
  return blob ? new Response(blob).arrayBuffer() : null;
}

async function seen(file, work) {
  const url = URL.createObjectURL(file);
  try {
    return await work(url);
  } finally {
    URL.revokeObjectURL(url);
  }
}
