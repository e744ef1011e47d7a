"""Who approved a task and its draw, and what a second person must still approve."""

from uuid import UUID

import sqlalchemy as sa

from fieldapp import clock, db
from fieldapp.accounts.models import Person
from fieldapp.draw import rules
from fieldapp.draw.queries.draws import counted, directory_of
from fieldapp.draw.rules import RowStatus, SecondReason, is_below_floor, is_narrow, strata_terms
from fieldapp.policy import queries as policy
from fieldapp.tasks.models import Task, TaskDecision
from fieldapp.tasks.rules import DrawMode


def decider(task_id: UUID, kind: str) -> Person | None:
    """Who took the last decision of a kind about a task."""
    decisions = sa.select(Person).join(TaskDecision, TaskDecision.person_id == Person.id)
    last = decisions.where(TaskDecision.task_id == task_id, TaskDecision.kind == kind).order_by(TaskDecision.id.desc())
    return db.session.scalar(last.limit(1))


def decider_name(task_id: UUID, kind: str) -> str:
    """The name of who took the last decision of a kind about a task; "" if nobody has."""
    found = decider(task_id, kind)
    return found.name if found else ""


def second_approved(task_id: UUID) -> set[SecondReason]:
    """What another person than the first approver has approved of a draw: no reason that came up since is among it."""
    first = decider(task_id, "approved")
    decisions = db.scalars(sa.select(TaskDecision).where(
        TaskDecision.task_id == task_id, TaskDecision.kind == "narrow_approved"))
    return rules.second_approved(first.id if first else None, [(one.person_id, one.reasons or ()) for one in decisions])


def last_decline(task_id: UUID) -> TaskDecision | None:
    """The last time that the second approval was declined, unless it was given since."""
    answers = sa.select(TaskDecision).where(
        TaskDecision.task_id == task_id, TaskDecision.kind.in_(("narrow_approved", "narrow_declined")))
    last = db.session.scalar(answers.order_by(TaskDecision.id.desc()).limit(1))
    return last if last is not None and last.kind == "narrow_declined" else None


def why_second_approval(task: Task) -> list[SecondReason]:
    """Why a second person must approve before the draw as the directory is today; without what somebody has approved."""
    rows = directory_of(task)
    strata = strata_terms(task.strata or {}, counted(task, rows))
    drawn = sum(one.quota for one in strata.values()) if strata else task.quota
    pool = sum(status is RowStatus.OK for _, status, _ in rows)
    narrow = is_narrow(task.draw_mode == DrawMode.DIRECTED, pool, drawn, [one.ratio for one in strata.values()])
    below = is_below_floor(strata, (task.plan_line or task.item).ratio_basis_points)
    return rules.second_reasons(narrow=narrow, below_floor=below, approved=second_approved(task.id))


def may_be_below_floor() -> bool:
    """Whether the rule set of today lets strata together stay below the item's ratio."""
    return policy.rule_set_on(clock.today()).strata_below_floor
