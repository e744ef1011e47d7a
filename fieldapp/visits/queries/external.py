"""What the acceptance of tasks drawn elsewhere has to find in the directories."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from fieldapp import db
from fieldapp.accounts import queries as accounts
from fieldapp.accounts.models import Division
from fieldapp.refusals import NotFound, Refusal
from fieldapp.registry import queries as registry
from fieldapp.registry.models import ImportBatch, InspectionItem, InspectionObject, Inspector
from fieldapp.roles import OVERSEERS, Officer
from fieldapp.tasks.models import Task
from fieldapp.words import N_

WAY_B = "way_b"


@dataclass(frozen=True, slots=True)
class Directories:
    """What is known here: items and divisions by name, objects by code, inspectors still here, tasks taken in."""

    items: set[str]
    divisions: set[str]
    objects: dict[str, str]
    inspectors: list[Inspector]
    task_numbers: set[str]


def directories() -> Directories:
    """The directories as the check of a sheet needs them."""
    objects = sa.select(InspectionObject.uscc, InspectionObject.name)
    return Directories(
        items=set(db.scalars(sa.select(InspectionItem.name).where(InspectionItem.state == "published"))),
        divisions={division.name for division in accounts.divisions()},
        objects={row.uscc: row.name for row in db.session.execute(objects)},
        inspectors=registry.inspectors_all(),
        task_numbers=set(db.scalars(sa.select(Task.external_ref).where(Task.external_ref.is_not(None)))))


def batches_for(officer: Officer) -> list[ImportBatch]:
    """The sheets of tasks drawn elsewhere that the officer may see, the newest first."""
    rows = sa.select(ImportBatch).where(ImportBatch.kind == WAY_B, _visible(officer))
    return db.scalars(rows.order_by(ImportBatch.handed_in_at.desc()).limit(100))


def batch_for(officer: Officer, batch_id: UUID) -> ImportBatch:
    """One such sheet."""
    found = db.session.scalar(_batch(officer, batch_id))
    if found is None:
        raise NotFound("visits.unknown_batch", N_("没有这份导入表，或者您无权查看"))
    return found


def batch_for_change(officer: Officer, batch_id: UUID) -> ImportBatch:
    """One such sheet, held against a second decision at the same moment."""
    return db.session.scalar(db.held(_batch(officer, batch_id), ImportBatch)) or batch_for(officer, batch_id)


def division_name(division_id: UUID) -> str:
    """The name of a division."""
    return accounts.division(division_id).name


def division_named(name: str) -> Division:
    """The division of that name, which the sheet names."""
    return _known(accounts.division_named(name), name)


def item_named(name: str) -> InspectionItem:
    """The published item of that name."""
    item = sa.select(InspectionItem).where(InspectionItem.name == name, InspectionItem.state == "published")
    return _known(db.session.scalars(item.order_by(InspectionItem.version.desc())).first(), name)


def object_by_uscc(uscc: str) -> InspectionObject:
    """The object with that code."""
    return _known(db.session.scalar(sa.select(InspectionObject).where(InspectionObject.uscc == uscc)), uscc)


def inspector_named(staff_number: str, certificate_number: str) -> Inspector:
    """The inspector with that staff number, or else with that certificate."""
    same = Inspector.staff_number == staff_number if staff_number else Inspector.certificate_number == certificate_number
    return _known(db.session.scalar(sa.select(Inspector).where(same)), staff_number or certificate_number)


def _batch(officer: Officer, batch_id: UUID) -> sa.Select[ImportBatch]:
    return sa.select(ImportBatch).where(ImportBatch.id == batch_id, ImportBatch.kind == WAY_B, _visible(officer))


def _visible(officer: Officer) -> sa.ColumnElement[bool]:
    return sa.true() if officer.is_any(*OVERSEERS) else ImportBatch.division_id == officer.division_id


def _known(found: Any, name: str) -> Any:
    """What the sheet names has to be here still when it is accepted."""
    if found is None:
        raise Refusal("visits.external_unknown", N_("“%(name)s”已不在名录中，请重新导入"), name=name)
    return found
