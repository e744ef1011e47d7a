"""A directory, leaves and teams that the tests of the rules have in mind."""

from hashlib import sha256

from fieldapp.draw import rules
from fieldapp.draw.rules import Row, Seat, Team

KEY = bytes(range(32))
SEED = sha256(b"a seed").digest()
MATCHING_SEED = sha256(b"a matching").digest()


def row(number: int, status: str = "ok", reason: str = "", tickets: int = 1, stratum: str = "") -> Row:
    name = f"91370100MA{number:08d}"
    return Row(name, "370102", "企业", "小型", status, reason, tickets, rules.salt(KEY, name), stratum)


def directory(count: int) -> list[Row]:
    return [row(number) for number in range(count)]


def pairs(count: int, tickets: int = 1) -> list[tuple[bytes, int]]:
    return [(sha256(b"leaf %d" % number).digest(), tickets) for number in range(count)]


def leaf(number: int) -> bytes:
    return sha256(b"object %d" % number).digest()


def names(count: int) -> list[str]:
    return [f"inspector-{number:03d}" for number in range(count)]


def pairs_of(pool: list[str], objects: int) -> list[Team]:
    return [Team(leaf(number), (Seat(frozenset(pool)),) * 2) for number in range(objects)]
