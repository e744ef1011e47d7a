"""The sheets as divisions handed them in: every finding counted here again, from the raw cells."""

import re
import unicodedata
from collections import Counter
from datetime import date, datetime
from functools import cache

from fieldapp.registry.rules import EvidenceKind, Frequency, Outcome, SheetKind
from fieldapp.registry.sheets import check_folder, parse_sheet
from tests.registry.sheets import DATA, object_files, raw_rows

TODAY = date(2026, 11, 23)
CHECKS = (4, 13, 5, 5, 4, 12)
Place = tuple[str, int]


@cache
def found() -> dict[str, Counter[Place]]:
    kinds: dict[str, Counter[Place]] = {}
    for finding in check_folder(DATA, on=TODAY):
        kinds.setdefault(finding["kind"], Counter())[finding["file"], finding["row"]] += 1
    return kinds


@cache
def cells() -> dict[Place, tuple]:
    return {(file, number): row for file in object_files() for number, row in raw_rows(file)}


def folded(code: object) -> str:
    return unicodedata.normalize("NFKC", str(code)).upper()


def remainder(code: str) -> int:
    """GB 32100's weighted sum by the standard's table of weights, over all eighteen characters: 0 is well formed."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    weights = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28, 1)
    return sum(alphabet.index(character) * weight for character, weight in zip(code, weights, strict=True)) % 31


def where(test: object) -> Counter[Place]:
    return Counter(place for place, row in cells().items() if test(row))  # type: ignore[operator]


def test_codes_in_full_width_lower_case_or_missing_are_all_found() -> None:
    assert found()["full_width"] == where(lambda row: row[2] and row[2] != unicodedata.normalize("NFKC", row[2]))
    assert found()["lower_case"] == where(lambda row: row[2] and re.search("[a-z]", row[2]))
    assert found()["missing_code"] == where(lambda row: row[2] is None)
    assert [len(found()[kind]) for kind in ("full_width", "lower_case", "missing_code")] == [34, 25, 7]


def test_codes_with_the_letter_o_and_with_wrong_check_digits_are_all_found() -> None:
    assert found()["letter_o"] == where(lambda row: row[2] and "O" in folded(row[2]))
    assert found()["check_digit"] == where(
        lambda row: row[2] and "O" not in folded(row[2]) and remainder(folded(row[2])))
    assert [len(found()[kind]) for kind in ("letter_o", "check_digit")] == [19, 29]


def test_stray_spaces_and_numbers_stored_as_numbers_are_all_found() -> None:
    assert found()["spaces"] == where(lambda row: row[1] != row[1].strip())
    numbers: Counter[Place] = Counter()
    for place, row in cells().items():
        numbers[place] += isinstance(row[7], int) + isinstance(row[10], int)
    assert found()["number_as_text"] == +numbers
    assert (found()["spaces"].total(), numbers.total()) == (51, 355)


def test_missing_addresses_and_short_telephone_numbers_are_all_found() -> None:
    assert found()["no_address"] == where(lambda row: row[8] is None)
    assert found()["short_telephone"] == where(lambda row: len(str(row[10])) < 11)
    assert [len(found()[kind]) for kind in ("no_address", "short_telephone")] == [26, 11]


def test_repeated_rows_are_told_from_renamed_enterprises() -> None:
    same, renamed = Counter[Place](), Counter[Place]()
    for file in object_files():
        names: dict[str, str] = {}
        for number, row in raw_rows(file):
            if row[2] is not None:
                first = names.setdefault(folded(row[2]), row[1].strip())
                repeated = sum(folded(row[2]) == folded(other[2]) for place, other in cells().items()
                               if place[0] == file and place[1] < number and other[2])
                if repeated:
                    (same if first == row[1].strip() else renamed)[file, number] += 1
    assert (found()["duplicate"], found()["renamed_duplicate"]) == (same, renamed)
    assert (same.total(), renamed.total()) == (27, 8)


def test_enterprises_that_two_divisions_propose_are_told_on_both_sides() -> None:
    files: dict[str, list[Place]] = {}
    for place, row in cells().items():
        if row[2] and "O" not in folded(row[2]) and not remainder(folded(row[2])):
            files.setdefault(folded(row[2]), []).append(place)
    shared = [places for places in files.values() if len({file for file, _ in places}) > 1]
    assert found()["shared_object"] == Counter(place for places in shared for place in places)
    assert len(shared) == 12


def test_expired_certificates_and_staff_without_one_are_found() -> None:
    people = dict(raw_rows("inspectors.xlsx"))
    expired = [("inspectors.xlsx", number) for number, row in people.items()
               if isinstance(row[7], datetime) and row[7].date() < TODAY]
    without = [("inspectors.xlsx", number) for number, row in people.items() if row[5] is None]
    assert (found()["certificate_expired"], found()["uncertified"]) == (Counter(expired), Counter(without))
    assert (len(expired), len(without)) == (18, 4)


def test_nothing_else_is_found() -> None:
    assert {kind: places.total() for kind, places in found().items()} == {
        "number_as_text": 355, "spaces": 51, "full_width": 34, "check_digit": 29, "duplicate": 27, "no_address": 26,
        "lower_case": 25, "shared_object": 24, "letter_o": 19, "certificate_expired": 18, "short_telephone": 11,
        "renamed_duplicate": 8, "missing_code": 7, "uncertified": 4}


def test_a_finding_carries_the_cell_as_it_stands_in_the_sheet() -> None:
    for finding in check_folder(DATA, on=TODAY):
        if finding["kind"] in {"full_width", "lower_case", "letter_o", "check_digit", "duplicate"}:
            assert finding["value"] == cells()[finding["file"], finding["row"]][2]
        if finding["kind"] in {"spaces", "renamed_duplicate"}:
            assert finding["value"] == cells()[finding["file"], finding["row"]][1]


def test_every_row_of_every_object_sheet_comes_to_one_outcome() -> None:
    counts: Counter[Outcome] = Counter()
    for file in object_files():
        counts.update(parse_sheet((DATA / file).read_bytes(), SheetKind.OBJECTS, on=TODAY).counts())
    assert counts.total() == len(cells()) == 3570
    assert counts[Outcome.REFUSED] == 55


def test_the_item_list_is_read_whole_with_a_frequency_that_is_stored_as_a_formula() -> None:
    sheet = parse_sheet((DATA / "items.xlsx").read_bytes())
    items = [row.value for row in sheet.rows]
    assert (sheet.kind, len(items), sheet.counts()) == (SheetKind.ITEMS, 7, {Outcome.ACCEPTED: 7})
    assert [item.ratio_basis_points for item in items] == [500, 2000, 1000, 500, 500, 500, 500]
    assert [item.ratio_is_statutory for item in items] == [False, True, False, False, False, False, False]
    assert [item.frequency for item in items] == [Frequency("=" if n == 1 else ">=", 1) for n in range(7)]
    assert [seat.speciality for item in items for seat in item.seats] == ["财务审计", "实验动物", "技术合同", "涉外管理"]


def test_the_checklists_are_read_whole_and_name_their_item() -> None:
    items = {row.value.name for row in parse_sheet((DATA / "items.xlsx").read_bytes()).rows}
    for path, length in zip(sorted(DATA.glob("checklist-*.xlsx")), CHECKS, strict=True):
        sheet = parse_sheet(path.read_bytes())
        assert (sheet.kind, len(sheet.rows), sheet.counts()) == (SheetKind.CHECKLIST, length, {Outcome.ACCEPTED: length})
        assert sheet.header.subject in items
        assert [row.value.number for row in sheet.rows] == list(range(1, length + 1))
        assert {kind for row in sheet.rows for kind in row.value.evidence} == set(EvidenceKind)
