"""What a task may be, in which order it goes, and who decides."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest

from fieldapp.policy.rules import RuleSet
from fieldapp.refusals import Conflict, Forbidden, NotFound, Refusal
from fieldapp.roles import Officer, Role
from fieldapp.tasks import rules
from fieldapp.tasks.rules import (
    Decision,
    DrawMode,
    MatchCondition,
    MatchMode,
    Pool,
    TaskSettings,
    TaskState,
    WorkPlanState,
    WorkPlanTexts,
)
from fieldapp.tasks.rules.paper import WorkPlanFacts, work_plan_form

RULES = RuleSet("现行", date(2023, 1, 1))
DIVISION = uuid4()
SETTINGS = TaskSettings(uuid4(), "实验动物检查", DrawMode.UNDIRECTED, MatchMode.AUTOMATIC, 2, ("on_site",),
                        date(2026, 3, 2), date(2026, 3, 31))
DIRECTED = replace(SETTINGS, draw_mode=DrawMode.DIRECTED, conditions={"cities": ["济南市"]})


def officer(*roles: Role, division: UUID = DIVISION) -> Officer:
    return Officer(uuid4(), "某人", division, frozenset(roles))


@pytest.mark.article("6", "16")
def test_an_undirected_draw_takes_the_ratio_of_the_whole_directory_and_not_less_than_planned() -> None:
    pool = Pool(86, at_cap=2)
    assert rules.quota_for(DrawMode.UNDIRECTED, 2000, directory_size=86, pool=pool) == 18
    assert rules.quota_for(DrawMode.UNDIRECTED, 2000, directory_size=91, pool=pool, planned=18) == 19
    assert rules.quota_for(DrawMode.UNDIRECTED, 2000, directory_size=80, pool=pool, planned=18) == 18


@pytest.mark.article("16")
def test_a_directed_draw_takes_the_ratio_of_its_pool() -> None:
    assert rules.quota_for(DrawMode.DIRECTED, 500, directory_size=2000, pool=Pool(214)) == 11


@pytest.mark.article("16")
def test_objects_at_the_cap_leave_the_pool_and_stay_in_the_denominator() -> None:
    pool = Pool(41, closed=1, at_cap=2)
    assert pool.drawable == 38
    assert rules.quota_for(DrawMode.DIRECTED, 500, directory_size=41, pool=pool) == 3


@pytest.mark.article("16")
@pytest.mark.parametrize(("settings", "pool", "asked", "code"), [
    (replace(SETTINGS, draw_mode=DrawMode.DIRECTED), Pool(86), 18, "condition_missing"),
    (replace(SETTINGS, conditions={"cities": ["济南市"]}), Pool(86), 18, "condition_makes_it_directed"),
    (DIRECTED, Pool(2, at_cap=2), 1, "pool_is_empty"),
    (replace(DIRECTED, quota=2), Pool(86), 18, "quota_below_ratio"),
    (replace(DIRECTED, quota=87), Pool(86), 18, "quota_above_pool"),
])
def test_a_draw_without_sense_is_refused(settings: TaskSettings, pool: Pool, asked: int, code: str) -> None:
    with pytest.raises(Refusal, match=code):
        rules.check_draw(settings, pool, asked)


@pytest.mark.article("16")
def test_fewer_drawable_objects_than_asked_are_no_obstacle() -> None:
    rules.check_draw(SETTINGS, Pool(86, at_cap=80), 18)


@pytest.mark.article("16")
@pytest.mark.parametrize(("mode", "pool", "asked", "narrow"), [
    ("directed", 19, 1, True), ("directed", 20, 10, False), ("directed", 20, 11, True), ("undirected", 3, 3, False)])
def test_a_narrow_pool_is_hardly_random(mode: str, pool: int, asked: int, narrow: bool) -> None:
    assert rules.is_narrow(mode == DrawMode.DIRECTED, pool, asked) is narrow


@pytest.mark.article("16")
@pytest.mark.parametrize(("change", "code"), [
    ({"inspectors_per_object": 1}, "too_few_inspectors"), ({"inspectors_per_object": 7}, "too_many_inspectors"),
    ({"match_mode": MatchMode.MANUAL}, "match_condition_missing"),
    ({"specialities": ("财务审计",)}, "match_condition_makes_it_manual"),
    ({"match_mode": MatchMode.MANUAL, "specialities": ("甲", "乙", "丙")}, "more_specialities_than_seats"),
])
def test_a_matching_without_sense_is_refused(change: dict[str, object], code: str) -> None:
    with pytest.raises(Refusal, match=code):
        rules.check_matching(replace(SETTINGS, **change), RULES)  # type: ignore[arg-type]


@pytest.mark.article("16")
def test_conditions_of_a_matching_are_stored_as_they_are_chosen() -> None:
    manual = replace(SETTINGS, match_mode=MatchMode.MANUAL, specialities=("财务审计",),
                     match_conditions=frozenset({MatchCondition.SAME_CITY, MatchCondition.QUALIFIED}))
    rules.check_matching(manual, RULES)
    assert manual.matching() == {"qualified": True, "same_city": True, "specialities": ["财务审计"]}
    assert SETTINGS.matching() == {}


@pytest.mark.article("12", "22")
@pytest.mark.parametrize(("change", "code"), [
    ({"methods": ()}, "method_missing"), ({"last_day": date(2026, 3, 1)}, "window_reversed"),
    ({"first_day": date(2026, 2, 28)}, "window_outside_plan"), ({"last_day": date(2026, 5, 1)}, "window_outside_plan"),
    ({"last_day": date(2026, 3, 5)}, "window_is_over"),
])
def test_a_task_lies_within_the_days_of_the_plan(change: dict[str, object], code: str) -> None:
    with pytest.raises(Refusal, match=code):
        rules.check_window(replace(SETTINGS, **change),  # type: ignore[arg-type]
                           date(2026, 3, 1), date(2026, 4, 30), date(2026, 3, 6))


@pytest.mark.article("16")
def test_an_object_meets_every_kind_of_condition_that_is_set() -> None:
    def meets(**conditions: list[str]) -> bool:
        return rules.meets_conditions(size="small", city="济南市", region_code="370102", types=["甲", "乙"],
                                      conditions=conditions)

    assert meets()
    assert meets(cities=["济南市", "青岛市"], sizes=["small"])
    assert meets(types=["乙"], region_codes=[])
    assert not meets(cities=["青岛市"])
    assert not meets(cities=["济南市"], sizes=["large"])


@pytest.mark.article("16")
def test_conditions_are_put_down_in_words() -> None:
    words = {"small": "小型", "370102": "济南市历下区"}
    text = rules.condition_text({"sizes": ["small"], "region_codes": ["370102"], "cities": []}, words)
    assert text == "经营规模：小型；县（市、区）：济南市历下区"
    with pytest.raises(Refusal, match="too_many_conditions"):
        rules.condition_text({"cities": ["很长的城市名称"] * 60}, {})


@pytest.mark.article("12", "14")
@pytest.mark.parametrize(("facts", "code"), [
    ({"is_issued": False}, "plan_not_issued"), ({"is_latest": False}, "plan_adjusted"),
    ({"item_is_published": False}, "item_not_published")])
def test_a_task_carries_out_the_plan_in_force(facts: dict[str, bool], code: str) -> None:
    sound = {"is_issued": True, "is_latest": True, "item_is_published": True}
    rules.check_plan_line(**sound)
    with pytest.raises(Conflict, match=code):
        rules.check_plan_line(**sound | facts)


@pytest.mark.article("14")
def test_the_head_and_the_deputy_approve_and_nobody_else() -> None:
    for role in (Role.DIVISION_HEAD, Role.DEPUTY_HEAD):
        rules.check_head_may_decide(officer(role), DIVISION, set(), TaskState.SUBMITTED)
    for other in (officer(Role.DIVISION_OFFICER), officer(Role.DIVISION_HEAD, division=uuid4()),
                  officer(Role.LEGAL_AFFAIRS), officer(Role.DEPARTMENT_HEAD)):
        with pytest.raises(NotFound):
            rules.check_head_may_decide(other, DIVISION, set(), TaskState.SUBMITTED)


@pytest.mark.article("14")
def test_nobody_approves_a_task_of_their_own() -> None:
    head = officer(Role.DIVISION_HEAD, Role.DIVISION_OFFICER)
    with pytest.raises(Forbidden, match="author_may_not_approve"):
        rules.check_head_may_decide(head, DIVISION, {head.person_id}, TaskState.SUBMITTED)


@pytest.mark.article("14")
@pytest.mark.parametrize("state", [state for state in TaskState if state is not TaskState.SUBMITTED])
def test_only_a_submitted_task_is_decided(state: TaskState) -> None:
    with pytest.raises(Conflict):
        rules.check_head_may_decide(officer(Role.DIVISION_HEAD), DIVISION, set(), state)


def test_whoever_disagrees_says_why() -> None:
    rules.check_opinion(Decision.AGREE, "")
    with pytest.raises(Refusal, match="opinion_missing"):
        rules.check_opinion(Decision.DISAGREE, " ")
    with pytest.raises(Refusal, match="text_too_long"):
        rules.check_opinion(Decision.AGREE, "长" * 1001)


@pytest.mark.article("14")
@pytest.mark.parametrize(("check", "allowed"), [
    (rules.check_may_be_edited, {TaskState.DRAFT, TaskState.RETURNED}),
    (rules.check_may_be_drawn, {TaskState.APPROVED}),
    (rules.check_may_be_generated, {TaskState.OBJECTS_DRAWN}),
    (rules.check_may_start, {TaskState.GENERATED, TaskState.IN_PROGRESS}),
    (rules.check_may_complete, {TaskState.GENERATED, TaskState.IN_PROGRESS}),
])
def test_the_steps_come_strictly_in_their_order(check: Callable[[str], None], allowed: set[TaskState]) -> None:
    for state in TaskState:
        if state in allowed:
            check(state)
        else:
            with pytest.raises(Conflict):
                check(state)


@pytest.mark.article("14")
def test_a_task_is_cancelled_with_a_reason_while_nothing_is_drawn() -> None:
    own, head = officer(Role.DIVISION_OFFICER), officer(Role.DEPUTY_HEAD)
    rules.check_may_cancel(own, DIVISION, TaskState.SUBMITTED, "计划调整")
    rules.check_may_cancel(head, DIVISION, TaskState.APPROVED, "计划调整")
    with pytest.raises(Refusal, match="cancel_reason_missing"):
        rules.check_may_cancel(own, DIVISION, TaskState.DRAFT, " ")
    with pytest.raises(Forbidden, match="head_cancels"):
        rules.check_may_cancel(own, DIVISION, TaskState.APPROVED, "计划调整")
    with pytest.raises(Conflict, match="too_late_to_cancel"):
        rules.check_may_cancel(head, DIVISION, TaskState.OBJECTS_DRAWN, "不满意结果")
    with pytest.raises(NotFound):
        rules.check_may_cancel(officer(Role.DIVISION_HEAD, division=uuid4()), DIVISION, TaskState.DRAFT, "计划调整")


@pytest.mark.article("14")
def test_a_task_is_submitted_by_its_division_before_it_is_under_way() -> None:
    own = officer(Role.DIVISION_OFFICER)
    rules.check_may_submit(own, DIVISION, TaskState.RETURNED)
    with pytest.raises(Conflict, match="already_submitted"):
        rules.check_may_submit(own, DIVISION, TaskState.SUBMITTED)
    with pytest.raises(Conflict, match="past_submission"):
        rules.check_may_submit(own, DIVISION, TaskState.APPROVED)
    with pytest.raises(NotFound):
        rules.check_may_submit(officer(Role.DIVISION_OFFICER, division=uuid4()), DIVISION, TaskState.DRAFT)


@pytest.mark.article("20")
def test_the_work_plan_says_method_standard_and_workflow() -> None:
    texts = WorkPlanTexts("实地", "标准", "流程")
    rules.check_texts(texts)
    for name in ("methods", "standard", "workflow"):
        with pytest.raises(Refusal, match="work_plan_incomplete") as refused:
            rules.check_texts(replace(texts, **{name: " "}))
        assert refused.value.field == name
    with pytest.raises(Refusal, match="text_too_long"):
        rules.check_texts(replace(texts, guidance="长" * 8001))


@pytest.mark.article("20")
def test_the_work_plan_is_written_between_approval_and_completion() -> None:
    own = officer(Role.DIVISION_OFFICER)
    rules.check_may_write_work_plan(own, DIVISION, TaskState.APPROVED)
    for state in (TaskState.DRAFT, TaskState.COMPLETED, TaskState.CANCELLED):
        with pytest.raises(Conflict):
            rules.check_may_write_work_plan(own, DIVISION, state)
    with pytest.raises(NotFound):
        rules.check_may_write_work_plan(officer(Role.DIVISION_HEAD), DIVISION, TaskState.APPROVED)


@pytest.mark.article("20")
def test_the_author_of_a_work_plan_does_not_approve_it() -> None:
    head = officer(Role.DIVISION_HEAD)
    rules.check_may_decide_work_plan(head, DIVISION, uuid4(), WorkPlanState.SUBMITTED)
    with pytest.raises(Forbidden):
        rules.check_may_decide_work_plan(head, DIVISION, head.person_id, WorkPlanState.SUBMITTED)
    with pytest.raises(Conflict):
        rules.check_may_decide_work_plan(head, DIVISION, uuid4(), WorkPlanState.APPROVED)


@pytest.mark.article("20")
def test_members_read_the_version_in_force() -> None:
    member, other = uuid4(), uuid4()
    rules.check_may_be_read(WorkPlanState.APPROVED, is_member=True)
    with pytest.raises(Forbidden):
        rules.check_may_be_read(WorkPlanState.APPROVED, is_member=False)
    with pytest.raises(Conflict):
        rules.check_may_be_read(WorkPlanState.SUPERSEDED, is_member=True)
    assert rules.unread([member, other], {other}) == [member]
    assert rules.reading_id(member, other) != rules.reading_id(other, member)


@pytest.mark.article("20")
def test_the_paper_of_a_work_plan_says_what_is_followed_and_who_approved_it() -> None:
    moment, day = datetime(2026, 12, 1, 1, 5, tzinfo=UTC), date(2026, 12, 1)
    told = WorkPlanFacts(
        "某厅", "年度抽查", "鲁科抽〔2026〕1号", "许可检查", "《条例》第五条", day, date(2026, 12, 31), ("on_site", "written"), 2,
        "标准修订", "吴经办", moment, "", "卫处长", moment, (("检查方法", "看现场\n查记录"), ("检查标准", " "),
                                                ("工作流程", "先告知"), ("现场指引", "")))
    form = work_plan_form(told, day)
    facts, *said = form["parts"]
    rows = dict(facts["rows"])
    assert (rows["任务"], rows["检查方式"]) == ("年度抽查（鲁科抽〔2026〕1号）", "实地核查、书面检查")
    assert rows["检查时间"] == "2026年12月1日 至 2026年12月31日"
    assert (rows["版本"], rows["审批意见"]) == ("第 2 版，修改理由：标准修订", "同意（卫处长，2026年12月1日 09:05）")
    assert [part.get("text") or part["lines"] for part in said] == ["检查方法", ["看现场", "查记录"], "工作流程", ["先告知"]]
