"""Objects come in by their credit code: one object, a category for each division's duty, every earlier name kept."""

from collections.abc import Mapping, Sequence

from fieldapp import clock, db
from fieldapp.accounts import actions as accounts
from fieldapp.accounts.models import Division
from fieldapp.accounts.queries import division
from fieldapp.ledger import actions as ledger
from fieldapp.registry import queries
from fieldapp.registry.actions.interests import link_interests
from fieldapp.registry.actions.taking_in.judging import TakingIn, is_to_merge, parsed, set_aside
from fieldapp.registry.models import FocusProposal, ImportRow, InspectionObject, ObjectCategory, ObjectName
from fieldapp.registry.rules import (
    EnterpriseSize,
    FindingKind,
    KnownObject,
    MergedObject,
    ObjectRow,
    ParsedRow,
    Proposal,
    is_individual,
    mark_duplicates,
    merge_proposals,
)
from fieldapp.registry.sheets import shandong_regions
from fieldapp.roles import Role

Objects = dict[str, InspectionObject]


def take_in_objects(rows: Sequence[ImportRow], sheet: TakingIn) -> int:
    """Take rows into the object directory; how many went in. What the directory now contradicts is set aside."""
    objects = queries.objects_by_uscc({row.values["uscc"] for row in rows})
    fit = _fit(rows, objects)
    merged = merge_proposals(Proposal(str(sheet.division_id), _value(row)) for row in fit)
    new = [_added(one, objects) for one in merged if one.row.uscc not in objects]
    changed = [objects[one.row.uscc] for one in merged if _filled(objects[one.row.uscc], one, sheet)]
    ledger.record_many(sheet.by, "registry.object_added", new, facts=sheet.facts)
    ledger.record_many(sheet.by, "registry.object_changed", [one for one in changed if one not in new],
                       facts=sheet.facts)
    _rename(fit, objects, sheet)
    _propose_focus(merged, objects, sheet)
    link_interests([objects[one.row.uscc] for one in merged], by=sheet.by)
    return len(fit)


def _fit(rows: Sequence[ImportRow], objects: Mapping[str, InspectionObject]) -> list[ImportRow]:
    """The rows that the directory of today lets in, and those that a person merges."""
    known = {code: KnownObject(one.name, frozenset(link.category for link in one.categories if link.valid_to is None))
             for code, one in objects.items()}
    judged = mark_duplicates([parsed(row, _value(row)) for row in rows], known)
    fit = []
    for row, marked in zip(rows, judged, strict=True):
        if marked.is_accepted or (is_to_merge(row) and _is_renamed(marked)):
            fit.append(row)
        else:
            set_aside(row, marked)
    return fit


def _is_renamed(marked: ParsedRow[ObjectRow]) -> bool:
    return any(finding.kind is FindingKind.RENAMED_DUPLICATE for finding in marked.findings)


def _value(row: ImportRow) -> ObjectRow:
    size = row.values.get("size")
    return ObjectRow(**{**row.values, "size": EnterpriseSize(size) if size else None})


def _added(one: MergedObject, objects: Objects) -> InspectionObject:
    added = InspectionObject(uscc=one.row.uscc, name=one.row.name, is_natural_person=is_individual(one.row.uscc),
                             added_at=clock.now(), categories=[])
    db.session.add(added)
    objects[added.uscc] = added
    return added


def _filled(known: InspectionObject, one: MergedObject, sheet: TakingIn) -> bool:
    """Fill what the object lacks and link its categories; whether anything changed."""
    changed = False
    for column, value in _columns(one.row).items():
        if value and not getattr(known, column):
            setattr(known, column, value)
            changed = True
    links = {link.category: link for link in known.categories}
    for _division, category in one.categories:
        link = links.get(category)
        if link is None:
            known.categories.append(ObjectCategory(category=category, division_id=sheet.division_id,
                                                   valid_from=clock.today()))
        elif link.valid_to is not None:
            link.valid_to, link.division_id, link.valid_from = None, sheet.division_id, clock.today()
        else:
            continue
        changed = True
    return changed


def _columns(row: ObjectRow) -> dict[str, str | None]:
    region = shandong_regions().get(row.region_code or "")
    return {
        "size": row.size.value if row.size else None,
        "city": row.city or (region.city if region else None),
        "region_code": row.region_code,
        "region_name": row.county or (region.name if region else None),
        "address": row.address,
        "legal_representative": row.legal_representative,
        "telephone": row.telephone,
        "credit_risk_grade": row.credit_grade,
        "latitude": None if row.latitude is None else str(row.latitude),
        "longitude": None if row.longitude is None else str(row.longitude),
    }


def _rename(rows: Sequence[ImportRow], objects: Objects, sheet: TakingIn) -> None:
    """Give merged objects their new names; the old ones stay in the history (E29)."""
    renamed = {}
    for row in rows:
        known = objects[row.values["uscc"]]
        if known.name != row.values["name"]:
            db.session.add(ObjectName(object_id=known.id, name=known.name, until=clock.today()))
            known.name = row.values["name"]
            renamed[known.id] = known
    ledger.record_many(sheet.by, "registry.object_renamed", list(renamed.values()), facts=sheet.facts)


def _propose_focus(merged: Sequence[MergedObject], objects: Objects, sheet: TakingIn) -> None:
    """Keep what the sheet says of key supervision as proposals, and put them before legal affairs."""
    with_focus = [one for one in merged if one.focus_proposals]
    earlier = queries.proposals_of([objects[one.row.uscc].id for one in with_focus])
    proposals = []
    for one in with_focus:
        known = objects[one.row.uscc]
        said = {proposal.circumstance for proposal in earlier.get(known.id, [])
                if proposal.division_id == sheet.division_id}
        proposals += [FocusProposal(object_id=known.id, division_id=sheet.division_id, circumstance=words,
                                    proposed_at=clock.now())
                      for words in dict.fromkeys(words for _division, words in one.focus_proposals) if words not in said]
    db.session.add_all(proposals)
    ledger.record_many(sheet.by, "registry.focus_proposed", proposals, facts=sheet.facts)
    if proposals:
        _ask(division(sheet.division_id), sheet)


def _ask(proposing: Division, sheet: TakingIn) -> None:
    """One line in legal affairs' list for all that a division proposes."""
    accounts.answered("focus", proposing.id, by=sheet.by)
    accounts.ask("focus", proposing.id, role=Role.LEGAL_AFFAIRS, title=proposing.name,
                 endpoint="registry.list_focus", arguments={"division": proposing.id})
