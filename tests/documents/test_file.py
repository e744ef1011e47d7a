"""The sealed file of a document: what it says, by which rules it is written, that it is made once and never anew."""

import subprocess
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import zxingcpp
from flask.testing import FlaskClient
from PIL import Image

from fieldapp import clock, db
from fieldapp.documents import actions, files, handing_out, making, queries, rendering, rules, sealing
from fieldapp.documents.models import Document
from fieldapp.documents.rules import DocumentKind, template_on
from fieldapp.jobs import actions as jobs
from fieldapp.jobs.models import Job
from fieldapp.ledger import queries as ledger
from tests.documents.test_issue import SUBJECT, issued_notice, made_notice
from tests.people import Cast

MOMENT = datetime(2026, 12, 2, 2, 0, tzinfo=UTC)
RARE = "堃喆昇龑骉燚玥彧祎镕玚𬱖"


@pytest.fixture(autouse=True)
def _in_december(database: str) -> None:
    clock.set_source(lambda: MOMENT)


def program(*command: object, given: bytes = b"") -> str:
    """What a program of the machine says; it must end well."""
    ended = subprocess.run([str(one) for one in command], input=given, capture_output=True, check=False, timeout=60)
    assert ended.returncode == 0, ended.stderr.decode()
    return ended.stdout.decode()


def text_of(pdf: bytes) -> str:
    """The text that a reader takes out of a file, without spaces and line ends."""
    return "".join(program("pdftotext", "-", "-", given=pdf).split())


def page_of(parts: list[dict[str, Any]], size: int = 12) -> dict[str, Any]:
    return {"title": "测试文书", "authority": "某省科学技术厅（示例）", "day": "2026年11月23日", "number": "鲁科抽试〔2026〕1号",
            "code": "ABCD-1234", "head": "尚无", "template": "form/2026-3/12", "size": size, "sealed": True, "seal_word": "示例",
            "fallback": False, "parts": parts, "slips": []}


def rendered(parts: list[dict[str, Any]], number: str = "鲁科抽试〔2026〕1号") -> bytes:
    from fieldapp.documents.qr import qr_image

    template = template_on(DocumentKind.APPROVAL, date(2026, 12, 2))
    page, code = page_of(parts) | {"number": number}, qr_image("http://localhost/documents/x")
    return rendering.render(page, {"qr.svg": code}, template=template.file, beside=template.beside, at=MOMENT)


@pytest.mark.article("23")
def test_the_file_of_a_notice_says_what_was_frozen_and_its_code_leads_to_its_page(
        cast: Cast, client: FlaskClient, tmp_path: Path) -> None:
    document = made_notice(cast)
    answer = client.get(f"/documents/{document.secret}/file.pdf")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    with db.transaction(write=False):
        content = queries.document(document.id).content or {}
    said = text_of(answer.data)
    for section in rules.notice_sections(content):
        for line in (section.title, *section.lines):
            assert "".join(line.split()) in said
    assert "—1—" in said
    assert "共2页" in said
    assert document.number in said
    (tmp_path / "notice.pdf").write_bytes(answer.data)
    program("pdftoppm", "-r", "150", "-png", tmp_path / "notice.pdf", tmp_path / "page")
    pages = [Image.open(BytesIO(file.read_bytes())) for file in sorted(tmp_path.glob("page-*.png"))]
    codes = [code.text for page in pages for code in zxingcpp.read_barcodes(page)]
    assert codes == [f"http://localhost/documents/{document.secret}"]


@pytest.mark.article("23", "24")
def test_a_sealed_file_is_sound_tagged_and_signed_as_a_whole(cast: Cast, client: FlaskClient, tmp_path: Path) -> None:
    file = tmp_path / "notice.pdf"
    file.write_bytes(client.get(f"/documents/{made_notice(cast).secret}/file.pdf").data)
    assert "No syntax or stream encoding errors" in program("qpdf", "--check", file)
    told = program("pdfinfo", file)
    assert "Tagged:          yes" in told
    assert "PDF version:     1.7" in told
    meta = program("pdfinfo", "-meta", file)
    assert "<pdfaid:part>2" in meta
    assert "<pdfaid:conformance>A" in meta
    assert "<pdfuaid:part>1" in meta
    assert "no" not in [line.split()[-5] for line in program("pdffonts", file).splitlines()[2:]], "a font is not embedded"
    signed = program("pdfsig", "-nocert", file)
    assert "Total document signed" in signed
    assert "Signature is Valid" in signed


@pytest.mark.article("24")
def test_the_file_is_made_once_after_the_document_is_issued_and_never_anew(cast: Cast, client: FlaskClient) -> None:
    document = issued_notice(cast)
    assert jobs.run_all_due() >= 1
    with db.transaction(write=False):
        sha256 = queries.file_by_document(document.id).sha256
        assert [entry.action for entry, _ in ledger.history(SUBJECT)][-1] == "documents.file_sealed"
        assert making.to_make(document.id) is None
    clock.set_source(lambda: datetime(2027, 3, 1, tzinfo=UTC))
    one, two = (client.get(f"/documents/{document.secret}/file.pdf") for _ in range(2))
    assert one.data == two.data == files.read(sha256)
    assert sha256 in client.get(f"/documents/{document.secret}").get_data(as_text=True)


def looked_again(client: FlaskClient, secret: str) -> str:
    """What htmx gets when the page looks again."""
    asked = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "section#waiting"}
    return client.get(f"/documents/{secret}/file.pdf", headers=asked).get_data(as_text=True)


