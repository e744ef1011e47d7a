"""Every SELECT of the visits."""

from fieldapp.visits.queries.assistants import assisting, coming, named_on_notice
from fieldapp.visits.queries.credentials import (
    Credential,
    credential_by_secret,
    credentials_of,
    drawn_member,
    member_of,
)
from fieldapp.visits.queries.external import (
    WAY_B,
    batch_for,
    batch_for_change,
    batches_for,
    directories,
    division_name,
    division_named,
    inspector_named,
    item_named,
    object_by_uscc,
    rows_of,
)
from fieldapp.visits.queries.lists import (
    GROUPS,
    Filters,
    Page,
    ends_of_task,
    matched_objects,
    parts_awaiting,
    visits_begun_in,
    visits_for,
    visits_of_object,
    visits_of_person,
    visits_of_task,
)
from fieldapp.visits.queries.merges import (
    find_overlaps,
    pair,
    proposal,
    proposal_held,
    proposals,
    recognitions_of,
    undecided_of,
)
from fieldapp.visits.queries.one import (
    approvals,
    day_of,
    hold,
    leader,
    leader_row,
    member_person_ids,
    members,
    order_number,
    remark,
    remarks_open,
    seated,
    submitter_id,
    supplements_of,
    task_ids,
    visit,
    visit_for,
    visit_for_change,
    visit_held,
    visit_task,
    window,
)
from fieldapp.visits.queries.readiness import days_off, is_working_day, numbers_for, plan_of, readiness, task_readiness
from fieldapp.visits.queries.recusals import (
    concerned_by,
    drawing_task,
    is_drawn_here,
    next_in_reserve,
    open_recusal,
    open_substitution,
    own_seat,
    party_recusal,
    recusal_for,
    recusals_of,
    replaced,
    replacement_of,
    sees,
    substitute_choices,
    substitution_for,
    substitutions_of,
    swap_choices,
    undecided_applications,
)
from fieldapp.visits.queries.screen import Screen, days_for, demands_of, fitness, qualified, unfit_for_items

__all__ = [
    "GROUPS", "WAY_B", "Credential", "Filters", "Page", "Screen", "approvals", "assisting", "batch_for", "batch_for_change",
    "batches_for", "coming", "concerned_by", "credential_by_secret", "credentials_of", "day_of", "days_for", "days_off",
    "demands_of", "directories", "division_name", "division_named", "drawing_task", "drawn_member", "ends_of_task",
    "find_overlaps", "fitness", "hold", "inspector_named", "is_drawn_here", "is_working_day", "item_named", "leader",
    "leader_row", "matched_objects", "member_of", "member_person_ids", "members", "named_on_notice", "next_in_reserve",
    "numbers_for", "object_by_uscc", "open_recusal", "open_substitution", "order_number", "own_seat", "pair",
    "parts_awaiting", "party_recusal", "plan_of", "proposal", "proposal_held", "proposals", "qualified", "readiness",
    "recognitions_of", "recusal_for", "recusals_of", "remark", "remarks_open", "replaced", "replacement_of", "rows_of",
    "seated", "sees", "submitter_id", "substitute_choices", "substitution_for", "substitutions_of", "supplements_of",
    "swap_choices", "task_ids", "task_readiness", "undecided_applications", "undecided_of", "unfit_for_items", "visit",
    "visit_for", "visit_for_change", "visit_held", "visit_task", "visits_begun_in", "visits_for", "visits_of_object",
    "visits_of_person", "visits_of_task", "window",
]
