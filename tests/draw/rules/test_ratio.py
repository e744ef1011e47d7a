"""How many objects are drawn, and when a pool is too narrow."""

from fractions import Fraction
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.draw import rules
from fieldapp.draw.rules import SecondReason
from fieldapp.refusals import Refusal


@pytest.mark.article("6")
@pytest.mark.parametrize(("size", "drawn"), [(0, 0), (1, 1), (19, 1), (20, 1), (21, 2), (41, 3), (1001, 51)])
def test_five_percent_that_are_not_whole_are_rounded_up_e1(size: int, drawn: int) -> None:
    assert rules.quota(500, size) == drawn


@pytest.mark.article("6")
@given(st.integers(0, 10_000), st.integers(1, 10**9))
@pytest.mark.edge("E1")
def test_the_quota_is_the_exact_ceiling(ratio: int, size: int) -> None:
    exact = Fraction(ratio * size, 10_000)
    drawn = rules.quota(ratio, size)
    assert drawn == 1 if exact <= 1 else exact <= drawn < exact + 1


def test_seven_percent_of_a_hundred_are_seven() -> None:
    assert rules.quota(rules.basis_points("7%"), 100) == 7


@pytest.mark.parametrize(("text", "points"), [("5%", 500), ("7.5 %", 750), ("3‰", 30), ("100％", 10_000), ("0.01%", 1)])
def test_a_ratio_is_read_as_written(text: str, points: int) -> None:
    assert rules.basis_points(text) == points
    assert rules.basis_points(rules.ratio_text(points)) == points


@pytest.mark.parametrize("text", ["", "5", "%", "-5%", "五%", "0.001%", "1e2%", "."])
def test_what_is_no_ratio_is_not_read(text: str) -> None:
    with pytest.raises(ValueError, match=r"ratio|basis"):
        rules.basis_points(text)


@pytest.mark.article("6")
def test_another_quota_than_planned_needs_a_reason() -> None:
    rules.check_quota(5, 500, 100, "")
    rules.check_quota(3, 500, 100, "分两批实施")
    with pytest.raises(Refusal, match=r"draw\.quota_needs_a_reason"):
        rules.check_quota(4, 500, 100, " ")
    with pytest.raises(Refusal, match=r"draw\.quota_exceeds_directory"):
        rules.check_quota(101, 500, 100, "全部")
    with pytest.raises(Refusal, match=r"draw\.quota_is_empty"):
        rules.check_quota(0, 500, 100, "不查")


@pytest.mark.article("16")
def test_a_directed_draw_from_few_or_of_most_is_narrow() -> None:
    assert rules.is_narrow(True, 19, 1)
    assert not rules.is_narrow(True, 20, 10)
    assert rules.is_narrow(True, 21, 11)
    assert not rules.is_narrow(False, 1, 1)


@pytest.mark.article("6", "16")
def test_a_second_person_must_approve_what_no_second_person_has_yet() -> None:
    narrow, below = SecondReason.NARROW, SecondReason.BELOW_FLOOR
    assert rules.second_reasons(narrow=False, below_floor=False) == []
    assert rules.second_reasons(narrow=True, below_floor=True) == [narrow, below]
    assert rules.second_reasons(narrow=True, below_floor=True, approved={narrow}) == [below]


@pytest.mark.article("6", "16")
def test_what_the_first_approver_gave_is_no_second_approval() -> None:
    first, second = UUID(int=1), UUID(int=2)
    given = [(first, ["narrow"]), (second, ["below_floor"])]
    assert rules.second_approved(first, given) == {SecondReason.BELOW_FLOOR}
    assert rules.second_approved(None, given) == set()
