"""Leader, officer, head: each step by the right person, once, or back to the team."""

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from fieldapp import db
from fieldapp.documents import queries as documents
from fieldapp.ledger import queries as ledger
from fieldapp.publication.models import InspectionResult
from fieldapp.refusals import Conflict, Forbidden, Refusal
from fieldapp.review import actions, queries
from fieldapp.review.actions import Approval, Remark
from fieldapp.review.models import RecordReview
from fieldapp.review.rules import Decision, ResultCategory
from fieldapp.visits import queries as visits
from fieldapp.visits.actions import reserve_order_numbers
from tests.people import Cast, waits_for
from tests.review.scene import PRODUCT, closed_record, decide, opened_review, ordered, part_of, run_jobs


@pytest.mark.article("25")
def test_a_closed_record_comes_before_its_leader_once(cast: Cast) -> None:
    part_id = closed_record(cast)
    for _ in range(2):
        with db.transaction(write=True):
            actions.open_review(part_id, by=PRODUCT)
    assert waits_for(cast.inspector_a) == ["leader_review"]
    assert waits_for(cast.inspector_b) == []


@pytest.mark.article("25")
def test_the_record_goes_from_leader_to_officer_to_head_and_its_result_is_entered(cast: Cast) -> None:
    review_id = opened_review(cast)
    assert decide(review_id, cast.inspector_a) == "officer_check"
    assert waits_for(cast.inspector_a) == []
    assert "officer_check" in waits_for(cast.second_officer)
    assert waits_for(cast.inspector_b) == []  # an officer of the division, but of the team
    assert decide(review_id, cast.second_officer) == "head_approval"
    assert "head_approval" in waits_for(cast.deputy)
    assert decide(review_id, cast.deputy) == "approved"
    run_jobs()
    with db.transaction(write=False):
        [result] = db.scalars(sa.select(InspectionResult))
        assert (result.category, result.version, result.state) == ("no_problem", 1, "entered")
        verbs = [entry.action for entry, _ in ledger.history(part_of(review_id).visit_id)]
    assert [verb for verb in verbs if verb.startswith("review.")] == [
        "review.review_opened", "review.record_signed_off", "review.record_checked", "review.record_approved"]


@pytest.mark.parametrize("part", ["inspector_b", "officer", "head", "legal"])
def test_nobody_but_the_leader_takes_the_first_step(cast: Cast, part: str) -> None:
    review_id = opened_review(cast)
    with pytest.raises(Forbidden):
        decide(review_id, cast.players[part])


@pytest.mark.article("25")
@pytest.mark.parametrize("part", ["inspector_b", "other_officer", "head", "inspector_a"])
def test_the_check_is_an_officers_of_the_division_who_was_not_of_the_team(cast: Cast, part: str) -> None:
    review_id = opened_review(cast)
    decide(review_id, cast.inspector_a)
    with pytest.raises(Forbidden):
        decide(review_id, cast.players[part])


@pytest.mark.article("24")
def test_a_record_with_one_inspectors_signature_is_not_signed_off(cast: Cast) -> None:
    review_id = opened_review(cast, signers=("inspector_a",))
    with pytest.raises(Refusal, match="too_few_signatures"):
        decide(review_id, cast.inspector_a)


@pytest.mark.article("25")
def test_a_step_is_taken_once(cast: Cast) -> None:
    review_id = opened_review(cast)
    decide(review_id, cast.inspector_a)
    decide(review_id, cast.officer)
    decide(review_id, cast.head)
    with pytest.raises(Conflict, match="already_approved"):
        decide(review_id, cast.deputy)


@pytest.mark.article("27")
def test_ordered_to_be_put_right_is_not_approved_without_its_order(cast: Cast, client: FlaskClient) -> None:
    review_id = opened_review(cast, category="rectification_ordered")
    decide(review_id, cast.inspector_a)
    decide(review_id, cast.officer)
    with pytest.raises(Refusal, match="order_missing"):
        decide(review_id, cast.head)
    decide(review_id, cast.head, approval=ordered())
    with db.transaction(write=False):
        [order] = [one for one in documents.documents_of("visit_task", part_of(review_id).id) if one.kind == "order"]
        assert order.number == "鲁科抽改〔2026〕1号"
        assert order.issued_at is not None
        assert order.content is not None
        assert (order.content["ordered"], order.content["until"]) == ("补齐消毒记录", "")
        secret = order.secret
    assert "现责令你单位立即改正：" in client.get(f"/documents/{secret}").text


