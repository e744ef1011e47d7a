"""A written inspection: served by a link, confirmed and answered without an account."""

import io
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import pytest
from flask.testing import FlaskClient
from PIL import Image

from fieldapp import clock, db
from fieldapp.evidence import store
from fieldapp.evidence.store import Shelf
from fieldapp.fieldwork import queries
from fieldapp.fieldwork.models import EntityReply, Kit, RecordCopy
from fieldapp.fieldwork.rules import FILE_SIZE
from fieldapp.ledger import queries as ledger
from fieldapp.visits.models import Visit
from tests.fieldwork.applying import enter, state, view
from tests.fieldwork.scene import Phone, Scene, record_digest, visit_digest
from tests.people import Cast, Player

SignIn = Callable[[Player], FlaskClient]
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def picture() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(buffer, "JPEG")
    return buffer.getvalue()


@pytest.fixture
def written(scene: Scene, cast: Cast, client_of: SignIn) -> str:
    """A written visit, prepared; the address of its link."""
    with db.transaction(write=True):
        db.session.get_one(Visit, scene.visit).method = "written"
    client_of(cast.inspector_a).post("/field/kits", data={"visit_ids": [str(scene.visit)]})
    with db.transaction(write=False):
        return f"/copies/{db.session.query(RecordCopy).one().secret}/inquiry"


def serve(scene: Scene, cast: Cast, until: str = "2026-11-30") -> Phone:
    phone = Phone(scene, cast.inspector_a)
    assert enter(phone.set("request/list", "请提供 2026 年实验动物购入台账。"), phone.set("request/until", until),
                 phone.op("issue", "request", {"until": until})) == ["applied"] * 3
    return phone


@pytest.mark.article("22", "24")
def test_a_written_inspection_goes_from_its_link_to_its_closing_without_anybody_going_there(
        written: str, scene: Scene, cast: Cast, client: FlaskClient) -> None:
    assert "还没有发出" in client.get(written).text
    phone = serve(scene, cast)
    page = client.get(written)
    assert "请提供 2026 年实验动物购入台账。" in page.text
    assert client.post(f"{written}/receipt", data={"name": "李某"}).status_code == 303
    kept = client.post(f"{written}/reply", data={"name": "李某", "text": "长" * 5001})
    assert (kept.status_code, "长" * 5001 in kept.text, "最多 5000 个字" in kept.text) == (422, True, True)
    answer = client.post(f"{written}/reply", data={"name": "李某", "capacity": "authorised", "text": "台账<b>另寄</b>"})
    assert answer.status_code == 303
    assert "台账&lt;b&gt;另寄&lt;/b&gt;" in client.get(written).text
    assert enter(phone.set(scene.check(1), "compliant"), phone.set(scene.check(2), "compliant"),
                 phone.set(scene.check(3), "compliant"),
                 phone.set(scene.path("conclusion/category"), "no_problem")) == ["applied"] * 4
    digest = record_digest(scene)
    assert enter(phone.sign_as(cast.inspector_a, digest), phone.sign_as(cast.inspector_b, digest),
                 phone.op("close", "visit", {"digest": visit_digest(scene)})) == [
        "applied", "applied", "attention:fieldwork.entity_signature_missing"]
    assert enter(phone.sign(digest), phone.op("close", "visit", {"digest": visit_digest(scene)})) == ["applied"] * 2
    assert state(scene) == "closed"
    record = view(scene)
    assert record.gaps == []
    assert [(one.kind, one.name, one.text) for one in record.inquiry.replies] == [
        ("receipt", "李某", ""), ("reply", "李某", "台账<b>另寄</b>")]
    with db.transaction(write=False):
        verbs = {entry.action for entry, _ in ledger.history(scene.visit)}
    assert {"fieldwork.request_served", "fieldwork.request_received", "fieldwork.reply_received"} <= verbs


@pytest.mark.article("22")
def test_looking_consumes_nothing_and_after_its_day_the_link_takes_nothing(
        written: str, scene: Scene, cast: Cast, client: FlaskClient) -> None:
    serve(scene, cast)
    for _ in range(3):
        assert client.get(written).status_code == 200
    with db.transaction(write=False):
        assert db.session.query(EntityReply).count() == 0
    clock.set_source(lambda: datetime(2026, 11, 30, 15, 59, tzinfo=UTC))
    assert client.post(f"{written}/receipt", data={"name": "李某"}).status_code == 303
    clock.set_source(lambda: datetime(2026, 11, 30, 16, 1, tzinfo=UTC))
    late = client.post(f"{written}/reply", data={"name": "李某", "text": "来晚了"})
    assert (late.status_code, "答复期限已过" in late.text, f"{written}/reply" in late.text) == (422, True, False)


def test_a_bad_answer_keeps_what_was_typed_and_a_flood_is_stopped(
        written: str, scene: Scene, cast: Cast, client: FlaskClient) -> None:
    serve(scene, cast)
    nameless = client.post(f"{written}/reply", data={"text": "台账已备"})
    assert (nameless.status_code, "台账已备" in nameless.text) == (422, True)
    assert client.post("/copies/guess/inquiry/reply", data={"name": "李某", "text": "x"}).status_code == 404
    codes = [client.post(f"{written}/reply", data={"name": "李某", "text": str(number)}).status_code for number in range(12)]
    assert codes[0] == 303
    assert codes[-1] == 429
    with db.transaction(write=False):
        assert len(queries.replies(scene.visit)) == codes.count(303)


