"""A receipt: that an entry stands in the log, for a verifier without a network (C2SP tlog-proof).

What the entry says lies beside the proof, in the extra line: compressed JSON of [the entry's values in the order of their
names, the facts that it commits to, their salt, its version, which is left out where it is 2]; the commitment follows from
these. It is handed out as a file of such a text, or of the text in gzip.
"""

import json
import zlib
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass
from typing import Any

from fieldapp.canonical import canonical
from fieldapp.ledger.rules.checkpoint import read_hash, read_number
from fieldapp.ledger.rules.entries import VERSION, commitment, entry_body

HEADER = "c2sp.org/tlog-proof@v1"
NAMES = ("action", "actor", "after_hash", "at", "before_hash", "case", "id", "object", "prev", "reason", "role")
MOST_TOLD = 20_000
RAW_DEFLATE, GZIP = -15, 31
VERSIONS = (2, 3)


@dataclass(frozen=True, slots=True)
class Receipt:
    """The entry's index (from 0), its audit path, the signed checkpoint, and what the reader is told beside it."""

    index: int
    proof: tuple[bytes, ...]
    note: str
    extra: bytes = b""

    def text(self) -> str:
        """The receipt as a text."""
        extra = [f"extra {b64encode(self.extra).decode()}"] if self.extra else []
        path = [b64encode(part).decode() for part in self.proof]
        return "\n".join([HEADER, *extra, f"index {self.index}", *path, "", self.note])

    def file(self) -> bytes:
        """The same in gzip, which makes of hashes in Base64 as much as they are; the same receipt gives the same bytes."""
        return _packed(self.text().encode(), GZIP)


@dataclass(frozen=True, slots=True)
class Told:
    """What a receipt's entry says: its values by name, the facts that it commits to, and their salt."""

    entry: dict[str, str | None]
    facts: dict[str, Any]
    salt: str
    version: int = VERSION

    def body(self) -> bytes:
        """The entry as it was hashed, which commits to these facts."""
        return entry_body(self.version, **self.entry, payload_commit=commitment(self.salt, canonical(self.facts).decode()))

    def packed(self) -> bytes:
        """The same as the extra line of a receipt holds it."""
        version = [] if self.version == VERSIONS[0] else [self.version]
        return _packed(canonical([[self.entry[name] for name in NAMES], self.facts, self.salt, *version]))


def told_of(body: str, facts: str, salt: str) -> Told | None:
    """What an entry says, as it and its facts are kept; none where it cannot be put together again (entries of version 1)."""
    values = json.loads(body)
    found = Told({name: values.get(name) for name in NAMES}, json.loads(facts), salt, values["v"])
    return found if found.body() == body.encode() else None


def read_told(packed: bytes) -> Told:
    """Read what a receipt tells beside its proof; raises ValueError for what is malformed or too long."""
    try:
        values, facts, salt, *version = json.loads(
            _unpacked(packed, RAW_DEFLATE), object_pairs_hook=_once, parse_float=_no_number, parse_constant=_no_number)
        entry = dict(zip(NAMES, values, strict=True))
        if not all(one is None or isinstance(one, str) for one in values) or not isinstance(facts, dict):
            raise TypeError("an entry has texts, its facts are an object")
        if version not in ([], [VERSIONS[1]]):
            raise TypeError("an entry of a version that is not known")
        told = Told(entry, facts, _text(salt), *(version or VERSIONS[:1]))
        told.body()  # what cannot be hashed tells nothing
    except (TypeError, RecursionError) as error:
        raise ValueError("the receipt does not tell what its entry says") from error
    return told


def text_of_file(content: bytes) -> str:
    """A receipt's text out of its file, be it in gzip or not. Raises ValueError."""
    return _unpacked(content, GZIP) if content.startswith(b"\x1f\x8b") else content.decode()


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


def _packed(content: bytes, form: int = RAW_DEFLATE) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, form)
    return packer.compress(content) + packer.flush()


def _unpacked(packed: bytes, form: int) -> str:
    """What was packed, to its end and with nothing after it. Raises ValueError."""
    opener = zlib.decompressobj(form)
    try:
        content = opener.decompress(packed, MOST_TOLD)
    except zlib.error as error:
        raise ValueError("this was not packed") from error
    if not opener.eof or opener.unused_data:
        raise ValueError("what was packed ends too late, or has something after its end")
    return content.decode()


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def _no_number(text: str) -> None:
    raise ValueError(f"no entry holds {text[:30]}")


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("a receipt tells in texts")
    return value


def _after(word: str, line: str) -> str:
    if not line.startswith(word):
        raise ValueError(f"a line should begin with {word!r}, not {line[:30]!r}")
    return line[len(word):]
