"""The paper set of a visit: printed when the day is prepared, for the day on which a phone is empty or broken (§0b.15)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from fieldapp.law import article
from fieldapp.words import Labelled, N_

# What fits on a sheet of A4 at 10 points, in lines of 30 characters; each check has two lines for its boxes and note.
LINES_OF_A_SHEET, CHARACTERS_OF_A_LINE, LINES_BESIDE = 34, 30, 3


class SheetKind(Labelled):
    """What a sheet is for."""

    NOTICE = "notice", N_("抽查告知书")
    RECEIPT = "receipt", N_("到场、出示证件和签收")
    CHECKS = "checks", N_("检查项")
    SIGNING = "signing", N_("结论和签字")


@dataclass(frozen=True, slots=True)
class PaperSheet:
    """One sheet: of which record, which checks stand on it."""

    kind: SheetKind
    record: Any = None
    checks: Sequence[Any] = field(default=())


@article("23", "24")
def sheets_of(records: Sequence[tuple[Any, Sequence[str]]]) -> list[PaperSheet]:
    """The sheets of a visit: the notice and its receipt, then for each record its checks and what is signed."""
    sheets = [PaperSheet(SheetKind.NOTICE), PaperSheet(SheetKind.RECEIPT)]
    for record, checks in records:
        sheets += [PaperSheet(SheetKind.CHECKS, record, group) for group in _groups(checks)]
        sheets.append(PaperSheet(SheetKind.SIGNING, record))
    return sheets


def _groups(checks: Sequence[str]) -> list[list[int]]:
    """The places of the checks, sheet by sheet, as many on each as it holds."""
    groups: list[list[int]] = []
    left = 0
    for place, text in enumerate(checks):
        height = -(-len(text) // CHARACTERS_OF_A_LINE) + LINES_BESIDE
        if height > left:
            groups.append([])
            left = LINES_OF_A_SHEET
        groups[-1].append(place)
        left -= height
    return groups
