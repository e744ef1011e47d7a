"""Identifiers: UUID version 7, in the order of time; secrets for addresses nobody can guess."""

import secrets
import threading
import time
from collections.abc import Iterable
from uuid import UUID

_lock = threading.Lock()
_last = 0


def uuid7(*, after: Iterable[UUID | None] = ()) -> UUID:
    """A new UUIDv7 (RFC 9562): Unix milliseconds, 12 bits of their fraction, 62 random bits; rising in a process, and above each
    of those in `after`, whatever the clock of whoever made them."""
    global _last  # noqa: PLW0603 - the order of identifiers is kept per process
    with _lock:
        _last = max(_last + 1, time.time_ns() * 4096 // 1_000_000)
        moment = max([_last, *(_moment(one) + 1 for one in after if one is not None)])
    random = int.from_bytes(secrets.token_bytes(8)) >> 2
    return UUID(int=(moment >> 12) << 80 | 0x7 << 76 | (moment & 0xFFF) << 64 | 0b10 << 62 | random)


def _moment(one: UUID) -> int:
    return (one.int >> 80) << 12 | one.int >> 64 & 0xFFF


def secret() -> str:
    """256 random bits as 43 URL-safe characters."""
    return secrets.token_urlsafe(32)


def salt() -> str:
    """128 random bits as 22 URL-safe characters: what makes a commitment tell nothing."""
    return secrets.token_urlsafe(16)


def random_bytes(count: int) -> bytes:
    """Random bytes from the operating system."""
    return secrets.token_bytes(count)
