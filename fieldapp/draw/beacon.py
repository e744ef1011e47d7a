"""drand quicknet, a public beacon: which round comes when, and whether a signature is the one that its chain gives.

A round's signature is a point of G1 on BLS12-381, 48 bytes; nobody knows it before the round's time, and everybody can check
it with the chain's public key alone (scheme bls-unchained-g1-rfc9380).
"""

import sys
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from hashlib import sha256
from typing import Any

from fieldapp.draw.rules import BeaconPart
from fieldapp.refusals import Refusal
from fieldapp.words import N_

_DEPTH = sys.getrecursionlimit()
from py_ecc.bls.hash_to_curve import hash_to_G1  # noqa: E402
from py_ecc.bls.point_compression import decompress_G1, decompress_G2  # noqa: E402
from py_ecc.bls.typing import G1Compressed, G2Compressed  # noqa: E402
from py_ecc.optimized_bls12_381 import FQ12, G2, curve_order, final_exponentiate, is_inf, multiply, neg, pairing  # noqa: E402

sys.setrecursionlimit(_DEPTH)  # py_ecc lifts it for the whole process; what reads hostile input relies on it

CHAIN = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"
PUBLIC_KEY = bytes.fromhex(
    "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d106451"
    "0d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a")
GENESIS = datetime.fromtimestamp(1692803367, UTC)
PERIOD = timedelta(seconds=3)
DOMAIN = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_"
SIGNATURE_BYTES = 48
MOMENT = "%Y-%m-%dT%H:%M:%SZ"
AHEAD = timedelta(seconds=30)
"""How long after it was named the round comes at the earliest: the log's head is signed well before."""


def time_of(number: int) -> datetime:
    """When a round comes; the first is round 1, at the genesis."""
    if number < 1:
        raise ValueError(f"rounds begin with 1, not {number}")
    return GENESIS + (number - 1) * PERIOD


def round_at(moment: datetime) -> int:
    """The first round whose time is not before the moment."""
    return max(1, 1 - (GENESIS - moment) // PERIOD)


def round_for(named_at: datetime) -> int:
    """The round that a draw takes when it is named at this moment: nobody chooses it."""
    return round_at(named_at + AHEAD)


def moment_text(moment: datetime) -> str:
    """A moment as bundles write it, to the second: 2026-11-23T06:07:00Z."""
    return moment.astimezone(UTC).strftime(MOMENT)


def check_signature(number: int, signature: bytes) -> None:
    """The signature is the chain's for this round, by the pairing e(signature, g2) = e(H(S(round)), key); else a Refusal."""
    try:
        fits = _fits(PUBLIC_KEY, number, signature)
    except (ValueError, OverflowError) as fault:
        raise _unfit(number) from fault
    if not fits:
        raise _unfit(number)


def check_part(part: BeaconPart) -> None:
    """The round is the one that the moment of its naming gives, and the signature is the chain's; else a Refusal."""
    try:
        expected = round_for(datetime.strptime(part.named_at, MOMENT).replace(tzinfo=UTC))
    except (ValueError, OverflowError) as fault:
        raise _other_round(part.round) from fault
    if part.round != expected:
        raise _other_round(part.round)
    check_signature(part.round, part.signature)


@lru_cache(maxsize=64)
def _fits(public_key: bytes, number: int, signature: bytes) -> bool:
    """Takes half a second, once: whoever is about to lock the database has it computed before."""
    if len(signature) != SIGNATURE_BYTES:
        raise ValueError(f"a signature has {SIGNATURE_BYTES} bytes, not {len(signature)}")
    point = decompress_G1(G1Compressed(int.from_bytes(signature, "big")))
    if is_inf(point) or not is_inf(multiply(point, curve_order)):
        raise ValueError("not a point of the group")
    message = hash_to_G1(sha256(number.to_bytes(8, "big")).digest(), DOMAIN, sha256)  # type: ignore[arg-type] # its class is meant
    both = pairing(_point(public_key), message, final_exponentiate=False) * pairing(G2, neg(point), final_exponentiate=False)
    return bool(final_exponentiate(both) == FQ12.one())


@cache
def _point(public_key: bytes) -> Any:
    return decompress_G2(G2Compressed((int.from_bytes(public_key[:48], "big"), int.from_bytes(public_key[48:], "big"))))


def _unfit(number: int) -> Refusal:
    return Refusal("draw.beacon_signature", N_("这不是 drand quicknet 第 %(round)s 轮的签名"), field="signature", round=number)


def _other_round(number: int) -> Refusal:
    return Refusal("draw.beacon_round", N_("第 %(round)s 轮不是确定信标时应取的那一轮"), round=number)
