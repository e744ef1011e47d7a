"""The phone's log without a database: the envelope, the order, whose it is."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from fieldapp.refusals import Refusal
from fieldapp.sync.rules import (
    SentOp,
    TooLarge,
    Verdict,
    answer,
    check_device,
    check_may_send,
    media_of,
    parse_batch,
    parse_op,
    sequence_verdict,
)

ME, COLLEAGUE, STRANGER, VISIT = (UUID(int=number) for number in (1, 2, 3, 4))
RAW: dict[str, Any] = {
    "id": str(UUID(int=9)), "d": "phone-0001", "n": 5, "u": str(ME), "t": str(VISIT), "f": 1, "c": "x", "k": "set",
    "p": "arrival/place", "v": "东门", "b": None, "at": 1_790_000_000_000, "mono": 3, "off": None, "tz": "Asia/Shanghai"}


def op(**changes: Any) -> SentOp:
    return parse_op({**RAW, **changes})


def deep(levels: int) -> list[Any]:
    value: list[Any] = []
    for _ in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize("changes", [
    {"id": "x"}, {"id": 7}, {"n": 0}, {"n": "1"}, {"n": True}, {"n": 3_000_000_000}, {"u": None}, {"t": "all"}, {"k": "drop"},
    {"k": ["set"]}, {"p": "a b"}, {"p": ""}, {"p": "x" * 201}, {"d": "../etc"}, {"d": None}, {"v": 1.5}, {"v": 2**60},
    {"b": "no"}, {"v": {"x": [0.1]}},
])
def test_an_envelope_that_cannot_be_kept_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(Refusal) as refused:
        op(**changes)
    assert refused.value.code == "sync.malformed"


@pytest.mark.parametrize("said",
    [None, [], {}, {"v": 2}, {"v": 1, "dev": "phone-0001", "ops": {}}, {"v": 1, "dev": "x", "ops": []},
                                  {"v": 1, "dev": "phone-0001", "ops": [7]},
                                  {"v": 1, "dev": "phone-0001", "ops": [], "since": "1"},
                                  {"v": 1, "dev": "phone-0002", "ops": [RAW]}])
def test_a_batch_that_is_none_is_refused(said: Any) -> None:
    with pytest.raises(Refusal) as refused:
        parse_batch(said)
    assert refused.value.code == "sync.malformed"


def test_what_a_value_says_is_not_judged_at_the_door() -> None:
    assert op(v={"any": ["thing", None, 7]}).value == {"any": ["thing", None, 7]}


def test_an_operation_has_at_most_64_kib_and_a_batch_50_operations() -> None:
    with pytest.raises(TooLarge):
        op(v="长" * 30_000)
    with pytest.raises(TooLarge):
        parse_batch({"v": 1, "dev": "phone-0001", "ops": [RAW] * 51})


def test_a_value_as_deep_as_a_well_is_refused_and_not_a_fault() -> None:
    with pytest.raises(Refusal) as refused:
        op(v=deep(3000))
    assert refused.value.code == "sync.malformed"


def test_a_half_character_and_a_nul_block_nothing() -> None:
    kept = op(v="表情\ud83d和\x00")
    assert kept.value == "表情\ufffd和\ufffd"
    kept.body.encode()


def test_nonsense_clocks_are_taken() -> None:
    for at in (None, "soon", -5, 10**18, 10**15):
        assert op(at=at if not isinstance(at, int) or at < 2**53 else 2**53 - 1).at.tzinfo is UTC
    assert op(off=10**15).offset_ms == 315_360_000_000
    assert op(off="x").offset_ms == 0


def test_the_same_operation_has_the_same_hash_however_its_keys_stand() -> None:
    assert parse_op(dict(reversed(RAW.items()))).sha256 == op().sha256
    assert op(v="西门").sha256 != op().sha256


@pytest.mark.article("24")
def test_a_batch_is_taken_in_the_order_of_its_numbers_not_of_its_times() -> None:
    first, second = {**RAW, "id": str(UUID(int=1)), "n": 1, "at": 99}, {**RAW, "id": str(UUID(int=2)), "n": 2, "at": 1}
    assert [one.n for one in parse_batch({"v": 1, "dev": "phone-0001", "ops": [second, first]})[1]] == [1, 2]


@pytest.mark.parametrize(("last", "stored", "verdict"), [
    (4, None, Verdict.RECEIVE), (5, "same", Verdict.KNOWN), (4, "other", Verdict.CLASH), (5, None, Verdict.FORK),
    (9, None, Verdict.FORK), (3, None, Verdict.AHEAD), (0, None, Verdict.AHEAD), (9, "same", Verdict.KNOWN),
])
def test_the_next_number_is_received_and_all_else_is_told_apart(last: int, stored: str | None, verdict: Verdict) -> None:
    sent = op()
    known = sent.sha256 if stored == "same" else stored
    assert sequence_verdict(sent, last_n=last, stored_sha256=known) is verdict


def test_only_who_did_it_or_a_member_beside_a_member_sends_it() -> None:
    check_may_send(op(), sender=ME, members=set())
    check_may_send(op(), sender=COLLEAGUE, members={ME, COLLEAGUE})
    for members in ({ME, COLLEAGUE}, set(), {STRANGER}):
        with pytest.raises(Refusal) as refused:
            check_may_send(op(), sender=STRANGER, members=members)
        assert (refused.value.code, refused.value.status) == ("sync.other_person", 403)


def test_a_phone_belongs_to_one_person_until_it_is_revoked() -> None:
    check_device(owner=ME, sender=ME, is_revoked=False)
    for owner, is_revoked in ((COLLEAGUE, False), (ME, True)):
        with pytest.raises(Refusal):
            check_device(owner=owner, sender=ME, is_revoked=is_revoked)


def test_only_a_whole_description_of_a_photo_is_waited_for() -> None:
    photo = {"capture_hash": "a" * 64, "chunks": ["b" * 64], "size": 3}
    found = media_of(op(k="add", v=photo))
    assert found is not None
    assert found.chunks == ("b" * 64,)
    for odd in ({"chunks": []}, {"chunks": ["../x"]}, {"capture_hash": "A" * 64}, {"chunks": "b" * 64}):
        assert media_of(op(k="add", v={**photo, **odd})) is None
    assert media_of(op(k="set", v=photo)) is None


def test_a_receipt_names_the_moment_in_utc_to_the_millisecond() -> None:
    moment = datetime(2026, 11, 24, 1, 2, 3, 456_789, tzinfo=UTC)
    assert answer(UUID(int=9), 5, 17, moment) == {
        "id": str(UUID(int=9)), "n": 5, "receipt": 17, "received_at": "2026-11-24T01:02:03.456Z"}
