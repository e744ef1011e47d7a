"""What a witness would not cosign because it does not continue what it saw: kept beside its state, a file for each."""

import json
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Any

from fieldapp import clock
from fieldapp.ledger.rules.checkpoint import Checkpoint
from fieldapp.ledger.witnessing.files import write_whole
from fieldapp.ledger.witnessing.request import Request

MOST = 50
"""Of each kind. Of two heads of one size, which only the log can sign, the first are kept; of the others, which anybody can
send (an old head, a proof of nothing), the last."""


class Kind(StrEnum):
    """What speaks against the log: a second head of the size that was cosigned proves a fork by itself; a larger head whose
    proof does not hold, and a smaller head, want an answer from the log."""

    SAME_SIZE = "same-size"
    NO_PROOF = "no-proof"
    SMALLER = "smaller"


@dataclass(frozen=True, slots=True)
class Kept:
    """A refused head as it is kept: when, of which kind, size and root of what had been cosigned before, the request."""

    at: str
    kind: str
    origin: str
    size: int
    root: str
    seen_size: int
    seen_root: str
    request: str


def keep(folder: Path, kind: Kind, last: Checkpoint, signed: Checkpoint, request: Request) -> bool:
    """Keep a refused head; False for one that is kept already, or where as many of its kind are."""
    name = f"{kind}-{signed.size}-{sha256(signed.text().encode()).hexdigest()[:16]}.json"
    folder.mkdir(exist_ok=True, mode=0o700)
    if (folder / name).exists():
        return False
    others = sorted(folder.glob(f"{kind}-*.json"), key=lambda file: file.stat().st_mtime)
    if kind is Kind.SAME_SIZE and len(others) >= MOST:
        return False
    one = Kept(clock.now().isoformat(timespec="microseconds"), kind, signed.origin, signed.size, b64encode(signed.root).decode(),
               last.size, b64encode(last.root).decode(), request.text())
    write_whole(folder / name, json.dumps(asdict(one), ensure_ascii=False, indent=1))
    for old in others[:max(0, len(others) + 1 - MOST)]:
        old.unlink()
    return True


def kept(folder: Path) -> Iterator[Kept]:
    """What was refused, the oldest first."""
    found: list[dict[str, Any]] = [json.loads(file.read_text(encoding="utf-8")) for file in folder.glob("*.json")]
    return iter(sorted((Kept(**one) for one in found), key=lambda one: one.at))
