"""A signed record is never rewritten: two certified members sign what it should have said."""

from uuid import UUID

import pytest

from fieldapp import db
from fieldapp.fieldwork import queries as fieldwork
from fieldapp.refusals import Conflict, Forbidden, Refusal
from fieldapp.review import actions, queries
from fieldapp.review.actions import Remark
from fieldapp.review.models import RecordReview
from fieldapp.review.rules import Decision
from tests.people import Cast, Player
from tests.review.scene import decide, opened_review, part_of


def returned(cast: Cast, **record: object) -> tuple[UUID, str]:
    """A record returned by its leader for the text of its conclusion; the review and that place."""
    review_id = opened_review(cast, category="no_problem", text="共检查 21 项", **record)
    with db.transaction(write=False):
        path = f"r/{part_of(review_id).id}/conclusion/text"
    decide(review_id, cast.inspector_a, Decision.RETURNED, remarks=[Remark(path, "应为 12 项")])
    return review_id, path


def write(review_id: UUID, path: str, player: Player) -> UUID:
    with db.transaction(write=True):
        return actions.write_clerical_correction(review_id, path, "共检查 21 项", "共检查 12 项", by=player.officer).id


def sign(correction_id: UUID, player: Player) -> bool:
    with db.transaction(write=True):
        return actions.sign_clerical_correction(correction_id, by=player.officer).completed_at is not None


@pytest.mark.article("24")
def test_a_correction_holds_with_two_signatures_and_sends_the_record_to_the_leader_again(cast: Cast) -> None:
    review_id, path = returned(cast)
    correction = write(review_id, path, cast.inspector_b)
    assert not sign(correction, cast.inspector_b)
    with db.transaction(write=False):
        assert db.session.get_one(RecordReview, review_id).state == "returned"
    assert sign(correction, cast.inspector_a)
    with db.transaction(write=False):
        review = db.session.get_one(RecordReview, review_id)
        assert (review.state, review.visit_task.visit.state) == ("leader_review", "closed")
        assert queries.proposal(review.visit_task).text == "共检查 12 项"
        assert fieldwork.record(review.visit_task_id).conclusion == "共检查 21 项"
        assert all(remark.answered_at for remark in queries.remarks(review.visit_task_id))
        assert [one.id for one in queries.corrections_of_copy("copy-of-the-entity")] == [correction]


@pytest.mark.article("24")
def test_a_correction_written_by_mistake_is_withdrawn_by_its_writer(cast: Cast) -> None:
    review_id, path = returned(cast)
    mistake = write(review_id, path, cast.inspector_b)
    with pytest.raises(Forbidden), db.transaction(write=True):
        actions.withdraw_clerical_correction(mistake, by=cast.inspector_a.officer)
    with db.transaction(write=True):
        actions.withdraw_clerical_correction(mistake, by=cast.inspector_b.officer)
    with pytest.raises(Conflict):
        sign(mistake, cast.inspector_a)
    correction = write(review_id, path, cast.inspector_b)
    sign(correction, cast.inspector_a)
    assert sign(correction, cast.inspector_b)
    with db.transaction(write=False):
        assert db.session.get_one(RecordReview, review_id).state == "leader_review"


@pytest.mark.article("24")
def test_a_correction_stands_at_a_field_of_its_record_and_quotes_it(cast: Cast) -> None:
    review_id, path = returned(cast)
    for place, wrong, fault in ((f"r/{review_id}/conclusion/text", "共检查 21 项", "not_clerical"),
                                (path, "共检查 20 项", "wrong_text_not_found")):
        with pytest.raises(Refusal, match=fault), db.transaction(write=True):
            actions.write_clerical_correction(review_id, place, wrong, "共检查 12 项", by=cast.inspector_a.officer)


@pytest.mark.article("24")
def test_a_member_signs_once_and_a_stranger_never(cast: Cast) -> None:
    review_id, path = returned(cast)
    correction = write(review_id, path, cast.inspector_a)
    sign(correction, cast.inspector_a)
    with pytest.raises(Conflict):
        sign(correction, cast.inspector_a)
    with pytest.raises(Forbidden):
        sign(correction, cast.inspector_c)


@pytest.mark.article("24")
def test_facts_and_unsigned_records_are_not_corrected_this_way(cast: Cast) -> None:
    review_id, path = returned(cast)
    with pytest.raises(Refusal, match="not_clerical"):
        write(review_id, path.replace("text", "category"), cast.inspector_a)
    with pytest.raises(Forbidden):
        write(review_id, path, cast.officer)


def test_an_unsigned_record_is_edited_as_it_is(cast: Cast) -> None:
    review_id, path = returned(cast, entity_signs=False)
    with pytest.raises(Refusal, match="not_signed_yet"):
        write(review_id, path, cast.inspector_a)


def test_a_remark_that_changes_nothing_is_answered_in_words(cast: Cast) -> None:
    review_id, _path = returned(cast)
    with db.transaction(write=True):
        [remark] = queries.remarks(part_of(review_id).id)
        with pytest.raises(Refusal, match="answer_missing"):
            actions.answer_remark(remark.id, " ", by=cast.inspector_b.officer)
        actions.answer_remark(remark.id, "两次清点均为 21 项", by=cast.inspector_b.officer)
    with db.transaction(write=False):
        assert db.session.get_one(RecordReview, review_id).state == "leader_review"
