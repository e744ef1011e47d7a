"""A task that is ready to be drawn, with its directory and its inspectors, and the steps of its draw."""

from datetime import timedelta
from uuid import UUID

import fieldapp.draw.jobs  # noqa: F401 - a freeze asks for one
from fieldapp import clock, db
from fieldapp.draw import actions, queries, rules
from fieldapp.registry.models import InspectionItem, InspectionObject, ObjectCategory
from fieldapp.tasks.models import Task, TaskDecision
from tests.people import Cast

CATEGORY = "实验动物单位"
NONCES = {"officer": b"\1" * 32, "legal": b"\2" * 32}
VALUES = {"officer": b"3 1 4", "legal": b"2 6 5"}


def directory(cast: Cast, size: int, grades: str = "") -> list[UUID]:
    """So many objects of the category, supervised by the cast's division; `grades` are theirs in turn, "-" for none."""
    today = clock.today()
    objects = [InspectionObject(uscc=f"91370102MA{number:08}", name=f"第{number}研究所（示例）", size="小型", city="济南市",
                                region_code="370102", added_at=clock.now(),
                                 credit_risk_grade=(grades or "-")[number % len(grades or "-")].strip("-"))
               for number in range(size)]
    db.session.add_all(objects)
    db.session.flush()
    db.session.add_all(ObjectCategory(object_id=one.id, category=CATEGORY, division_id=cast.division, valid_from=today)
                       for one in objects)
    return [one.id for one in objects]


def approved_task(cast: Cast, *, quota: int = 2, state: str = "approved", **settings: object) -> UUID:
    """A task of the cast's division, approved by its head."""
    item = InspectionItem(
        code="01", name="实验动物许可监督检查", division_id=cast.division, object_category=CATEGORY, legal_basis="示例依据",
        inspection_content="内容", inspection_methods=["on_site"], ratio_basis_points=2000, frequency_operator=">=",
        frequency=1, state="published")
    db.session.add(item)
    db.session.flush()
    facts = {
        "draw_mode": "undirected", "match_mode": "automatic", "conditions": {}, "condition_text": "",
        "match_conditions": {}, "inspectors_per_object": 2} | settings
    task = Task(
        number="鲁科抽〔2026〕1号", name="实验动物检查", item_id=item.id, division_id=cast.division,
        author_id=cast.officer.id, state=state, quota=quota, inspection_methods=["on_site"], first_day=clock.today(),
        last_day=clock.today() + timedelta(days=30), created_at=clock.now(), **facts)
    db.session.add(task)
    db.session.flush()
    db.session.add(TaskDecision(task_id=task.id, kind="approved", person_id=cast.head.id, at=clock.now()))
    return task.id


def freeze(cast: Cast, task_id: UUID) -> UUID:
    with db.transaction(write=True):
        return actions.freeze_task(task_id, [cast.officer.id, cast.legal.id], by=cast.officer.officer).id


def make_seed(cast: Cast, draw_id: UUID) -> None:
    commit_all(cast, draw_id)
    reveal_all(cast, draw_id)


def commit_all(cast: Cast, draw_id: UUID) -> None:
    for part in ("officer", "legal"):
        with db.transaction(write=True):
            player = cast.players[part]
            manifest = bytes.fromhex(queries.draw(draw_id).manifest_hash)
            commitment = rules.commitment(player.name, manifest, rules.Reveal(NONCES[part], VALUES[part]))
            actions.commit(draw_id, commitment, by=player.officer)


def reveal_all(cast: Cast, draw_id: UUID) -> None:
    for part in ("officer", "legal"):
        with db.transaction(write=True):
            actions.reveal(draw_id, NONCES[part], VALUES[part], by=cast.players[part].officer)


def draw_all(cast: Cast, draw_id: UUID) -> None:
    with db.transaction(write=True):
        actions.draw_objects(draw_id, by=cast.officer.officer)
    with db.transaction(write=True):
        actions.match_inspectors(draw_id, by=cast.officer.officer)


def prepared(cast: Cast, *, size: int = 10, **settings: object) -> UUID:
    with db.transaction(write=True):
        directory(cast, size)
        return approved_task(cast, **settings)
