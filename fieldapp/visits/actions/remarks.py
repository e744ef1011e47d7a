"""What review asks of a team, and the team's answers."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from fieldapp import clock, db, ledger
from fieldapp.roles import Officer
from fieldapp.visits import queries, rules
from fieldapp.visits.models import VisitRemark, VisitTask
from fieldapp.visits.rules import Step, VisitState


def return_part(visit_task_id: UUID, remarks: Sequence[tuple[str, str]], *, by: Officer,
                place: str | None = None) -> VisitTask:
    """Return one record with remarks, each (path, text): it is first on the inspectors' Today.

    `place` is the page where they are answered, where that is not the phone. While another record of a merged visit is
    still under way, the visit stays so.
    """
    part = queries.visit_task(visit_task_id)
    visit = queries.visit_held(part.visit_id)
    is_under_way = part.closed_at is not None and visit.state in {VisitState.IN_PROGRESS, VisitState.PAUSED}
    if not is_under_way:
        rules.check_step(Step.RETURN, visit.state)
    for path, text in remarks:
        rules.check_reason(text, "remark")
        db.session.add(VisitRemark(visit_task_id=part.id, path=path, text=text.strip(), place=place, by_id=by.person_id,
                                   at=clock.now()))
    if not is_under_way:
        visit.state = VisitState.RETURNED
    ledger.record(by, "visits.record_returned", part, facts={"remarks": [text for _, text in remarks]})
    return part


def answer_remark(remark_id: UUID, answer: dict[str, Any], *, by: Officer) -> VisitRemark:
    """The team has answered a remark; with the last open one the visit is closed again."""
    remark = queries.remark(remark_id)
    visit = queries.visit_held(queries.visit_task(remark.visit_task_id).visit_id)
    rules.check_on_team(by.person_id, queries.member_person_ids(visit))
    remark.answered_at, remark.answer = clock.now(), answer
    ledger.record(by, "visits.remark_answered", remark, case=visit.id)
    if visit.state == VisitState.RETURNED and not queries.remarks_open(visit.id):
        visit.state = VisitState.CLOSED
        ledger.record(by, "visits.visit_closed", visit)
    return remark
