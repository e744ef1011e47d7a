"""Taking numbers, issuing, voiding: no gap, no twin, nothing rewritten."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from fieldapp import clock, db, ids
from fieldapp.canonical import digest
from fieldapp.documents import actions, queries
from fieldapp.documents.models import Document
from fieldapp.documents.rules import DocumentKind
from fieldapp.jobs import actions as jobs
from fieldapp.ledger import queries as ledger
from fieldapp.refusals import Conflict, NotFound
from tests.documents.test_rules import facts
from tests.people import Cast

SUBJECT = UUID(int=7)


@pytest.fixture(autouse=True)
def _in_november(database: str) -> None:
    clock.set_source(lambda: datetime(2026, 11, 23, 2, 0, tzinfo=UTC))


def reserved(cast: Cast, kind: str = "notice", year: int | None = None) -> Document:
    with db.transaction(write=True):
        document = actions.reserve(kind, "visit", SUBJECT, by=cast.officer.officer, year=year)
        db.session.expunge(document)
    return document


def test_numbers_rise_by_one_for_each_kind_and_year(cast: Cast) -> None:
    numbers = [reserved(cast, kind, year).number for kind, year in
               (("notice", None), ("notice", None), ("record", None), ("notice", 2027))]
    assert numbers == ["鲁科抽告〔2026〕1号", "鲁科抽告〔2026〕2号", "鲁科抽记〔2026〕1号", "鲁科抽告〔2027〕1号"]
    with db.transaction(write=True):
        assert actions.take_number("task", 2026) == "鲁科抽〔2026〕1号"
        assert actions.take_number(DocumentKind.TASK, 2026) == "鲁科抽〔2026〕2号"


def test_a_change_that_fails_gives_its_number_back(cast: Cast) -> None:
    with pytest.raises(RuntimeError), db.transaction(write=True):
        actions.reserve("notice", "visit", SUBJECT, by=cast.officer.officer)
        raise RuntimeError
    assert reserved(cast).serial == 1


def test_many_at_once_get_different_numbers_without_a_gap(cast: Cast) -> None:
    ready, taken = threading.Barrier(6), []

    def take() -> None:
        ready.wait()
        for _ in range(3):
            with db.transaction(write=True):
                taken.append(actions.reserve("record", "visit_task", ids.uuid7(), by=cast.officer.officer).serial)

    threads = [threading.Thread(target=take) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == list(range(1, 19))


def test_an_issued_document_is_frozen_and_a_voided_number_stays(cast: Cast) -> None:
    document, content = reserved(cast), {"title": "告知书", "items": ["一", "二"]}
    frozen = content | {"edition": "letter/2026-1/14"}
    with db.transaction(write=True):
        issued = actions.issue(document.id, content, by=cast.officer.officer)
        assert (issued.content_hash, issued.issued_by) == (digest(frozen), cast.officer.id)
    with pytest.raises(Conflict), db.transaction(write=True):
        actions.issue(document.id, {"title": "别的"}, by=cast.officer.officer)
    with db.transaction(write=True):
        actions.void(document.id, "改约", by=cast.officer.officer)
    with db.transaction(write=False):
        [kept] = queries.documents_of("visit", SUBJECT)
        assert (kept.number, kept.void_reason, kept.content) == ("鲁科抽告〔2026〕1号", "改约", frozen)
        assert [entry.action for entry, _ in ledger.history(SUBJECT)] == [
            "documents.number_reserved", "documents.document_issued", "documents.document_voided"]
    assert reserved(cast).serial == 2


def test_what_is_not_issued_is_not_found(cast: Cast, client: FlaskClient) -> None:
    document = reserved(cast)
    for secret in (document.secret, "no-such-secret"):
        assert client.get(f"/documents/{secret}").status_code == 404
    with pytest.raises(NotFound), db.transaction(write=True):
        actions.void(ids.uuid7(), "x", by=cast.officer.officer)


@pytest.mark.article("23")
def test_anybody_with_the_address_reads_the_notice_and_whether_it_is_in_force(
        cast: Cast, client: FlaskClient, client_of: Callable[..., FlaskClient]) -> None:
    document = issued_notice(cast)
    page = client.get(f"/documents/{document.secret}")
    text = page.get_data(as_text=True)
    assert page.status_code == 200
    assert all(word in text for word in ("鲁科抽告〔2026〕1号", "370000000009", "申请回避", "严禁逐利检查", "示 例", "有效文书"))
    assert "style=" not in text
    assert english(client, document.secret).status_code == 200
    with db.transaction(write=True):
        actions.void(document.id, "改约", by=cast.officer.officer)
    assert "已作废" in client_of(cast.head).get(f"/documents/{document.secret}").get_data(as_text=True)


def test_a_notice_changed_behind_the_product_says_so(cast: Cast, client: FlaskClient) -> None:
    document = issued_notice(cast)
    with db.transaction(write=True):
        row = queries.document(document.id)
        row.content = {**(row.content or {}), "address": "别处"}
    assert "请勿采信" in client.get(f"/documents/{document.secret}").get_data(as_text=True)


def issued_notice(cast: Cast) -> Document:
    from fieldapp.documents.rules import notice_content, notice_text_on

    document = reserved(cast)
    with db.transaction(write=True):
        content = notice_content(facts(), notice_text_on(clock.today()), clock.today())
        actions.issue(document.id, content, by=cast.officer.officer)
    return document


def made_notice(cast: Cast) -> Document:
    """An issued notice whose file the job has made."""
    document = issued_notice(cast)
    jobs.run_all_due()
    return document


def test_what_was_voided_and_has_no_file_is_not_waited_for(cast: Cast, client: FlaskClient) -> None:
    document = issued_notice(cast)
    with db.transaction(write=True):
        actions.void(document.id, "改约", by=cast.officer.officer)
    issued = clock.now()
    clock.set_source(lambda: issued + timedelta(minutes=3))
    answer = client.get(f"/documents/{document.secret}/file.pdf")
    assert (answer.status_code, "作废前没有生成签章文件" in answer.text) == (410, True)
    assert not [again for again in ("http-equiv", "hx-trigger", "再看一次") if again in answer.text]


def english(client: FlaskClient, secret: str) -> TestResponse:
    return client.get(f"/documents/{secret}", headers={"Accept-Language": "en"})
