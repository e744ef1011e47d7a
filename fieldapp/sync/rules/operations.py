"""The phone's log: what an operation must carry to be received, in which order, and what is answered."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Any, TypeGuard
from uuid import UUID

from fieldapp.canonical import canonical
from fieldapp.law import article
from fieldapp.refusals import Forbidden, Refusal
from fieldapp.words import N_

MOST_OPS = 50
MOST_IMPORTED_OPS = 20_000
OP_SIZE = 64 * 1024
MOST_CHANGES = 200
LARGEST_N = 2_000_000_000
KINDS = frozenset({"set", "add", "void", "issue", "sign", "refuse", "close"})

OWN, PAPER = "own-", "paper-"  # what the logs of an entity's phone and of a paper set are called by
KEPT_HERE = (OWN, PAPER)
DEVICE_NAME = re.compile(r"[0-9A-Za-z_-]{8,64}")
_PATH = re.compile(r"[0-9A-Za-z_./-]{1,200}")
_HASH = re.compile(r"[0-9a-f]{64}")
_UNWRITABLE = re.compile(r"[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class SentOp:
    """An operation as a phone sent it: what receiving needs, the canonical body and its hash."""

    id: UUID
    device: str
    n: int
    person_id: UUID
    visit_id: UUID
    kind: str
    path: str
    value: Any
    base: UUID | None
    at: datetime
    offset_ms: int
    body: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Media:
    """The original that an operation speaks of: its capture hash, its chunks in order, its size as said."""

    capture_hash: str
    chunks: tuple[str, ...]
    size: int


class Verdict(StrEnum):
    """What is done with the next operation of a phone."""

    RECEIVE = "receive"
    KNOWN = "known"
    CLASH = "clash"
    FORK = "fork"
    AHEAD = "ahead"


@article("24")
def sequence_verdict(op: SentOp, *, last_n: int, stored_sha256: str | None) -> Verdict:
    """Gapless by device: the next number is received, the same operation is answered again, all else is told apart.

    `stored_sha256` is the hash of the stored operation of the same id, None if there is none.
    """
    if stored_sha256 is not None:
        return Verdict.KNOWN if stored_sha256 == op.sha256 else Verdict.CLASH
    if op.n <= last_n:
        return Verdict.FORK
    return Verdict.RECEIVE if op.n == last_n + 1 else Verdict.AHEAD


@article("24")
def check_may_send(op: SentOp, *, sender: UUID, members: Collection[UUID]) -> None:
    """An operation is sent by who did it, or by a member beside whom another member did it by PIN; nobody else's."""
    if op.person_id == sender or {op.person_id, sender} <= set(members):
        return
    raise Forbidden("sync.other_person", N_("手机上的内容是另一位同事填写的，请由本人登录后发送，内容没有丢失"))


def check_device(*, owner: UUID, sender: UUID, is_revoked: bool) -> None:
    """A phone's log belongs to one person; a revoked phone sends nothing."""
    if owner != sender:
        raise Forbidden("sync.device_of_another", N_("手机上的内容是另一位同事填写的，请由本人登录后发送，内容没有丢失"))
    if is_revoked:
        raise Forbidden("sync.device_revoked", N_("这部手机已经停用，不能再发送"))


def is_phones_name(device: Any) -> TypeGuard[str]:
    """Whether a phone may be called so: the logs that are kept here, of paper sets and of entities' phones, are no phone's."""
    return _matches(DEVICE_NAME, device) and not str(device).startswith(KEPT_HERE)


def parse_batch(said: Any, most: int = MOST_OPS) -> tuple[str, list[SentOp], int]:
    """A batch: the device, its operations in the order of their numbers, the cursor of the last change seen."""
    if not isinstance(said, dict) or said.get("v") != 1 or not isinstance(said.get("ops"), list):
        raise _malformed("batch")
    device, since = said.get("dev"), said.get("since", 0)
    if not is_phones_name(device) or type(since) is not int or since < 0:
        raise _malformed("batch")
    if len(said["ops"]) > most:
        raise TooLarge("sync.too_many", N_("一次发送的内容太多，请分批发送"))
    ops = sorted((parse_op(raw) for raw in said["ops"]), key=lambda op: op.n)
    if any(op.device != device for op in ops):
        raise _malformed("d")
    if any(isinstance(op.value, dict) and op.value.get("own_phone") for op in ops):
        raise _malformed("v")  # only the entity's phone says so, and that comes by another door
    return device, ops, min(since, LARGEST_N)


class TooLarge(Refusal):
    """More than is taken at once: the phone halves its batch."""

    status = 413


