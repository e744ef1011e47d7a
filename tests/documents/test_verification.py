"""A file that comes back is the registered one, or it is refused and the reason is named (R14 for documents)."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from fieldapp import clock, db
from fieldapp.documents import actions, queries, sealing
from fieldapp.documents.rules import Verdict
from fieldapp.documents.sealing import checking
from tests.documents.test_file import rendered
from tests.documents.test_issue import issued_notice, made_notice
from tests.documents.test_seal import sealed
from tests.people import Cast


@pytest.fixture(autouse=True)
def _in_november(database: str) -> None:
    clock.set_source(lambda: datetime(2026, 11, 23, 2, 0, tzinfo=UTC))


def appended(pdf: bytes) -> bytes:
    """The file with an update appended that gives it another title, as anybody can without a key."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    writer.root["/Lang"] = writer.root["/Lang"]
    writer.update_root()
    answer = BytesIO()
    writer.write(answer)
    return answer.getvalue()


def said(client: FlaskClient, pdf: bytes, **fields: str) -> str:
    answer = client.post("/documents/verification", data={"file": (BytesIO(pdf), "x.pdf"), **fields})
    return answer.get_data(as_text=True)


@pytest.mark.article("3", "24")
def test_the_registered_file_is_told_from_one_with_an_update_and_from_another_under_its_number(
        cast: Cast, client: FlaskClient, client_of: Callable[..., FlaskClient]) -> None:
    document = made_notice(cast)
    pdf = client.get(f"/documents/{document.secret}/file.pdf").data
    page = said(client, pdf)
    assert Verdict.REGISTERED.label in page
    assert document.number in page
    updated = said(client, appended(pdf))
    assert Verdict.APPENDED.label in updated
    assert document.number in updated
    other = said(client, sealed(document.number))
    assert Verdict.NOT_REGISTERED.label in other
    with db.transaction(write=False):
        assert queries.file_by_document(document.id).sha256 in other, "the hash that the number has is shown beside it"
    with db.transaction(write=True):
        actions.void(document.id, "改约", by=cast.officer.officer)
    assert Verdict.VOIDED.label in said(client_of(cast.head), pdf)


class OtherService:
    """A signer of another scheme, which pyHanko cannot read, and its checking half."""

    scheme = "GB/T 38540 SM2"

    def seal(self, pdf: bytes, *, number: str) -> bytes:
        return pdf + b"%SM2 " + number.encode()

    def found_in(self, pdf: bytes) -> dict[str, Any] | None:
        return {"bottom_line": b"%SM2 " in pdf, "covers_all": True, "signatures": 0}


@pytest.mark.article("3", "24")
def test_what_another_service_sealed_is_checked_by_its_scheme_or_said_to_be_the_registered_bytes(
        cast: Cast, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "_signer", OtherService())
    document = made_notice(cast)
    pdf = client.get(f"/documents/{document.secret}/file.pdf").data
    page = said(client, pdf)
    assert all(words in page for words in (Verdict.UNCHECKED.label, OtherService.scheme))
    assert Verdict.SEAL_BROKEN.label not in page
    assert Verdict.REGISTERED.label not in said(client, pdf + b" ")
    monkeypatch.setitem(sealing._checkers, OtherService.scheme, OtherService())
    assert Verdict.REGISTERED.label in said(client, pdf)
    monkeypatch.setattr(OtherService, "found_in", lambda _self, _pdf: None)
    assert Verdict.SEAL_BROKEN.label in said(client, pdf)
    monkeypatch.delitem(sealing._checkers, OtherService.scheme)
    with db.transaction(write=True):
        actions.void(document.id, "改约", by=cast.officer.officer)
    assert Verdict.VOIDED.label in said(client, pdf)


@pytest.mark.article("3", "24")
def test_a_guessed_number_tells_nothing_of_its_document_to_who_does_not_hold_it(cast: Cast, client: FlaskClient) -> None:
    document = made_notice(cast)
    with db.transaction(write=False):
        sha256 = queries.file_by_document(document.id).sha256
    own = sealed(document.number)
    changed = own.replace(b"/Title", b"/Titel", 1)
    unsigned = rendered([], number=document.number)
    for pdf in (unsigned, changed, b"%PDF-1.7", b"%PDF-1.7" + sealed("x")):
        page = said(client, pdf, number=document.number)
        assert sha256 not in page
        assert "登记的文书" not in page
    assert "登记的文书" in said(client, own)


def test_who_finds_all_checks_taken_is_asked_to_come_again(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "WAIT_SECONDS", 0.01)
    monkeypatch.setattr(checking._CHILD, "_turns", threading.BoundedSemaphore(1))
    with checking._CHILD._turns:
        answer = client.post("/documents/verification", data={"file": (BytesIO(b"%PDF-1.7"), "x.pdf")})
    assert answer.status_code == 503
    assert "正在核对的文件太多" in answer.get_data(as_text=True)
    assert Verdict.UNREADABLE.label in said(client, b"%PDF-1.7")


def test_a_number_is_confirmed_only_together_with_its_check_code(cast: Cast, client: FlaskClient) -> None:
    document = issued_notice(cast)
    with db.transaction(write=False):
        code = (queries.document(document.id).content_hash or "")[:8]

    def asked(typed: str) -> str:
        wanted = {"number": document.number, "code": typed}
        return client.get("/documents/verification", query_string=wanted).get_data(as_text=True)

    assert "文号有效" in asked(f"{code[:4]}-{code[4:]}".upper())
    for wrong in ("", "0000-0000", code[:4]):
        assert "没有这个文号" in asked(wrong)


def test_a_file_that_is_missing_or_too_large_is_refused(client: FlaskClient) -> None:
    assert client.post("/documents/verification", data={}).status_code == 422
    large = BytesIO(b"x" * (12 * 1024 * 1024 + 1))
    assert client.post("/documents/verification", data={"file": (large, "x.pdf")}).status_code == 422