@pytest.mark.article("27")
@pytest.mark.parametrize("category", ["rectification_ordered", "no_problem"])
def test_the_number_taken_along_for_an_order_is_used_or_void(cast: Cast, category: str) -> None:
    review_id = opened_review(cast, category=category, order="补齐消毒记录")
    with db.transaction(write=True):
        reserve_order_numbers(part_of(review_id).visit, by=cast.inspector_a.officer)
    for who in (cast.inspector_a, cast.officer, cast.head):
        decide(review_id, who)
    with db.transaction(write=False):
        [order] = [one for one in documents.documents_of("visit_task", part_of(review_id).id) if one.kind == "order"]
        is_void = order.void_reason == "本次检查没有责令改正"
        assert (order.issued_at is not None, is_void) == ((True, False) if category != "no_problem" else (False, True))


@pytest.mark.article("25")
def test_the_head_may_decide_another_category_and_says_why(cast: Cast) -> None:
    review_id = opened_review(cast)
    decide(review_id, cast.inspector_a)
    decide(review_id, cast.officer)
    other = Approval(ResultCategory.PENDING_ACTION, "待后续处理")
    with pytest.raises(Refusal, match="change_needs_a_reason"):
        decide(review_id, cast.head, approval=other)
    decide(review_id, cast.head, opinion="第 2 项应认定为问题", approval=other)
    with db.transaction(write=False):
        assert db.session.get_one(RecordReview, review_id).category == "problem_pending_action"


@pytest.mark.article("25")
def test_a_result_that_names_the_signatory_is_not_approved(cast: Cast) -> None:
    review_id = opened_review(cast)
    decide(review_id, cast.inspector_a)
    decide(review_id, cast.officer)
    with pytest.raises(Refusal, match="person_named"):
        decide(review_id, cast.head, approval=Approval(ResultCategory.NO_PROBLEM, "李某某在场"))


@pytest.mark.article("25")
def test_a_returned_record_stands_first_with_its_remarks_and_goes_on_when_closed_again(cast: Cast) -> None:
    review_id = opened_review(cast, entity_signs=False)
    with db.transaction(write=False):
        part_id = part_of(review_id).id
    with pytest.raises(Refusal, match="return_needs_a_remark"):
        decide(review_id, cast.inspector_a, Decision.RETURNED)
    decide(review_id, cast.inspector_a, Decision.RETURNED, "补充说明", remarks=[Remark(f"r/{part_id}/conclusion/text", "请写明")])
    with db.transaction(write=False):
        visit = part_of(review_id).visit
        assert visit.state == "returned"
        assert {remark.text for remark in visits.remarks_open(visit.id)} == {"补充说明", "请写明"}
    assert waits_for(cast.inspector_a) == waits_for(cast.inspector_b) == ["record_returned"]
    with pytest.raises(Conflict, match="is_returned"):
        decide(review_id, cast.inspector_a)
    with db.transaction(write=True):
        actions.open_review(part_id, by=PRODUCT)
    assert (waits_for(cast.inspector_a), waits_for(cast.inspector_b)) == (["leader_review"], [])
    with db.transaction(write=False):
        assert db.session.get_one(RecordReview, review_id).state == "leader_review"


def test_another_divisions_officer_does_not_know_the_review(cast: Cast) -> None:
    review_id = opened_review(cast)
    with db.transaction(write=False):
        for part in ("legal", "officer", "head", "inspector_b"):
            assert queries.review_for(cast.players[part].officer, review_id)
        for part in ("other_officer", "other_head", "inspector_c", "system_admin"):
            with pytest.raises(Refusal, match="unknown"):
                queries.review_for(cast.players[part].officer, review_id)
