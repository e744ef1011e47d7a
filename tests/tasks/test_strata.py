"""A task draws each credit-risk grade by itself, where the rule set lets it, and never fewer objects in silence."""

from datetime import UTC, date, datetime

import pytest

from fieldapp import clock, db
from fieldapp.policy import actions as policy
from fieldapp.policy.rules import RuleSet
from fieldapp.refusals import Refusal
from fieldapp.tasks.rules import Pool, raised
from tests.people import Cast
from tests.planning import things as planned
from tests.tasks import things
from tests.tasks.things import TYPED

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "div#pool"}
GRADES = {"A": 20, "B": 40, "D": 4, "": 22}


@pytest.fixture(autouse=True)
def february(cast: Cast) -> None:
    clock.set_source(lambda: datetime(2026, 2, 24, 1, 0, tzinfo=UTC))
    with db.transaction(write=True):
        planned.registry(cast, 0)
        for number, (grade, count) in enumerate(GRADES.items()):
            planned.objects(count, cast.division, start=100 * number, credit_risk_grade=grade)
        planned.issued_plan(cast)


def rule_set(cast: Cast, **switches: bool) -> None:
    policy.enter_rule_set(RuleSet("分层规则", date(2026, 2, 24), **switches), by=cast.legal.officer)


@pytest.mark.article("6", "16")
def test_each_grade_has_its_quota_rounded_up_and_the_ungraded_are_a_stratum_of_their_own(cast: Cast) -> None:
    with db.transaction(write=True):
        task = things.task(cast, by_grade=True)
        assert task.strata == {
            "A": {"ratio": 1010, "quota": 3}, "B": {"ratio": 2020, "quota": 9}, "C": {"ratio": 4040, "quota": 0},
            "D": {"ratio": 5000, "quota": 2}, "U": {"ratio": 2020, "quota": 5}}
        assert task.quota == 19


@pytest.mark.article("6")
def test_the_usual_ratios_rise_together_until_they_give_what_the_item_asks_and_leave_chance_in_each() -> None:
    usual, pools = {"A": 250, "D": 2000}, {"A": Pool(100), "D": Pool(10)}
    assert raised(usual, pools, 5, 5000) == usual
    assert raised(usual, pools, 6, 5000) == {"A": 253, "D": 2020}
    assert raised(usual, pools, 99, 5000) == {"A": 5000, "D": 5000}


@pytest.mark.article("6")
def test_another_ratio_than_the_rules_has_its_reason(cast: Cast) -> None:
    with db.transaction(write=True):
        with pytest.raises(Refusal, match="ratio_needs_a_reason"):
            things.task(cast, by_grade=True, ratios={"A": 2000})
        task = things.task(cast, by_grade=True, ratios={"A": 2000}, ratio_reason="本年度举报集中在此类单位")
        assert (task.strata["A"], task.quota, task.ratio_reason) == ({"ratio": 2000, "quota": 4}, 20, "本年度举报集中在此类单位")
        with pytest.raises(Refusal, match="stratum_ratio_unfit"):
            things.task(cast, by_grade=True, ratios={"A": 0}, ratio_reason="不查")


@pytest.mark.article("6")
def test_the_strata_together_do_not_fall_below_the_items_ratio(cast: Cast) -> None:
    few = {"by_grade": True, "ratios": {"B": 500}, "ratio_reason": "风险低"}
    with db.transaction(write=True):
        with pytest.raises(Refusal, match="strata_below_floor") as refused:
            things.task(cast, **few)
        assert refused.value.facts == {"total": 12, "asked": 18}
        rule_set(cast, strata_by_credit_grade=True, strata_below_floor=True)
        with pytest.raises(Refusal, match="ratio_needs_a_reason"):
            things.task(cast, **few | {"ratio_reason": ""})
        assert things.task(cast, **few).quota == 11


@pytest.mark.article("6", "31")
def test_where_the_rule_set_does_not_know_strata_there_are_none(cast: Cast) -> None:
    with db.transaction(write=True):
        rule_set(cast)
        with pytest.raises(Refusal, match="strata_not_in_rules"):
            things.task(cast, by_grade=True)
        assert things.task(cast).strata is None


def test_the_page_shows_each_stratum_before_anything_is_saved_and_keeps_what_was_typed(cast: Cast, client_of) -> None:
    officer = client_of(cast.officer)
    with db.transaction(write=False):
        line_id = str(planned.line_of(cast))
    typed = TYPED | {"line": line_id, "stratified": "by_grade", "ratio_B": "2.5"}
    shown = officer.get("/tasks/new", query_string=typed, headers=HTMX).text
    assert "各层合计抽取 11 户；按事项比例应不少于 18 户" in shown
    assert "请提高比例" in shown
    assert "有一层不足 20 户" in shown
    refused = officer.post("/tasks", data=typed)
    assert refused.status_code == 422
    assert 'value="2.5"' in refused.text
    saved = officer.post("/tasks", data=typed | {"ratio_B": "25", "ratio_reason": "上年度问题较多"})
    assert saved.status_code == 303
    page = officer.get(saved.headers["Location"]).text
    assert "上年度问题较多" in page
    assert "未评级" in page
    edited = officer.get(saved.headers["Location"] + "/edit").text
    assert 'value="25"' in edited
