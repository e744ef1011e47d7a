"""Which rows speak of the same enterprise: in one sheet, across sheets, and in the directory as it is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from fieldapp.law import article
from fieldapp.registry.rules.findings import Finding, FindingKind, Outcome
from fieldapp.registry.rules.objects import ObjectRow
from fieldapp.registry.rules.rows import ParsedRow


@dataclass(frozen=True, slots=True)
class KnownObject:
    """An object that the directory already holds under a code."""

    name: str
    categories: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Proposal:
    """One division's accepted row about one object."""

    division: str
    row: ObjectRow


@dataclass(frozen=True, slots=True)
class MergedObject:
    """One object for the directory, with every category it is proposed in and by which division."""

    row: ObjectRow
    categories: tuple[tuple[str, str], ...] = field(default=())
    focus_proposals: tuple[tuple[str, str], ...] = field(default=())


ObjectRows = Sequence[ParsedRow[ObjectRow]]


@article("9")
def mark_duplicates(rows: ObjectRows, directory: Mapping[str, KnownObject] | None = None) -> list[ParsedRow[ObjectRow]]:
    """Mark rows that repeat an earlier row of the sheet or an object of the directory (by code).

    The same name is a duplicate, another name a renamed duplicate that a person merges, and the same
    object in another category stays accepted as a shared object. A refused row repeats only refused ones.
    """
    taken: dict[tuple[str, str], ParsedRow[ObjectRow]] = {}
    refused: dict[tuple[str, str], ParsedRow[ObjectRow]] = {}
    marked = []
    for row in rows:
        seen = refused if row.outcome is Outcome.REFUSED else taken
        key = (row.value.uscc, "") if row.value.uscc else (row.value.name, row.value.address or "")
        earlier = seen.get(key) or taken.get(key)
        found = _repeats(row, earlier) if earlier else _known(row, (directory or {}).get(row.value.uscc))
        seen.setdefault(key, row)
        marked.append(row.with_findings(*found))
    return marked


def _repeats(row: ParsedRow[ObjectRow], earlier: ParsedRow[ObjectRow]) -> list[Finding]:
    """What to say of a row whose code an earlier row of the same sheet has."""
    if row.value.name != earlier.value.name:
        return [row.finding(FindingKind.RENAMED_DUPLICATE, "name", where="row", other_row=earlier.row,
                            other_name=earlier.value.name)]
    shared = row.is_accepted and row.value.category != earlier.value.category
    kind = FindingKind.SHARED_OBJECT if shared else FindingKind.DUPLICATE
    return [row.finding(kind, "uscc", where="row", other_row=earlier.row)]


def _known(row: ParsedRow[ObjectRow], known: KnownObject | None) -> list[Finding]:
    """What to say of a row whose code the directory already holds."""
    if known is None or not row.is_accepted:
        return []
    if row.value.name != known.name:
        return [row.finding(FindingKind.RENAMED_DUPLICATE, "name", where="directory", other_name=known.name)]
    kind = FindingKind.DUPLICATE if row.value.category in known.categories else FindingKind.SHARED_OBJECT
    return [row.finding(kind, "uscc", where="directory")]


@article("9")
def mark_shared(sheets: Mapping[str, ObjectRows]) -> dict[str, list[ParsedRow[ObjectRow]]]:
    """Mark, in several divisions' sheets, the rows that propose one object: on each side, with the other's place.

    Such rows stay accepted: one object with several categories. Under another name it is a renamed duplicate,
    marked on the later sheet only, for a person to merge.
    """
    places: dict[str, list[tuple[str, ParsedRow[ObjectRow]]]] = {}
    for file, rows in sheets.items():
        for row in rows:
            if row.is_accepted:
                places.setdefault(row.value.uscc, []).append((file, row))
    return {file: [row.with_findings(*_elsewhere(file, row, places.get(row.value.uscc, []))) for row in rows]
            for file, rows in sheets.items()}


def _elsewhere(
    file: str, row: ParsedRow[ObjectRow], places: Sequence[tuple[str, ParsedRow[ObjectRow]]]
) -> list[Finding]:
    """What to say of a row that other sheets have too: one finding, about the first of them."""
    other = next(((there, that) for there, that in places if there != file), None)
    if other is None or not row.is_accepted:
        return []
    there, that = other
    place: dict[str, str | int] = {"where": "file", "other_file": there, "other_row": that.row}
    if that.value.name == row.value.name:
        return [row.finding(FindingKind.SHARED_OBJECT, "uscc", **place)]
    is_later = places[0][0] != file
    renamed = row.finding(FindingKind.RENAMED_DUPLICATE, "name", other_name=that.value.name, **place)
    return [renamed] if is_later else []


@article("9")
def merge_proposals(proposals: Iterable[Proposal]) -> list[MergedObject]:
    """Make one object of all proposals with one code: the first fills it, later ones add categories and what it lacks.

    重点监管情形 stays a list of proposals, by division, for legal affairs to decide.
    """
    merged: dict[str, MergedObject] = {}
    for proposal in proposals:
        before = merged.get(proposal.row.uscc, MergedObject(proposal.row))
        focus = ((proposal.division, proposal.row.focus_proposal),) if proposal.row.focus_proposal else ()
        merged[proposal.row.uscc] = MergedObject(
            row=_filled(before.row, proposal.row),
            categories=_with(before.categories, ((proposal.division, proposal.row.category),)),
            focus_proposals=_with(before.focus_proposals, focus),
        )
    return list(merged.values())


def _with(
    pairs: tuple[tuple[str, str], ...], more: tuple[tuple[str, str], ...]
) -> tuple[tuple[str, str], ...]:
    """The pairs and the new ones, each once, in order."""
    return tuple(dict.fromkeys(pairs + more))


def _filled(row: ObjectRow, later: ObjectRow) -> ObjectRow:
    """The first proposal's row, its empty fields filled from a later one."""
    gaps = {name: getattr(later, name) for name in ObjectRow.__dataclass_fields__ if getattr(row, name) is None}
    return replace(row, **gaps)
