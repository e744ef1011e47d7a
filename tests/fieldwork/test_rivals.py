"""Two phones, one field: what a new value does to the one that stands there."""

import pytest

from fieldapp import ids
from fieldapp.fieldwork.rules import Move, Ruling, Standing, ruling

A1, B1, C1 = (ids.uuid7() for _ in range(3))


@pytest.fixture
def current() -> Standing:
    return Standing(A1, "phone-a", "符合")


def test_the_first_value_enters() -> None:
    assert ruling(None, [], base=None, value="x", device="phone-b") == Ruling(Move.REPLACE)


def test_who_has_seen_the_value_replaces_it(current: Standing) -> None:
    assert ruling(current, [], base=A1, value="不符合", device="phone-b").move is Move.REPLACE


def test_the_same_value_is_merged(current: Standing) -> None:
    assert ruling(current, [], base=None, value="符合", device="phone-b").move is Move.MERGE
    assert ruling(Standing(A1, "phone-a", None), [], base=None, value="", device="phone-b").move is Move.MERGE


def test_another_value_stands_beside(current: Standing) -> None:
    assert ruling(current, [], base=None, value="不符合", device="phone-b").move is Move.STAND_BESIDE
    assert ruling(current, [], base=C1, value="不符合", device="phone-b").move is Move.STAND_BESIDE


def test_who_said_the_same_before_has_seen_the_value() -> None:
    merged = Standing(A1, "phone-a", "符合", frozenset({B1}))
    assert ruling(merged, [], base=B1, value="不符合", device="phone-b").move is Move.REPLACE


def test_a_rivals_own_phone_goes_on_with_its_rival(current: Standing) -> None:
    rival = Standing(B1, "phone-b", "不符合")
    assert ruling(current, [rival], base=B1, value="不适用", device="phone-b") == Ruling(Move.UPDATE_RIVAL, B1)
    assert ruling(current, [rival], base=B1, value="符合", device="phone-b") == Ruling(Move.MERGE, B1)
    assert ruling(current, [rival], base=B1, value="不适用", device="phone-c").move is Move.STAND_BESIDE


def test_a_phone_has_seen_what_its_other_tab_wrote(current: Standing) -> None:
    assert ruling(current, [], base=None, value="不符合", device="phone-a").move is Move.REPLACE
    rival = Standing(B1, "phone-b", "不符合")
    assert ruling(current, [rival], base=None, value="不适用", device="phone-b") == Ruling(Move.UPDATE_RIVAL, B1)


def test_a_third_phone_with_the_rivals_value_joins_it(current: Standing) -> None:
    assert ruling(current, [Standing(B1, "phone-b", "不符合")], base=None, value="不符合", device="phone-c") == Ruling(
        Move.JOIN_RIVAL, B1)


@pytest.mark.parametrize("chosen", ["符合", "不符合"])
def test_a_person_ends_the_conflict_by_choosing_one_of_the_two(current: Standing, chosen: str) -> None:
    rivals = [Standing(B1, "phone-b", "不符合")]
    assert ruling(current, rivals, base=A1, value=chosen, device="phone-a").move is Move.CHOOSE


def test_an_edit_by_somebody_who_has_not_seen_the_rival_does_not_end_the_conflict(current: Standing) -> None:
    rivals = [Standing(B1, "phone-b", "不符合")]
    assert ruling(current, rivals, base=A1, value="不适用", device="phone-a").move is Move.REPLACE
