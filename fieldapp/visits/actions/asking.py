"""What waits for somebody's decision about a visit."""

from collections.abc import Collection
from uuid import UUID

from fieldapp import clock, ledger
from fieldapp.accounts import actions as accounts
from fieldapp.accounts import queries as waiting
from fieldapp.documents import actions as documents
from fieldapp.ledger.actions import Actor
from fieldapp.roles import Officer, Role
from fieldapp.visits import queries
from fieldapp.visits.models import MergeProposal, Recusal, Substitution, Visit, VisitAssistant
from fieldapp.visits.rules import Decision
from fieldapp.words import N_

PAGE = "visits.show_visit"
VISIT_GONE = N_("检查已取消")
ASSISTANCE = ("entrustment", "entrusted_recusal")
APPLICATIONS = ("recusal", "recusal_swap", "substitution")


def ask_for_leader(visit: Visit) -> None:
    """The head of the leading division is asked to fix the leader, once."""
    if waiting.open_rows("leader_appointment", visit.id):
        return
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


def ask_about_recusal(row: Recusal, visit: Visit) -> None:
    """The head of the leading division decides a member's application, the department's head that of the inspected party."""
    accounts.ask("recusal", row.id, role=Role.DEPARTMENT_HEAD if row.by_party else Role.DIVISION_HEAD,
                 division_id=None if row.by_party else visit.lead_division_id, title=title(visit), due_on=queries.day_of(visit),
                 not_person_ids=queries.member_person_ids(visit) if row.by_party else [row.asked_by],
                 endpoint="visits.show_recusal", arguments={"recusal_id": str(row.id)})


def ask_about_substitution(row: Substitution, visit: Visit) -> None:
    """The head of the leading division is asked to consent to a replacement."""
    accounts.ask("substitution", row.id, role=Role.DIVISION_HEAD, division_id=visit.lead_division_id, title=title(visit),
                 not_person_ids=[row.asked_by], due_on=queries.day_of(visit), endpoint="visits.show_substitution",
                 arguments={"substitution_id": str(row.id)})


def drop_applications(visit: Visit, staying: Collection[UUID], *, by: Officer, keep_party: bool = False) -> None:
    """What those who sit no more had applied for, or was asked about them, is moot; with `keep_party` not the party's."""
    for row in queries.undecided_applications(visit.id):
        if row.inspector_id in staying or (keep_party and row.inspector_id is None):
            continue
        make_moot(row, by=by)


def make_moot(row: Recusal | Substitution, *, by: Actor) -> None:
    """Nobody has to decide this application any more."""
    row.decision, row.decided_at = Decision.MOOT, clock.now()
    for kind in APPLICATIONS:
        accounts.answered(kind, row.id, by=by)
    ledger.record(by, "visits.application_moot", row)


def carry_applications(other: Visit, kept: Visit, *, by: Officer) -> None:
    """Whoever applied on a visit that is merged away and comes along has applied on the kept one: its head is asked."""
    coming = {member.inspector_id for member in queries.members(kept)}
    for row in queries.undecided_applications(other.id):
        if row.inspector_id not in coming:
            continue
        for kind in APPLICATIONS:
            accounts.answered(kind, row.id, by=by)
        row.visit_id = kept.id
        ledger.record(by, "visits.application_carried", row, case=other.id)
        if isinstance(row, Recusal):
            row.outcome, row.swap_visit_id, row.swap_inspector_id = None, None, None
            ask_about_recusal(row, kept)
        else:
            ask_about_substitution(row, kept)


def ask_no_longer(visit: Visit, *, by: Officer) -> None:
    """A visit that is cancelled or merged away waits for nobody."""
    drop_applications(visit, (), by=by)
    for row in queries.substitutions_of(visit.id):
        accounts.answered("pool_exhausted", row.id, by=by)
    for assistant in visit.assistants:
        if assistant.left_at is None:
            let_assistant_go(assistant, VISIT_GONE, by=by)
    for kind in ("leader_appointment", "visit_approval", "visit_returned"):
        accounts.answered(kind, visit.id, by=by)


def let_assistant_go(assistant: VisitAssistant, reason: str, *, by: Officer) -> None:
    """Somebody assists no more: nobody has to decide about it, and the letter is void."""
    assistant.left_at, assistant.left_reason = clock.now(), reason
    for kind in ASSISTANCE:
        accounts.answered(kind, assistant.id, by=by)
    if assistant.letter_id is not None:
        documents.void(assistant.letter_id, reason, by=by)
        assistant.letter_id = None


def ask_for_merge(proposal: MergeProposal) -> None:
    """Legal affairs is asked whether it proposes to make one of two visits."""
    accounts.ask("merge", proposal.id, role=Role.LEGAL_AFFAIRS, title=title(proposal.first_visit),
                 endpoint="visits.show_merge", arguments={"proposal_id": str(proposal.id)})


def ask_divisions(proposal: MergeProposal) -> None:
    """The head of each division concerned is asked for consent to a proposed merge, once."""
    known = {row.division_id for row in waiting.open_rows("merge_consent", proposal.id)}
    for division_id in sorted(queries.asked_of(proposal) - known):
        accounts.ask("merge_consent", proposal.id, role=Role.DIVISION_HEAD, division_id=division_id,
                     title=title(proposal.first_visit), endpoint="visits.show_merge",
                     arguments={"proposal_id": str(proposal.id)})


def title(visit: Visit) -> str:
    """A visit as lists name it: the object and what is inspected."""
    return f"{visit.object.name} · {'、'.join(part.task.item.name for part in visit.visit_tasks)}"[:300]
