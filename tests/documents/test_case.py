"""The documents of the demonstration's cases: each step has left its own, the entity holds its copies."""

from collections.abc import Callable
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from fieldapp import clock, db
from fieldapp.documents import queries
from fieldapp.documents.models import Document
from fieldapp.documents.rules import PUBLIC_KINDS, DocumentKind
from fieldapp.evidence.models import Original
from fieldapp.fieldwork import queries as fieldwork
from fieldapp.fieldwork.models import EntityReply, RecordCopy, ReplyFile
from fieldapp.jobs import actions as jobs
from fieldapp.visits import queries as visits
from fieldapp.visits.models import Visit
from tests.databases import ON_SQLITE
from tests.documents.papers import paper
from tests.documents.test_file import text_of
from tests.documents.test_verification import said

pytestmark = ON_SQLITE
STEPS = {DocumentKind.MINUTES, DocumentKind.WORK_PLAN, DocumentKind.APPROVAL, DocumentKind.NOTICE, DocumentKind.RECORD,
         DocumentKind.SITE_TRANSCRIPT, DocumentKind.SERVICE, DocumentKind.ENTRUSTMENT}
As = Callable[[str], FlaskClient]


def closed_part() -> UUID:
    """A record of a closed visit."""
    with db.transaction(write=False):
        return db.session.scalars(select(Visit).where(Visit.state == "closed").order_by(Visit.id)).first().visit_tasks[0].id


@pytest.mark.article("14", "16", "20", "23", "24")
def test_each_step_leaves_its_document_and_the_record_is_printed_as_it_was_signed(as_user: As) -> None:
    as_user("fagui")
    with db.transaction(write=False):
        kinds = set(db.session.scalars(select(Document.kind).where(Document.issued_at.is_not(None))))
    assert kinds >= STEPS
    part_id = closed_part()
    record, transcript, receipt = (paper(part_id, kind) for kind in (
        DocumentKind.RECORD, DocumentKind.SITE_TRANSCRIPT, DocumentKind.SERVICE))
    with db.transaction(write=False):
        view = fieldwork.record(part_id)
        for check in view.checks:
            for printed in (record, transcript):
                assert "".join(check.content.split()) in printed
        names = [one.name for one in (view.entity_signature, *view.inspector_signatures) if one]
        digest = view.digest
    assert digest in record
    assert len(names) >= 3
    assert all(f"：{name}" in printed for name in names for printed in (record, transcript))
    assert all(words in receipt for words in ("抽查告知书", "随机抽查情况记录表", "直接送达", names[0]))


@pytest.mark.article("24")
def test_the_entity_finds_its_sealed_copies_on_its_page_and_no_internal_ones(as_user: As, demo_app: object) -> None:
    as_user("fagui")
    stranger = as_user("fagui").application.test_client()
    jobs.run_all_due()
    part_id = closed_part()
    with db.transaction(write=False):
        visit_id = visits.visit_task(part_id).visit_id
        secret = db.session.scalars(select(RecordCopy.secret).where(RecordCopy.visit_id == visit_id)).first()
        held = {one.kind: one.secret for one in queries.documents_about([part_id])}
        inside = [one.secret for one in queries.documents_about(visits.paper_subjects(visits.visit(visit_id)))
                  if one.kind == DocumentKind.APPROVAL]
    page = stranger.get(f"/copies/{secret}").get_data(as_text=True)
    for kind in (DocumentKind.RECORD, DocumentKind.SITE_TRANSCRIPT, DocumentKind.SERVICE):
        assert f"/documents/{held[kind]}/file.pdf" in page
        assert stranger.get(f"/documents/{held[kind]}").status_code == 200
        assert stranger.get(f"/documents/{held[kind]}/file.pdf").data.startswith(b"%PDF-1.7")
    assert inside
    assert inside[0] not in page
    assert stranger.get(f"/documents/{inside[0]}/file.pdf").status_code == 404
    assert stranger.get(f"/documents/{inside[0]}/inside.pdf").status_code != 200


