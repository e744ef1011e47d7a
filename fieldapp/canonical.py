"""Canonical JSON after RFC 8785, for strings, integers, booleans, null, lists and objects. No floats anywhere."""

import unicodedata
from collections.abc import Iterable
from hashlib import sha256
from json.encoder import encode_basestring as quoted
from typing import Any

__all__ = ["canonical", "digest", "in_order", "nfc", "quoted"]


def canonical(value: Any) -> bytes:
    """The one UTF-8 byte string of a JSON value: keys sorted by UTF-16 code units, no white space.

    Raises TypeError on floats, on keys that are not strings, on anything JSON cannot hold,
    and ValueError on integers beyond 2^53 - 1, which another language would round.
    """
    return _text(value).encode("utf-8")


def digest(value: Any) -> str:
    """SHA-256 of the canonical JSON, as 64 hexadecimal digits."""
    return sha256(canonical(value)).hexdigest()


def in_order(keys: Iterable[str]) -> list[str]:
    """Keys in the order in which canonical JSON has them."""
    return sorted(keys, key=_utf16)


def nfc(text: str) -> str:
    """Unicode normal form C: the form in which strings are hashed."""
    return unicodedata.normalize("NFC", text)


def _text(value: Any) -> str:
    if value is None or value is True or value is False:
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, str):
        return quoted(str(value))
    if isinstance(value, int):
        return _integer(value)
    if isinstance(value, list | tuple):
        return "[" + ",".join(map(_text, value)) + "]"
    if isinstance(value, dict):
        return "{" + ",".join(f"{_key(k)}:{_text(value[k])}" for k in in_order(value)) + "}"
    raise TypeError(f"canonical JSON holds no {type(value).__name__}")


def _integer(value: int) -> str:
    if abs(value) > 2**53 - 1:
        raise ValueError(f"integer out of the range every JSON reader keeps: {value}")
    return str(value)


def _key(key: object) -> str:
    if not isinstance(key, str):
        raise TypeError(f"a JSON key is a string, not {type(key).__name__}")
    return quoted(key)


def _utf16(key: object) -> bytes:
    if not isinstance(key, str):
        raise TypeError(f"a JSON key is a string, not {type(key).__name__}")
    return key.encode("utf-16-be")