def enclosed(*files: tuple[bytes, str], text: str = "") -> dict[str, Any]:
    """An answer with files: their bytes, and what the sender calls them."""
    return {"name": "李某", "text": text, "files": [(io.BytesIO(content), name) for content, name in files]}


@pytest.mark.article("22")
def test_files_with_an_answer_are_kept_under_their_hash_and_read_by_those_who_may_see_the_visit(
        written: str, scene: Scene, cast: Cast, client: FlaskClient, client_of: SignIn) -> None:
    serve(scene, cast)
    sent = client.post(f"{written}/reply", data=enclosed((PDF, "台账<b>.pdf"), (picture(), "车间.jpg")))
    assert sent.status_code == 303
    [reply] = view(scene).inquiry.replies
    assert [(one.name, one.sha256, one.media_type, one.size) for one in reply.files] == [
        ("台账<b>.pdf", sha256(PDF).hexdigest(), "application/pdf", len(PDF)),
        ("车间.jpg", sha256(picture()).hexdigest(), "image/jpeg", len(picture()))]
    assert view(scene).inquiry.is_answered
    page = client.get(written).text
    assert ("台账&lt;b&gt;.pdf" in page, reply.files[0].code in page, "/media/" in page) == (True, True, False)
    address = f"/media/{reply.files[0].capture_hash}"
    read = client_of(cast.inspector_a).get(address)
    assert (read.data, read.headers["Content-Disposition"].startswith("attachment"),
            "sandbox" in read.headers["Content-Security-Policy"]) == (PDF, True, True)
    shown = client_of(cast.inspector_a).get(f"/media/{reply.files[1].capture_hash}/picture?w=320")
    assert (shown.status_code, shown.mimetype) == (200, "image/jpeg")
    assert client_of(cast.other_officer).get(address).status_code == 404
    assert client.get(address).status_code == 303
    with db.transaction(write=False):
        kit_id = db.session.query(Kit).one().id
    assert address in client_of(cast.inspector_a).get(f"/field/k/{kit_id}").text
    with db.transaction(write=False):
        verbs = [entry.action for entry, _ in ledger.history(scene.visit)]
    assert verbs.count("fieldwork.reply_file_received") == 2


@pytest.mark.article("22")
@pytest.mark.parametrize(("files", "why"), [
    ([(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "图.jpg")], "只接受 PDF 和照片"), ([(b"", "空.pdf")], "文件是空的"),
    ([(PDF + b"0" * FILE_SIZE, "大.pdf")], "每个文件不能超过 5 MB"),
    ([(PDF, f"{n}.pdf") for n in range(6)], "一次最多附 5 个文件"),
])
def test_a_file_of_another_kind_or_too_many_of_them_keep_the_words_and_leave_nothing(
        written: str, scene: Scene, cast: Cast, client: FlaskClient, files: list[tuple[bytes, str]], why: str) -> None:
    serve(scene, cast)
    refused = client.post(f"{written}/reply", data=enclosed(*files, text="台账见附件。"))
    assert (refused.status_code, why in refused.text, "台账见附件。" in refused.text) == (422, True, True)
    assert view(scene).inquiry.replies == []
    assert [list(store.files(shelf)) for shelf in Shelf] == [[], [], []]


def test_files_are_taken_only_through_an_open_link(written: str, scene: Scene, cast: Cast, client: FlaskClient) -> None:
    assert client.post(f"{written}/reply", data=enclosed((PDF, "早.pdf"))).status_code == 422
    assert client.post("/copies/guess/inquiry/reply", data=enclosed((PDF, "猜.pdf"))).status_code == 404
    serve(scene, cast)
    clock.set_source(lambda: datetime(2026, 11, 30, 16, 1, tzinfo=UTC))
    assert client.post(f"{written}/reply", data=enclosed((PDF, "晚.pdf"))).status_code == 422
    assert [list(store.files(shelf)) for shelf in Shelf] == [[], [], []]


def test_before_its_serving_nothing_is_taken_in(written: str, client: FlaskClient) -> None:
    assert client.post(f"{written}/receipt", data={"name": "李某"}).status_code == 422


@pytest.mark.article("22")
def test_an_online_inspection_asks_for_addresses_and_nobody_present(scene: Scene, cast: Cast) -> None:
    with db.transaction(write=True):
        db.session.get_one(Visit, scene.visit).method = "online"
    phone = Phone(scene, cast.inspector_a)
    page = scene.path("online/01900000-0000-7000-8000-00000000000a")
    assert enter(phone.set(scene.check(1), "compliant"),
                 phone.set(page, {"url": "https://example.cn/a", "at": 1_795_000_000_000, "note": "首页公示"})) == ["applied"] * 2
    assert [(one.url, one.note) for one in view(scene).pages] == [("https://example.cn/a", "首页公示")]
    assert {gap.code for gap in view(scene).gaps} == {"fieldwork.page_without_picture", "fieldwork.checks_unanswered"}
