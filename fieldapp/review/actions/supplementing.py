"""The 补充笔录: written by one member, signed by two certified ones, then put before the entity; withdrawn while it waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from fieldapp import clock, db, ids, ledger
from fieldapp.accounts import actions as accounts
from fieldapp.accounts.rules import secret_hash
from fieldapp.canonical import digest
from fieldapp.fieldwork import queries as fieldwork
from fieldapp.refusals import Forbidden
from fieldapp.review import queries, rules
from fieldapp.review.actions import beside
from fieldapp.review.models import SupplementaryRecord
from fieldapp.review.rules import AddedFact, Supplemented
from fieldapp.roles import Officer, Role
from fieldapp.visits.models import VisitTask
from fieldapp.words import N_

KIND = "supplementary_record"


@dataclass(frozen=True, slots=True)
class Served:
    """The link to a supplementary record as the inspector hands it over, once: nothing of it is kept but its hash."""

    row: SupplementaryRecord
    secret: str


def write_supplementary_record(review_id: UUID, reason: str, added: Sequence[AddedFact], until: date, *,
                               by: Officer) -> SupplementaryRecord:
    """Write facts that a signed record did not say, each at its part; the record itself is never rewritten."""
    review, today = queries.review(review_id), clock.today()
    part = review.visit_task
    beside.check_may_write(review, by)
    places = queries.parts_of_record(part)
    rules.check_added(added, reason, places)
    rules.check_signing_day(until, today, queries.last_signing_day(today))
    named = [(one, places[one.path].message % places[one.path].facts) for one in added]
    content = rules.supplementary_content(_supplemented(part), reason, named, by.name)
    row = SupplementaryRecord(visit_task_id=part.id, content=content, digest=digest(content), until=until,
                              written_by=by.person_id, written_at=clock.now(), signatures=[])
    db.session.add(row)
    ledger.record(by, "review.supplementary_record_written", row, facts={"digest": row.digest})
    ask_team(row)
    return row


def sign_supplementary_record(supplementary_id: UUID, *, by: Officer) -> SupplementaryRecord:
    """Sign it for the team, over its digest; the second certified signature puts it before the entity."""
    row = queries.supplementary_record(supplementary_id)
    is_enough = beside.sign(row, {"digest": row.digest}, by)
    accounts.answered(KIND, row.id, by=by, person_id=by.person_id)
    if is_enough and row.team_signed_at is None:
        row.team_signed_at = clock.now()
        accounts.answered(KIND, row.id, by=by)
        ask_team(row)
    ledger.record(by, "review.supplementary_record_signed", row)
    return row


def withdraw_supplementary_record(supplementary_id: UUID, *, by: Officer) -> SupplementaryRecord:
    """Take one back that nobody of the entity has answered yet; it stays legible, its link ends."""
    row = queries.supplementary_record(supplementary_id)
    rules.check_may_withdraw_beside(is_writer=row.written_by == by.person_id,
                                    is_complete=row.is_settled or row.declined is not None)
    row.withdrawn_at = clock.now()
    ledger.record(by, "review.supplementary_record_withdrawn", row)
    accounts.answered(KIND, row.id, by=by)
    beside.send_on(row.visit_task_id, by)
    return row


def serve_supplementary_record(supplementary_id: UUID, *, by: Officer) -> Served:
    """Make the link at which the entity reads and signs it until its day; the one made before ends."""
    row = queries.supplementary_record(supplementary_id)
    check_is_member(row, by)
    rules.check_entity_may_sign(row.state, is_past=row.until < clock.today())
    secret = ids.secret()
    row.link_sha256, row.served_by = secret_hash(secret), by.person_id
    ledger.record(by, "review.supplementary_record_served", row)
    return Served(row, secret)


def check_is_member(row: SupplementaryRecord, by: Officer) -> None:
    """The team puts it before the entity, and nobody else."""
    if beside.seat(row.visit_task.visit, by) is None:
        raise Forbidden("review.beside_members_only", N_("补正说明和补充笔录由检查组成员签字"))


def ask_team(row: SupplementaryRecord) -> None:
    """Put it before every member of the team, with the day until which the entity may sign."""
    part = row.visit_task
    review = queries.review_of(part.id)
    for person_id in sorted(one.person_id for one in queries.team(part.visit) if one.person_id):
        accounts.ask(KIND, row.id, role=Role.INSPECTOR, person_id=person_id, title=f"{part.visit.object.name} · {part.task.name}",
                     endpoint="review.show_review", arguments={"review_id": review.id if review else ""}, due_on=row.until)


def _supplemented(part: VisitTask) -> Supplemented:
    record = fieldwork.record(part.id)
    head = record.head
    return Supplemented(head.object, head.uscc, f"{head.task}（{head.task_number}）", head.item, head.record_number,
                        record.digest or "")
