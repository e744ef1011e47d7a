"""What an entry says, and how a row is hashed."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from hashlib import sha256
from typing import Any
from uuid import UUID

from fieldapp.canonical import canonical, in_order, quoted
from fieldapp.law import article

LONGEST = 120
"""Characters of a text that a history tells."""
ROWS_WRITTEN = "ledger.rows_written"
"""The action of an entry that names the rows written beside."""
ROWS_MIGRATED = "ledger.rows_migrated"
"""The same for the rows that a migration left as no entry did."""
ERASED = "ledger.payload_erased"
"""The action of an entry about another: what stood beside that one was erased."""
OF_ROWS = frozenset({ROWS_WRITTEN, ROWS_MIGRATED})
VERSION = 3
"""Since 2 an entry names the roles of who acted, and a row's hash leaves out what is empty: a new column changes no hash. Since
3 the reason that a person gave stands beside the entry, with the facts that it commits to, and can be erased with them."""


@article("3")
def entry_body(version: int = VERSION, **facts: str | int | None) -> bytes:
    """The canonical JSON of an entry: who did what to which thing, when, and the hashes before and after."""
    return canonical({"v": version, **facts})


def row_text(columns: Mapping[str, Any]) -> str:
    """A row's columns that are not empty, as canonical JSON; floats, moments, days and bytes as text."""
    parts = [f"{key}{_value_text(columns[name])}" for name, key in _keys(tuple(columns)) if columns[name] is not None]
    return f"{{{','.join(parts)}}}"


@cache
def _keys(names: tuple[str, ...]) -> list[tuple[str, str]]:
    """A table's columns in the order of canonical JSON, each with what stands before its value: worked out once for a table."""
    return [(name, f"{quoted(name)}:") for name in in_order(names)]


def _value_text(value: Any) -> str:
    """What `canonical(plain(value))` gives, sooner for what most columns hold."""
    kind = type(value)
    if kind is str:
        return quoted(value)
    if kind is UUID:
        return f'"{value}"'
    if kind is datetime:
        return f'"{_moment(value)}"'
    return canonical(value if kind is int else plain(value)).decode()


def _moment(value: datetime) -> str:
    return (value if value.tzinfo is UTC else value.astimezone(UTC)).isoformat(timespec="microseconds")


def row_hash(columns: Mapping[str, Any]) -> str:
    """SHA-256 of a row as `row_text` gives it."""
    return text_hash(row_text(columns))


def rows_text(rows: Iterable[tuple[str, str, str | None]]) -> str:
    """Rows that were written beside what the entries name: table, key and hash of each, none for one that was deleted."""
    return canonical(sorted(([table, key, found] for table, key, found in rows), key=lambda row: row[:2])).decode()


def text_hash(text: str) -> str:
    """SHA-256 of a text in UTF-8, as 64 hexadecimal digits."""
    return sha256(text.encode()).hexdigest()


def commitment(salt: str, facts: str) -> str:
    """SHA-256 over salt and facts: proves the facts while the salt is kept, tells nothing once it is erased."""
    return sha256(f"{salt}\0{facts}".encode()).hexdigest()


def plain(value: Any) -> Any:
    """A value as canonical JSON can hold it."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in (sorted(value) if isinstance(value, set | frozenset) else value)]
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, str):
        return str(value)
    if isinstance(value, UUID | Decimal):
        return str(value)
    raise TypeError(f"a {type(value).__name__} has no plain form")


def in_words(value: Any, info: Mapping[str, Any]) -> Any:
    """A column's value as a history tells it: by the word of its `words`, a ratio in basis points as per cent, a long text
    by its beginning."""
    words = info.get("words")
    if words is not None and value in {one.value for one in words}:
        return str(words(value).label)
    if info.get("is_ratio") and isinstance(value, int):
        return f"{value / 100:g} %"
    if isinstance(value, list | tuple):
        return "、".join(str(one) for one in value)
    return f"{value[:LONGEST]}……" if isinstance(value, str) and len(value) > LONGEST else plain(value)
