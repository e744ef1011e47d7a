from uuid import UUID, uuid4

import pytest

from fieldapp.refusals import Conflict, Forbidden, Refusal
from fieldapp.review import rules
from fieldapp.review.rules import ResultCategory, ReviewState
from fieldapp.roles import Officer, Role

DIVISION, ELSEWHERE = uuid4(), uuid4()


def officer(*roles: Role, division=DIVISION) -> Officer:
    return Officer(uuid4(), "某人", division, frozenset(roles))


@pytest.mark.article("25")
def test_the_three_steps_follow_each_other() -> None:
    steps = [ReviewState.LEADER_REVIEW]
    while steps[-1] is not ReviewState.APPROVED:
        steps.append(rules.step_after(steps[-1]))
    assert steps == ["leader_review", "officer_check", "head_approval", "approved"]


@pytest.mark.parametrize("state", [ReviewState.APPROVED, ReviewState.RETURNED])
def test_nobody_decides_while_no_step_is_due(state: ReviewState) -> None:
    with pytest.raises(Conflict):
        rules.step_after(state)


@pytest.mark.article("25")
def test_only_the_leader_signs_off() -> None:
    leader = uuid4()
    rules.check_leader(leader, leader)
    with pytest.raises(Forbidden, match="leader_only"):
        rules.check_leader(uuid4(), leader)
    with pytest.raises(Refusal, match="no_leader"):
        rules.check_leader(leader, None)


@pytest.mark.article("25")
def test_an_officer_of_the_team_or_of_another_division_does_not_check() -> None:
    one = officer(Role.DIVISION_OFFICER)
    rules.check_officer(one, DIVISION, [uuid4()])
    with pytest.raises(Forbidden, match="own_record"):
        rules.check_officer(one, DIVISION, [one.person_id])
    with pytest.raises(Forbidden, match="officer_only"):
        rules.check_officer(officer(Role.DIVISION_OFFICER, division=ELSEWHERE), DIVISION, [])
    with pytest.raises(Forbidden, match="officer_only"):
        rules.check_officer(officer(Role.DIVISION_HEAD), DIVISION, [])


@pytest.mark.article("25")
def test_a_step_is_offered_to_those_who_take_it() -> None:
    one, head = officer(Role.DIVISION_OFFICER), officer(Role.DIVISION_HEAD)
    elsewhere = officer(Role.DIVISION_OFFICER, Role.DIVISION_HEAD, division=ELSEWHERE)

    def offered(state: ReviewState, team: list[UUID]) -> list[bool]:
        return [rules.may_decide(state, who, DIVISION, one.person_id, team) for who in (one, head, elsewhere)]

    assert offered(ReviewState.LEADER_REVIEW, [one.person_id]) == [True, False, False]
    assert offered(ReviewState.OFFICER_CHECK, [one.person_id]) == [False, False, False]
    assert offered(ReviewState.OFFICER_CHECK, [head.person_id]) == [True, False, False]
    assert offered(ReviewState.HEAD_APPROVAL, [head.person_id]) == [False, True, False]
    assert offered(ReviewState.RETURNED, []) == offered(ReviewState.APPROVED, []) == [False, False, False]


@pytest.mark.article("25")
def test_a_head_of_the_team_leaves_the_approval_to_the_other_head() -> None:
    head, deputy = officer(Role.DIVISION_HEAD), officer(Role.DEPUTY_HEAD)
    both = [head.person_id, deputy.person_id]
    rules.check_head(deputy, DIVISION, [head.person_id], both)
    with pytest.raises(Forbidden, match="head_of_the_team"):
        rules.check_head(head, DIVISION, [head.person_id], both)


@pytest.mark.article("25")
def test_where_every_head_was_of_the_team_the_way_out_is_named() -> None:
    head = officer(Role.DIVISION_HEAD)
    with pytest.raises(Refusal, match="no_other_head") as refused:
        rules.check_head(head, DIVISION, [head.person_id], [head.person_id])
    assert "AB 角" in refused.value.message


