"""Who inside may take the file of a document: whoever may see the thing that it is about. The areas above say who that is."""

from collections.abc import Callable, Mapping
from uuid import UUID

from fieldapp.documents.models import Document
from fieldapp.documents.rules import PUBLIC_KINDS
from fieldapp.ledger.timeline import Step, timeline
from fieldapp.refusals import NotFound
from fieldapp.roles import Officer
from fieldapp.words import N_

Reading = Callable[[Officer, UUID], object]
_of_things: dict[str, Reading] = {}


def configure(of_things: Mapping[str, Reading]) -> None:
    """Say for each sort of thing that inside documents are about how an officer reads one; it raises NotFound to others."""
    _of_things.clear()
    _of_things.update(of_things)


def history(officer: Officer | None, document: Document) -> list[Step]:
    """What happened to a document (made, sealed, served, voided), for those who may see its thing. Whoever has only the
    address of one that parties hold is told what and when, not by whom and why."""
    if officer is not None and _sees_thing(officer, document):
        return timeline(document.case_id, about=document.id)
    found = timeline(document.case_id, about=document.id) if document.kind in PUBLIC_KINDS else []
    return [Step(one.at, "", one.label, "", times=one.times) for one in found]


def check_reads(officer: Officer, document: Document) -> None:
    """Hide an inside document from who may not see its thing; those that parties hold are read by whoever has the address."""
    if document.kind in PUBLIC_KINDS:
        return
    if not _sees_thing(officer, document):
        raise NotFound("documents.unknown", N_("没有这份文书"))


def _sees_thing(officer: Officer, document: Document) -> bool:
    """Whether an officer may see the thing that a document is about."""
    if document.subject_type not in _of_things:
        return False
    try:
        _of_things[document.subject_type](officer, document.subject_id)
    except NotFound:
        return False
    return True
