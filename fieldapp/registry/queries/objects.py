"""The object directory."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased, selectinload

from fieldapp import clock, db
from fieldapp.db import Page, containing, page_of
from fieldapp.refusals import NotFound
from fieldapp.registry.models import (
    FocusProposal,
    InspectionObject,
    ObjectCategory,
    ObjectName,
    ObjectVisitCount,
)
from fieldapp.registry.rules import KnownObject, Region
from fieldapp.registry.rules.deciding import FocusDecision, name_key
from fieldapp.roles import Officer, Role
from fieldapp.words import N_

Conditions = Mapping[str, Sequence[str]]
READERS = (Role.LEGAL_AFFAIRS, Role.DEPARTMENT_HEAD, Role.DIVISION_OFFICER, Role.DIVISION_HEAD, Role.DEPUTY_HEAD)


@dataclass(frozen=True, slots=True)
class ObjectFilters:
    """What to show of the directory; empty means all that is in it, a text also finds what has left it. Objects of
    `first_division` come first."""

    text: str = ""
    category: str = ""
    city: str = ""
    size: str = ""
    grade: str = ""
    focus: bool = False
    first_division: UUID | None = None


def objects_in(category: str, *, conditions: Conditions | None = None) -> list[InspectionObject]:
    """The directory of a category in the order of codes; `conditions` narrow it (sizes, cities, region_codes, types)."""
    return db.scalars(_directory(sa.select(InspectionObject), category, conditions).order_by(InspectionObject.uscc))


def directory_size(category: str, *, conditions: Conditions | None = None) -> int:
    """How many objects the directory of a category holds."""
    count = sa.select(sa.func.count(InspectionObject.id))
    return db.session.scalar(_directory(count, category, conditions)) or 0


def directory_grades(category: str, *, conditions: Conditions | None = None) -> dict[str, int]:
    """How many objects of a category bear each credit-risk grade; "" counts those that bear none."""
    grade = InspectionObject.credit_risk_grade
    counts: Any = sa.select(grade, sa.func.count(InspectionObject.id))
    return dict(db.session.execute(_directory(counts, category, conditions).group_by(grade)).all())


def directory_sizes() -> dict[str, int]:
    """The size of the directory of every category."""
    counts = sa.select(ObjectCategory.category, sa.func.count()).where(is_current()).group_by(ObjectCategory.category)
    return dict(db.session.execute(counts).all())


def objects_page(filters: ObjectFilters, page: int = 1, per_page: int = 50) -> Page[InspectionObject]:
    """One page of the directory, own objects first, then by name."""
    found = _filtered(sa.select(InspectionObject).options(selectinload(InspectionObject.categories)), filters)
    own = sa.exists().where(_is_of_object(), is_current(), ObjectCategory.division_id == filters.first_division)
    order = [sa.case((own, 0), else_=1)] if filters.first_division else []
    return page_of(found.order_by(*order, InspectionObject.name, InspectionObject.uscc), page, per_page)


def object_for(object_id: UUID, officer: Officer | None = None) -> InspectionObject:
    """One object; with an officer, only if the directory is open to the officer."""
    found = db.session.get(InspectionObject, object_id)
    if found is None or (officer is not None and not officer.is_any(*READERS)):
        raise NotFound("registry.no_such_object", N_("没有这个检查对象"))
    return found


def objects_by_uscc(codes: Collection[str]) -> dict[str, InspectionObject]:
    """The objects that bear these credit codes, by code."""
    found: dict[str, InspectionObject] = {}
    for part in db.in_parts(sorted(codes)):
        rows = db.scalars(sa.select(InspectionObject).where(InspectionObject.uscc.in_(part)).options(
            selectinload(InspectionObject.categories)))
        found |= {row.uscc: row for row in rows}
    return found


def objects_named(names: Collection[str]) -> dict[str, list[InspectionObject]]:
    """The objects that bear, or once bore, these names, however their brackets and spaces are written."""
    wanted: dict[str, set[str]] = {}
    for name in names:
        wanted.setdefault(name_key(name), set()).add(name)
    now = sa.select(InspectionObject.name, InspectionObject.id)
    once = sa.select(ObjectName.name, ObjectName.object_id)
    ids: dict[UUID, set[str]] = {}
    for name, object_id in [*db.session.execute(now), *db.session.execute(once)] if wanted else []:
        if written := wanted.get(name_key(name)):
            ids.setdefault(object_id, set()).update(written)
    found: dict[str, list[InspectionObject]] = {}
    for part in db.in_parts(sorted(ids)):
        for row in db.scalars(sa.select(InspectionObject).where(InspectionObject.id.in_(part))):
            for name in ids[row.id]:
                found.setdefault(name, []).append(row)
    return found


def known_objects() -> dict[str, KnownObject]:
    """The directory as the rules of a sheet compare with it: code → name and categories."""
    links = sa.select(InspectionObject.uscc, InspectionObject.name, ObjectCategory.category)
    known: dict[str, tuple[str, set[str]]] = {}
    current = sa.and_(_is_of_object(), is_current())
    for code, name, category in db.session.execute(links.outerjoin(ObjectCategory, current)):
        known.setdefault(code, (name, set()))[1].update([category] if category else [])
    return {code: KnownObject(name, frozenset(categories)) for code, (name, categories) in known.items()}


def names_of(object_id: UUID) -> list[ObjectName]:
    """The names that an object bore before, the latest first."""
    return db.scalars(sa.select(ObjectName).where(ObjectName.object_id == object_id).order_by(ObjectName.id.desc()))


def visit_counts(object_ids: Collection[UUID], year: int) -> dict[UUID, int]:
    """How many visits of a year count for each of these objects; 0 where there is none (article 6)."""
    counts = dict.fromkeys(object_ids, 0)
    for part in db.in_parts(list(counts)):
        rows = sa.select(ObjectVisitCount).where(ObjectVisitCount.year == year, ObjectVisitCount.object_id.in_(part))
        counts |= {row.object_id: row.visits for row in db.scalars(rows)}
    return counts


def categories() -> list[str]:
    """All categories (主体类型) that objects belong to."""
    return db.scalars(sa.select(ObjectCategory.category).distinct().order_by(ObjectCategory.category))


def cities() -> list[str]:
    """All cities in which objects are."""
    named = sa.select(InspectionObject.city).where(InspectionObject.city != "").distinct()
    return db.scalars(named.order_by(InspectionObject.city))


def regions() -> list[Region]:
    """The counties, districts and development zones in which objects are, by code."""
    named = sa.select(InspectionObject.region_code, InspectionObject.region_name, InspectionObject.city).where(
        InspectionObject.region_code != "").distinct().order_by(InspectionObject.region_code)
    found = {code: Region(code, name, code[:4], city) for code, name, city in db.session.execute(named)}
    return list(found.values())


def _directory(statement: sa.Select[Any], category: str, conditions: Conditions | None) -> sa.Select[Any]:
    conditions = conditions or {}
    found = statement.join(ObjectCategory).where(ObjectCategory.category == category, is_current())
    columns = {"sizes": InspectionObject.size, "cities": InspectionObject.city,
               "region_codes": InspectionObject.region_code}
    for name, column in columns.items():
        if conditions.get(name):
            found = found.where(column.in_(conditions[name]))
    if conditions.get("types"):
        other = aliased(ObjectCategory)
        found = found.where(sa.exists().where(other.object_id == InspectionObject.id, is_current(other),
                                              other.category.in_(conditions["types"])))
    return found


def _filtered(statement: sa.Select[Any], filters: ObjectFilters) -> sa.Select[Any]:
    columns = {InspectionObject.city: filters.city, InspectionObject.size: filters.size,
               InspectionObject.credit_risk_grade: filters.grade}
    for column, value in columns.items():
        if value:
            statement = statement.where(column == value)
    if filters.text:
        statement = statement.where(sa.or_(containing(InspectionObject.name, filters.text),
                                           containing(InspectionObject.uscc, filters.text), _once_named(filters.text)))
    else:
        has_left = sa.and_(sa.exists().where(_is_of_object()), ~sa.exists().where(_is_of_object(), is_current()))
        statement = statement.where(~has_left)
    if filters.category:
        statement = statement.where(
            sa.exists().where(_is_of_object(), is_current(), ObjectCategory.category == filters.category))
    return statement.where(_under_focus()) if filters.focus else statement


def _is_of_object() -> sa.ColumnElement[bool]:
    return ObjectCategory.object_id == InspectionObject.id


def is_current(link: Any = ObjectCategory, *, on: date | None = None) -> sa.ColumnElement[bool]:
    """Whether an object is in a category on a day (today): what `ObjectCategory.is_over_by` says of one is not so."""
    return sa.or_(link.valid_to.is_(None), link.valid_to > (on or clock.today()))


def _once_named(text: str) -> sa.ColumnElement[bool]:
    return sa.exists().where(ObjectName.object_id == InspectionObject.id, containing(ObjectName.name, text))


def _under_focus() -> sa.ColumnElement[bool]:
    return sa.exists().where(FocusProposal.object_id == InspectionObject.id,
                             FocusProposal.decision == FocusDecision.AGREED.value,
                             FocusProposal.expires_on >= clock.today(), FocusProposal.lifted_at.is_(None))
