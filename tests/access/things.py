"""What stands in the addresses: for every parameter a thing of 农村科技处 and one of 高新技术处, and who may see it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fieldapp.roles import HEADS, Role
from tests.access import finding
from tests.access.finding import Thing, closed, directories, entrusting, opening, replacing, voices
from tests.access.users import User

SIDES = ("农村科技处", "高新技术处")
DESK = (Role.DIVISION_OFFICER, *HEADS)
OVERSEEING = frozenset({Role.LEGAL_AFFAIRS, Role.DEPARTMENT_HEAD})
LEGAL = frozenset({Role.LEGAL_AFFAIRS})


@dataclass(frozen=True)
class Sort:
    """A sort of things: how one of a division is found; which roles see all, whether the division's desk sees its own."""

    find: Callable[[str], Thing]
    roles: frozenset[Role] = frozenset()
    desk: bool = True
    anybody: bool = False

    def sees(self, user: User, side: str, thing: Thing, division_ids: dict[str, UUID]) -> bool:
        """Whether the user may learn of the thing, once the route has let them in."""
        if self.anybody or user.holds(*self.roles) or user.id in thing.people:
            return True
        of_division = user.officer is not None and user.officer.division_id == division_ids[side]
        return self.desk and of_division and user.holds(*DESK)


def _open(find: Callable[[str], Thing]) -> Sort:
    """What everybody sees whom the route lets in."""
    return Sort(find, anybody=True)


def _always(value: Any) -> Sort:
    return _open(lambda _side: Thing(value))


# By endpoint and parameter, else by blueprint and parameter, else by parameter.
SORTS: dict[str, Sort] = {
    "task_id": Sort(finding.task, OVERSEEING),
    "tasks.edit_task:task_id": Sort(finding.draft_task, OVERSEEING),
    "tasks.change_task:task_id": Sort(finding.draft_task, OVERSEEING),
    "tasks.new_work_plan:task_id": Sort(finding.task_under_way, OVERSEEING),
    "draw.prepare_draw:task_id": Sort(finding.drawn_task, OVERSEEING),
    "work_plan_id": Sort(finding.work_plan, OVERSEEING),
    "report_id": _open(finding.report),
    "draw_id": Sort(finding.draw, OVERSEEING),
    "draw.show_key:draw_id": Sort(finding.draw, frozenset({Role.AUDIT_ADMIN}), desk=False),
    "draw.hand_out_key:draw_id": Sort(finding.draw, frozenset({Role.AUDIT_ADMIN}), desk=False),
    "documents.send_row:secret": _open(opening.notice_with_a_row),
    "documents:place": _always(0),
    "visit_id": Sort(finding.visit, OVERSEEING),
    "sync.send_evidence:visit_id": Sort(closed.closed_visit, OVERSEEING),
    "party_id": _open(entrusting.party),
    "certificate_id": _open(entrusting.certificate),
    "entrustment_id": Sort(entrusting.entrustment, OVERSEEING),
    "entrustment_report_id": Sort(entrusting.report, OVERSEEING),
    "recusal_id": Sort(replacing.recusal, OVERSEEING),
    "substitution_id": Sort(replacing.substitution, OVERSEEING),
    "visits:proposal_id": Sort(replacing.merge, LEGAL, desk=False),
    "visits:batch_id": Sort(finding.external_batch, OVERSEEING),
    "visits:secret": _open(finding.credential),
    "visits.show_shown_portrait:token": _open(lambda _side: opening.portrait_token(SIDES[0])),
    "doubt_id": _open(opening.doubt),
    "visits.show_portrait:secret": _open(lambda _side: finding.credential(SIDES[0])),  # only until the visit is over
    "registry:proposal_id": _open(directories.focus),
    "removal_id": _open(directories.removal),
    "registry:batch_id": Sort(directories.batch, LEGAL),
    "object_id": _open(directories.inspection_object),
    "inspector_id": Sort(directories.inspector, OVERSEEING | set(DESK), desk=False),
    "item_id": _open(directories.item),
    "planning.show_line:plan_id": _open(finding.draft_plan),
    "planning.edit_line:plan_id": _open(finding.draft_plan),
    "plan_id": _open(finding.issued_plan),
    "line_id": Sort(finding.draft_line, LEGAL),
    "year": _open(finding.year),
    "draw:number": _always(1),
    "draw:name": _always("selected.txt"),
    "fieldwork.show_paper:visit_id": Sort(finding.visit, desk=False),
    "fieldwork.prepare_paper:visit_id": Sort(finding.visit, desk=False),
    **{f"sync.{name}:visit_id": Sort(finding.visit, desk=False) for name in (
        "show_paper", "enter_paper", "photograph_sheet", "enter_values", "enter_signatures", "close_from_paper",
        "void_sheets")},
    "sync.offer_link:visit_id": Sort(finding.visit, desk=False),
    "sign:document_id": Sort(finding.part_of_copy, desk=False),
    "sign:visit_task_id": Sort(finding.part_of_copy, desk=False),  # a session of its own opens it, no account does
    "kit_id": Sort(finding.kit, desk=False),
    "capture_hash": Sort(finding.capture, OVERSEEING),
    "sha256": _always("0" * 64),
    "secret": _open(finding.copy),
    "visit_task_id": _open(finding.part_of_copy),
    "documents:secret": _open(finding.document),
    "accounts:secret": _open(finding.link),
    "review_id": Sort(finding.review, LEGAL),
    "remark_id": _open(finding.remark),
    "correction_id": Sort(finding.correction, LEGAL),
    "supplementary_id": Sort(closed.supplement, LEGAL),
    "link": _open(closed.supplement_link),
    "result_id": Sort(finding.result, OVERSEEING),
    "publication.show_result:result_id": _open(finding.result),
    "file_id": _open(finding.outgoing_file),
    "objection_id": Sort(finding.objection, OVERSEEING),
    "complaint_id": _open(voices.complaint),
    "own": _open(voices.own_complaint),
    "slip": Sort(lambda _side: Thing(voices.SLIP), desk=False),  # a phone's own, that no account has
    "case_id": Sort(finding.disposal_case, OVERSEEING),
    "job_id": _open(finding.job),
    "person_id": _open(finding.person),
    "session_id": Sort(finding.session, frozenset({Role.SECURITY_ADMIN}), desk=False),
    "division_id": _open(finding.division),
    "device_id": Sort(finding.device, frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN}), desk=False),
    "ledger:level": _always(0),
    "ledger:name": _always("000.p/1"),
    "version": _always("x"),
    "name": _always("look.css"),
}

# Pages that are about a thing which stands in the query.
QUERIES = {
    "disposal.new_case": ("result", SORTS["result_id"]),
    "objections.new_paper_objection": ("result", SORTS["result_id"]),
    "tasks.new_task": ("line", Sort(finding.issued_line)),
}

# Of these, there is no page without the thing.
ONLY_ABOUT = frozenset({"disposal.new_case", "objections.new_paper_objection"})
# What else an address must say to be one.
NEEDS = {"fieldwork.show_picture": "w=320"}


def sort_of(endpoint: str, parameter: str) -> Sort | None:
    """The row of the table for a parameter of a route; None if it was forgotten."""
    blueprint = endpoint.partition(".")[0]
    for key in (f"{endpoint}:{parameter}", f"{blueprint}:{parameter}", parameter):
        if key in SORTS:
            return SORTS[key]
    return None
