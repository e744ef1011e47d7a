"""What a visit leaves on paper: which documents are about it, whom its interviews heard."""

from uuid import UUID

from fieldapp.documents import queries as documents
from fieldapp.documents import rules as papers
from fieldapp.documents.rules import DocumentKind
from fieldapp.visits.models import Visit
from fieldapp.visits.queries.one import approvals
from fieldapp.visits.queries.recusals import recusals_of, substitutions_of


def paper_subjects(visit: Visit) -> list[UUID]:
    """Everything of a visit that documents are about: itself, its parts, approvals, recusals, substitutions."""
    rows = (approvals(visit.id), recusals_of(visit.id), substitutions_of(visit.id))
    return [visit.id, *(part.id for part in visit.visit_tasks), *(one.id for found in rows for one in found)]


def interviews(visit: Visit) -> list[papers.Earlier]:
    """Whom the interviews of a visit heard, in the order of their numbers; a voided transcript stands for nothing."""
    return [papers.earlier_interview(one.number, one.content or {}) for one in documents.documents_of("visit", visit.id)
            if one.kind == DocumentKind.INTERVIEW and one.issued_at is not None and one.voided_at is None]
