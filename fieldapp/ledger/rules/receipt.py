"""A receipt: that an entry stands in the log, for a verifier without a network (C2SP tlog-proof).

What the entry says lies beside the proof, in the extra line: compressed JSON of [the entry's values in the order of their
names, the facts that it commits to, their salt]; the version and the commitment, which follow from these, are left out.
"""

import json
import zlib
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass
from typing import Any

from fieldapp.canonical import canonical
from fieldapp.ledger.rules.checkpoint import read_hash, read_number
from fieldapp.ledger.rules.entries import commitment, entry_body

HEADER = "c2sp.org/tlog-proof@v1"
NAMES = ("action", "actor", "after_hash", "at", "before_hash", "case", "id", "object", "prev", "reason", "role")
MOST_TOLD = 20_000
RAW_DEFLATE = -15


@dataclass(frozen=True, slots=True)
class Receipt:
    """The entry's index (from 0), its audit path, the signed checkpoint, and what the reader is told beside it."""

    index: int
    proof: tuple[bytes, ...]
    note: str
    extra: bytes = b""

    def text(self) -> str:
        """The file as it is handed out."""
        extra = [f"extra {b64encode(self.extra).decode()}"] if self.extra else []
        path = [b64encode(part).decode() for part in self.proof]
        return "\n".join([HEADER, *extra, f"index {self.index}", *path, "", self.note])


@dataclass(frozen=True, slots=True)
class Told:
    """What a receipt's entry says: its values by name, the facts that it commits to, and their salt."""

    entry: dict[str, str | None]
    facts: dict[str, Any]
    salt: str

    def body(self) -> bytes:
        """The entry as it was hashed, which commits to these facts."""
        return entry_body(**self.entry, payload_commit=commitment(self.salt, canonical(self.facts).decode()))

    def packed(self) -> bytes:
        """The same as the extra line of a receipt holds it."""
        return _packed(canonical([[self.entry[name] for name in NAMES], self.facts, self.salt]))


def told_of(body: str, facts: str, salt: str) -> Told | None:
    """What an entry says, as it and its facts are kept; none where it cannot be put together again (entries of version 1)."""
    values = json.loads(body)
    found = Told({name: values.get(name) for name in NAMES}, json.loads(facts), salt)
    return found if found.body() == body.encode() else None


def read_told(packed: bytes) -> Told:
    """Read what a receipt tells beside its proof; raises ValueError for what is malformed or too long."""
    opener = zlib.decompressobj(RAW_DEFLATE)
    try:
        values, facts, salt = json.loads(opener.decompress(packed, MOST_TOLD))
        entry = dict(zip(NAMES, values, strict=True))
        if not all(one is None or isinstance(one, str) for one in values) or not isinstance(facts, dict):
            raise TypeError("an entry has texts, its facts are an object")
        return Told(entry, facts, _text(salt))
    except (zlib.error, TypeError, RecursionError) as error:
        raise ValueError("the receipt does not tell what its entry says") from error


def digits_of(text: str) -> str:
    """A receipt as the decimal digits of a QR code: its text compressed, after one byte that keeps leading zeros."""
    return str(int.from_bytes(b"\1" + _packed(text.encode())))


def read_receipt(text: str) -> Receipt:
    """Read a receipt; nothing in it is trusted yet: see the note's signatures and `verify_inclusion`. Raises ValueError."""
    head, empty, note = text.partition("\n\n")
    lines = head.split("\n")
    if not empty or lines.pop(0) != HEADER:
        raise ValueError(f"a receipt begins with {HEADER}")
    extra = _after("extra ", lines.pop(0)) if lines and lines[0].startswith("extra ") else ""
    if not lines:
        raise ValueError("a receipt names the index of its entry")
    index = read_number(_after("index ", lines.pop(0)))
    try:
        return Receipt(index, tuple(map(read_hash, lines)), note, b64decode(extra, validate=True))
    except NotBase64 as error:
        raise ValueError("the receipt's extra line is not Base64") from error


def _packed(content: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, RAW_DEFLATE)
    return packer.compress(content) + packer.flush()


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("a receipt tells in texts")
    return value


def _after(word: str, line: str) -> str:
    if not line.startswith(word):
        raise ValueError(f"a line should begin with {word!r}, not {line[:30]!r}")
    return line[len(word):]
