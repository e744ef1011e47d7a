"""Before anything is drawn the officer sees how likely everybody is, and whether teams could be guessed."""

from collections import Counter
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from fieldapp.draw import rules
from fieldapp.draw.rules import Parameters, Seat, Team
from tests.draw.makers import freeze, make_seed, prepared
from tests.draw.rules.sample import leaf, names, pairs_of
from tests.people import Cast, Player


@pytest.mark.article("16")
def test_the_odds_of_inspectors_who_stand_alike_are_exact() -> None:
    odds = rules.matching_odds(pairs_of(names(20), 30), 10, {}, Parameters(1, 6))
    assert set(odds.by_inspector.values()) == {1000}
    assert (odds.even, odds.pair, odds.even_pair, odds.error) == (1000, 52, 52, 0)
    assert not rules.is_predictable(odds)


@pytest.mark.article("16")
def test_simulated_odds_agree_with_many_other_matchings_within_their_error() -> None:
    pool = names(8)
    teams = [Team(leaf(number), (Seat(frozenset(pool)),) * 2, frozenset(pool[:2]) if number % 2 else frozenset())
             for number in range(12)]
    loads = {pool[7]: 2}
    odds = rules.matching_odds(teams, 12, loads, Parameters(1, 8))
    assert odds.error > 0
    found: Counter[str] = Counter()
    for number in range(400):
        matching = rules.match_inspectors(b"other".ljust(28) + number.to_bytes(4), teams, loads, Parameters(1, 8))
        found.update(name for team in matching.teams for name in team.inspectors)
    for name in pool:
        assert abs(odds.by_inspector[name] - found[name] * 10_000 // (400 * 12)) <= 2 * odds.error, name
    assert odds.by_inspector[pool[0]] < odds.by_inspector[pool[4]]


@pytest.mark.article("16")
def test_the_odds_are_the_same_whoever_computes_them() -> None:
    teams = [Team(leaf(number), (Seat(frozenset(names(9))),) * 2) for number in range(9)]
    loads = {names(9)[0]: 3}
    first = rules.matching_odds(teams, 4, loads, Parameters(1, 8))
    assert rules.matching_odds(list(reversed(teams)), 4, loads, Parameters(1, 8)) == first


@pytest.mark.article("16")
@pytest.mark.parametrize(("people", "loads", "band", "guessed"), [
    (20, {}, 1, False), (3, {}, 1, True), (20, dict.fromkeys(names(20)[2:], 9), 1, True),
    (20, dict.fromkeys(names(20)[2:], 9), 9, False), (6, {}, 0, True), (6, {}, 2, False)])
def test_teams_that_strict_balance_lets_one_guess_are_said_to_be_so(
        people: int, loads: dict[str, int], band: int, guessed: bool) -> None:
    odds = rules.matching_odds(pairs_of(names(people), 6), 6, loads, Parameters(band, 20))
    assert rules.is_predictable(odds) is guessed, odds


@pytest.mark.article("16")
def test_too_few_inspectors_are_told_before_the_freeze() -> None:
    assert rules.matching_odds(pairs_of(names(4), 10), 10, {}, Parameters(1, 2)).stuck == 10_000
    assert rules.matching_odds(pairs_of(names(10), 10), 10, {}, Parameters(1, 2)).stuck == 0


@pytest.mark.article("16")
def test_of_more_objects_than_are_tried_it_is_not_said_that_the_inspectors_suffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fieldapp.draw.rules.matching.odds.MOST_OBJECTS", 20)
    teams, loads = pairs_of(names(10), 30), dict.fromkeys(names(10), 3)
    stuck = {cap: rules.matching_odds(teams, 30, loads, Parameters(1, cap)).stuck for cap in (8, 9)}
    assert stuck == {8: 10_000, 9: None}, "60 seats, and room for 50 or 60 above what everybody has"
    assert rules.matching_odds(teams, 20, loads, Parameters(1, 8)).stuck == 0


@pytest.mark.article("16")
def test_a_refusal_leaves_the_odds_out(cast: Cast, client_of: Callable[[Player], FlaskClient]) -> None:
    task_id, officer = prepared(cast), client_of(cast.officer)
    refused = officer.post(f"/tasks/{task_id}/draw", data={"contributors": [str(cast.officer.id)]})
    draw_id = freeze(cast, task_id)
    voided = officer.post(f"/draws/{draw_id}/void-request", data={"reason": ""})
    assert [(answer.status_code, 'id="odds"' in answer.text) for answer in (refused, voided)] == [(422, False)] * 2
    assert f'href="/tasks/{task_id}/draw"' in refused.text


@pytest.mark.article("16")
def test_the_officer_reads_the_odds_before_the_freeze_and_until_the_matching(
        cast: Cast, client_of: Callable[[Player], FlaskClient]) -> None:
    task_id = prepared(cast, size=30)
    officer, legal = client_of(cast.officer), client_of(cast.legal)
    before = officer.get(f"/tasks/{task_id}/draw").text
    assert "匹配概率" in before
    assert "概率是精确值" in before
    draw_id = freeze(cast, task_id)
    assert "匹配概率" in officer.get(f"/draws/{draw_id}").text
    assert "匹配概率" not in legal.get(f"/draws/{draw_id}").text
    make_seed(cast, draw_id)
    assert officer.post(f"/draws/{draw_id}/objects").status_code == 303
    assert officer.post(f"/draws/{draw_id}/matching").status_code == 303
    assert "匹配概率" not in officer.get(f"/draws/{draw_id}").text
