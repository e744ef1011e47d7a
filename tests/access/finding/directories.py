"""Where in the demonstration gone on a thing of 一单两库 is."""

import sqlalchemy as sa

from fieldapp.registry.models import (
    DirectoryRemoval,
    FocusProposal,
    ImportBatch,
    InspectionItem,
    Inspector,
    ObjectCategory,
)
from tests.access.finding import Thing, _division, _first


def focus(side: str) -> Thing:
    """A proposal of key supervision."""
    return Thing(_first(sa.select(FocusProposal.id).order_by(FocusProposal.id)))


def removal(side: str) -> Thing:
    """A proposal that an entry leave its directory."""
    return Thing(_first(sa.select(DirectoryRemoval.id).order_by(DirectoryRemoval.id)))


def batch(side: str) -> Thing:
    """A sheet that the division has brought."""
    found = sa.select(ImportBatch.id).where(ImportBatch.kind == "objects", ImportBatch.division_id == _division(side))
    return Thing(_first(found.order_by(ImportBatch.id.desc())))


def inspection_object(side: str) -> Thing:
    """An object of one of the division's categories."""
    return Thing(_first(sa.select(ObjectCategory.object_id).where(ObjectCategory.division_id == _division(side))))


def inspector(side: str) -> Thing:
    """An inspector of the division, seen also by themselves."""
    found = _first(sa.select(Inspector).where(Inspector.division_id == _division(side)).order_by(Inspector.staff_number))
    return Thing(found.id, frozenset({found.person_id}))


def item(side: str) -> Thing:
    """An item of the division."""
    return Thing(_first(sa.select(InspectionItem.id).where(InspectionItem.division_id == _division(side))))
