"""Every SELECT of the registry: items and checklists, objects, inspectors, sheets handed in, key supervision."""

from fieldapp.registry.queries.focus import (
    certain_ended,
    certain_objects,
    certain_page,
    focus_in_force,
    focus_page,
    focus_proposal,
    proposals_of,
)
from fieldapp.registry.queries.imports import (
    batch,
    batch_for,
    batches_page,
    import_row,
    open_renamed,
    row_counts,
    rows_after,
    rows_of,
    rows_page,
)
from fieldapp.registry.queries.inspectors import (
    InspectorFilters,
    absences,
    inspector,
    inspector_for,
    inspectors_all,
    inspectors_by_certificate,
    inspectors_by_staff_number,
    inspectors_page,
    interests_alive,
    interests_by_object,
    last_teams,
    loads,
    people_by_staff_number,
    person_to_link,
    unavailability,
    unavailable,
)
from fieldapp.registry.queries.items import (
    checklist,
    checklist_for,
    checklists_of,
    drafts,
    item,
    item_by_code,
    item_case,
    item_codes,
    item_versions,
    items_by_name,
    items_published,
    newest_items,
)
from fieldapp.registry.queries.objects import (
    ObjectFilters,
    categories,
    cities,
    directory_grades,
    directory_size,
    directory_sizes,
    known_objects,
    names_of,
    object_for,
    objects_by_uscc,
    objects_in,
    objects_named,
    objects_page,
    regions,
    visit_counts,
)
from fieldapp.registry.queries.paging import Page

__all__ = [
    "InspectorFilters", "ObjectFilters", "Page", "absences", "batch", "batch_for", "batches_page", "categories",
    "certain_ended", "certain_objects", "certain_page", "checklist", "checklist_for", "checklists_of", "cities",
    "directory_grades", "directory_size", "directory_sizes", "drafts", "focus_in_force", "focus_page", "focus_proposal",
    "import_row", "inspector", "inspector_for", "inspectors_all", "inspectors_by_certificate",
    "inspectors_by_staff_number", "inspectors_page", "interests_alive", "interests_by_object", "item",
    "item_by_code", "item_case", "item_codes", "item_versions", "items_by_name", "items_published",
    "known_objects", "last_teams", "loads", "names_of", "newest_items", "object_for", "objects_by_uscc", "objects_in",
    "objects_named", "objects_page", "open_renamed", "people_by_staff_number", "person_to_link", "proposals_of",
    "regions", "row_counts", "rows_after", "rows_of", "rows_page", "unavailability", "unavailable", "visit_counts",
]
