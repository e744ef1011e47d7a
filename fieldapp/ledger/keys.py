"""The log's keys: files outside the database. Every secret that lies here signs; every public key that ever did stays."""

import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from fieldapp import ids
from fieldapp.ledger.notes import SigningKey, VerifierKey, new_key, read_signing_key, read_verifier_key

_folder: Path | None = None
_signing: list[SigningKey] = []
_witnesses: list[VerifierKey] = []


def configure(folder: Path, origin: str) -> None:
    """Say where the keys are; the first is made where there is none, and its name is the log's origin from then on."""
    global _folder  # noqa: PLW0603 - one set of keys for the process
    _folder = folder
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not verifier_keys():
        make_key(origin)
    _signing[:] = [read_signing_key(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.key"))]


def origin() -> str:
    """The name of the log."""
    return verifier_keys()[0].name


def signing_keys() -> list[SigningKey]:
    """The keys that sign now, the oldest first: after a change of keys both, until the old secret is taken away."""
    return list(_signing)


def verifier_keys() -> list[VerifierKey]:
    """All keys that ever signed, the oldest first."""
    return [replace(read_verifier_key(file.read_text(encoding="utf-8")), until=_end_of(file))
            for file in sorted(_place().glob("*.vkey"))]


def know_witnesses(known: Iterable[VerifierKey]) -> None:
    """Say by which keys the lines of witnesses are believed: of those that are asked, and of those that once were."""
    _witnesses[:] = known


def witness_keys() -> list[VerifierKey]:
    """The keys of the witnesses that are known."""
    return list(_witnesses)


def make_key(name: str | None = None) -> str:
    """Make a key that signs beside those that are there; the public one as it is handed out."""
    key = new_key(name or origin())
    stem = f"{ids.uuid7().hex}-{key.verifier.key_id.hex()}"  # in the order of time
    _write(_place() / f"{stem}.key", key.text(), 0o600)  # first: a public key without its secret would never sign
    _write(_place() / f"{stem}.vkey", key.verifier.text(), 0o644)
    _signing.append(key)
    return key.verifier.text()


def end_key(key_id: str, size: int) -> None:
    """Take a key out of use, by its eight digits, after the head of this size: its secret is gone, and what it signs of a larger
    log counts no more. Raises ValueError for a key that does not sign, and for the last one that does."""
    file = next((one for one in _place().glob("*.key") if one.stem.endswith(f"-{key_id}")), None)
    if not key_id or file is None or len(_signing) < 2:
        raise ValueError("no such key signs, or no other would")
    _write(file.with_suffix(".end"), str(size), 0o644)
    file.unlink()
    _signing[:] = [key for key in _signing if key.verifier.key_id.hex() != key_id]


def _end_of(file: Path) -> int | None:
    end = file.with_suffix(".end")
    return int(end.read_text(encoding="utf-8")) if end.exists() else None


def _place() -> Path:
    if _folder is None:
        raise RuntimeError("the ledger's keys are not configured")
    return _folder


def _write(file: Path, text: str, mode: int) -> None:
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w", encoding="utf-8") as written:
        written.write(text + "\n")
        written.flush()
        os.fsync(written.fileno())
