"""What waits for somebody's decision about a visit."""

from fieldapp.accounts import actions as accounts
from fieldapp.roles import Officer, Role
from fieldapp.visits import queries
from fieldapp.visits.models import MergeProposal, Visit

PAGE = "visits.show_visit"


def ask_for_leader(visit: Visit) -> None:
    """The head of the leading division is asked to fix the leader."""
    accounts.ask("leader_appointment", visit.id, role=Role.DIVISION_HEAD, division_id=visit.lead_division_id,
                 title=title(visit), endpoint=PAGE, arguments={"visit_id": str(visit.id)})


def ask_for_approval(visit: Visit, *, by_department_head: bool) -> None:
    """The department's head, or the division's where the rule set says so, is asked to approve; no member of the team."""
    role = Role.DEPARTMENT_HEAD if by_department_head else Role.DIVISION_HEAD
    accounts.ask("visit_approval", visit.id, role=role, title=title(visit), due_on=queries.day_of(visit),
                 division_id=None if by_department_head else visit.lead_division_id,
                 not_person_ids=queries.member_person_ids(visit), endpoint=PAGE,
                 arguments={"visit_id": str(visit.id)})


def ask_to_put_right(visit: Visit) -> None:
    """Whoever submitted a visit is told that it came back, until it is submitted again or cancelled."""
    person_id = queries.submitter_id(visit.id)
    if person_id is not None:
        accounts.ask("visit_returned", visit.id, role=Role.DIVISION_OFFICER, person_id=person_id, title=title(visit),
                     due_on=queries.day_of(visit), endpoint=PAGE, arguments={"visit_id": str(visit.id)})


def ask_no_longer(visit: Visit, *, by: Officer) -> None:
    """A visit that is cancelled or merged away waits for nobody."""
    for kind in ("leader_appointment", "visit_approval", "visit_returned"):
        accounts.answered(kind, visit.id, by=by)


def ask_for_merge(proposal: MergeProposal) -> None:
    """Legal affairs is asked whether two visits become one."""
    accounts.ask("merge", proposal.id, role=Role.LEGAL_AFFAIRS, title=title(proposal.first_visit),
                 endpoint="visits.show_merge", arguments={"proposal_id": str(proposal.id)})


def title(visit: Visit) -> str:
    """A visit as lists name it: the object and what is inspected."""
    return f"{visit.object.name} · {'、'.join(part.task.item.name for part in visit.visit_tasks)}"[:300]
