"""What the public reads of a draw: its number, its files, a row opened with its proof."""

import json
from typing import Any
from uuid import UUID

import sqlalchemy as sa

import fieldapp
from fieldapp import db
from fieldapp.canonical import digest
from fieldapp.db import Page, page_of
from fieldapp.draw import kept, rules
from fieldapp.draw.logged import ENTERED
from fieldapp.draw.models import Draw, DrawnObject, DrawnSubstitute, DrawRow
from fieldapp.draw.queries.draws import STRATUM, beacon_part, draw_of_task
from fieldapp.draw.rules import bundle
from fieldapp.ledger.receipts import receipt_about
from fieldapp.policy import queries as policy
from fieldapp.refusals import NotFound
from fieldapp.registry.models import InspectionObject
from fieldapp.tasks.rules import TaskState
from fieldapp.words import N_

PAGE = 20
ZIP = "bundle.zip"
AT_ONCE = "selected.txt"
"""What a reader of an opened row needs, also where the leaf file comes later. Not the manifest: it tells each stratum's size."""


def public_draws(page: int = 1) -> Page[Draw]:
    """Every draw that was frozen, void ones too, the newest first."""
    return page_of(sa.select(Draw).order_by(Draw.year.desc(), Draw.number.desc()), page, PAGE)


def public_draw(year: int, number: int) -> Draw:
    """A draw by its public number."""
    found = db.session.scalar(sa.select(Draw).where(Draw.year == year, Draw.number == number))
    if found is None:
        raise NotFound("draw.unknown", N_("没有这次抽取"))
    return found


def inspections_are_over(draw: Draw) -> bool:
    """Whether all inspections of the draw's task are done."""
    return draw.task.state == TaskState.COMPLETED


def leaves_are_public(draw: Draw) -> bool:
    """Whether the leaf file of a draw may be shown today."""
    return rules.leaves_are_public(
        leaf_file=json.loads(draw.manifest)["leaf_file"], inspections_over=inspections_are_over(draw))


def rows_are_public(draw: Draw) -> bool:
    """Whether the rows of a draw are opened, by the rule set that held when the inspections were to end."""
    opens = policy.rule_set_on(draw.task.last_day).opens_rows_after_inspections
    return rules.rows_are_public(inspections_over=inspections_are_over(draw), opens=opens)


def opened_row(task_id: UUID, object_id: UUID) -> dict[str, Any] | None:
    """The frozen row of an object with its proof, as the notice carries it; None if the task was not drawn here."""
    draw = draw_of_task(task_id)
    if draw is None:
        return None
    found = db.session.scalar(sa.select(DrawRow).where(DrawRow.draw_id == draw.id, DrawRow.object_id == object_id))
    if found is None:
        return None
    leaves = sa.select(DrawRow.leaf).where(DrawRow.draw_id == draw.id).order_by(DrawRow.blind)
    opened = rules.opened_row(_row_of(found.row), [bytes.fromhex(leaf) for leaf in db.session.scalars(leaves)])
    return opened | {"year": draw.year, "number": draw.number, "manifest": draw.manifest_hash, "root": draw.root}


def bundle_files(draw: Draw) -> dict[str, bytes]:
    """The files of a draw's public bundle; refused before the objects are drawn."""
    rules.check_bundle_is_public(drawn=draw.drawn_at is not None, leaves=leaves_are_public(draw))
    frozen = sa.select(DrawRow.blind, DrawRow.tickets, STRATUM).where(DrawRow.draw_id == draw.id).order_by(DrawRow.blind)
    order = sa.select(DrawnObject.leaf, DrawnObject.is_reserve).where(DrawnObject.draw_id == draw.id)
    drawn = db.session.execute(order.order_by(DrawnObject.rank)).all()
    parts = [(bytes.fromhex(one.commitment or ""), rules.Reveal(one.nonce or b"", one.value or b""))
             for one in draw.contributions]
    whole = bundle.Bundle(
        manifest=draw.manifest.encode(),
        leaves=[f"{blind} {tickets} {stratum or ''}".rstrip() for blind, tickets, stratum in db.session.execute(frozen)],
        contributions=parts, selected=[leaf for leaf, is_reserve in drawn if not is_reserve],
        reserve=[leaf for leaf, is_reserve in drawn if is_reserve],
        matching=json.loads(draw.manifest)["matching"] | {"transcript_root": draw.transcript_root or ""},
        rows=_opened_lines(draw) if rows_are_public(draw) else [],
        substitutes=_substitutes(draw) if inspections_are_over(draw) else [], checkpoint=_receipt_of_freeze(draw),
        beacon=beacon_part(draw))
    return bundle.files_of(whole, [one.person.name for one in draw.contributions])


