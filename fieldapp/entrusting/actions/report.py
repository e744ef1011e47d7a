"""The report of an agency or expert: handed in as evidence, an attachment to the record and never the record."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from fieldapp import clock, db, ids, ledger
from fieldapp.entrusting import queries, rules
from fieldapp.entrusting.actions.files import HandedIn, enter_file
from fieldapp.entrusting.models import Entrustment, EntrustmentReport
from fieldapp.entrusting.rules import Work
from fieldapp.fieldwork import queries as fieldwork
from fieldapp.roles import Officer
from fieldapp.visits import queries as visits


@dataclass(frozen=True, slots=True)
class Report:
    """A report as typed: who signed it, of which day, what it says in short, the file."""

    author: str
    made_on: date
    summary: str
    file: HandedIn


def hand_in_report(entrustment_id: UUID, said: Report, *, by: Officer) -> EntrustmentReport:
    """Keep a report with its hash; one that comes after the record was signed is an annex and rewrites nothing."""
    seen = queries.entrustment_for(by, entrustment_id)
    visits.visit_for_change(by, seen.assistant.visit_id)
    row = queries.entrustment_for(by, entrustment_id, lock=True)
    rules.check_may_entrust(by, {row.division_id})
    rules.check_is_running(queries.state_of(row))
    rules.check_report(made_on=said.made_on, entrusted_on=queries.day_entrusted(row), today=clock.today(),
                       is_adopted=row.work == Work.CONCLUSION,
                       is_qualified=rules.covering(queries.held(row.party), said.made_on) is not None)
    original = enter_file(said.file, by=by)
    report = EntrustmentReport(
        id=ids.uuid7(), entrustment_id=row.id, original_id=original.id, file_name=said.file.name, author=said.author,
        made_on=said.made_on, summary=said.summary, is_annex=_is_annex(row), handed_in_by=by.person_id, at=clock.now())
    db.session.add(report)
    row.assistant.report_at = row.assistant.report_at or clock.now()
    late = rules.days_late(row.assistant.due_on, clock.today())
    ledger.record(by, "entrusting.report_handed_in", report, case=row.assistant.visit_id,
                  facts={"sha256": original.sha256, "author": said.author, "days_late": late, "is_annex": report.is_annex})
    db.session.expire(row, ["reports"])
    return report


def _is_annex(row: Entrustment) -> bool:
    """Whether the record that the report belongs to was signed, refused or closed before it came."""
    parts = [row.visit_task] if row.visit_task else row.assistant.visit.visit_tasks
    return any(part.closed_at is not None or fieldwork.is_settled(part) for part in parts)
