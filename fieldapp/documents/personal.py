"""Numbers of identity documents: in the database only under a key that lies outside it; the same number is known again by
a keyed hash. The key is made where there is none; without the one that concealed a number nobody reads it."""

import os
from base64 import b64decode, b64encode
from contextlib import suppress
from hashlib import sha256
from hmac import digest
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from fieldapp import ids

FILE = "personal.key"
NONCE = 12
_key: bytes | None = None


class OtherKey(Exception):
    """The number was concealed under another key than the one that is here."""


def configure(folder: Path) -> None:
    """Read the key in the folder, or make it."""
    global _key  # noqa: PLW0603 - one key for the process
    file = folder / FILE
    if not file.is_file():
        _make(file)
    _key = file.read_bytes()


def conceal(number: str) -> str:
    """A number as it may stand in the database: AES-256-GCM in Base64; each time other bytes."""
    nonce = ids.random_bytes(NONCE)
    return b64encode(nonce + AESGCM(_part(b"conceal")).encrypt(nonce, number.encode(), None)).decode()


def reveal(concealed: str) -> str:
    """The number again, for the paper that must bear it; raises OtherKey where the key is not the one of then."""
    known = b64decode(concealed)
    try:
        return AESGCM(_part(b"conceal")).decrypt(known[:NONCE], known[NONCE:], None).decode()
    except InvalidTag as other:
        raise OtherKey(FILE) from other


def mark(number: str) -> str:
    """By what the same number is known again: 64 hexadecimal digits that say nothing without the key; nothing for none."""
    return digest(_part(b"mark"), number.encode(), sha256).hex() if number else ""


def _make(file: Path) -> None:
    """A key whole at its place at once; where another process was first, that one's stays."""
    staged = file.with_name(f"{FILE}.{ids.uuid7().hex}")
    with os.fdopen(os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as written:
        written.write(ids.random_bytes(32))
        written.flush()
        os.fsync(written.fileno())
    with suppress(FileExistsError):
        os.link(staged, file)
    staged.unlink()


def _part(purpose: bytes) -> bytes:
    if _key is None:
        raise RuntimeError("the key of personal data is not configured")
    return digest(_key, b"fieldapp personal/1 " + purpose, sha256)
