"""The item list and its checklists."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa

from fieldapp import clock, db
from fieldapp.refusals import NotFound
from fieldapp.registry.models import Checklist, InspectionItem
from fieldapp.registry.rules.deciding import ItemState
from fieldapp.words import N_


def items_published(on: date | None = None) -> list[InspectionItem]:
    """The versions that hold on a day (today), by code: the 随机抽查事项清单."""
    day = on or clock.today()
    in_force = sa.or_(InspectionItem.valid_to.is_(None), InspectionItem.valid_to > day)
    published = sa.select(InspectionItem).where(
        InspectionItem.state != ItemState.DRAFT.value, InspectionItem.valid_from <= day, in_force)
    return db.scalars(published.order_by(InspectionItem.code))


def item(item_id: UUID) -> InspectionItem:
    """One version of an item."""
    found = db.session.get(InspectionItem, item_id)
    if found is None:
        raise NotFound("registry.no_such_item", N_("没有这个抽查事项"))
    return found


def item_by_code(code: str) -> InspectionItem | None:
    """The version of an item that holds today, else its newest one."""
    versions = item_versions(code)
    published = [version for version in versions if version.state == ItemState.PUBLISHED]
    return next(iter(published or versions), None)


def item_versions(code: str) -> list[InspectionItem]:
    """All versions of an item, the newest first."""
    versions = sa.select(InspectionItem).where(InspectionItem.code == code)
    return db.scalars(versions.order_by(InspectionItem.version.desc()))


def item_case(version: InspectionItem) -> UUID:
    """The case to which all versions of an item belong: that of the first."""
    first = sa.select(InspectionItem.id).where(InspectionItem.code == version.code)
    return db.session.scalar(first.order_by(InspectionItem.version).limit(1)) or version.id


def newest_items(division_id: UUID | None = None) -> list[InspectionItem]:
    """Each item in its newest version, by code; of one division, if it is named."""
    newest = sa.select(InspectionItem.code, sa.func.max(InspectionItem.version)).group_by(InspectionItem.code)
    items = sa.select(InspectionItem).where(sa.tuple_(InspectionItem.code, InspectionItem.version).in_(newest))
    if division_id:
        items = items.where(InspectionItem.division_id == division_id)
    return db.scalars(items.order_by(InspectionItem.code))


def items_by_name() -> dict[str, InspectionItem]:
    """Each item in its newest version by its name."""
    return {item.name: item for item in newest_items()}


def item_codes() -> list[str]:
    """All codes in use."""
    return db.scalars(sa.select(InspectionItem.code).distinct().order_by(InspectionItem.code))


def drafts() -> list[InspectionItem]:
    """The versions that wait for publication."""
    waiting = sa.select(InspectionItem).where(InspectionItem.state == ItemState.DRAFT.value)
    return db.scalars(waiting.order_by(InspectionItem.code))


def checklist_for(item_code: str) -> Checklist | None:
    """The checklist of an item that was accepted last."""
    return next(iter(checklists_of(item_code)), None)


def checklists_of(item_code: str) -> list[Checklist]:
    """All versions of an item's checklist, the newest first."""
    return db.scalars(sa.select(Checklist).where(Checklist.item_code == item_code).order_by(Checklist.version.desc()))


def checklist(checklist_id: UUID) -> Checklist:
    """One version of a checklist."""
    found = db.session.get(Checklist, checklist_id)
    if found is None:
        raise NotFound("registry.no_such_checklist", N_("没有这份检查表单"))
    return found
