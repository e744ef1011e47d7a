"""Where a record stands, who decides what where a signature is missing, what is odd about one: without a database."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from fieldapp.fieldwork import rules
from fieldapp.fieldwork.rules import UnsignedChoice
from fieldapp.refusals import Conflict, Forbidden, Refusal
from fieldapp.roles import Officer, Role
from fieldapp.visits.rules import VisitState

DIVISION = UUID(int=1)
HEAD = Officer(uuid4(), "某处长", DIVISION, frozenset({Role.DIVISION_HEAD}))
NOON = datetime(2026, 11, 24, 4, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.article("24", "25")
def test_a_record_is_over_until_its_visit_or_the_record_is_given_back_to_the_phones() -> None:
    assert rules.is_over(VisitState.IN_PROGRESS, is_closed=True, is_asked_on_phone=False)
    assert not rules.is_over(VisitState.IN_PROGRESS, is_closed=False, is_asked_on_phone=False)
    assert not rules.is_over(VisitState.RETURNED, is_closed=True, is_asked_on_phone=False)
    assert not rules.is_over(VisitState.CLOSED, is_closed=True, is_asked_on_phone=True)


@pytest.mark.article("24")
def test_the_entity_reads_a_record_once_it_was_closed_and_while_it_is_returned_only_if_it_signed() -> None:
    def reads(state: VisitState, *, was_closed: bool = True, is_over: bool = False, is_settled: bool = False) -> bool:
        return rules.is_handed_over(state, was_closed=was_closed, is_over=is_over, is_settled=is_settled)

    assert reads(VisitState.CLOSED)
    assert reads(VisitState.IN_PROGRESS, is_over=True)
    assert reads(VisitState.RETURNED, is_settled=True)
    assert not reads(VisitState.RETURNED)
    assert not reads(VisitState.IN_PROGRESS, was_closed=False, is_settled=True)


@pytest.mark.article("16", "24")
@pytest.mark.edge("E15")
def test_the_division_s_head_decides_while_the_record_is_open_and_is_not_of_the_team() -> None:
    assert rules.is_deciding_head(HEAD, DIVISION, {uuid4()})
    assert not rules.is_deciding_head(HEAD, DIVISION, {HEAD.person_id})
    assert not rules.is_deciding_head(HEAD, uuid4(), ())
    rules.check_may_decide_unsigned(is_head=True, is_stated=True, is_closed=False)
    with pytest.raises(Forbidden, match="unsigned_not_the_head"):
        rules.check_may_decide_unsigned(is_head=False, is_stated=True, is_closed=False)
    for stated, closed in ((False, False), (True, True)):
        with pytest.raises(Conflict, match="unsigned_not_open"):
            rules.check_may_decide_unsigned(is_head=True, is_stated=stated, is_closed=closed)


@pytest.mark.article("16", "24")
@pytest.mark.edge("E15")
def test_somebody_else_signs_only_where_two_certified_members_are_there() -> None:
    def decides(choice: str, others: int, opinion: str = "有理由") -> UnsignedChoice:
        return rules.check_unsigned_decision(choice, opinion, is_head=True, is_stated=True, is_closed=False,
                                             others_present=others)

    assert rules.unsigned_choices(2) == list(UnsignedChoice)
    assert rules.unsigned_choices(1) == [UnsignedChoice.REVISIT]
    assert decides("third_signs", 2) is UnsignedChoice.THIRD_SIGNS
    assert decides("revisit", 0) is UnsignedChoice.REVISIT
    for choice, others, opinion, code in (("third_signs", 1, "有", "nobody_else_signs"), ("revisit", 2, " ", "unsigned_opinion"),
                                          ("nonsense", 2, "有", "unsigned_choice")):
        with pytest.raises(Refusal, match=code):
            decides(choice, others, opinion)


@pytest.mark.article("16", "24")
@pytest.mark.edge("E15")
def test_the_entity_has_answered_without_who_joined_before_and_does_not_come_again() -> None:
    answered = [NOON + HOUR, NOON]
    assert rules.is_answered_without(answered, [NOON - HOUR], comes_for_revisit=False)
    assert rules.is_answered_without(answered, [NOON], comes_for_revisit=False)
    assert not rules.is_answered_without(answered, [NOON + HOUR / 2], comes_for_revisit=False)
    assert not rules.is_answered_without(answered, [NOON - HOUR], comes_for_revisit=True)
    assert not rules.is_answered_without([], [NOON - HOUR], comes_for_revisit=False)


@pytest.mark.article("24")
@pytest.mark.edge("E18")
def test_whoever_signs_for_another_brings_a_letter_and_what_is_read_aloud_has_a_witness() -> None:
    assert rules.letter_is_missing(["legal_representative", "authorised"], has_letter=False)
    assert not rules.letter_is_missing(["authorised"], has_letter=True)
    assert not rules.letter_is_missing(["legal_representative", "自由填写", None], has_letter=False)
    assert rules.is_unwitnessed({"read_aloud": True, "witness": ""})
    assert not rules.is_unwitnessed({"read_aloud": True, "witness": "某见证人"})
    assert not rules.is_unwitnessed({})
