"""Substitutes: drawn by one-time codes out of a hash chain whose head stands in the manifest.

Nobody can know a substitute before the code is used, and nobody can choose one afterwards:

- `end` = HMAC-SHA256(K_draw, "fieldapp-draw/1 substitutes"), and each link is S of the one after it.
- the head, which the manifest bears, is S applied LINKS times to `end`; code number k is S applied LINKS - k times, so that
  S(code k) = code k - 1 and S(code 1) = head. A code once used shows the ones before it and none after it.
- the ticket of an inspector is S("fieldapp-substitute/1" 00 code leaf inspector); the lowest of the pool is drawn.
"""

import hmac
from collections.abc import Collection, Mapping
from hashlib import sha256

from fieldapp.law import article
from fieldapp.words import Labelled, N_

LINKS = 1000


class Circle(Labelled):
    """From how wide a pool a substitute was drawn: each is tried when nobody is left in the one before it (E12)."""

    SAME = "same", N_("本次抽取的同一范围")
    ANY_CONDITION = "any_condition", N_("不再限定资质、专长、区域、处室的全部持证人员")
    DIRECTORY = "directory", N_("抽取之后新纳入名录的持证人员")


def chain_head(draw_key: bytes) -> bytes:
    """The 32 bytes that commit to every code."""
    return _hashed(_end(draw_key), LINKS)


@article("18")
def substitute_code(draw_key: bytes, number: int) -> bytes:
    """The code by which the substitute of this number is drawn: 32 bytes, the first is number 1."""
    if not 1 <= number <= LINKS:
        raise ValueError(number)
    return _hashed(_end(draw_key), LINKS - number)


def is_next_code(code: bytes, before: bytes) -> bool:
    """Whether a code is the one that follows another, or the first behind the head."""
    return sha256(code).digest() == before


@article("18")
def substitute_ticket(code: bytes, leaf: bytes, inspector_id: str) -> bytes:
    """The ticket of an inspector in one drawing of a substitute: 32 bytes, the lowest is drawn."""
    return sha256(b"fieldapp-substitute/1\0" + code + leaf + inspector_id.encode()).digest()


@article("17", "18")
def draw_substitute(code: bytes, leaf: bytes, circles: Mapping[Circle, Collection[str]]) -> tuple[Circle, str] | None:
    """The inspector with the lowest ticket of the first circle in which there is anybody; None if there is nobody at all."""
    for circle in Circle:
        pool = circles.get(circle, ())
        if pool:
            return circle, min(pool, key=lambda one: (substitute_ticket(code, leaf, one), one))
    return None


def _end(draw_key: bytes) -> bytes:
    return hmac.digest(draw_key, b"fieldapp-draw/1 substitutes", "sha256")


def _hashed(link: bytes, times: int) -> bytes:
    for _ in range(times):
        link = sha256(link).digest()
    return link
