"""Sheets that nobody should trust: each gives rows or a clear refusal, within limits."""

import io
import random
import re
import time
import zipfile

import pytest
from PIL import Image

from fieldapp.refusals import Refusal
from fieldapp.registry.sheets import check_folder, parse_sheet, read_sheet
from tests.alone import measured
from tests.registry.sheets import DATA, OBJECT_HEADERS, SHEET, rewritten, with_sheet, workbook

ROW = ["1", "示例一", "91370102MA3N8K2T1M", "科普基地"]
NAMESPACE = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def reason(content: bytes) -> str:
    with pytest.raises(Refusal) as refused:
        read_sheet(content)
    assert refused.value.code == "registry.sheet_unreadable"
    assert refused.value.message
    return str(refused.value.facts["reason"])


def worksheet(rows: bytes) -> bytes:
    return with_sheet(b"<worksheet " + NAMESPACE + b"><sheetData>" + rows + b"</sheetData></worksheet>")


def picture(form: str) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8)).save(buffer, form)
    return buffer.getvalue()


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    began = time.monotonic()
    assert reason(worksheet(b"<row/>" * 8_000_000)) == "bomb"
    many = rewritten(workbook(ROW), lambda _name, part: part, **{f"xl/media/{n}.png": b"" for n in range(1_001)})
    assert reason(many) == "bomb"
    assert time.monotonic() - began < 20


