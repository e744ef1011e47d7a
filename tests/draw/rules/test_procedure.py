"""The order of the steps: nothing is run again."""


import pytest

from fieldapp.draw import rules
from fieldapp.refusals import Conflict, Refusal


@pytest.mark.article("14")
@pytest.mark.edge("E34")
def test_a_task_is_drawn_only_after_its_approval_and_never_again_because_the_result_is_not_liked_e34() -> None:
    rules.check_task_may_be_drawn(approved=True, already_drawn=False)
    with pytest.raises(Conflict, match=r"draw\.task_not_approved"):
        rules.check_task_may_be_drawn(approved=False, already_drawn=False)
    with pytest.raises(Conflict, match=r"draw\.already_drawn"):
        rules.check_task_may_be_drawn(approved=True, already_drawn=True)


@pytest.mark.article("14")
@pytest.mark.edge("E34")
def test_a_draw_is_voided_only_with_a_reason_and_two_approvals_e34() -> None:
    def void(reason: str = "种子未揭示", first: str = "a", second: str = "b", *, void: bool = False) -> None:
        rules.check_draw_may_be_voided(already_void=void, reason=reason, approver=first, second_approver=second)

    void()
    for refused, code in (
        (lambda: void(""), "draw.void_needs_a_reason"),
        (lambda: void(second="a"), "draw.void_needs_second_approval"),
        (lambda: void(second=""), "draw.void_needs_second_approval"),
        (lambda: void(void=True), "draw.already_void"),
    ):
        with pytest.raises(Refusal) as refusal:
            refused()
        assert refusal.value.code == code


@pytest.mark.article("14")
def test_objects_are_drawn_by_a_seed_and_once() -> None:
    rules.check_objects_may_be_drawn(already_drawn=False, has_seed=True)
    with pytest.raises(Conflict, match=r"draw\.already_drawn"):
        rules.check_objects_may_be_drawn(already_drawn=True, has_seed=True)
    with pytest.raises(Conflict, match=r"draw\.seed_not_made"):
        rules.check_objects_may_be_drawn(already_drawn=False, has_seed=False)


@pytest.mark.article("14")
def test_inspectors_are_matched_after_the_objects_and_once() -> None:
    rules.check_inspectors_may_be_matched(objects_drawn=True, already_matched=False)
    with pytest.raises(Conflict, match=r"draw\.objects_not_drawn"):
        rules.check_inspectors_may_be_matched(objects_drawn=False, already_matched=False)
    with pytest.raises(Conflict, match=r"draw\.already_matched"):
        rules.check_inspectors_may_be_matched(objects_drawn=True, already_matched=True)
