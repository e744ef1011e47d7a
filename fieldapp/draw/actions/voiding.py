"""Void a draw: asked for with a reason, approved by a second person; it stays visible beside the next."""

from datetime import timedelta
from uuid import UUID

from fieldapp import clock, db, ledger
from fieldapp.accounts import actions as accounts
from fieldapp.draw import queries, rules
from fieldapp.draw.models import Draw
from fieldapp.jobs import actions as jobs
from fieldapp.ledger.actions import Actor
from fieldapp.roles import PRODUCT, Officer, Role
from fieldapp.tasks import actions as tasks
from fieldapp.tasks.rules import TaskState
from fieldapp.words import N_

QUESTIONS = ("draw_void", "draw_contribution")


def ask_void(draw_id: UUID, reason: str, *, by: Officer) -> Draw:
    """Ask legal affairs to void a draw that cannot go on: a reveal is missing, the inspectors do not suffice."""
    draw = queries.draw(draw_id, lock=True)
    rules.check_void_may_be_asked(
        already_asked=draw.void_asked_at is not None, already_void=draw.voided_at is not None,
        generated=draw.task.state not in {TaskState.APPROVED, TaskState.OBJECTS_DRAWN}, reason=reason)
    draw.void_reason, draw.void_asked_at, draw.void_asked_by = reason.strip(), clock.now(), by.person_id
    accounts.ask("draw_void", draw.id, role=Role.LEGAL_AFFAIRS, not_person_ids=[by.person_id], title=draw.task.name,
                 endpoint="draw.show_draw", arguments={"draw_id": draw.id})
    ledger.record(by, "draw.void_asked", draw, reason=draw.void_reason)
    return draw


def decide_void(draw_id: UUID, agrees: bool, opinion: str, *, by: Officer) -> Draw:
    """Void a draw as a second person, or let it stand and say why; the task may then be drawn anew."""
    draw = queries.draw(draw_id, lock=True)
    rules.check_void_was_asked(asked=draw.void_asked_at is not None, agrees=agrees, opinion=opinion)
    rules.check_draw_may_be_voided(already_void=draw.voided_at is not None, reason=draw.void_reason or "",
                                   approver=str(draw.void_asked_by), second_approver=str(by.person_id))
    if agrees:
        return _void(draw, draw.void_reason or "", by)
    draw.void_asked_at = draw.void_asked_by = draw.void_reason = None
    accounts.answered("draw_void", draw.id, by=by)
    ledger.record(by, "draw.void_declined", draw, reason=opinion.strip())
    return draw


def void_with_task(task_id: UUID, reason: str) -> None:
    """A cancelled task takes its unfinished draw with it: there is no next one."""
    draw = queries.draw_of_task(task_id)
    if draw is not None:
        _void(draw, reason, PRODUCT)


def void_without_seed(draw_id: UUID) -> None:
    """A commitment or a reveal did not come in time: the draw is void, in public and with its number; else look again."""
    draw = queries.draw(draw_id, lock=True)
    if draw.seed or draw.voided_at is not None:
        return
    steps = [one.committed_at for one in draw.contributions] + ([draw.beacon.named_at] if draw.beacon else [])
    left = rules.seed_time_out(draw.frozen_at, steps) - clock.now()
    if left > timedelta():
        jobs.ask("draw.seed_due", after=left, draw_id=str(draw.id))
    else:
        late = N_("公共随机信标的签名逾期没有取得") if draw.beacon else N_("种子提供人逾期没有承诺或者揭示")
        _void(draw, late, PRODUCT)


def _void(draw: Draw, reason: str, by: Actor) -> Draw:
    draw.voided_at, draw.void_reason, draw.voided_by = clock.now(), reason, by.person_id
    draw.state = rules.DrawState.VOID
    for question in QUESTIONS:
        accounts.answered(question, draw.id, by=by)
    if draw.task.state == TaskState.OBJECTS_DRAWN:
        tasks.mark_undrawn(draw.task, by=by)
    db.session.flush()
    ledger.record(by, "draw.voided", draw, reason=reason)
    return draw
