"""Facts that a signed record did not say: written beside it, signed by both sides or noted as not signed; the record stays."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from fieldapp import clock, db
from fieldapp.accounts import queries as accounts
from fieldapp.documents import queries as register
from fieldapp.fieldwork import queries as fieldwork
from fieldapp.fieldwork.rules import Unsigned
from fieldapp.ledger.actions import sequence
from fieldapp.ledger.models import Entry
from fieldapp.ledger.verification import verify
from fieldapp.oversight import queries as oversight
from fieldapp.refusals import Conflict, Forbidden, NotFound, Refusal
from fieldapp.review import actions, queries, rules
from fieldapp.review.actions import Remark
from fieldapp.review.models import RecordReview, SupplementaryRecord
from fieldapp.review.rules import AddedFact, Decision, NotSigned
from fieldapp.sync.rules import Signer
from tests.people import Cast, Player
from tests.review.scene import NOW, decide, opened_review, part_of

Client = Callable[[Player], FlaskClient]
UNTIL = date(2026, 12, 4)
STROKES = [[[100, 300, 0, 0], [300, 100, 40, 0]], [[550, 100, 120, 0], [550, 350, 160, 0]]]
FACT = "库房内另有 3 台设备，购置凭证已核对。"


def returned(cast: Cast) -> UUID:
    """A signed record returned by its leader, who asks for a fact at the conclusion."""
    review_id = opened_review(cast, text="共检查 12 项")
    with db.transaction(write=False):
        path = f"r/{part_of(review_id).id}/conclusion/text"
    decide(review_id, cast.inspector_a, Decision.RETURNED, remarks=[Remark(path, "请补充库房的情况，作补充笔录")])
    return review_id


def written(cast: Cast, review_id: UUID) -> UUID:
    with db.transaction(write=True):
        at = f"r/{part_of(review_id).id}/conclusion"
        return actions.write_supplementary_record(review_id, "现场没有记下库房", [AddedFact(at, FACT)], UNTIL,
                                                  by=cast.inspector_b.officer).id


def signed_by_team(cast: Cast) -> tuple[UUID, UUID]:
    """The review and its supplementary record, which both inspectors have signed."""
    review_id = returned(cast)
    row_id = written(cast, review_id)
    for one in (cast.inspector_a, cast.inspector_b):
        with db.transaction(write=True):
            actions.sign_supplementary_record(row_id, by=one.officer)
    return review_id, row_id


def row_of(row_id: UUID) -> SupplementaryRecord:
    return db.session.get_one(SupplementaryRecord, row_id)


def signer(row_id: UUID, strokes: Any = STROKES, *, is_typed: bool = False) -> Signer:
    with db.transaction(write=False):
        return Signer("李某某", "authorised", strokes, is_typed, row_of(row_id).digest)


def waiting_of(player: Player) -> list[tuple[str, date | None]]:
    with db.transaction(write=False):
        return [(one.kind, one.due_on) for one in accounts.waiting_for(player.officer) if one.kind == "supplementary_record"]


@pytest.mark.article("24")
def test_both_sides_sign_added_facts_and_the_signed_record_stays_as_it_was(cast: Cast) -> None:
    review_id = returned(cast)
    with db.transaction(write=False):
        part_id = part_of(review_id).id
        before = fieldwork.record_digest(part_of(review_id))
    row_id = written(cast, review_id)
    assert waiting_of(cast.inspector_a) == waiting_of(cast.inspector_b) == [("supplementary_record", UNTIL)]
    with pytest.raises(Conflict, match="inspectors_sign_first"), db.transaction(write=True):
        actions.sign_on_inspectors_phone(row_id, signer(row_id), "true", "", by=cast.inspector_a.officer)
    with db.transaction(write=True):
        actions.sign_supplementary_record(row_id, by=cast.inspector_a.officer)
    assert (waiting_of(cast.inspector_a), len(waiting_of(cast.inspector_b))) == ([], 1)
    with db.transaction(write=True):
        actions.sign_supplementary_record(row_id, by=cast.inspector_b.officer)
    assert waiting_of(cast.inspector_a) == [("supplementary_record", UNTIL)], "it waits for the entity now"
    with db.transaction(write=True):
        actions.sign_on_inspectors_phone(row_id, signer(row_id), "true", "", by=cast.inspector_a.officer)
    assert waiting_of(cast.inspector_a) == waiting_of(cast.inspector_b) == []
    with db.transaction(write=False):
        review, row = db.session.get_one(RecordReview, review_id), row_of(row_id)
        assert (review.state, review.visit_task.visit.state, row.state) == ("leader_review", "closed", "signed")
        assert fieldwork.record_digest(review.visit_task) == before == row.content["record_digest"]
        assert fieldwork.record(part_id).conclusion == "共检查 12 项"
        assert all(remark.answered_at for remark in queries.remarks(part_id))
        assert {one["digest"] for one in row.signatures} == {row.digest, (row.entity or {})["digest"]}


@pytest.mark.article("3", "24")
def test_it_is_a_numbered_paper_of_the_case_and_the_copy_and_every_step_is_in_the_log(cast: Cast, client: FlaskClient) -> None:
    _review_id, row_id = signed_by_team(cast)
    with db.transaction(write=True):
        actions.sign_on_inspectors_phone(row_id, signer(row_id), "objection", "设备是 2 台", by=cast.inspector_a.officer)
    with db.transaction(write=False):
        row = row_of(row_id)
        assert row.document is not None
        assert row.document.number == "鲁科抽补笔〔2026〕1号"
        said = str(row.document.content)
        assert all(words in said for words in (FACT, "现场没有记下库房", "有异议：设备是 2 台", "李某某", "赵检一", "钱检二"))
        visit = row.visit_task.visit
        assert row.document.id in {one.id for one in oversight.documents_of_case(visit)}
        assert row in queries.rows_of_case(visit.id)
        told = db.session.scalars(sa.select(Entry.action).where(Entry.thing_id == row_id).order_by(Entry.id))
        assert [one.removeprefix("review.supplementary_record_") for one in told] == [
            "written", "signed", "signed", "entity_signed"]
    assert "鲁科抽补笔〔2026〕1号" in client.get("/copies/copy-of-the-entity").text
    with db.transaction(write=True):
        sequence()
        assert [str(one) for one in verify([]) if "supplementary_record" in str(one) or "clerical" in str(one)] == []


@pytest.mark.article("24")
def test_the_entity_signs_by_its_own_link_with_the_typed_name_until_its_day(cast: Cast) -> None:
    _review_id, row_id = signed_by_team(cast)
    with db.transaction(write=True):
        former = actions.serve_supplementary_record(row_id, by=cast.inspector_a.officer).secret
        secret = actions.serve_supplementary_record(row_id, by=cast.inspector_a.officer).secret
    with pytest.raises(NotFound), db.transaction(write=True):
        actions.sign_by_link(former, signer(row_id), "true", "")
    with pytest.raises(Conflict, match="changed_since_read"), db.transaction(write=True):
        actions.sign_by_link(secret, Signer("李某某", "authorised", STROKES, False, "0" * 64), "true", "")
    clock.set_source(lambda: NOW + timedelta(days=11))
    with pytest.raises(Conflict, match="signing_day_over"), db.transaction(write=True):
        actions.sign_by_link(secret, signer(row_id), "true", "")
    clock.set_source(lambda: NOW)
    with db.transaction(write=True):
        actions.sign_by_link(secret, signer(row_id, [], is_typed=True), "true", "")
    with db.transaction(write=False):
        assert (row_of(row_id).state, (row_of(row_id).entity or {})["own_phone"]) == ("signed", True)
    with pytest.raises(Conflict, match="supplement_settled"), db.transaction(write=True):
        actions.sign_by_link(secret, signer(row_id), "true", "")


@pytest.mark.article("24")
def test_a_refusal_is_heard_by_the_link_and_explained_by_the_inspectors_before_a_witness(cast: Cast) -> None:
    review_id, row_id = signed_by_team(cast)
    with db.transaction(write=True):
        secret = actions.serve_supplementary_record(row_id, by=cast.inspector_a.officer).secret
    digest = signer(row_id).digest
    with db.transaction(write=True):
        actions.decline_by_link(secret, "数目没有核对过", digest)
    with db.transaction(write=False):
        assert (row_of(row_id).state, db.session.get_one(RecordReview, review_id).state) == ("declined", "returned")
    with pytest.raises(Conflict, match="beside_in_force"), db.transaction(write=True):
        actions.withdraw_supplementary_record(row_id, by=cast.inspector_b.officer)
    for told, fault in ((NotSigned(Unsigned.REFUSED, "", " "), "explanation_missing"),
                        (NotSigned(Unsigned.SILENT, "", "没有答复"), "words_are_no_silence"),
                        (NotSigned(Unsigned.REFUSED, "", "当面核对过", "赵检一"), "witness_of_team")):
        with pytest.raises(Refusal, match=fault), db.transaction(write=True):
            actions.note_not_signed(row_id, told, by=cast.inspector_a.officer)
    with db.transaction(write=True):
        actions.note_not_signed(row_id, NotSigned(Unsigned.REFUSED, "", "当面核对过凭证", "孙某（示例）", "居委会"),
                                by=cast.inspector_a.officer)
    with db.transaction(write=False):
        row = row_of(row_id)
        assert (row.state, db.session.get_one(RecordReview, review_id).state) == ("unsigned", "leader_review")
        said = str(register.document(row.document_id).content if row.document_id else None)
        assert all(words in said for words in ("拒绝签字", "数目没有核对过", "当面核对过凭证", "孙某（示例）"))


@pytest.mark.article("24")
def test_silence_is_noted_when_the_day_is_over_and_not_before(cast: Cast) -> None:
    _review_id, row_id = signed_by_team(cast)
    silent = NotSigned(Unsigned.SILENT, "", "短信送达，没有答复")
    with pytest.raises(Refusal, match="answer_not_due"), db.transaction(write=True):
        actions.note_not_signed(row_id, silent, by=cast.inspector_a.officer)
    clock.set_source(lambda: NOW + timedelta(days=11))
    with db.transaction(write=True):
        assert actions.note_not_signed(row_id, silent, by=cast.inspector_a.officer).state == "unsigned"


@pytest.mark.article("24")
def test_only_the_team_writes_and_serves_it_and_only_beside_a_returned_signed_record(cast: Cast) -> None:
    review_id, row_id = signed_by_team(cast)
    with pytest.raises(Forbidden), db.transaction(write=True):
        actions.serve_supplementary_record(row_id, by=cast.officer.officer)
    with pytest.raises(Forbidden), db.transaction(write=True):
        actions.sign_on_inspectors_phone(row_id, signer(row_id), "true", "", by=cast.inspector_c.officer)
    with pytest.raises(Forbidden), db.transaction(write=True):
        actions.write_supplementary_record(review_id, "补充", [AddedFact("", FACT)], UNTIL, by=cast.officer.officer)
    for added, reason, until, fault in (
            ([AddedFact("", FACT)], " ", UNTIL, "reason_missing"), ([], "补充", UNTIL, "facts_missing"),
            ([AddedFact("r/1/conclusion/category", FACT)], "补充", UNTIL, "unknown_part"),
            ([AddedFact("", FACT)], "补充", date(2026, 11, 23), "signing_day_past"),
            ([AddedFact("", FACT)], "补充", date(2026, 12, 25), "signing_day_late")):
        with pytest.raises(Refusal, match=fault), db.transaction(write=True):
            actions.write_supplementary_record(review_id, reason, added, until, by=cast.inspector_a.officer)


@pytest.mark.article("24")
def test_one_written_by_mistake_is_withdrawn_by_its_writer_and_holds_nothing_up(cast: Cast) -> None:
    review_id = returned(cast)
    row_id = written(cast, review_id)
    with pytest.raises(Forbidden), db.transaction(write=True):
        actions.withdraw_supplementary_record(row_id, by=cast.inspector_a.officer)
    with db.transaction(write=True):
        [remark] = queries.remarks(part_of(review_id).id)
        actions.answer_remark(remark.id, "库房不在检查范围", by=cast.inspector_a.officer)
    with db.transaction(write=False):
        assert db.session.get_one(RecordReview, review_id).state == "returned", "the supplement is still open"
    with db.transaction(write=True):
        actions.withdraw_supplementary_record(row_id, by=cast.inspector_b.officer)
    assert waiting_of(cast.inspector_a) == []
    with db.transaction(write=False):
        assert db.session.get_one(RecordReview, review_id).state == "leader_review"


@pytest.mark.article("24")
def test_facts_answer_the_remarks_in_their_parts_and_about_the_whole() -> None:
    assert rules.answers_remark(["r/1/check/2"], "r/1/check/2/note")
    assert rules.answers_remark(["r/1/check/2"], "")
    assert not rules.answers_remark(["r/1/check/2"], "r/1/check/20/note")
    assert not rules.answers_remark([""], "r/1/check/2/note")


@pytest.mark.article("24")
def test_who_signs_by_the_typed_name_does_it_on_the_own_phone_and_says_whether_it_is_true() -> None:
    typed, drawn = (Signer("李某某", "authorised", strokes, not strokes, "0" * 64) for strokes in ([], STROKES))
    for one, opinion, is_own, fault in ((typed, "true", False, "strokes_missing"), (drawn, "", True, "opinion_missing"),
                                        (drawn, "objection", True, "objection_missing")):
        with pytest.raises(Refusal, match=fault):
            rules.entity_signed(one, opinion, "", is_own=is_own)
    with pytest.raises(Refusal, match="bad_value"):
        rules.entity_signed(Signer("李某某", "authorised", [["x"]], False, "0" * 64), "true", "", is_own=True)


def test_the_whole_way_on_the_pages(cast: Cast, client_of: Client, client: FlaskClient) -> None:
    review_id = returned(cast)
    first, second = client_of(cast.inspector_a), client_of(cast.inspector_b)
    typed = {"reason": "现场没有记下库房", "until": UNTIL.isoformat()}
    kept = first.post(f"/reviews/{review_id}/supplementary-records", data=typed)
    assert (kept.status_code, "请至少在一处写明补充的事实" in kept.text, "现场没有记下库房" in kept.text) == (422, True, True)
    made = first.post(f"/reviews/{review_id}/supplementary-records", data={**typed, "fact:": FACT})
    page = made.headers["Location"]
    assert FACT in first.get(page).text
    for one in (first, second):
        assert one.post(f"{page}/signatures").status_code == 303
    assert "在本机请单位签字" in first.get(page).text
    assert "在本机请单位签字" not in client_of(cast.head).get(page).text
    assert client_of(cast.inspector_c).get(page).status_code == 404
    link = first.post(f"{page}/link").text.split("/supplements/")[1].split("<")[0].strip()
    shown = client.get(f"/supplements/{link}").text
    assert FACT in shown
    digest = shown.split('name="digest" value="')[1].split('"')[0]
    assert client.post(f"/supplements/{link}/refusal", data={"words": "不认可", "digest": digest}).status_code == 303
    assert "不认可" in first.get(page).text
    data = {"opinion": "true", "name": "李某某", "capacity": "authorised", "digest": digest, "way": "typed"}
    assert first.post(f"{page}/entity", data=data).status_code == 422, "no typed name on the inspector's phone"
    assert client.post(f"/supplements/{link}/signature", data=data).status_code == 303
    done = client.get(f"/supplements/{link}").text
    assert "本笔录已办结" in done
    assert "鲁科抽补笔〔2026〕1号" in first.get(f"/reviews/{review_id}").text
