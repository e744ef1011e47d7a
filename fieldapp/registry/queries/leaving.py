"""What is proposed to leave a directory, and what became of it."""

from uuid import UUID

import sqlalchemy as sa

from fieldapp import db
from fieldapp.db import Page, page_of
from fieldapp.refusals import NotFound
from fieldapp.registry.models import DirectoryRemoval, ObjectCategory
from fieldapp.words import N_


def object_category(object_id: UUID, link_id: UUID) -> ObjectCategory:
    """One category of this object."""
    found = db.session.get(ObjectCategory, link_id)
    if found is None or found.object_id != object_id:
        raise NotFound("registry.no_such_category", N_("没有这个对象类别"))
    return found


def removal(removal_id: UUID, *, lock: bool = False) -> DirectoryRemoval:
    """One proposal; locked for its decision where the database can."""
    found = db.session.get(DirectoryRemoval, removal_id, with_for_update={"of": DirectoryRemoval} if lock else None)
    if found is None:
        raise NotFound("registry.no_such_removal", N_("没有这条移出建议"))
    return found


def removals_page(state: str = "", page: int = 1, per_page: int = 50) -> Page[DirectoryRemoval]:
    """One page of the proposals, the `open` ones or all: what waits comes first, then the newest."""
    found = sa.select(DirectoryRemoval)
    if state == "open":
        found = found.where(DirectoryRemoval.decision.is_(None))
    waiting = sa.case((DirectoryRemoval.decision.is_(None), 0), else_=1)
    return page_of(found.order_by(waiting, DirectoryRemoval.id.desc()), page, per_page)


def removals_of(case_id: UUID) -> list[DirectoryRemoval]:
    """All proposals about an object or an inspector, the newest first."""
    return db.scalars(sa.select(DirectoryRemoval).where(DirectoryRemoval.case_id == case_id).order_by(DirectoryRemoval.id.desc()))


def is_leaving_proposed(entry_id: UUID) -> bool:
    """Whether a proposal about an object's category, or an inspector, waits for its decision."""
    either = sa.or_(DirectoryRemoval.object_category_id == entry_id, DirectoryRemoval.inspector_id == entry_id)
    return db.session.scalar(sa.select(sa.exists().where(either, DirectoryRemoval.decision.is_(None)))) or False
