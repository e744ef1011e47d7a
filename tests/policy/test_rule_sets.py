"""Rule sets: the regulation's, those followed after it ran out, those that legal affairs enters."""

from datetime import UTC, date, datetime

import pytest

from fieldapp import clock, db
from fieldapp.policy import actions, queries
from fieldapp.policy.rules import NUMBERS, RuleSet
from fieldapp.refusals import Refusal
from tests.people import Cast


@pytest.fixture(autouse=True)
def november() -> None:
    clock.set_source(lambda: datetime(2026, 11, 23, 1, 0, tzinfo=UTC))


@pytest.mark.article("31")
def test_without_any_row_the_regulations_own_numbers_hold(cast: Cast) -> None:
    with db.transaction(write=False):
        assert queries.rule_set_on(date(2022, 1, 1)).is_expired is False
        assert queries.rule_set_on(date(2026, 11, 23)).is_expired is True


@pytest.mark.article("31")
def test_a_new_set_ends_the_one_before_on_the_day_before(cast: Cast) -> None:
    with db.transaction(write=True):
        actions.seed_rule_set(by=cast.legal.officer)
        actions.enter_rule_set(RuleSet("新细则", date(2027, 1, 1), publish_workdays=15), by=cast.legal.officer)
        assert [row.effective_to for row in queries.rule_set_rows()] == [date(2022, 12, 31), date(2026, 12, 31), None]
        assert queries.rule_set_on(date(2026, 12, 31)).publish_workdays == 20
        in_force = queries.rule_set_on(date(2027, 1, 1))
        assert (in_force.publish_workdays, in_force.is_expired) == (15, False)


def test_a_set_that_does_not_hold_yet_can_be_put_right(cast: Cast) -> None:
    with db.transaction(write=True):
        for workdays in (2, 20):
            actions.enter_rule_set(RuleSet("新细则", date(2027, 1, 1), publish_workdays=workdays),
                                   by=cast.legal.officer)
        assert [row.numbers["publish_workdays"] for row in queries.rule_set_rows()] == [20]


def test_rules_of_the_past_are_not_entered(cast: Cast) -> None:
    with db.transaction(write=True), pytest.raises(Refusal, match="rules_in_the_past"):
        actions.enter_rule_set(RuleSet("新细则", date(2026, 11, 22)), by=cast.legal.officer)


def test_the_page_says_that_the_regulation_has_run_out(cast: Cast, client_of) -> None:
    page = client_of(cast.inspector_a).get("/policy").get_data(as_text=True)
    assert "所依据的细则已到期" in page
    assert "2022年12月31日" in page
    assert "录入新规则" not in page


def test_legal_affairs_enters_a_set_on_the_page(cast: Cast, client_of) -> None:
    legal = client_of(cast.legal)
    typed = {number.name: str(getattr(RuleSet("x", date(2027, 1, 1)), number.name)) for number in NUMBERS}
    typed |= {"name": "新细则", "effective_from": "2027-01-01", "visit_approval_by_department_head": "1"}
    assert legal.get("/policy/rule-sets/new").status_code == 200
    refused = legal.post("/policy/rule-sets", data=typed | {"publish_workdays": "很多"})
    assert refused.status_code == 422
    assert "新细则" in refused.get_data(as_text=True)
    assert legal.post("/policy/rule-sets", data=typed).status_code == 303
    assert "新细则" in legal.get("/policy").get_data(as_text=True)


def test_only_legal_affairs_enters_rules(cast: Cast, client_of) -> None:
    for player in (cast.officer, cast.head, cast.department_head, cast.system_admin):
        assert client_of(player).post("/policy/rule-sets", data={}).status_code == 403
