"""What a log sends to a witness: the size it cosigned last, the proof that the log only grew since, the signed head."""

from base64 import b64encode
from dataclasses import dataclass

from fieldapp.ledger.rules.checkpoint import read_hash, read_number

MOST_HASHES = 63


@dataclass(frozen=True, slots=True)
class Request:
    """The old size, the consistency proof between it and the head, and the note of the head."""

    old: int
    proof: tuple[bytes, ...]
    note: str

    def text(self) -> str:
        """The body of `add-checkpoint`."""
        lines = [f"old {self.old}", *(b64encode(part).decode() for part in self.proof)]
        return "\n".join([*lines, "", self.note])


def read_request(text: str) -> Request:
    """Read the body of `add-checkpoint`. Raises ValueError."""
    head, empty, note = text.partition("\n\n")
    first, *proof = head.split("\n")
    if not empty or not first.startswith("old ") or len(proof) > MOST_HASHES:
        raise ValueError("a request is an old size, a proof, an empty line and a checkpoint")
    return Request(read_number(first.removeprefix("old ")), tuple(map(read_hash, proof)), note)
