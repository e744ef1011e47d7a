"""The witness itself: its key, what it saw last of each log, and when it cosigns. It needs no database and none of our tables."""

import fcntl
import json
import logging
import threading
from base64 import b64decode, b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from fieldapp import clock
from fieldapp.ledger.notes import COSIGNATURE, SigningKey, VerifierKey, new_key, open_note, read_signing_key
from fieldapp.ledger.rules.checkpoint import Checkpoint, read_checkpoint
from fieldapp.ledger.witnessing import refused
from fieldapp.ledger.witnessing.files import write_whole
from fieldapp.ledger.witnessing.refused import Kept, Kind
from fieldapp.ledger.witnessing.request import Request, read_request
from fieldapp.merkle import verify_consistency

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the witness answers: an HTTP status, a body, and its type."""

    status: int
    body: str
    kind: str = "text/plain; charset=utf-8"


class Witness:
    """Cosigns a log's head if it continues the last one it cosigned; what it saw is on the disk before it answers."""

    def __init__(self, folder: Path, logs: Sequence[VerifierKey], *, name: str = "") -> None:
        """`folder` holds the key and the state, made at the first start under `name`; `logs` are the keys that are trusted."""
        self.logs = list(logs)
        self._state, self._lock, self._refused = folder / "state.json", folder / "lock", folder / "refused"
        self._turn = threading.Lock()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.key = _key(folder / "witness.key", name)

    def add_checkpoint(self, text: str) -> Answer:
        """Answer one request as C2SP tlog-witness has it: 200 with the cosignature, or why not."""
        try:
            request = read_request(text)
            signed = read_checkpoint(request.note.rpartition("\n\n")[0] + "\n")
        except ValueError as fault:
            return Answer(400, f"{fault}\n")
        keys = [key for key in self.logs if key.name == signed.origin]
        if not keys:
            return Answer(404, "this log is not known here\n")
        try:
            open_note(request.note, keys)
        except ValueError as fault:
            return Answer(403, f"{fault}\n")
        with self._turn, self._lock.open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # another process may serve the same folder
            return self._decide(request, signed)

    def seen(self) -> dict[str, Checkpoint]:
        """The last head cosigned of each log, by its name."""
        if not self._state.exists():
            return {}
        kept = json.loads(self._state.read_text(encoding="utf-8"))
        return {origin: Checkpoint(origin, one["size"], b64decode(one["root"])) for origin, one in kept.items()}

    def refused(self) -> Iterator[Kept]:
        """The heads that it would not cosign because they do not continue what it saw, the oldest first."""
        return refused.kept(self._refused)

    def _decide(self, request: Request, signed: Checkpoint) -> Answer:
        last = self.seen().get(signed.origin)
        answer = self._answer(last, request, signed)
        if answer.status != 200 and last is not None:
            self._speak_up(last, request, signed, answer)
        return answer

    def _speak_up(self, last: Checkpoint, request: Request, signed: Checkpoint, answer: Answer) -> None:
        """What speaks against the log is kept, and told to whoever runs the witness; a log that asks from an older size than
        was cosigned only does not know better."""
        if signed.size < last.size:
            kind = Kind.SMALLER
        elif signed.size == last.size and signed.root != last.root:
            kind = Kind.SAME_SIZE
        elif answer.status == 422:
            kind = Kind.NO_PROOF
        else:
            return
        is_new = refused.keep(self._refused, kind, last, signed, request)
        log.error("refused %s: %s, %s entries with root %s after %s entries with root %s; %s", signed.origin, kind, signed.size,
                  b64encode(signed.root).decode(), last.size, b64encode(last.root).decode(),
                  f"kept in {self._refused}" if is_new else "kept before, or as many as are kept")

    def _answer(self, last: Checkpoint | None, request: Request, signed: Checkpoint) -> Answer:
        if request.old > signed.size:
            return Answer(400, "the old size is beyond the checkpoint\n")
        if request.old != (last.size if last else 0):
            return Answer(409, f"{last.size if last else 0}\n", "text/x.tlog.size")
        if last and last.size == signed.size and last.root != signed.root:
            return Answer(409, f"{last.size}\n", "text/x.tlog.size")
        try:
            _check_growth(last, signed, request)
        except ValueError as fault:
            return Answer(422, f"{fault}\n")
        self._keep(signed)
        text = request.note.rpartition("\n\n")[0] + "\n"
        return Answer(200, self.key.signature(text, int(clock.now().timestamp())))

    def _keep(self, signed: Checkpoint) -> None:
        seen = self.seen() | {signed.origin: signed}
        kept = {origin: {"size": one.size, "root": b64encode(one.root).decode()} for origin, one in seen.items()}
        write_whole(self._state, json.dumps(kept, indent=1))


def _check_growth(last: Checkpoint | None, signed: Checkpoint, request: Request) -> None:
    if last is None or last.size == 0:
        if request.proof:
            raise ValueError("nothing was seen before: there is nothing to prove")
        return
    verify_consistency(last.size, signed.size, request.proof, last.root, signed.root)


def _key(file: Path, name: str) -> SigningKey:
    if file.exists():
        return read_signing_key(file.read_text(encoding="utf-8"))
    if not name:
        raise ValueError("a new witness wants a name")
    key = new_key(name, COSIGNATURE)
    write_whole(file, key.text() + "\n")
    return key
