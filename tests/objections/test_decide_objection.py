"""From the entity's form, or a paper, to the answer: received, re-examined outside the team, decided by the head."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from fieldapp import clock, db
from fieldapp.documents.rules import DocumentKind
from fieldapp.objections import actions, queries
from fieldapp.objections.actions import Application, Outcome
from fieldapp.objections.models import Objection
from fieldapp.objections.rules import ObjectionDecision
from fieldapp.publication import actions as publication
from fieldapp.publication import queries as results
from fieldapp.publication.models import InspectionResult
from fieldapp.publication.rules import ResultCategory
from fieldapp.refusals import Conflict, Forbidden, NotFound, Refusal
from tests.documents.papers import paper
from tests.people import Cast, Player, waits_for
from tests.publication.scene import entered_result, published_result

SECRET = "copy-of-the-entity"
APPLICATION = Application("李某", "0531-0000000", "消毒记录当时已经补齐")
UPHELD = Outcome(ObjectionDecision.UPHELD)
CORRECTED = Outcome(ObjectionDecision.CORRECTED, ResultCategory.NO_SUCH_ACTIVITY, "")


def filed(result_id: UUID) -> UUID:
    with db.transaction(write=True):
        return actions.file_objection(SECRET, result_id, APPLICATION).id


def examined(result_id: UUID, cast: Cast, proposed: Outcome = UPHELD) -> UUID:
    objection_id = filed(result_id)
    with db.transaction(write=True):
        actions.take_objection(objection_id, by=cast.officer.officer)
        actions.examine_objection(objection_id, "调阅了原始记录", proposed, by=cast.officer.officer)
    return objection_id


def decided(objection_id: UUID, player: Player, outcome: Outcome, answer: str = "经复核，答复如下") -> None:
    with db.transaction(write=True):
        actions.decide_objection(objection_id, outcome, answer, by=player.officer)


@pytest.mark.article("26")
def test_an_objection_gets_its_number_and_is_due_twenty_working_days_after_its_receipt(cast: Cast) -> None:
    objection_id = filed(published_result(cast))
    with db.transaction(write=False):
        row = db.session.get_one(Objection, objection_id)
        assert (row.number, row.received_on, row.due_on) == ("鲁科抽复〔2026〕1号", date(2026, 11, 24), date(2026, 12, 22))
        assert row.result.objection_state == "open"
    assert "objection_examination" in waits_for(cast.officer)
    assert "objection_examination" not in waits_for(cast.inspector_b)


@pytest.mark.article("26")
def test_only_the_visits_own_published_results_are_objected_to_and_once_at_a_time(cast: Cast) -> None:
    result_id = entered_result(cast)
    with db.transaction(write=True), pytest.raises(NotFound):
        actions.file_objection(SECRET, result_id, APPLICATION)
    with db.transaction(write=True):
        publication.publish_result(result_id, by=cast.head.officer)
    filed(result_id)
    with db.transaction(write=True), pytest.raises(Conflict, match="already_open"):
        actions.file_objection(SECRET, result_id, APPLICATION)
    with db.transaction(write=True), pytest.raises(NotFound):
        actions.file_objection("another-secret", result_id, APPLICATION)


@pytest.mark.article("26")
def test_a_paper_runs_from_the_day_it_was_received(cast: Cast) -> None:
    result_id = published_result(cast)
    clock.set_source(lambda: datetime(2026, 12, 3, 2, tzinfo=UTC))
    with db.transaction(write=True):
        row = actions.take_in_objection(result_id, date(2026, 12, 1), APPLICATION, by=cast.officer.officer)
        assert (row.channel, row.due_on) == ("paper", date(2026, 12, 29))
    with db.transaction(write=True), pytest.raises(NotFound):
        actions.take_in_objection(result_id, date(2026, 12, 1), APPLICATION, by=cast.other_officer.officer)


@pytest.mark.article("26")
@pytest.mark.parametrize("part", ["inspector_b", "other_officer", "head"])
def test_the_team_and_other_divisions_do_not_re_examine(cast: Cast, part: str) -> None:
    objection_id = filed(published_result(cast))
    with db.transaction(write=True), pytest.raises(Forbidden):
        actions.take_objection(objection_id, by=cast.players[part].officer)


@pytest.mark.article("26")
def test_an_upheld_result_stays_as_it_is_and_the_entity_reads_the_answer(cast: Cast) -> None:
    result_id = published_result(cast)
    objection_id = examined(result_id, cast)
    assert "objection_decision" in waits_for(cast.deputy)
    decided(objection_id, cast.deputy, UPHELD, "经复核，维持原结果")
    with db.transaction(write=False):
        [row] = queries.copy(SECRET).objections
        assert (row.state, row.decision, row.answer) == ("decided", "upheld", "经复核，维持原结果")
        assert db.session.get_one(InspectionResult, result_id).objection_state == "upheld"
        assert len(results.versions(row.result.visit_task_id)) == 1
    assert "objection_decision" not in waits_for(cast.head)
    letter = paper(objection_id, DocumentKind.OBJECTION_DECISION)
    assert "结论：维持原检查结果。" in letter
    assert "答复：经复核，维持原结果" in letter


@pytest.mark.article("26")
def test_a_corrected_result_is_a_new_version_marked_so(cast: Cast) -> None:
    result_id = published_result(cast)
    objection_id = examined(result_id, cast, CORRECTED)
    decided(objection_id, cast.head, CORRECTED)
    with db.transaction(write=False):
        row = db.session.get_one(Objection, objection_id)
        new = db.session.get_one(InspectionResult, row.corrected_result_id)
        assert (new.version, new.category, new.state, new.objection_state) == (
            2, "no_such_activity_found", "published", "corrected")
        assert (row.result.state, row.result.objection_state) == ("superseded", "corrected")
    with pytest.raises(Conflict):
        decided(objection_id, cast.head, CORRECTED)


@pytest.mark.article("26")
def test_the_reason_of_a_correction_does_not_name_its_applicant(cast: Cast) -> None:
    objection_id = examined(published_result(cast), cast, CORRECTED)
    with pytest.raises(Refusal, match="person_named"):
        decided(objection_id, cast.head, CORRECTED, f"{APPLICATION.applicant_name}申诉有理")


@pytest.mark.article("26")
def test_a_correction_that_is_upheld_carries_no_open_objection_any_more(cast: Cast) -> None:
    result_id = published_result(cast)
    with db.transaction(write=True):
        new = publication.correct_result(result_id, ResultCategory.NO_SUCH_ACTIVITY, "", "自行发现录入有误",
                                         by=cast.head.officer).id
    with db.transaction(write=True):
        objection_id = actions.take_in_objection(result_id, clock.today(), APPLICATION, by=cast.officer.officer).id
        assert db.session.get_one(InspectionResult, new).objection_state == "open"
        actions.take_objection(objection_id, by=cast.officer.officer)
        actions.examine_objection(objection_id, "更正无误", UPHELD, by=cast.officer.officer)
    decided(objection_id, cast.head, UPHELD)
    with db.transaction(write=False):
        assert db.session.get_one(InspectionResult, new).objection_state == "upheld"


@pytest.mark.article("26")
def test_an_objection_on_the_day_of_a_correction_is_answered_by_that_correction(cast: Cast) -> None:
    result_id = published_result(cast)
    with db.transaction(write=True):
        new = publication.correct_result(result_id, ResultCategory.NO_SUCH_ACTIVITY, "", "自行发现录入有误",
                                         by=cast.head.officer).id
    with db.transaction(write=True):
        objection_id = actions.take_in_objection(result_id, clock.today(), APPLICATION, by=cast.officer.officer).id
        actions.take_objection(objection_id, by=cast.officer.officer)
        actions.examine_objection(objection_id, "当日已更正", Outcome(ObjectionDecision.CORRECTED), by=cast.officer.officer)
    decided(objection_id, cast.head, Outcome(ObjectionDecision.CORRECTED), "当日已更正")
    with db.transaction(write=False):
        row = db.session.get_one(Objection, objection_id)
        assert row.corrected_result_id == new
        assert len(results.versions(row.result.visit_task_id)) == 2


@pytest.mark.article("26")
def test_nothing_is_decided_before_it_is_re_examined_nor_by_strangers(cast: Cast) -> None:
    objection_id = filed(published_result(cast))
    with pytest.raises(Refusal, match="not_examined"):
        decided(objection_id, cast.head, UPHELD)
    with pytest.raises(Forbidden):
        decided(objection_id, cast.other_head, UPHELD)
    with db.transaction(write=True), pytest.raises(Forbidden, match="examiner_only"):
        actions.examine_objection(objection_id, "意见", UPHELD, by=cast.second_officer.officer)