@pytest.mark.article("24")
def test_until_the_job_has_made_a_file_its_address_says_so_and_looks_again(cast: Cast, client: FlaskClient) -> None:
    document = issued_notice(cast)
    answer = client.get(f"/documents/{document.secret}/file.pdf")
    assert (answer.status_code, answer.mimetype, answer.headers["Cache-Control"]) == (202, "text/html", "no-store")
    said = answer.get_data(as_text=True)
    assert "签章文件正在生成" in said
    assert 'hx-trigger="every 4s" hx-target="#waiting"' in said
    assert '<noscript><meta http-equiv="refresh"' in said
    clock.set_source(lambda: MOMENT + handing_out.LONG + timedelta(seconds=1))
    said = looked_again(client, document.secret)
    assert "签章文件还没有好" in said
    assert 'hx-trigger="every 15s"' in said
    with db.transaction(write=False):
        assert queries.file_of(document.id) is None, "reading makes nothing"
    jobs.run_all_due()
    said = looked_again(client, document.secret)
    assert "签章文件好了" in said
    assert 'hx-trigger="none"' in said
    assert "<html" not in said
    assert client.get(f"/documents/{document.secret}/file.pdf").data.startswith(b"%PDF")


def test_a_document_that_has_come_to_no_file_gets_it_within_a_day(cast: Cast) -> None:
    document = issued_notice(cast)
    with db.transaction(write=True):
        db.session.execute(sa.delete(Job))
    jobs.ask_recurring()
    jobs.run_all_due()
    with db.transaction(write=False):
        assert queries.file_by_document(document.id).size > 0
        assert queries.without_file(most=1) == []


def test_a_backlog_of_files_is_worked_off_to_its_end(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    issued = [issued_notice(cast).id for _ in range(5)]
    with db.transaction(write=True):
        db.session.execute(sa.delete(Job))
    monkeypatch.setattr("fieldapp.documents.jobs.AT_A_TIME", 2)
    monkeypatch.setattr("fieldapp.documents.jobs.making.make", lambda wanted: making.Made(
        wanted.document_id, wanted.document_id.hex * 2, "", 1, "letter/2026-3/14", "none", wanted.head))
    jobs.ask_recurring()
    jobs.run_all_due()
    with db.transaction(write=False):
        assert set(queries.files_of(issued)) == set(issued)
        assert db.session.scalar(sa.select(sa.func.count()).where(Job.kind == "documents.seal")) == len(issued)


def test_while_a_file_is_sealed_and_stamped_others_write(cast: Cast, request: pytest.FixtureRequest) -> None:
    document, saw = issued_notice(cast), []

    class Slow:
        scheme = "slow"

        def seal(self, pdf: bytes, *, number: str) -> bytes:
            saw.append(db.session.registry.has() and db.session.in_transaction())
            with ThreadPoolExecutor(1) as another:
                another.submit(write).result()
            return pdf

    def write() -> None:
        with db.transaction(write=True):
            saw.append(actions.take_number("task", 2026))

    request.addfinalizer(sealing.configure)
    sealing.use(Slow())
    jobs.run_all_due()
    assert saw == [False, "鲁科抽〔2026〕1号"]
    with db.transaction(write=False):
        assert queries.file_by_document(document.id).scheme == "slow"


def test_a_file_changed_on_the_disk_is_not_handed_out(cast: Cast, client: FlaskClient) -> None:
    document = made_notice(cast)
    with db.transaction(write=False):
        place = files._place(queries.file_by_document(document.id).sha256)
    place.write_bytes(place.read_bytes()[:-1] + b"x")
    assert client.get(f"/documents/{document.secret}/file.pdf").status_code == 500


def test_the_same_page_gives_the_same_bytes() -> None:
    parts = [rules.text("一段话")]
    assert rendered(parts) == rendered(parts)


def test_rare_characters_of_names_are_printed_and_what_no_font_has_by_its_code() -> None:
    assert RARE in text_of(rendered([rules.facts(("姓名", RARE))]))
    said = text_of(rendered([rules.facts(("姓名", "甲\U000F1234乙")), rules.table(["一"], [["丙\ue000丁\\u{e001}\a"]], [1])]))
    for words in ("甲〔U+F1234〕乙", "丙〔U+E000〕丁\\u{e001}〔U+0007〕"):
        assert words in said


def test_however_many_characters_no_font_has_the_document_is_printed() -> None:
    codes = range(0xE000, 0xE000 + rendering.compiler.MOST_SINGLY + 8)
    said = text_of(rendered([rules.text("甲" + "、".join(map(chr, codes)) + "乙")]))
    assert f"甲{'、'.join(f'〔U+{code:04X}〕' for code in codes)}乙" in said


def test_an_internal_document_shows_its_number_and_nothing_of_its_content(cast: Cast, client: FlaskClient) -> None:
    with db.transaction(write=True):
        content = rules.form("审批表", "某省科学技术厅（示例）", "2026年11月23日", [rules.text("不公开的内容")])
        document: Document = actions.issue_new(DocumentKind.APPROVAL, "visit", SUBJECT, content, by=cast.officer.officer)
        secret = document.secret
    page = client.get(f"/documents/{secret}").get_data(as_text=True)
    assert "鲁科抽批〔2026〕1号" in page
    assert "不公开的内容" not in page
    assert client.get(f"/documents/{secret}/file.pdf").status_code == 404
