"""The checklist of an item, row by row: what is looked at, how, and what must be brought back as evidence."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fieldapp.law import article
from fieldapp.registry.rules.findings import FindingKind
from fieldapp.registry.rules.normalise import Cell
from fieldapp.registry.rules.rows import ParsedRow, RowReader
from fieldapp.words import Labelled, N_


class EvidenceKind(Labelled):
    """What a check asks the inspector to bring back."""

    PHOTO = "photo", N_("拍照")
    NUMBER = "number", N_("数值")
    TEXT = "text", N_("文字")


@dataclass(frozen=True, slots=True)
class ChecklistRow:
    """One check of a checklist: content and standard, method, whether it must be done, evidence asked for."""

    number: int
    content: str
    method: str | None = None
    is_mandatory: bool = True
    evidence: tuple[EvidenceKind, ...] = ()


_EVIDENCE = {"拍照": EvidenceKind.PHOTO, "照片": EvidenceKind.PHOTO, "图片": EvidenceKind.PHOTO,
             "数值": EvidenceKind.NUMBER, "数字": EvidenceKind.NUMBER, "数据": EvidenceKind.NUMBER,
             "文字": EvidenceKind.TEXT, "说明": EvidenceKind.TEXT, "文字说明": EvidenceKind.TEXT}
_NO_EVIDENCE = frozenset({"无", "不需要", "-", "—"})
_YES, _NO = frozenset({"是", "必查", "Y", "YES", "1", "√", "TRUE"}), frozenset({"否", "选查", "N", "NO", "0", "×", "FALSE"})


@article("8")
def parse_checklist(rows: Iterable[tuple[int, Mapping[str, Cell]]]) -> list[ParsedRow[ChecklistRow]]:
    """Check every row of a checklist; the row's own number is kept, and repeated ones are marked."""
    parsed: list[ParsedRow[ChecklistRow]] = []
    for number, cells in rows:
        row = _parse_check(RowReader(number, cells))
        same = next((other for other in parsed if row.value.number and other.value.number == row.value.number), None)
        if same:
            row = row.with_findings(row.finding(FindingKind.DUPLICATE, "number", where="row", other_row=same.row))
        parsed.append(row)
    return parsed


def _parse_check(reader: RowReader) -> ParsedRow[ChecklistRow]:
    return reader.finished(ChecklistRow(
        number=_number(reader),
        content=reader.text("content", FindingKind.MISSING_CONTENT) or "",
        method=reader.text("method", limit=200),
        is_mandatory=_is_mandatory(reader),
        evidence=_evidence(reader),
    ))


def _number(reader: RowReader) -> int:
    """The check's number on the form, a positive whole number."""
    number = reader.number("number")
    if number is None or number != number.to_integral_value() or not 0 < number < 10_000:
        reader.note(FindingKind.BAD_NUMBER, "number")
        return 0
    return int(number)


def _is_mandatory(reader: RowReader) -> bool:
    """Whether the check must be done; anything but a clear no counts as yes."""
    written = reader.code("mandatory")
    if written in _YES or written in _NO:
        return written in _YES
    reader.note(FindingKind.UNKNOWN_MANDATORY, "mandatory")
    return True


def _evidence(reader: RowReader) -> tuple[EvidenceKind, ...]:
    """The kinds of evidence asked for, each once; nothing is a valid answer."""
    listed = [word for word in reader.listed("evidence") if word not in _NO_EVIDENCE]
    if any(word not in _EVIDENCE for word in listed):
        reader.note(FindingKind.UNKNOWN_EVIDENCE, "evidence")
    return tuple(dict.fromkeys(_EVIDENCE[word] for word in listed if word in _EVIDENCE))
