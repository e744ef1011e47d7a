"""Operations applied one after the other to the record of a visit, and what stands there then."""

from datetime import UTC, datetime
from itertools import count
from typing import Any
from uuid import UUID

from fieldapp import clock, db
from fieldapp.fieldwork import actions, queries
from fieldapp.fieldwork.rules import AppliedOp, Outcome, RecordView
from fieldapp.tasks import queries as tasks
from fieldapp.tasks.models import WorkPlanReading
from fieldapp.visits.models import TeamMember, Visit
from tests.fieldwork.scene import NOW, Phone, Scene, record_digest
from tests.people import Cast, Player

receipts = count(1)


def enter(*ops: dict[str, Any]) -> list[str]:
    """Apply operations in one transaction; what became of each, with its code."""
    with db.transaction(write=True):
        return [said(actions.apply(applied(op))) for op in ops]


def applied(op: dict[str, Any]) -> AppliedOp:
    return AppliedOp(UUID(op["id"]), op["d"], UUID(op["u"]), UUID(op["t"]), op["k"], op["p"], op["v"],
                     UUID(op["b"]) if op["b"] else None, datetime.fromtimestamp(op["at"] / 1000, UTC), next(receipts),
                     clock.now(), op["off"])


def said(outcome: Outcome) -> str:
    return f"{outcome.became}:{outcome.code}".rstrip(":")


def certificates(scene: Scene) -> dict[UUID | None, str]:
    """The numbers of the team's certificates, by person."""
    with db.transaction(write=False):
        members = db.session.get_one(Visit, scene.visit).members
        return {one.inspector.person_id: one.inspector.certificate_number or "" for one in members}


def joins(scene: Scene, who: Player, at: datetime = NOW) -> Phone:
    """One more certified member, who has read the work plan, with a phone."""
    with db.transaction(write=True):
        visit = db.session.get_one(Visit, scene.visit)
        db.session.add(TeamMember(visit_id=scene.visit, inspector_id=who.inspector_id, position=len(visit.members) + 1,
                                  seat_type="certified", joined_at=at))
        plan = tasks.work_plan_in_force(visit.visit_tasks[0].task_id)
        assert plan is not None
        db.session.add(WorkPlanReading(work_plan_id=plan.id, person_id=who.id, read_at=NOW))
    return Phone(scene, who)


def view(scene: Scene) -> RecordView:
    with db.transaction(write=False):
        return queries.record(scene.part)


def state(scene: Scene) -> str:
    with db.transaction(write=False):
        return db.session.get_one(Visit, scene.visit).state


def both_here(scene: Scene, cast: Cast) -> tuple[Phone, Phone]:
    """Both members have confirmed on their own phones."""
    one, two = Phone(scene, cast.inspector_a), Phone(scene, cast.inspector_b)
    assert enter(one.set("arrival/place", "东门"), one.here(), two.here()) == ["applied"] * 3
    return one, two


def fill(scene: Scene, phone: Phone) -> None:
    ops = [phone.set(scene.check(number), "compliant") for number in (1, 2, 3)]
    ops += [phone.set(scene.path("conclusion/category"), "no_problem"), phone.set(scene.path("entity/opinion"), "true"),
            phone.set(scene.path("entity/name"), "李某")]
    assert enter(*ops) == ["applied"] * 6


def sign_all(scene: Scene, cast: Cast, phone: Phone) -> None:
    digest = record_digest(scene)
    ops = [phone.sign(digest), phone.sign_as(cast.inspector_a, digest), phone.sign_as(cast.inspector_b, digest)]
    assert enter(*ops) == ["applied"] * 3
