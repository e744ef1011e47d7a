"""The papers of a changed team: the 回避决定书, the 递补人员抽取记录."""

from fieldapp import clock
from fieldapp.accounts import queries as people
from fieldapp.config import department_name
from fieldapp.documents import actions as documents
from fieldapp.documents.rules import DocumentKind
from fieldapp.draw import queries as draws
from fieldapp.draw.models import DrawnSubstitute
from fieldapp.roles import Officer
from fieldapp.visits.models import Recusal, Substitution
from fieldapp.visits.rules import Decision, Ground, Interest, Outcome
from fieldapp.visits.rules.papers import Drawing, RecusalDecision, Replaced, recusal_letter, substitute_record


def issue_recusal_decision(row: Recusal, *, by: Officer) -> None:
    """Issue the decision on an application for recusal."""
    told = RecusalDecision(
        department_name(), row.visit.object.name, row.inspector.name if row.inspector else "", row.by_party,
        row.is_ex_officio, row.asked_at, None if row.by_party else Interest(row.interest), row.text,
        row.decision == Decision.AGREED, Outcome(row.outcome) if row.outcome else None, row.opinion or "",
        people.person(row.decided_by).name if row.decided_by else by.name)
    documents.issue_new(DocumentKind.RECUSAL, "recusal", row.id, recusal_letter(told, clock.today()), by=by)


def issue_substitute_record(row: Substitution, *, by: Officer) -> None:
    """Issue the record of how a substitute was drawn."""
    told = Replaced(
        department_name(), row.visit.object.name, [part.task.number for part in row.visit.visit_tasks], row.inspector.name,
        Ground(row.ground), row.reason, people.person(row.decided_by).name if row.decided_by else "", row.decided_at,
        _drawing(row.drawn) if row.drawn is not None else None, row.reference or "",
        row.substitute.name if row.substitute else "", clock.now())
    documents.issue_new(DocumentKind.SUBSTITUTE, "substitution", row.id, substitute_record(told, clock.today()), by=by)


def _drawing(drawn: DrawnSubstitute) -> Drawing:
    return Drawing(drawn.number, draws.draw(drawn.draw_id).seed or "", drawn.code, drawn.pool, drawn.ticket)