@pytest.mark.article("24")
def test_an_inside_document_is_read_by_who_sees_its_thing_and_by_nobody_else_who_has_its_address(as_user: As) -> None:
    overseer, own, foreign = as_user("fagui"), as_user("gaoxin-jingban"), as_user("chengguo-jingban")
    jobs.run_all_due()
    part_id = closed_part()
    with db.transaction(write=False):
        issued = db.session.scalars(select(Document).where(Document.issued_at.is_not(None)).order_by(Document.id)).all()
        inside = {one.subject_type: one.secret for one in issued if one.kind not in PUBLIC_KINDS}
        theirs = visits.paper_subjects(visits.visit_task(part_id).visit)
        approval = next(one.secret for one in issued if one.kind == DocumentKind.APPROVAL and one.subject_id in theirs)
        notice = next(one.secret for one in issued if one.kind == DocumentKind.NOTICE)
        assert visits.visit_task(part_id).visit.lead_division.name == "高新技术处"
    assert set(inside) >= {"work_plan", "draw", "visit_approval"}
    for secret in inside.values():
        assert overseer.get(f"/documents/{secret}/inside.pdf").status_code == 200
    assert own.get(f"/documents/{approval}/inside.pdf").status_code == 200
    assert foreign.get(f"/documents/{approval}/inside.pdf").status_code == 404
    assert foreign.get(f"/documents/{notice}/inside.pdf").status_code == 200, "a party holds it, and so may everybody"


@pytest.mark.article("3")
def test_a_document_tells_its_readers_who_made_sealed_and_served_it_and_when(as_user: As) -> None:
    own, foreign, stranger = as_user("gaoxin-jingban"), as_user("chengguo-jingban"), as_user("fagui").application.test_client()
    jobs.run_all_due()
    with db.transaction(write=False):
        visit = visits.visit_task(closed_part()).visit
        notice = visit.notice.secret if visit.notice else ""
        [approval] = [one.secret for one in queries.documents_about(visits.paper_subjects(visit))
                      if one.kind == DocumentKind.APPROVAL]
    inside, outside, beside = (history_of(client, notice) for client in (own, stranger, foreign))
    for told in (inside, outside):
        for step in ("预留文号", "印发文书", "生成并签章文书", "送达抽查告知书", "签收抽查告知书"):
            assert step in told
    for words in ("吴厅长", "厅负责人"):
        assert words in inside
        assert words not in outside
    assert beside == outside
    assert "印发文书" in history_of(own, approval)
    assert history_of(foreign, approval) == history_of(stranger, approval) == ""
    assert [f"/documents/{approval}/inside.pdf" in client.get(f"/documents/{approval}").get_data(as_text=True)
            for client in (own, foreign, stranger)] == [True, False, False]


def history_of(client: FlaskClient, secret: str) -> str:
    """The history on a document's page; nothing where it has none."""
    page = client.get(f"/documents/{secret}").get_data(as_text=True)
    return page.partition('id="history"')[2].partition("</section>")[0]


@pytest.mark.article("3", "24")
def test_the_case_file_names_every_document_and_piece_of_evidence_by_its_hash(as_user: As) -> None:
    officer = as_user("fagui")
    part_id = closed_part()
    with db.transaction(write=False):
        visit_id = visits.visit_task(part_id).visit_id
    answer(visit_id)
    assert officer.post(f"/visits/{visit_id}/case-file").status_code == 303
    assert "检查案卷" in officer.get(f"/visits/{visit_id}").get_data(as_text=True)
    with db.transaction(write=False):
        about = queries.documents_about(visits.paper_subjects(visits.visit(visit_id)))
        inside = [one for one in about if one.kind != DocumentKind.CASE_FILE]
        files = queries.files_of([one.id for one in inside])
        expected = [text for one in inside for text in (one.number, files[one.id].sha256, files[one.id].sm3)]
        photos = fieldwork.record(part_id).photos
        expected += [text for photo in photos for text in (photo.code, photo.sha256, photo.sm3)]
        expected += ["答复和说明：李某（厂长）", "附件：台账.pdf", "CCCC-CCCC", "a" * 64, "b" * 64]
        expected.append(f"答复1件，证据{len(photos) + 1}件")
        secret = next(one.secret for one in about if one.kind == DocumentKind.CASE_FILE)
    jobs.run_all_due()
    pdf = officer.get(f"/documents/{secret}/inside.pdf").data
    printed = text_of(pdf)
    assert [text for text in expected if text not in printed] == []
    assert "与登记的文件逐字节一致" in said(officer, pdf)


def answer(visit_id: UUID) -> None:
    """The entity has answered in writing, and enclosed a file."""
    with db.transaction(write=True):
        kept = Original(capture_hash="c" * 64, sha256="a" * 64, sm3="b" * 64, size=9, media_type="application/pdf",
                        stored_at=clock.now())
        reply = EntityReply(visit_id=visit_id, kind="reply", name="李某", capacity="厂长", text="见附件", at=clock.now())
        db.session.add_all([kept, reply])
        db.session.flush()
        db.session.add(ReplyFile(reply_id=reply.id, visit_id=visit_id, original_id=kept.id, name="台账.pdf"))
