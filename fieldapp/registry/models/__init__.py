"""Tables of 一单两库: items, objects, inspectors, checklists, imports."""

from fieldapp.registry.models.directory import (
    Inspector,
    InspectorInterest,
    InspectorLoad,
    InspectorUnavailability,
)
from fieldapp.registry.models.imports import ImportBatch, ImportRow
from fieldapp.registry.models.item import Checklist, ChecklistItem, InspectionItem
from fieldapp.registry.models.leaving import DirectoryRemoval
from fieldapp.registry.models.object import (
    FocusProposal,
    InspectionObject,
    ObjectCategory,
    ObjectLastTeam,
    ObjectName,
    ObjectVisitCount,
)

__all__ = [
    "Checklist",
    "ChecklistItem",
    "DirectoryRemoval",
    "FocusProposal",
    "ImportBatch",
    "ImportRow",
    "InspectionItem",
    "InspectionObject",
    "Inspector",
    "InspectorInterest",
    "InspectorLoad",
    "InspectorUnavailability",
    "ObjectCategory",
    "ObjectLastTeam",
    "ObjectName",
    "ObjectVisitCount",
]