@pytest.mark.article("24")
def test_a_record_signed_by_one_inspector_is_never_signed_off() -> None:
    rules.check_enough_signatures(2, 2)
    with pytest.raises(Refusal, match="too_few_signatures"):
        rules.check_enough_signatures(1, 2)


@pytest.mark.article("27")
def test_ordered_to_be_put_right_needs_its_order() -> None:
    rules.check_order(ResultCategory.RECTIFICATION_ORDERED, "补齐记录")
    rules.check_order(ResultCategory.PENDING_ACTION, "")
    with pytest.raises(Refusal, match="order_missing"):
        rules.check_order(ResultCategory.RECTIFICATION_ORDERED, "  ")


@pytest.mark.article("25")
def test_the_category_is_a_proposal_that_the_head_may_change_with_a_reason() -> None:
    rules.check_change_has_reason("no_problem", "no_problem", "")
    rules.check_change_has_reason("no_problem", "problem_pending_action", "记录第 2 项不符合")
    with pytest.raises(Refusal, match="change_needs_a_reason"):
        rules.check_change_has_reason("no_problem", "problem_pending_action", "")


@pytest.mark.article("25")
def test_what_will_be_public_names_no_natural_person() -> None:
    rules.check_no_person_named("消毒记录不全", ["李某某", "", "王"])
    with pytest.raises(Refusal, match="person_named"):
        rules.check_no_person_named("由李某某负责改正", ["李某某"])


def test_a_return_says_what_is_to_be_put_right() -> None:
    rules.check_return_says_why(["数值有误"], "")
    with pytest.raises(Refusal, match="return_needs_a_remark"):
        rules.check_return_says_why([" "], "")


@pytest.mark.article("24")
@pytest.mark.parametrize("path", ["r/1/check/2/answer", "r/1/conclusion/category", "r/1/entity/opinion", "r/1/record"])
def test_a_correction_changes_no_fact(path: str) -> None:
    with pytest.raises(Refusal, match="not_clerical"):
        rules.check_is_clerical(path, {"r/1/check/2/note": ""})


@pytest.mark.article("24")
def test_a_correction_is_for_a_signed_record_that_was_returned() -> None:
    rules.check_is_clerical("r/1/check/2/note", {"r/1/check/2/note": ""})
    rules.check_is_clerical("", {})
    rules.check_may_write_beside(is_signed=True, is_returned=True, is_member=True)
    with pytest.raises(Forbidden):
        rules.check_may_write_beside(is_signed=True, is_returned=True, is_member=False)
    with pytest.raises(Refusal, match="not_signed_yet"):
        rules.check_may_write_beside(is_signed=False, is_returned=True, is_member=True)
    with pytest.raises(Conflict, match="not_returned"):
        rules.check_may_write_beside(is_signed=True, is_returned=False, is_member=True)


@pytest.mark.parametrize(("wrong", "right"), [("", "2"), ("1", ""), ("1", " 1 ")])
def test_a_correction_says_what_was_wrong_and_what_is_right(wrong: str, right: str) -> None:
    with pytest.raises(Refusal):
        rules.check_correction_text(wrong, right)


@pytest.mark.article("24")
def test_a_correction_leaves_the_rest_of_its_field_as_it_was_signed() -> None:
    rules.check_correction_text("不完整", "不齐全", "交接记录不完整。")
    with pytest.raises(Refusal, match="wrong_text_not_found"):
        rules.check_correction_text("不完全", "不齐全", "交接记录不完整。")
    assert rules.corrected("交接记录不完整。", "不完整", "不齐全") == "交接记录不齐全。"


@pytest.mark.article("24")
def test_two_different_members_make_a_correction_hold() -> None:
    assert not rules.is_complete(["a", "a"], 2)
    assert rules.is_complete(["a", "b"], 2)
    with pytest.raises(Forbidden):
        rules.check_may_sign_beside(is_member=True, is_certified=False, has_signed=False, is_complete=False)
    with pytest.raises(Conflict):
        rules.check_may_sign_beside(is_member=True, is_certified=True, has_signed=True, is_complete=False)
