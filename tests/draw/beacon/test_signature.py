"""Rounds of drand quicknet as the world knows them are proved; whatever is not the chain's is refused."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from py_ecc.bls.point_compression import decompress_G1
from py_ecc.bls.typing import G1Compressed

from fieldapp.draw import beacon
from fieldapp.refusals import Refusal
from tests.draw.bundle.sample import ROUND_1000

SIGNATURE = ROUND_1000.signature
COMPRESSED = 1 << 383


def on_the_curve(x: int) -> bool:
    try:
        decompress_G1(G1Compressed(COMPRESSED + x))
    except ValueError:
        return False
    return True


def point(*, on_curve: bool) -> bytes:
    """The first x with a point there, which is outside the group as all but one in 2**125 are; or without one."""
    return (COMPRESSED + next(x for x in range(5, 99) if on_the_curve(x) is on_curve)).to_bytes(48, "big")


def test_a_known_round_is_proved() -> None:
    beacon.check_signature(1000, SIGNATURE)
    assert sha256(SIGNATURE).hexdigest() == "fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd"


@pytest.mark.parametrize(("number", "signature"), [
    (1001, SIGNATURE), (999, SIGNATURE), (0, SIGNATURE), (-1, SIGNATURE), (1 << 64, SIGNATURE),
    (1000, SIGNATURE[:-1] + bytes([SIGNATURE[-1] ^ 1])), (1000, bytes([SIGNATURE[0] ^ 0x20]) + SIGNATURE[1:]),
    (1000, bytes([SIGNATURE[0] ^ 0x80]) + SIGNATURE[1:]), (1000, point(on_curve=False)), (1000, point(on_curve=True)),
    (1000, b"\xc0" + bytes(47)), (1000, b""), (1000, SIGNATURE[:-1]), (1000, SIGNATURE + b"\0"),
    (1000, b"\0" + SIGNATURE), (1000, b"\xff" * 48),
], ids=["the next round", "the round before", "no round", "a negative round", "too great a round", "a changed bit",
        "its negative", "not compressed", "not on the curve", "not in the group", "infinity", "nothing", "short", "long",
        "a zero before it", "beyond the field"])
def test_anything_else_is_refused(number: int, signature: bytes) -> None:
    with pytest.raises(Refusal) as refused:
        beacon.check_signature(number, signature)
    assert refused.value.code == "draw.beacon_signature"


def test_a_point_of_the_curve_outside_the_group_is_refused_for_that(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beacon, "pairing", lambda *_points, **_how: pytest.fail("the group was not asked about"))
    with pytest.raises(Refusal):
        beacon.check_signature(7, point(on_curve=True))


def test_a_round_has_its_time_and_a_moment_its_round() -> None:
    assert beacon.time_of(1) == datetime(2023, 8, 23, 15, 9, 27, tzinfo=UTC)
    assert [beacon.round_at(beacon.time_of(1000) + timedelta(microseconds=one)) for one in (-3_000_001, -1, 0, 1)] == [
        999, 1000, 1000, 1001]
    assert beacon.round_at(datetime(2020, 1, 1, tzinfo=UTC)) == 1
    assert beacon.round_for(beacon.time_of(1000) - timedelta(seconds=30)) == 1000
    with pytest.raises(ValueError, match="begin with 1"):
        beacon.time_of(0)


def test_the_library_leaves_the_process_its_depth() -> None:
    """What is nested too deeply is refused by the interpreter's own limit, which the library lifts when it is read."""
    code = "import sys; limit = sys.getrecursionlimit(); import fieldapp.draw.beacon; assert sys.getrecursionlimit() == limit"
    assert subprocess.run([sys.executable, "-c", code], check=False, capture_output=True).returncode == 0
