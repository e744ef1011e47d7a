"""Who may decide what about sheets, proposals, items and declarations."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from fieldapp.refusals import Conflict, Forbidden, Refusal
from fieldapp.registry.rules import SheetKind, may_read_contact
from fieldapp.registry.rules.deciding import (
    FocusDecision,
    check_absence,
    check_batch_may_be_accepted,
    check_batch_may_be_handed_in,
    check_batch_may_be_returned,
    check_batch_may_be_withdrawn,
    check_division_may_hand_in,
    check_focus_decision,
    check_interest,
    check_item_may_be_published,
    check_item_may_be_repealed,
    check_may_declare,
    check_may_propose_focus,
    check_row_may_be_chosen,
    is_in_force,
    kinds_for,
    may_propose_focus,
)
from fieldapp.roles import Officer, Role

DAY = date(2026, 11, 23)
DIVISION = uuid4()


def somebody(*roles: Role) -> Officer:
    return Officer(uuid4(), "某人", DIVISION, frozenset(roles))


@pytest.mark.article("5", "9", "10")
def test_a_division_brings_objects_inspectors_and_checklists_and_legal_affairs_the_item_list_too() -> None:
    assert SheetKind.ITEMS in kinds_for(somebody(Role.LEGAL_AFFAIRS))
    assert kinds_for(somebody(Role.DIVISION_OFFICER)) == (SheetKind.OBJECTS, SheetKind.INSPECTORS, SheetKind.CHECKLIST)
    assert kinds_for(somebody(Role.DIVISION_HEAD)) == ()


@pytest.mark.article("9")
def test_a_division_proposes_for_itself_alone() -> None:
    officer, legal = somebody(Role.DIVISION_OFFICER), somebody(Role.LEGAL_AFFAIRS)
    check_division_may_hand_in(officer, SheetKind.OBJECTS, DIVISION)
    check_division_may_hand_in(legal, SheetKind.OBJECTS, uuid4())
    for kind, division in ((SheetKind.OBJECTS, uuid4()), (SheetKind.ITEMS, DIVISION)):
        with pytest.raises(Forbidden):
            check_division_may_hand_in(officer, kind, division)
    with pytest.raises(Refusal, match="kind_not_imported"):
        check_division_may_hand_in(legal, SheetKind.REGIONS, DIVISION)


@pytest.mark.article("9")
def test_a_sheet_is_accepted_once_and_never_when_it_was_returned() -> None:
    for state in ("previewed", "handed_in"):
        check_batch_may_be_accepted(state, 1)
        check_batch_may_be_withdrawn(state)
    for state in ("accepting", "accepted", "returned", "withdrawn"):
        with pytest.raises(Conflict):
            check_batch_may_be_accepted(state, 1)
        with pytest.raises(Conflict):
            check_batch_may_be_withdrawn(state)
    with pytest.raises(Refusal, match="nothing_to_accept"):
        check_batch_may_be_accepted("previewed", 0)


def test_a_sheet_is_handed_in_once_and_returned_with_a_reason() -> None:
    check_batch_may_be_handed_in("previewed", 1)
    check_batch_may_be_returned("handed_in", "缺少区划")
    with pytest.raises(Conflict):
        check_batch_may_be_handed_in("handed_in", 1)
    with pytest.raises(Refusal, match="remark_missing"):
        check_batch_may_be_returned("handed_in", "")
    with pytest.raises(Conflict):
        check_batch_may_be_returned("accepted", "晚了")


@pytest.mark.article("9")
def test_only_renamed_duplicates_are_chosen_and_after_handing_in_only_by_legal_affairs() -> None:
    check_row_may_be_chosen("renamed_duplicate", "previewed", None, is_legal_affairs=False)
    check_row_may_be_chosen("renamed_duplicate", "accepted", "skip", is_legal_affairs=True)
    for verdict, state, earlier, legal in (("accepted", "previewed", None, True),
                                           ("renamed_duplicate", "handed_in", None, False),
                                           ("renamed_duplicate", "accepting", None, True),
                                           ("renamed_duplicate", "accepted", "merged", True)):
        with pytest.raises(Refusal):
            check_row_may_be_chosen(verdict, state, earlier, legal)


@pytest.mark.article("6")
def test_key_supervision_needs_a_basis_and_a_last_day_and_is_decided_once() -> None:
    shown: dict[str, Any] = {"evidence": "鲁市监异字〔2026〕3号"}
    check_focus_decision(None, FocusDecision.AGREED, "列入经营异常名录", date(2027, 11, 23), DAY, **shown)
    check_focus_decision(None, FocusDecision.DECLINED, "已移出", None, DAY, evidence="")
    with pytest.raises(Refusal, match="own_focus"):
        check_focus_decision(None, FocusDecision.DECLINED, "已移出", None, DAY, **shown, is_own=True)
    with pytest.raises(Refusal, match="focus_evidence_missing"):
        check_focus_decision(None, FocusDecision.AGREED, "依据", date(2027, 11, 23), DAY, evidence="")
    for earlier, decision, opinion, until, code in (
            ("agreed", FocusDecision.DECLINED, "再议", None, "focus_already_decided"),
            (None, FocusDecision.DECLINED, "", None, "focus_basis_missing"),
            (None, FocusDecision.AGREED, "依据", None, "focus_expiry_missing"),
            (None, FocusDecision.AGREED, "依据", DAY, "focus_expiry_past")):
        with pytest.raises(Refusal, match=code):
            check_focus_decision(earlier, decision, opinion, until, DAY, **shown)


@pytest.mark.article("6")
def test_key_supervision_lapses_after_its_last_day() -> None:
    assert is_in_force("agreed", DAY, DAY)
    assert not is_in_force("agreed", date(2026, 11, 22), DAY)
    assert not is_in_force("declined", None, DAY)
    assert not is_in_force(None, None, DAY)


@pytest.mark.article("5", "7")
def test_only_a_complete_draft_is_published() -> None:
    check_item_may_be_published("draft", "管理办法第九条", ["on_site"])
    for state, basis, methods in (("published", "依据", ["on_site"]), ("draft", " ", ["on_site"]), ("draft", "依据", [])):
        with pytest.raises(Refusal):
            check_item_may_be_published(state, basis, methods)


@pytest.mark.article("5")
def test_what_is_published_is_repealed_with_a_reason() -> None:
    check_item_may_be_repealed("published", "依据已废止")
    for state, reason in (("draft", "依据已废止"), ("repealed", "依据已废止"), ("published", " ")):
        with pytest.raises(Refusal):
            check_item_may_be_repealed(state, reason)


@pytest.mark.article("17")
def test_an_interest_is_declared_once_however_its_brackets_are_written() -> None:
    check_interest("泉城动物（示例）", [])
    for name in ("", "泉城动物 (示例)"):
        with pytest.raises(Refusal):
            check_interest(name, ["泉城动物（示例）"])
    check_may_declare(is_own=True, is_legal_affairs=False)
    with pytest.raises(Forbidden):
        check_may_declare(is_own=False, is_legal_affairs=False)


@pytest.mark.article("18")
def test_an_absence_is_a_span_that_is_not_over() -> None:
    check_absence(DAY, DAY, DAY)
    for first, last in ((DAY, date(2026, 11, 22)), (date(2026, 1, 1), date(2026, 1, 2)), (DAY, date(2028, 1, 1))):
        with pytest.raises(Refusal):
            check_absence(first, last, DAY)


@pytest.mark.article("6")
def test_key_supervision_is_proposed_by_the_desk_of_a_division_that_supervises_the_object() -> None:
    desk = somebody(Role.DIVISION_OFFICER)
    check_may_propose_focus(desk, {DIVISION}, "多次被投诉", "投诉单")
    for officer, divisions in ((desk, {uuid4()}), (somebody(Role.DIVISION_HEAD), {DIVISION})):
        assert not may_propose_focus(officer, divisions)
        with pytest.raises(Forbidden):
            check_may_propose_focus(officer, divisions, "多次被投诉", "投诉单")


def test_contact_data_are_read_by_the_divisions_that_list_the_object_and_by_legal_affairs() -> None:
    assert may_read_contact(somebody(Role.INSPECTOR), {DIVISION, uuid4()})
    assert not may_read_contact(somebody(Role.INSPECTOR), {uuid4()})
    assert may_read_contact(somebody(Role.LEGAL_AFFAIRS), {uuid4()})
