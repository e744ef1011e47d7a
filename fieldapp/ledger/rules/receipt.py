"""A receipt: that an entry stands in the log, for a verifier without a network (C2SP tlog-proof)."""

from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass

from fieldapp.ledger.rules.checkpoint import read_hash, read_number

HEADER = "c2sp.org/tlog-proof@v1"


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


def _after(word: str, line: str) -> str:
    if not line.startswith(word):
        raise ValueError(f"a line should begin with {word!r}, not {line[:30]!r}")
    return line[len(word):]
