"""The registry's rules: how rows of a division's sheet become checked inspectors, objects, items and checks."""

from fieldapp.registry.rules.checklist import ChecklistRow, EvidenceKind, parse_checklist
from fieldapp.registry.rules.findings import OUTCOMES, Finding, FindingKind, Outcome, Remark, outcome_of
from fieldapp.registry.rules.headers import Header, data_rows, find_header
from fieldapp.registry.rules.inspectors import InspectorKind, InspectorRow, parse_inspectors
from fieldapp.registry.rules.items import (
    MINIMUM_RATIO_BASIS_POINTS,
    Frequency,
    InspectionMethod,
    ItemRow,
    SeatRequirement,
    parse_items,
    ratio_basis_points,
)
from fieldapp.registry.rules.merging import (
    KnownObject,
    MergedObject,
    Proposal,
    mark_duplicates,
    mark_shared,
    merge_proposals,
)
from fieldapp.registry.rules.normalise import Cell, as_date, as_text, half_width, normalise_code, normalise_name
from fieldapp.registry.rules.objects import (
    CREDIT_GRADES,
    EnterpriseSize,
    ObjectRow,
    Region,
    may_read_contact,
    parse_objects,
    telephone_fault,
)
from fieldapp.registry.rules.position import Position, check_may_place, is_inside, position
from fieldapp.registry.rules.rows import ParsedRow, RowReader, values_to_json
from fieldapp.registry.rules.synonyms import SheetKind
from fieldapp.registry.rules.uscc import check_character, is_individual, uscc_fault

__all__ = [
    "CREDIT_GRADES", "MINIMUM_RATIO_BASIS_POINTS", "OUTCOMES", "Cell", "ChecklistRow", "EnterpriseSize",
    "EvidenceKind", "Finding", "FindingKind", "Frequency", "Header", "InspectionMethod", "InspectorKind",
    "InspectorRow", "ItemRow", "KnownObject", "MergedObject", "ObjectRow", "Outcome", "ParsedRow", "Position", "Proposal",
    "Region", "Remark", "RowReader", "SeatRequirement", "SheetKind", "as_date", "as_text", "check_character", "check_may_place",
    "data_rows", "find_header", "half_width", "is_individual", "is_inside", "mark_duplicates",
    "mark_shared", "may_read_contact", "merge_proposals", "normalise_code", "normalise_name", "outcome_of", "parse_checklist",
    "parse_inspectors", "parse_items",
    "parse_objects", "position", "ratio_basis_points", "telephone_fault", "uscc_fault", "values_to_json",
]
