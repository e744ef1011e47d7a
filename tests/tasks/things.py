"""Tasks for tests: set up, submitted, approved."""

from datetime import date
from typing import Any
from uuid import UUID

from fieldapp import db
from fieldapp.registry.models import Checklist, ChecklistItem
from fieldapp.tasks import actions
from fieldapp.tasks.models import Task
from fieldapp.tasks.rules import Decision, DrawMode, MatchMode, TaskSettings
from tests.people import Cast
from tests.planning import things

TYPED: dict[str, Any] = {
    "name": "实验动物检查（第一批）", "draw_mode": "undirected", "match_mode": "automatic", "inspectors_per_object": "2",
    "methods": ["on_site"], "first_day": "2026-03-02", "last_day": "2026-04-30",
}


def settings(line_id: UUID, **changes: Any) -> TaskSettings:
    facts: dict[str, Any] = {
        "plan_line_id": line_id, "name": "实验动物检查（第一批）", "draw_mode": DrawMode.UNDIRECTED,
        "match_mode": MatchMode.AUTOMATIC, "inspectors_per_object": 2, "methods": ("on_site",),
        "first_day": date(2026, 3, 2), "last_day": date(2026, 4, 30)}
    return TaskSettings(**facts | changes)


def checklist(code: str = "A01", version: int = 1) -> Checklist:
    from fieldapp import clock

    row = Checklist(item_code=code, version=version, title="抽查检查记录表", accepted_at=clock.now(), items=[
        ChecklistItem(number=1, standard="许可证在有效期内", method="查看证件"),
        ChecklistItem(number=2, standard="动物分室饲养", method="现场查看", is_mandatory=False)])
    db.session.add(row)
    db.session.flush()
    return row


def task(cast: Cast, **changes: Any) -> Task:
    """A task of the division, as a draft."""
    return actions.set_up_task(settings(things.line_of(cast), **changes), by=cast.officer.officer)


def approved(cast: Cast, **changes: Any) -> Task:
    """A task that the head has approved."""
    row = task(cast, **changes)
    actions.submit_task(row.id, by=cast.officer.officer)
    return actions.decide_task(row.id, Decision.AGREE, "同意", by=cast.head.officer)
