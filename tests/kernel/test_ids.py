"""Identifiers rise with time, in one process without exception."""

import time

from fieldapp.ids import uuid7


def test_identifiers_are_uuid_version_7_in_rising_order() -> None:
    made = [uuid7() for _ in range(10_000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)
    assert {(one.version, one.variant) for one in made} == {(7, "specified in RFC 4122")}


def test_an_identifier_tells_its_millisecond() -> None:
    before = time.time_ns() // 1_000_000
    assert before <= uuid7().int >> 80 <= time.time_ns() // 1_000_000 + 5