def parse_op(raw: Any) -> SentOp:
    """One operation with all that receiving needs; what its value says is judged when it is applied, not here."""
    if not isinstance(raw, dict):
        raise _malformed("op")
    try:
        cleaned = _writable(raw)
        body = canonical(cleaned)
    except (TypeError, ValueError, RecursionError) as unhashable:
        raise _malformed("v") from unhashable
    if len(body) > OP_SIZE:
        raise TooLarge("sync.op_too_large", N_("单项内容太大，没有接收"))
    n, path, kind, device = (cleaned.get(name) for name in ("n", "p", "k", "d"))
    if type(n) is not int or not 0 < n <= LARGEST_N or not _matches(DEVICE_NAME, device) or str(kind) not in KINDS:
        raise _malformed("n")
    if not _matches(_PATH, path):
        raise _malformed("p")
    return SentOp(
        id=_uuid(cleaned, "id"), device=str(device), n=n, person_id=_uuid(cleaned, "u"), visit_id=_uuid(cleaned, "t"),
        kind=str(kind), path=str(path), value=cleaned.get("v"), base=_uuid(cleaned, "b") if cleaned.get("b") else None,
        at=_moment(cleaned.get("at")), offset_ms=_offset(cleaned.get("off")), body=body.decode(),
        sha256=sha256(body).hexdigest())


CANNOT_BE_RECEIVED = frozenset({"sync.malformed", "sync.op_too_large"})


def is_named(raw: Any) -> bool:
    """Whether an operation that cannot be received says which it is, so that its phone can take it out of the line."""
    return isinstance(raw, dict) and isinstance(raw.get("id"), str) and 0 < number_of(raw) <= LARGEST_N


def is_sealed(raw: Any) -> bool:
    """Whether a phone sent an operation under a seal: an envelope with id, device and number."""
    return isinstance(raw, dict) and isinstance(raw.get("s"), str)


def number_of(raw: Any) -> int:
    """The number of an operation as sent, 0 if it has none: the order in which a batch is read."""
    n = raw.get("n") if isinstance(raw, dict) else None
    return n if type(n) is int else 0


@article("24")
def from_envelope(envelope: Mapping[str, Any], inside: Any) -> dict[str, Any]:
    """A sealed operation as it was before: word for word, but for the device and the number, which a forked phone gives
    anew outside the seal that it cannot open."""
    if not isinstance(inside, dict) or inside.get("id") != envelope.get("id"):
        raise _malformed("s")
    return {**inside, "d": envelope.get("d"), "n": envelope.get("n")}


def media_of(op: SentOp) -> Media | None:
    """The original that must be here before the operation is received; None if it speaks of none that could come."""
    value = op.value
    if op.kind != "add" or not isinstance(value, dict) or not _matches(_HASH, value.get("capture_hash")):
        return None
    chunks, size = value.get("chunks"), value.get("size")
    if not isinstance(chunks, list) or not chunks or not all(_matches(_HASH, chunk) for chunk in chunks):
        return None
    return Media(value["capture_hash"], tuple(chunks), size if type(size) is int else 0)


def visits_of_chunks(ops: Sequence[SentOp]) -> dict[str, UUID]:
    """For each chunk that operations name the visit that it is for, the first that names it."""
    return {chunk: op.visit_id for op in reversed(ops) if (media := media_of(op)) for chunk in media.chunks}


def answer(op_id: UUID, n: int, receipt: int, received_at: datetime) -> dict[str, Any]:
    """The receipt, the same byte for byte however often it is asked for."""
    moment = received_at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return {"id": str(op_id), "n": n, "receipt": receipt, "received_at": moment}


def _matches(pattern: re.Pattern[str], text: Any) -> bool:
    return isinstance(text, str) and pattern.fullmatch(text) is not None


def _uuid(said: Mapping[str, Any], name: str) -> UUID:
    try:
        return UUID(said[name])
    except (KeyError, ValueError, TypeError, AttributeError) as odd:
        raise _malformed(name) from odd


def _moment(said: Any) -> datetime:
    """The phone's time; the furthest moment that a calendar knows, when it says nonsense."""
    milliseconds = said if type(said) is int else 0
    start = datetime(1970, 1, 1, tzinfo=UTC)
    return start + timedelta(milliseconds=max(0, min(milliseconds, 250_000_000_000_000)))


def _offset(said: Any) -> int:
    """The phone's last known clock offset; nonsense is cut to ten years."""
    return max(-315_360_000_000, min(said, 315_360_000_000)) if type(said) is int else 0


def _writable(value: Any) -> Any:
    """A value without what no database can write: half characters and NUL become the replacement character."""
    if isinstance(value, str):
        return _UNWRITABLE.sub("\ufffd", value)
    if isinstance(value, list):
        return [_writable(item) for item in value]
    if isinstance(value, dict):
        return {_UNWRITABLE.sub("\ufffd", name): _writable(item) for name, item in value.items()}
    return value


def _malformed(field: str) -> Refusal:
    return Refusal("sync.malformed", N_("手机发来的内容格式不对，没有接收，内容仍在手机上"), field=field)


def is_own_phone(device: str) -> bool:
    """Whether a log is that of an entity's own phone: the inspected party wrote it, whoever offered the link."""
    return device.startswith(OWN)
