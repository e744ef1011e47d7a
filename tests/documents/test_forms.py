"""Every kind of document by its template: nothing of what is frozen is lost on paper, pictures and ink are there."""

import re
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from fieldapp.documents import rendering, rules
from fieldapp.documents.qr import qr_image
from fieldapp.documents.rules import DocumentKind, Member
from tests.documents.test_file import RARE, program, text_of
from tests.documents.test_rules import facts as notice_facts

DAY, MOMENT = date(2026, 12, 2), datetime(2026, 12, 2, 2, 0, tzinfo=UTC)
STROKES = [[[100, 300, 0], [300, 100, 40], [500, 300, 80]], [[550, 100, 120], [550, 350, 160]]]
HASH = "0123456789abcdef" * 4
PRINTED = [(kind, one.edition.valid_from) for one in rules.TEMPLATES for kind in sorted(one.kinds)]
UNSEALED = {DocumentKind.SITE_TRANSCRIPT, DocumentKind.INTERVIEW, DocumentKind.SUPPLEMENTARY_RECORD}
MEMBERS = [Member("赵检一", "农村科技处", "370000000009", is_leader=True), Member("钱检二", "农村科技处", "370000000010")]


def printed(kind: DocumentKind, content: dict[str, object], pictures: dict[str, bytes] | None = None, *,
            day: date = DAY) -> bytes:
    """The unsealed file of a document of that kind, in the edition that it names or else in that of the day."""
    template = rules.template_of(kind, content, day)
    page = rules.layout(kind, rules.number_text(kind, 2026, 7), content, HASH, template, rules.NO_HEAD)
    known = pictures or {}
    given = {name: rendering.framed(known[sha256]) for name, sha256 in page.originals.items() if sha256 in known}
    files = {"qr.svg": qr_image("http://localhost/documents/x"), **page.drawings, **given}
    return rendering.render(rules.without_missing(page.page, set(given)), files, template=template.file, beside=template.beside,
                            at=MOMENT)


def full_form() -> dict[str, object]:
    """A document with every part that there is."""
    return rules.form("各部分", "某省科学技术厅（示例）", "2026年11月24日", [
        rules.addressee("济南某公司："), rules.text("第一段。", "第二段。"), rules.heading("一、标题"),
        rules.numbered(["甲", "乙"]),
        rules.facts(("姓名", RARE), ("空白", "")), rules.table(["名称", "SHA-256"], [["文件", HASH]], [3, 2], size=8, mono=True),
        rules.signatures([rules.signature("被检查单位", "李某", "2026年11月24日 10:00", strokes=STROKES, note="负责人"),
                          rules.to_sign("见证人")]),
        rules.pictures([rules.picture("现场拍摄", "ABCD-1234", "2026年11月24日 10:05", "a" * 64),
                        rules.picture("打不开的照片", "EFAB-5678", "2026年11月24日 10:06", "b" * 64)]),
        rules.slip("回执", ["材料已收到。"], [rules.to_sign("经办人")])])


def jpeg() -> bytes:
    answer = BytesIO()
    Image.new("RGB", (64, 48), (30, 120, 60)).save(answer, "JPEG")
    return answer.getvalue()


@pytest.mark.article("20", "23", "24")
@pytest.mark.parametrize(("kind", "day"), PRINTED)
def test_what_is_frozen_is_what_is_printed(kind: DocumentKind, day: date) -> None:
    pdf = printed(kind, full_form(), {"a" * 64: jpeg()}, day=day)
    said = text_of(pdf)
    for words in ("济南某公司：", "第一段。", "第二段。", "一、标题", "1.甲", "2.乙", RARE, "—", HASH,
                  "被检查单位：李某（负责人）",
                  "2026年11月24日10:00", "见证人：", "现场拍摄", "ABCD-1234", "打不开的照片", "EFAB-5678",
                  rules.number_text(kind, 2026, 7), "0123-4567"):
        assert words in said, words
    assert pdf.count(b"/DCTDecode") == 1, "the one picture that could be opened"
    assert said.index("回执") < said.index("材料已收到。") < said.index("经办人：")
    if rules.template_on(kind, day).edition.is_counted:
        assert said.index("某省科学技术厅（示例）2026年11月24日") < said.index("回执")
    assert ("示例" in said.replace("（示例）", "")) is (kind not in UNSEALED)


@pytest.mark.article("24")
@pytest.mark.parametrize(("kind", "day"), PRINTED)
def test_every_kind_is_a_sound_file_with_all_its_fonts_in_it(kind: DocumentKind, day: date, tmp_path: Path) -> None:
    file = tmp_path / "document.pdf"
    file.write_bytes(printed(kind, full_form(), {"a" * 64: jpeg()}, day=day))
    assert "No syntax or stream encoding errors" in program("qpdf", "--check", file)
    fonts = [line.split()[-5] for line in program("pdffonts", file).splitlines()[2:]]
    assert set(fonts) == {"yes"}, "a font is not embedded"


