"""Passwords as argon2id hashes; a wrong name takes as long as a wrong password."""

import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def hashed(password: str) -> str:
    """The argon2id hash of a password, salt and parameters within."""
    return _hasher.hash(_normal(password))


def matches(stored: str | None, password: str) -> bool:
    """Whether the password is the stored one; without a stored one the time is spent all the same."""
    try:
        return _hasher.verify(stored or _nobodys(), _normal(password)) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobodys() -> str:
    return _hasher.hash("nobody has this password")


def _normal(password: str) -> str:
    return unicodedata.normalize("NFKC", password)
