"""What the notice of a visit says, out of the visit's own rows, and the supplement when the team is another."""

from typing import Any

from fieldapp import clock, db, ids
from fieldapp.config import department_name
from fieldapp.documents import actions
from fieldapp.documents import rules as documents
from fieldapp.documents.rules import DocumentKind
from fieldapp.draw import queries as draws
from fieldapp.draw.rules import row_code
from fieldapp.roles import Officer
from fieldapp.visits import queries
from fieldapp.visits.models import CredentialCheck, Visit
from fieldapp.visits.rules import UNDER_WAY


def content_of_notice(visit: Visit) -> dict[str, Any]:
    """The notice: object, items with their basis, method and slot, inspectors, frequency, contact, standing texts."""
    day, task = clock.today(), visit.visit_tasks[0].task
    slot_day = queries.day_of(visit)
    facts = documents.NoticeFacts(
        authority=department_name(), object_name=visit.object.name, uscc=visit.object.uscc, address=visit.object.address,
        items=_items(visit),
        method=visit.method, slot_start=visit.slot_start, slot_end=visit.slot_end,  # type: ignore[arg-type]
        members=_members(visit), visits_this_year=queries.visits_begun_in(slot_day.year, visit.object_id) + 1,
        visits_at_most=queries.numbers_for(visit).max_visits_per_year, contact_unit=visit.lead_division.name,
        contact_name=task.author.name, contact_telephone=task.author.telephone,
        assisting=queries.named_on_notice(visit))
    return documents.notice_content(facts, documents.notice_text_on(slot_day), day) | {"rows": _opened_rows(visit)}



def supplement_notice(visit: Visit, *, by: Officer) -> None:
    """A visit has begun and its team, whole, is another than was named to the inspected party: it is told in a supplement."""
    if visit.state not in UNDER_WAY or visit.notice is None or not visit.notice.content:
        return
    members, named = _members(visit), [visit.notice, *queries.supplements_of(visit)][-1].content or {}
    if not documents.names_others(named["members"], members):
        return
    facts = documents.SupplementFacts(
        authority=department_name(), object_name=visit.notice.content["object"], uscc=visit.notice.content["uscc"],
        notice_number=visit.notice.number, named=named["members"], members=members, contact=visit.notice.content["contact"])
    document = actions.reserve(DocumentKind.SUPPLEMENT, "visit", visit.id, by=by)
    actions.issue(document.id, documents.supplement_content(facts, clock.today()), by=by)
    make_credential_addresses(visit)


def make_credential_addresses(visit: Visit) -> None:
    """Every member of an approved visit has an address of 人员核验."""
    known = queries.credentials_of(visit.id)
    for member in queries.members(visit):
        if member.inspector_id not in known:
            db.session.add(CredentialCheck(visit_id=visit.id, inspector_id=member.inspector_id, secret=ids.secret(),
                                           created_at=clock.now()))


def _opened_rows(visit: Visit) -> list[dict[str, Any]]:
    """For each task drawn here the object's frozen row, opened to the inspected party: as a file and as digits for a QR code."""
    opened = [draws.opened_row(part.task_id, visit.object_id) for part in visit.visit_tasks]
    return [{"file": one, "code": row_code(one)} for one in opened if one is not None]


def _items(visit: Visit) -> list[documents.NoticeItem]:
    tasks = [part.task for part in visit.visit_tasks]
    return [documents.NoticeItem(task.number, task.item.name, task.item.legal_basis, task.item.inspection_content)
            for task in tasks]


def _members(visit: Visit) -> list[documents.Member]:
    day, leading = queries.day_of(visit), queries.leader(visit)
    return [documents.Member(one.inspector.name, one.inspector.division.name,
                             one.inspector.certificate_number or "" if one.inspector.is_certified_on(day) else "",
                             is_leader=leading is not None and leading.id == one.id)
            for one in queries.members(visit)]