@pytest.mark.parametrize("lines", range(10, 17))
def test_no_seal_stands_alone_on_a_page(lines: int) -> None:
    letter = rules.form("移送函", "某省科学技术厅（示例）", "2026年11月24日", [
        rules.addressee("某局："), rules.text(*(f"第 {place} 段。" for place in range(1, lines + 1)))])
    pages = program("pdftotext", "-layout", "-", "-", given=printed(DocumentKind.TRANSFER, letter)).split("\f")
    [sealed] = [page for page in pages if "2026年11月24日" in page]
    assert f"第 {lines} 段。" in sealed
    assert len(pages) - 1 == (1 if lines <= 12 else 2)


def test_several_headings_are_counted_and_a_single_one_is_not() -> None:
    many = rules.form("工作方案", "某省科学技术厅（示例）", "2026年11月24日", [
        part for place in range(12) for part in (rules.heading(f"标题{place}"), rules.text("文字"))])
    said = text_of(printed(DocumentKind.WORK_PLAN, many))
    for counted in ("一、标题0", "十、标题9", "十一、标题10", "十二、标题11"):
        assert counted in said
    assert "、一、标题" not in text_of(printed(DocumentKind.WORK_PLAN, full_form()))


def test_documents_of_fields_are_printed_in_full() -> None:
    notice = rules.notice_content(notice_facts(), rules.notice_text_on(DAY), DAY)
    order = rules.order_content(rules.OrderFacts(
        "某省科学技术厅（示例）", "济南某公司", "91370102MA3N8K2T1M", "许可检查", "鲁科抽记〔2026〕1号",
        "记录不全\n无交接单", "补齐", None, MEMBERS), DAY)
    supplement = rules.supplement_content(rules.SupplementFacts(
        "某省科学技术厅（示例）", "济南某公司", "91370102MA3N8K2T1M", "鲁科抽告〔2026〕1号",
        [MEMBERS[0].as_content()], MEMBERS[1:], {"unit": "农村科技处", "name": "吴经办", "telephone": "0531"}), DAY)
    for kind, content, words in ((DocumentKind.NOTICE, notice, "严禁逐利检查"), (DocumentKind.ORDER, order, "立即改正"),
                                 (DocumentKind.SUPPLEMENT, supplement, "钱检二（农村科技处，执法证号370000000010）")):
        assert words in text_of(printed(kind, content))


@pytest.mark.article("24")
def test_a_value_longer_than_a_page_goes_on_on_the_next_and_a_row_that_fits_stays_whole() -> None:
    lines = [f"第{place}条依据" for place in range(90)]
    form = rules.form("审批表", "某省科学技术厅（示例）", "2026年12月2日", [
        rules.facts(("检查依据", "\n".join(lines)), ("审批意见", "同意"))])
    pages = program("pdftotext", "-layout", "-", "-", given=printed(DocumentKind.APPROVAL, form)).split("\f")[:-1]
    assert [line for line in lines if not any(f"{line}\n" in page for page in pages)] == []
    boxes = program("pdftotext", "-bbox", "-", "-", given=printed(DocumentKind.APPROVAL, form))
    lowest = max(float(y) for y in re.findall(r'yMax="([0-9.]+)">第[0-9]+条依据', boxes))
    assert lowest < (297 - 28) / 25.4 * 72, "it runs into the foot"
    note = "International Biopharmaceutical Laboratory Animal Resource Sharing Holdings First Branch " * 2
    rows = [[str(place), "设施环境是否符合标准", f"始{place} {note}终{place}"] for place in range(40)]
    table = rules.form("记录表", "某省科学技术厅（示例）", "2026年12月2日", [
        rules.table(["序号", "内容", "说明"], rows, [1, 4, 4])])
    pages = program("pdftotext", "-", "-", given=printed(DocumentKind.RECORD, table)).split("\f")
    assert len(pages) > 3
    for place in range(40):
        [page] = [page for page in pages if re.search(rf"始{place}\b", page)]
        assert re.search(rf"终{place}\b", page), place


def test_a_hash_in_running_text_ends_at_the_margin_and_is_read_in_one() -> None:
    letter = rules.form("函", "某省科学技术厅（示例）", "2026年12月2日", [rules.text(f"散列值 {HASH}，共 1 件。")])
    pdf = printed(DocumentKind.TRANSFER, letter)
    assert HASH in text_of(pdf)
    right = max(float(x) for x in re.findall(r'xMax="([0-9.]+)"', program("pdftotext", "-bbox", "-", "-", given=pdf)))
    assert right <= (210 - 26) / 25.4 * 72 + 1


def test_each_page_of_a_transcript_is_signed_by_those_who_sign_its_end() -> None:
    for first, second in (("被询问人", "询问人"), ("被检查单位现场负责人", "检查人员")):
        form = rules.form("笔录", "某省科学技术厅（示例）", "2026年12月2日", [
            rules.text("一"), rules.signatures([rules.to_sign(f"{first}（逐页签名）", "王某"), rules.to_sign(second, "赵检一")])])
        said = text_of(printed(DocumentKind.SITE_TRANSCRIPT, form))
        assert f"{first}签名：" in said
        assert f"{second}签名：" in said
