/* Asking the server: only JSON counts as an answer, whatever a network in between says. */

/* Why there was no answer: signin, other (somebody else is signed in), barred (this account or this page may not send), revoked
   (this phone), large, room (the server's disk), quota, refused (the server says no to what was sent), slow (our own time was
   up), wait.
   `said` is the server's own sentence, where it gave one. */
export class Away extends Error {
  constructor(why, said = "") {
    super(why);
    Object.assign(this, { why, said });
  }
}

/* What did not come is waited for. */
export function away() {
  throw new Away("wait");
}

const REASONS = { 401: "signin", 413: "large", 507: "room" };
const CODES = {
  "evidence.day_quota": "quota", "evidence.visit_quota": "quota", "sync.device_revoked": "revoked", "sync.other_person": "other",
  "sync.device_of_another": "other", "http.403": "barred",
};

async function send(url, options, seconds) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), seconds * 1000);
  try {
    const response = await fetch(url, {
      credentials: "same-origin", cache: "no-store", redirect: "error", signal: stop.signal, ...options,
      headers: { Accept: "application/json", ...options.headers },
    });
    const said = await response.json().catch(() => null);
    if (response.ok || response.status === 409) {
      if (Object(said) !== said) throw new TypeError("no answer");
      return said;
    }
    const { error, message } = said || {};
    throw new Away(CODES[error] || REASONS[response.status] || (error && isNo(response.status) ? "refused" : "wait"), message);
  } catch (error) {
    throw error instanceof Away ? error : new Away(stop.signal.aborted ? "slow" : "wait");
  } finally {
    clearTimeout(timer);
  }
}

/* An answer to this very request, which will be the same next time. */
function isNo(status) {
  return status >= 400 && status < 500 && status !== 408 && status !== 429;
}

export function post(url, body) {
  return send(url, { method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json" } }, 20);
}

export async function putChunk(sha256, bytes, visit) {
  const headers = { "Content-Type": "application/octet-stream" };
  const answer = await send(`/field/chunk/${sha256}?visit=${visit}`, { method: "PUT", body: bytes, headers }, 60);
  if (answer.sha256 !== sha256) throw new Away("wait");
}
