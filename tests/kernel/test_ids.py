"""Identifiers rise with time, in one process without exception."""

import time
from uuid import UUID

from fieldapp.ids import uuid7


def test_identifiers_are_uuid_version_7_in_rising_order() -> None:
    made = [uuid7() for _ in range(10_000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)
    assert {(one.version, one.variant) for one in made} == {(7, "specified in RFC 4122")}


def test_an_identifier_tells_its_millisecond() -> None:
    before = time.time_ns() // 1_000_000
    assert before <= uuid7().int >> 80 <= time.time_ns() // 1_000_000 + 5


def test_an_identifier_comes_after_those_that_it_is_to_follow_whatever_the_clock() -> None:
    ahead = UUID(int=uuid7().int + (3_600_000 << 80))
    follower = uuid7(after=(None, ahead, uuid7()))
    assert follower > ahead
    assert (follower.version, follower.int >> 80) == (7, ahead.int >> 80)
    assert uuid7() < ahead, "one that follows nothing tells its own millisecond"
