"""The law of the draw: freeze, seed, object draw, inspector matching, the order of the steps. Pure, integers only."""

from fieldapp.draw.rules.eligibility import (
    Candidate,
    Inspected,
    Unfit,
    automatic_pool,
    barred_by_interest,
    holds_certificate,
    is_available,
    manual_pool,
    meets,
    unfit,
)
from fieldapp.draw.rules.freeze import (
    Leaf,
    Row,
    RowReason,
    RowStatus,
    Snapshot,
    blind,
    check_row,
    freeze_directory,
    leaf,
    leaf_line,
    leaves_in,
    row_bytes,
    row_status,
    salt,
)
from fieldapp.draw.rules.manifest import (
    DrawTerms,
    check_terms,
    code_hash,
    manifest_hash,
    manifest_of,
)
from fieldapp.draw.rules.matching import (
    Board,
    Cause,
    MatchedTeam,
    Matching,
    Parameters,
    RollCall,
    Seat,
    Shortage,
    Team,
    WayOut,
    check_seats,
    default_parameters,
    draft,
    match_inspectors,
    object_ticket,
    shortages,
    transcript_line,
    transcript_root,
)
from fieldapp.draw.rules.objects import (
    DrawnObjects,
    draw_objects,
    draw_strata,
    ticket,
)
from fieldapp.draw.rules.procedure import (
    check_bundle_is_public,
    check_draw_may_be_voided,
    check_draw_stands,
    check_inspectors_may_be_matched,
    check_second_approval_is_wanted,
    check_second_approver,
    check_task_may_be_drawn,
    check_void_may_be_asked,
    check_void_was_asked,
    leaves_are_public,
)
from fieldapp.draw.rules.ratio import (
    basis_points,
    check_narrow_is_approved,
    check_quota,
    is_narrow,
    leaves_may_be_published_at_once,
    quota,
    ratio_text,
)
from fieldapp.draw.rules.seed import (
    Contributor,
    Reveal,
    check_all_committed,
    check_contributors,
    check_may_commit,
    check_reveal,
    commitment,
    contribution,
    seed_of,
    seed_of_officers,
)
from fieldapp.draw.rules.states import DrawState
from fieldapp.draw.rules.substitutes import (
    LINKS,
    Circle,
    chain_head,
    draw_substitute,
    is_next_code,
    substitute_code,
    substitute_ticket,
)

__all__ = [
    "LINKS", "Board", "Candidate", "Cause", "Circle", "Contributor", "DrawState", "DrawTerms", "DrawnObjects",
    "Inspected", "Leaf", "MatchedTeam", "Matching", "Parameters", "Reveal", "RollCall", "Row", "RowReason", "RowStatus",
    "Seat", "Shortage", "Snapshot", "Team", "Unfit", "WayOut", "automatic_pool", "barred_by_interest", "basis_points",
    "blind", "chain_head", "check_all_committed", "check_bundle_is_public", "check_contributors",
    "check_draw_may_be_voided", "check_draw_stands", "check_inspectors_may_be_matched", "check_may_commit",
    "check_narrow_is_approved", "check_quota", "check_reveal", "check_row", "check_seats",
    "check_second_approval_is_wanted", "check_second_approver", "check_task_may_be_drawn", "check_terms",
    "check_void_may_be_asked", "check_void_was_asked", "code_hash", "commitment", "contribution", "default_parameters",
    "draft", "draw_objects", "draw_strata", "draw_substitute", "freeze_directory", "holds_certificate", "is_available",
    "is_narrow", "is_next_code", "leaf", "leaf_line", "leaves_are_public", "leaves_in", "leaves_may_be_published_at_once",
    "manifest_hash", "manifest_of", "manual_pool", "match_inspectors", "meets", "object_ticket", "quota", "ratio_text",
    "row_bytes", "row_status", "salt", "seed_of", "seed_of_officers", "shortages", "substitute_code", "substitute_ticket",
    "ticket", "transcript_line", "transcript_root", "unfit",
]
