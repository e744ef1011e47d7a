"""Who may sit on a team, automatically and under conditions."""

from datetime import date

import pytest

from fieldapp.draw import rules
from fieldapp.draw.rules import Seat, Team
from fieldapp.tasks.rules import MatchCondition
from tests.draw.rules.sample import MATCHING_SEED as SEED
from tests.draw.rules.sample import leaf

DAY = date(2026, 5, 12)


def candidate(name: str = "a", **changes: object) -> rules.Candidate:
    valid = {"certificate_from": date(2022, 1, 1), "certificate_to": date(2026, 12, 31)}
    return rules.Candidate(name, **{**valid, **changes})  # type: ignore[arg-type]


@pytest.mark.article("16")
def test_automatic_matching_leaves_out_only_certificate_availability_and_interest() -> None:
    assert rules.unfit(candidate(), DAY, DAY, "object") is None
    assert rules.unfit(candidate(certificate_to=date(2026, 5, 11)), DAY, DAY) == "no_certificate"
    assert rules.unfit(candidate(certificate_from=None), DAY, DAY) == "no_certificate"
    assert rules.unfit(candidate(absences=((DAY, DAY),)), DAY, DAY) == "unavailable"
    assert rules.unfit(candidate(interests=frozenset({"object"})), DAY, DAY, "object") == "interested"
    assert rules.unfit(candidate(division="x", region_code="370200"), DAY, DAY, "object") is None


@pytest.mark.article("16")
def test_a_certificate_that_ends_during_the_visit_is_not_valid() -> None:
    until = candidate(certificate_to=date(2026, 5, 12))
    assert rules.holds_certificate(until, DAY, DAY)
    assert not rules.holds_certificate(until, DAY, date(2026, 5, 13))


def test_a_day_off_in_a_month_does_not_make_somebody_unavailable() -> None:
    away = candidate(absences=((date(2026, 5, 12), date(2026, 5, 20)),))
    assert rules.is_available(away, date(2026, 5, 1), date(2026, 5, 31))
    assert rules.is_available(away, date(2026, 5, 12), date(2026, 5, 21))
    assert not rules.is_available(away, date(2026, 5, 12), date(2026, 5, 20))
    assert not rules.is_available(away, date(2026, 5, 11), date(2026, 5, 21), days=2)


@pytest.mark.article("16")
def test_manual_matching_draws_among_those_who_meet_every_condition() -> None:
    company, finance = frozenset({"企业"}), frozenset({"财务"})

    def skilled(name: str, region: str, division: str) -> rules.Candidate:
        return candidate(name, region_code=region, division=division, qualified_for=company, specialities=finance)

    crowd = [
        skilled("fits", "370102", "x"),
        skilled("elsewhere", "370202", "x"),
        skilled("own", "370102", "own"),
        candidate("unqualified", region_code="370102", division="x", specialities=finance),
        candidate("expired", certificate_to=date(2026, 1, 1)),
    ]
    conditions = list(MatchCondition)
    inspected = rules.Inspected("企业", "370112", "own")
    assert rules.manual_pool(crowd, DAY, DAY, conditions, inspected) == {"fits"}
    assert rules.manual_pool(crowd, DAY, DAY, [], inspected) == rules.automatic_pool(crowd, DAY, DAY)
    assert len(rules.automatic_pool(crowd, DAY, DAY)) == 4


@pytest.mark.article("17")
def test_a_declared_interest_is_removed_before_the_draw_e7() -> None:
    crowd = [candidate(name, interests=frozenset({"x"} if name < "c" else ())) for name in "abcde"]
    barred = rules.barred_by_interest(crowd)
    assert barred == {"x": frozenset("ab")}
    pool = rules.automatic_pool(crowd, DAY, DAY)
    for number in range(40):
        team = Team(leaf(number), (Seat(pool),) * 2, barred["x"])
        assert set(rules.match_inspectors(SEED, [team], {}).teams[0].inspectors) <= set("cde")


@pytest.mark.article("16")
def test_the_pair_of_last_time_does_not_come_together_again() -> None:
    seen = set()
    for number in range(60):
        team = Team(leaf(number), (Seat(frozenset("abc")),) * 2, frozenset(), frozenset("ab"))
        members = rules.match_inspectors(SEED, [team], {}).teams[0].inspectors
        assert set(members) != {"a", "b"}
        seen.update(members)
    assert seen == set("abc")
