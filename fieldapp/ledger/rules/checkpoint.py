"""What the log stands for at a moment: its origin, its size, its root (C2SP tlog-checkpoint)."""

from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass

from fieldapp.law import article
from fieldapp.merkle import HASH_BYTES


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The head of the log `origin` when it held `size` entries; `root` has 32 bytes."""

    origin: str
    size: int
    root: bytes

    @article("3")
    def text(self) -> str:
        """The text that is signed: three lines, each ended."""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"


def read_checkpoint(text: str) -> Checkpoint:
    """The checkpoint of a note's text; lines after the third say nothing of the tree. Raises ValueError."""
    lines = text.split("\n")
    if len(lines) < 4 or lines[-1] or not all(lines[:-1]):
        raise ValueError("a checkpoint has at least three lines, none of them empty")
    return Checkpoint(lines[0], read_number(lines[1]), read_hash(lines[2]))


def read_number(text: str) -> int:
    """A size or an index in decimal digits without leading zeros. Raises ValueError."""
    if not (text.isascii() and text.isdigit()) or str(int(text)) != text:
        raise ValueError(f"not a whole number: {text[:30]!r}")
    return int(text)


def read_hash(text: str) -> bytes:
    """A hash of 32 bytes in Base64. Raises ValueError."""
    try:
        found = b64decode(text, validate=True)
    except NotBase64 as error:
        raise ValueError(f"not Base64: {text[:60]!r}") from error
    if len(found) != HASH_BYTES or b64encode(found).decode() != text:
        raise ValueError("a hash has 32 bytes")
    return found