def test_entities_are_refused_and_no_file_is_read() -> None:
    for text in (b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>', b'<!DOCTYPE a [<!ENTITY b "' + b"c" * 99 + b'">]>'):
        row = b"<row><c t=\"inlineStr\"><is><t>&b;</t></is></c></row>"
        assert reason(with_sheet(text + b"<worksheet " + NAMESPACE + b"><sheetData>" + row
                                 + b"</sheetData></worksheet>")) == "declarations"


def test_a_million_columns_are_refused() -> None:
    # Above the free ratio such a sheet counts as a bomb already; this one is made of letters that do not shrink.
    chance = random.Random(7)
    cells = b"".join(b'<c t="str"><v>%x</v></c>' % chance.getrandbits(40) for _ in range(1_000_000))
    assert reason(worksheet(b"<row>" + cells + b"</row>")) in {"too_many_columns", "too_large", "too_slow"}


def test_too_many_rows_and_too_long_cells_are_refused() -> None:
    assert reason(("名称\n" * 20_001).encode()) == "too_many_rows"
    assert reason(workbook(["长" * 2_001])) == "cell_too_long"
    assert reason(b"a" * (10 * 1024 * 1024 + 1)) == "too_large"


def test_blank_formatted_rows_and_columns_do_no_harm() -> None:
    rows = b'<row r="1"><c r="A1" t="str"><v>x</v></c><c r="XFD1" s="0"/></row><row r="1048576"><c r="A1048576"/></row>'
    [sheet] = read_sheet(worksheet(rows))
    assert sheet.rows == [["x"]]


def test_formulas_are_never_computed_and_only_their_saved_results_count() -> None:
    book = workbook(["序号", "单位名称", "统一社会信用代码", "主体类型"], ["=1+1", "=CONCAT(A1)", ROW[2], "科普基地"])
    saved = rewritten(book, lambda name, part: part.replace(b"<f>CONCAT(A1)</f><v>0</v>", b"<f>CONCAT(A1)</f><v></v>")
                      if name == SHEET else part)
    [row] = parse_sheet(saved).rows
    assert {"formula", "missing_name"} <= {found.kind.value for found in row.findings}


@pytest.mark.parametrize(("content", "expected"), [
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old_format"),
    (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    (b"\xef\xbb\xbf<html><table><tr><td>1", "html"), (b"<?xml version='1.0'?><Workbook/>", "html"),
    (b"%PDF-1.7", "not_a_sheet"), (b"\x00\x01\x02,\n", "not_a_sheet"), (b"", "empty"), (b"  \n", "empty"),
    (b"\xff\xff\x80,\x80\n", "encoding"), (b"PK\x03\x04" + bytes(50), "broken"),
])
def test_what_is_no_xlsx_is_refused_with_the_way_out(content: bytes, expected: str) -> None:
    assert reason(content) == expected


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_renamed_picture_is_refused(form: str) -> None:
    assert reason(picture(form)) == "not_a_sheet"


def test_macros_and_other_archives_are_refused() -> None:
    assert reason(rewritten(workbook(ROW), lambda _name, part: part, **{"xl/vbaProject.bin": b"x"})) == "macros"
    for name, expected in (("content.xml", "old_format"), ("word/document.xml", "not_a_sheet")):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr(name, "<a/>")
        assert reason(buffer.getvalue()) == expected


def test_a_truncated_file_is_refused() -> None:
    content = (DATA / "items.xlsx").read_bytes()
    assert reason(content[:-40]) == "broken"
    assert reason(content[: len(content) // 2]) == "broken"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_text_with_separators_is_read_in_the_encodings_of_office_programs(encoding: str, separator: str) -> None:
    text = "\r\n".join(separator.join(row) for row in (OBJECT_HEADERS, ROW))
    [sheet] = read_sheet(text.encode(encoding))
    assert sheet.rows == [OBJECT_HEADERS, ROW]


def test_a_folder_with_a_broken_and_a_foreign_sheet_is_reported_not_abandoned(tmp_path) -> None:
    (tmp_path / "a.xls").write_bytes(b"\xd0\xcf\x11\xe0")
    (tmp_path / "b.csv").write_bytes("姓名,身高\n赵一,180\n".encode())
    (tmp_path / "c.xlsx").write_bytes(workbook(OBJECT_HEADERS, ["1", "示例一", ROW[2].lower(), "科普基地"]))
    (tmp_path / "读我.txt").write_text("x")
    report = [(found["file"], found["row"], found["kind"], found["value"]) for found in check_folder(tmp_path)]
    assert report[:2] == [("a.xls", 0, "unreadable", "old_format"), ("b.csv", 0, "unknown_headers", "headers")]
    assert ("c.xlsx", 2, "lower_case", ROW[2].lower()) in report


def mutated(chance: random.Random, content: bytes) -> bytes:
    """The sheet with bytes flipped, a stretch lost, a part gone, or one part's XML spoiled in a sound archive."""
    spoiled = bytearray(content)
    way = chance.randrange(5)
    if way == 0:
        for _ in range(chance.randint(1, 20)):
            spoiled[chance.randrange(len(spoiled))] = chance.randrange(256)
    elif way == 1:
        start = chance.randrange(len(spoiled))
        del spoiled[start:start + chance.randint(1, 400)]
    else:
        names = zipfile.ZipFile(io.BytesIO(content)).namelist()
        chosen = chance.choice(names) if way == 2 else SHEET
        return rewritten(content, lambda name, part: _spoiled_part(chance, part) if name == chosen else part)
    return bytes(spoiled)


def _spoiled_part(chance: random.Random, part: bytes) -> bytes | None:
    if chance.random() < 0.1:
        return None
    spoiled = bytearray(part)
    for _ in range(chance.randint(1, 4)):
        values = [found.span(1) for found in re.finditer(rb'[">]([^<>"]+)["<]', bytes(spoiled))]
        start, end = chance.choice(values)
        spoiled[start:end] = chance.choice((b"9" * 400, b"-1", b"", b"A1048576", b"XFD1", b"&#1;", b"<", b"1e308", b"d", b"s"))
    return bytes(spoiled)


def read_mutated(seed: int, count: int) -> set[str]:
    """What so many mutated sheets are taken for: their kinds, and the codes of the refusals."""
    chance = random.Random(seed)
    sources = [(DATA / name).read_bytes() for name in ("items.xlsx", "inspectors.xlsx", "objects-科普处-科普基地.xlsx")]
    codes = set()
    for _ in range(count):
        try:
            codes.add(parse_sheet(mutated(chance, chance.choice(sources))).kind.value)
        except Refusal as refused:
            codes.add(refused.code)
    return codes


def test_a_hundred_mutated_sheets_give_rows_or_a_refusal_and_little_memory() -> None:
    seed = 20261123
    found = measured(read_mutated, seed, 100)
    assert found.answer >= {"registry.sheet_unreadable", "objects", "inspectors", "items"}, f"seed {seed}: {found.answer}"
    assert found.own_peak < 512
    assert found.childrens_peak < 512


def test_the_largest_directory_is_read_in_well_under_twenty_seconds() -> None:
    began = time.monotonic()
    largest = max(DATA.glob("objects-*.xlsx"), key=lambda path: path.stat().st_size)
    assert len(parse_sheet(largest.read_bytes()).rows) == 2420
    assert time.monotonic() - began < 15
