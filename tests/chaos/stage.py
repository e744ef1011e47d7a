"""Visits for phones in bad weather: approved, with a checklist, of inspectors a and b; a database to be copied."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from fieldapp import clock, db
from fieldapp.app import load_areas
from fieldapp.fieldwork import queries
from fieldapp.registry.models import Checklist, ChecklistItem
from fieldapp.visits import actions as visits
from fieldapp.visits.models import Visit
from tests.databases import Databases
from tests.fieldwork.scene import NOW, Scene, note_closings
from tests.people import Cast, Player, assemble
from tests.product import session_of
from tests.visits.scene import approved_plan, drawn_task, inspected, item, prepare, stop_the_clock

USCCS = ("91370102MA3N8K2T1M", "91370602MA9KX4P79F", "12370000495570629U", "52370700MJD5H21Q5T", "N2370181MF20835W4N",
         "91370203MA3P100190", "91370203MA3P10131Y")


@dataclass(frozen=True)
class Stage:
    """A database with visits on their day that nobody changes, the people, the visits."""

    databases: Databases
    url: str
    cast: Cast
    scenes: tuple[Scene, ...]

    @contextmanager
    def copy(self) -> Iterator[str]:
        """A database of one's own; the session is bound to it."""
        url = self.databases.copy_of(self.url)
        engine = db.connect(url)
        yield url
        db.session.remove()
        engine.dispose()
        self.databases.drop(url)
        clock.set_source(None)


def set_stage(databases: Databases, migrated: str, visit_count: int = 2) -> Stage:
    """As many approved visits of one task as asked for, on a copy of an empty database."""
    load_areas()
    url = databases.copy_of(migrated)
    engine = db.connect(url)
    note_closings()
    stop_the_clock()
    with db.transaction(write=True):
        cast = assemble()
    visit_ids = _visits(cast, visit_count)
    clock.set_source(lambda: NOW)
    with db.transaction(write=True):
        scenes = tuple(_scene(visit_id) for visit_id in visit_ids)
    db.session.remove()
    engine.dispose()
    clock.set_source(None)
    return Stage(databases, url, cast, scenes)


def sign_in(player: Player) -> str:
    """The secret of a session of this person's, as the cookie carries it."""
    return session_of(player.id)


def _visits(cast: Cast, count: int) -> list[object]:
    team = [cast.inspector_a, cast.inspector_b]
    with db.transaction(write=True):
        objects = [inspected(f"济南某单位 {number}（示例）", uscc) for number, uscc in enumerate(USCCS[:count], start=1)]
        task = drawn_task(1, cast.officer, item("动物", cast.division), objects, team)
        visits.generate_task(task.id, by=cast.officer.officer)
        approved_plan(task, cast.head, team)
        ids = [row.id for row in db.session.query(Visit).order_by(Visit.id)]
    for visit_id in ids:
        with db.transaction(write=True):
            prepare(cast, visit_id)
            visits.submit_visit(visit_id, by=cast.officer.officer)
            visits.decide_visit(visit_id, "agree", "同意", by=cast.department_head.officer)
    return ids


def _scene(visit_id: object) -> Scene:
    visit = db.session.get_one(Visit, visit_id)
    [part] = visit.visit_tasks
    if part.task.checklist_id is None:
        checklist = Checklist(item_code=part.task.item.code, version=1, title="动物检查表", accepted_at=NOW)
        checklist.items = [ChecklistItem(number=number, standard=f"第 {number} 项标准", method="现场查看", evidence=[])
                           for number in (1, 2, 3)]
        db.session.add(checklist)
        db.session.flush()
        part.task.checklist_id = checklist.id
    lines = [line.id for line in db.session.query(ChecklistItem).order_by(ChecklistItem.number)]
    assert visit.notice is not None
    return Scene(visit.id, part.id, lines, visit.notice.content_hash or "", queries.head(part).as_dict())
