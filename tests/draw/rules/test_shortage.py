"""A matching that cannot be names its bottleneck."""


import pytest

from fieldapp.draw import rules
from fieldapp.draw.rules import Parameters, Seat, Team
from fieldapp.refusals import Refusal
from fieldapp.tasks.rules import MatchCondition
from tests.draw.rules.sample import MATCHING_SEED as SEED
from tests.draw.rules.sample import leaf, names, pairs_of


def refusal_of(teams: list[Team], loads: dict[str, int], cap: int) -> Refusal:
    with pytest.raises(Refusal) as refusal:
        rules.match_inspectors(SEED, teams, loads, Parameters(1, cap))
    assert refusal.value.code == "draw.too_few_inspectors"
    assert "%(" not in str(refusal.value)
    return refusal.value


@pytest.mark.article("16")
def test_too_few_inspectors_are_named_with_the_objects_that_need_them() -> None:
    few, many = names(5), [f"elsewhere-{number}" for number in range(40)]
    teams = pairs_of(few, 117) + [Team(leaf(1000 + n), (Seat(frozenset(many)),) * 2) for n in range(60)]
    facts = refusal_of(teams, {}, 40).facts
    assert (facts["objects"], facts["needed"], facts["inspectors"], facts["have"]) == (117, 234, 5, 200)
    assert (facts["cause"], facts["cap_needed"]) == ("cap", 47)
    assert facts["ways_out"] == ("raise_cap", "lend_inspectors", "split_draw")
    assert facts["inspector_ids"] == tuple(few)
    assert rules.match_inspectors(SEED, teams, {}, Parameters(1, 47)).repaired >= 0


@pytest.mark.article("17")
def test_recusals_that_leave_too_few_are_named_as_the_cause() -> None:
    seats = (Seat(frozenset(names(3))),) * 2
    facts = refusal_of([Team(leaf(1), seats, frozenset(names(2)))], {}, 9).facts
    assert (facts["objects"], facts["needed"], facts["have"], facts["cause"]) == (1, 2, 1, "recusals")


def test_a_pool_of_one_is_named_as_the_cause() -> None:
    facts = refusal_of(pairs_of(["alone"], 3), {}, 9).facts
    assert (facts["objects"], facts["needed"], facts["have"], facts["cause"]) == (3, 6, 3, "pool")
    assert refusal_of(pairs_of([], 3), {}, 9).facts["cause"] == "pool"


def test_two_bottlenecks_are_told_apart_and_the_worse_is_named() -> None:
    first, second = pairs_of(["a", "b"], 3), [Team(leaf(50 + n), (Seat(frozenset("cd")),) * 2) for n in range(6)]
    facts = refusal_of(first + second, {}, 2).facts
    assert (facts["objects"], facts["needed"], facts["have"], facts["bottlenecks"]) == (6, 12, 4, 2)
    assert facts["inspector_ids"] == ("c", "d")


@pytest.mark.article("16")
def test_the_speciality_and_the_region_that_are_short_are_named() -> None:
    seats = (Seat(frozenset(["auditor"]), "财务审计", capped=False), Seat(frozenset(names(8))))
    teams = [Team(leaf(number), (*seats[:1] * 2, seats[1]), region=f"第{number}市") for number in range(5)]
    with pytest.raises(Refusal) as refusal:
        rules.match_inspectors(SEED, teams, {}, Parameters(1, 9), [MatchCondition.SAME_CITY.label])
    facts = refusal.value.facts
    assert facts["kinds"] == ("财务审计",)
    assert facts["regions"] == ("第0市", "第1市", "第2市", "等地")
    assert facts["conditions"] == ("执法证件有效、检查日期内可以参加", "与检查对象在同一设区市")
    assert "财务审计" in str(refusal.value)


@pytest.mark.article("16")
def test_every_object_has_at_least_two_seats_and_is_matched_once() -> None:
    with pytest.raises(Refusal, match=r"draw\.two_seats_at_least"):
        rules.match_inspectors(SEED, [Team(leaf(1), (Seat(frozenset(names(3))),))], {})
    with pytest.raises(Refusal, match=r"draw\.object_matched_twice"):
        rules.match_inspectors(SEED, pairs_of(names(3), 1) * 2, {})
