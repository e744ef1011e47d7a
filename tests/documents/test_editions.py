"""Editions of the templates: what was issued in one is printed in it for ever, what is issued now in the one of its day."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from fieldapp import clock, db
from fieldapp.documents import queries, rules
from fieldapp.documents.models import Document
from fieldapp.documents.rendering.compiler import FOLDER
from fieldapp.documents.rules import NO_PAPER, DocumentKind, template_of, template_on, templates
from fieldapp.jobs import actions as jobs
from tests.documents.test_file import program
from tests.documents.test_forms import printed
from tests.documents.test_issue import issued_notice
from tests.people import Cast

LAST_OF_FIRST, FIRST_OF_SECOND = date(2026, 11, 30), date(2026, 12, 1)
AS_PRINTED = {
    "2026-1": "35150ff69f507221d0b43afd43d9ff285e2d941f4cf16c6f529ee84185dbe482",
    "2026-2": "a6bc16e2c402dd13972abd1a10635dcd91a0e63bbd94f3a3480fd8e4ef2e25c2",
    "2026-3": "c07a7c1d00bb6519e1ae5b782d9926f776f67102e3050fbebb4489394e3d7277",
}
"""One SHA-256 over the files of each edition that has printed documents: it is never changed, a new one stands beside it."""
LETTER = rules.form("案件（线索）移送函", "某省科学技术厅（示例）", "2026年11月30日", [
    rules.addressee("某局："), rules.heading("事实"), rules.text("记录不全。"),
    rules.heading("依据"), rules.text("细则第二十七条。")])
"""As it was frozen before documents named their edition."""
AS_IN_FIRST = """某省科学技术厅（示例）
案件（线索）移送函
鲁科抽移〔2026〕7号
某局：
事实
记录不全。
依据
细则第二十七条。
鲁科抽移〔2026〕7号 第1页共1页 校验码 0123-4567
"""


def lines_of(pdf: bytes) -> list[str]:
    """The lines of the page as they stand below each other, without the gaps between their words."""
    said = program("pdftotext", "-layout", "-", "-", given=pdf)
    return [" ".join(line.split()) for line in said.splitlines() if line.strip()]


def test_a_template_that_has_printed_is_never_changed() -> None:
    stand = {edition.name: sha256(b"".join(file.read_bytes() for file in sorted((FOLDER / edition.name).iterdir()))).hexdigest()
             for edition in templates.EDITIONS}
    assert stand == AS_PRINTED
    assert {folder.name for folder in FOLDER.iterdir()} == set(stand)


@pytest.mark.article("24")
@pytest.mark.parametrize("kind", [kind for kind in DocumentKind if kind not in NO_PAPER])
def test_each_kind_has_one_template_on_each_day(kind: DocumentKind) -> None:
    for one, following in zip(templates.EDITIONS, templates.EDITIONS[1:], strict=False):
        assert one.valid_until is not None
        assert following.valid_from == one.valid_until + timedelta(days=1)
    assert templates.EDITIONS[-1].valid_until is None
    for edition in templates.EDITIONS:
        for day in filter(None, (edition.valid_from, edition.valid_until)):
            assert [one.edition for one in rules.TEMPLATES if kind in one.kinds and one.edition.is_valid_on(day)] == [edition]
    with pytest.raises(LookupError):
        template_on(kind, templates.EDITIONS[0].valid_from - timedelta(days=1))


def test_a_document_of_the_first_edition_is_printed_as_it_was_after_the_second_came() -> None:
    first, second = (lines_of(printed(DocumentKind.TRANSFER, LETTER, day=day)) for day in (LAST_OF_FIRST, FIRST_OF_SECOND))
    assert [*first[:8], first[-1]] == AS_IN_FIRST.splitlines()
    assert "一、事实" in second
    assert second[-1].endswith("共1页 —1—")


@pytest.mark.article("24")
def test_a_document_keeps_the_edition_of_its_issue_when_its_file_is_made_later(
        cast: Cast, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    clock.set_source(lambda: datetime(2026, 11, 30, 15, 59, tzinfo=UTC))
    before = issued_notice(cast)
    clock.set_source(lambda: datetime(2026, 11, 30, 16, 0, tzinfo=UTC))
    after = issued_notice(cast)
    days = {one.name: replace(one, valid_from=date(2020, number, 1), valid_until=date(2020, number, 28))
            for number, one in enumerate(templates.EDITIONS, start=1)}
    monkeypatch.setattr(templates, "TEMPLATES", tuple(
        replace(one, edition=days[one.edition.name]) for one in templates.TEMPLATES))
    jobs.run_all_due()
    with db.transaction(write=False):
        made = [queries.file_by_document(one.id).template for one in (before, after)]
    assert made == ["letter/2026-1/14", "letter/2026-2/14"]
    old, new = ("\n".join(lines_of(client.get(f"/documents/{one.secret}/file.pdf").data)) for one in (before, after))
    assert ("第1页共3页" in old, "—1—" in old) == (True, False)
    assert ("第1页共" in new, "—1—" in new) == (False, True)


def test_a_document_issued_before_editions_were_named_takes_that_of_its_day(cast: Cast) -> None:
    assert template_of(DocumentKind.TRANSFER, LETTER, LAST_OF_FIRST).version == "letter/2026-1/16"
    assert template_of(DocumentKind.TRANSFER, LETTER, FIRST_OF_SECOND).version == "letter/2026-2/16"
    with pytest.raises(LookupError):
        template_of(DocumentKind.TRANSFER, LETTER | {"edition": "letter/1999-1/16"}, FIRST_OF_SECOND)


def test_the_edition_is_frozen_with_the_content_and_its_hash(cast: Cast) -> None:
    clock.set_source(lambda: datetime(2026, 12, 1, 2, 0, tzinfo=UTC))
    document = issued_notice(cast)
    with db.transaction(write=False):
        [(content, content_hash)] = db.session.execute(sa.select(Document.content, Document.content_hash).where(
            Document.id == document.id)).all()
    assert content["edition"] == "letter/2026-2/14"
    assert rules.content_fits(content, content_hash)
    assert not rules.content_fits(content | {"edition": "letter/2026-1/14"}, content_hash)