def _receipt_of_freeze(draw: Draw) -> str:
    """The receipt of the log's entry that names the manifest, under the first head that proves it, so that a bundle stays the
    same; empty until a signed head covers it."""
    receipt = receipt_about(ENTERED, draw.id, is_first=True)
    return receipt.text() if receipt else ""


def bundle_version(draw: Draw, name: str) -> str:
    """What a file of the bundle, or the whole of it (`ZIP`), is made from, in one word: the same word, the same bytes."""
    opened = rows_are_public(draw)
    withheld = sa.select(DrawRow.blind).join(InspectionObject, InspectionObject.id == DrawRow.object_id).where(
        DrawRow.draw_id == draw.id, InspectionObject.is_natural_person).order_by(DrawRow.blind)
    beacon = beacon_part(draw)
    stands_on = [
        fieldapp.__version__,
        str(draw.id), draw.manifest_hash, draw.drawn_at.isoformat() if draw.drawn_at else None, draw.transcript_root,
        leaves_are_public(draw), opened, db.scalars(withheld) if opened else [], inspections_are_over(draw),
        [one.code for one in substitutes_of(draw.id)], [one.person.name for one in draw.contributions],
        beacon.signature.hex() if beacon else None, _receipt_of_freeze(draw)]
    return f"{digest(stands_on)}-{name}"


def bundle_file(draw: Draw, name: str) -> bytes:
    """One file of the bundle, or the whole of it (`ZIP`), as it was made before where it still stands on the same; what tells
    nothing is there as soon as the objects are drawn."""
    if name == AT_ONCE and draw.drawn_at is not None:
        return "".join(f"{leaf}\n" for leaf in public_leaves(draw)).encode()
    version = bundle_version(draw, name)
    found = kept.made(version)
    if found is None:
        files = bundle_files(draw)
        if name == ZIP:
            files[ZIP] = bundle.zip_of(files)
        if name not in files:
            raise NotFound("draw.no_such_file", N_("公开包中没有这个文件"))
        found = files[name]
        for one, content in files.items():
            kept.keep(f"{version.removesuffix(name)}{one}", content)
    return found


def public_leaves(draw: Draw) -> list[str]:
    """The drawn leaves in ticket order, stratum after stratum; while the leaf file is withheld in the leaves' own order:
    where the tickets begin anew, a stratum ends."""
    selected = sa.select(DrawnObject.leaf).where(DrawnObject.draw_id == draw.id, DrawnObject.is_reserve.is_(False))
    leaves = db.scalars(selected.order_by(DrawnObject.rank))
    return leaves if leaves_are_public(draw) else sorted(leaves)


def _opened_lines(draw: Draw) -> list[str]:
    """Every row in the order of the leaf file; a natural person's is withheld."""
    rows = sa.select(DrawRow.row, InspectionObject.is_natural_person).join(
        InspectionObject, InspectionObject.id == DrawRow.object_id).where(DrawRow.draw_id == draw.id)
    return [rules.row_line(_row_of(row), is_natural_person=person)
            for row, person in db.session.execute(rows.order_by(DrawRow.blind))]


def stepped_in(draw_id: UUID) -> int:
    """How many objects of the reserve took the place of one that is gone."""
    of_draw = DrawnObject.draw_id == draw_id, DrawnObject.stepped_in_at.is_not(None)
    return db.session.scalar(sa.select(sa.func.count()).select_from(DrawnObject).where(*of_draw)) or 0


def substitutes_of(draw_id: UUID) -> list[DrawnSubstitute]:
    """The substitutes in the order of their codes."""
    return db.scalars(sa.select(DrawnSubstitute).where(DrawnSubstitute.draw_id == draw_id).order_by(DrawnSubstitute.number))


def _substitutes(draw: Draw) -> list[dict[str, Any]]:
    """How each substitute was drawn, inspectors by their identifiers."""
    leaves = {one.id: one.leaf for one in db.scalars(sa.select(DrawnObject).where(
        DrawnObject.id.in_(sa.select(DrawnSubstitute.drawn_object_id).where(DrawnSubstitute.draw_id == draw.id))))}
    return [{"number": one.number, "code": one.code, "leaf": leaves[one.drawn_object_id], "seat": one.seat_type,
             "circle": one.circle, "sizes": one.sizes, "pool": one.pool, "inspector": str(one.inspector_id)}
            for one in substitutes_of(draw.id)]


def _row_of(stored: dict[str, Any]) -> rules.Row:
    """A stored row as it was hashed; its name stands beside it and was not."""
    facts = {name: stored[name] for name in rules.Row._fields}
    return rules.Row(**facts | {"salt": bytes.fromhex(stored["salt"])})
