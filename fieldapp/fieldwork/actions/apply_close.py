"""Close a record, or the visit with all its records: each finished, then its review may begin."""

from fieldapp import clock, db, ledger
from fieldapp.accounts import actions as accounts
from fieldapp.config import department_name
from fieldapp.documents import actions as documents
from fieldapp.documents.rules import DocumentKind, day_text, form
from fieldapp.fieldwork import queries, rules
from fieldapp.fieldwork.actions.site import Site, flagged, whatever_is_said
from fieldapp.fieldwork.rules import REGISTERED, Outcome
from fieldapp.jobs import actions as jobs
from fieldapp.roles import PRODUCT, Officer
from fieldapp.visits import actions as visit_actions
from fieldapp.visits.models import VisitTask


def close(site: Site) -> Outcome:
    """Close when each record concerned has what it needs; else it stays open and a person has to look."""
    return close_record(site, site.part) if site.part is not None else close_visit(site)


def close_record(site: Site, part: VisitTask) -> Outcome:
    """Close one record of a merged visit while another goes on; with the last of them the visit is over (E33)."""
    rules.check_record_may_close(queries.record_state(part))
    outcome = _close(site, queries.record_digest(part), "fieldwork.record_closed")
    visit_actions.close_part(part.id, site.moment, by=site.by)
    _tell(site, [part])
    return outcome


def close_visit(site: Site) -> Outcome:
    """Close the visit with every record that is not closed yet."""
    visit = site.visit
    left = [part for part in visit.visit_tasks if not queries.is_over(part)]
    rules.check_visit_may_close([queries.record_state(part) for part in left])
    shown = rules.visit_digest({str(part.id): queries.record_digest(part) for part in visit.visit_tasks})
    outcome = _close(site, shown, "fieldwork.visit_closed")
    visit_actions.close_visit(visit.id, site.moment, by=site.by)
    _tell(site, left)
    return outcome


def _close(site: Site, shown: str, verb: str) -> Outcome:
    said = site.op.value.get("digest")
    fits = rules.digest_fits(said, shown)
    event = site.event(said, fits)
    db.session.add(event)
    ledger.record(site.by, verb, event)
    return flagged(whatever_is_said(rules.check_what_was_signed, fits=fits, has_rival=False))


def _register(part: VisitTask) -> None:
    """Enter what the record says as it is closed, all of it being here: the entity's receipt proves this entry."""
    number = part.record_number.number if part.record_number else ""
    ledger.record(PRODUCT, REGISTERED, part, case=part.visit_id,
                  facts={"record": number, "digest": queries.record_digest(part)})


def _tell(site: Site, closed: list[VisitTask]) -> None:
    for part in closed:
        _register(part)
        if queries.is_settled(part):
            issue_papers(part, by=site.by)
        for kind in ("inspector_unsigned", "unsigned_decided"):
            accounts.answered(kind, part.id, by=site.by)
        jobs.ask("fieldwork.record_closed", visit_task_id=str(part.id))


def issue_papers(part: VisitTask, *, by: Officer) -> None:
    """Issue the record under its reserved number, the transcript and the service receipt; once, whoever asks."""
    number = part.record_number
    if number is None or number.issued_at is not None or number.voided_at is not None:
        return
    view, served = queries.record(part.id), queries.served(part.id)
    authority, day = department_name(), day_text(clock.local(view.closed_at or clock.now()))
    documents.issue(number.id, form("随机抽查情况记录表", authority, day, rules.record_parts(view)), by=by)
    if view.presence:
        transcript = form("现场检查笔录", authority, day, rules.transcript_parts(view, authority))
        documents.issue_new(DocumentKind.SITE_TRANSCRIPT, "visit_task", part.id, transcript, by=by)
    if served:
        receipt = form("送达回证", authority, day, rules.service_parts(view, served))
        documents.issue_new(DocumentKind.SERVICE, "visit_task", part.id, receipt, by=by)
