"""A visit on its day: approved, with a checklist, and phones that write operations for it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from itertools import count
from typing import Any
from uuid import UUID

from fieldapp import clock, db, ids
from fieldapp.fieldwork import queries, rules
from fieldapp.jobs.actions import _kinds, job
from fieldapp.registry.models import Checklist, ChecklistItem
from fieldapp.visits.models import Visit, VisitTask
from tests.people import Cast, Player
from tests.visits.scene import approved_visit

NOW = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)
STROKES = [[[10, 10, 0, 500], [200, 100, 40, 500]], [[30, 200, 90, 500], [40, 210, 99, 500]]]
closed: list[str] = []


@dataclass
class Scene:
    """The visit, its one record, the lines of its checklist, what the notice and the record are called."""

    visit: UUID
    part: UUID
    lines: list[UUID]
    notice_hash: str
    head: dict[str, str]

    def path(self, rest: str) -> str:
        """A path of the record."""
        return f"r/{self.part}/{rest}"

    def check(self, number: int, field: str = "answer") -> str:
        """A field of the number-th line."""
        return self.path(f"check/{self.lines[number - 1]}/{field}")


def set_scene(cast: Cast) -> Scene:
    """An approved visit of inspectors a and b at 09:30 of its day, with a checklist of three lines."""
    visit_id = approved_visit(cast)
    clock.set_source(lambda: NOW)
    with db.transaction(write=True):
        visit = db.session.get_one(Visit, visit_id)
        [part] = visit.visit_tasks
        checklist = Checklist(item_code=part.task.item.code, version=1, title="动物检查表", accepted_at=NOW)
        checklist.items = [ChecklistItem(number=number, standard=f"第 {number} 项标准", method="现场查看",
                                         evidence=["photo"] if number == 1 else []) for number in (1, 2, 3)]
        db.session.add(checklist)
        db.session.flush()
        part.task.checklist_id = checklist.id
        assert visit.notice is not None
        assert visit.notice.content_hash is not None
        return Scene(visit_id, part.id, [line.id for line in checklist.items], visit.notice.content_hash,
                     queries.head(part).as_dict())


@dataclass
class Phone:
    """A phone of one person: it numbers its operations without gaps and remembers what it saw last in each field."""

    scene: Scene
    owner: Player
    device: str = field(default_factory=lambda: f"phone-{ids.random_bytes(8).hex()}")
    seen: dict[str, str] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    skew_ms: int = 0

    def op(self, kind: str, path: str, value: Any, *, by: Player | None = None, base: str | None = None,
           **more: Any) -> dict[str, Any]:
        """The next operation of this phone, as it would be sent."""
        at = int(clock.now().timestamp() * 1000) - self.skew_ms
        made = {"id": str(ids.uuid7()), "d": self.device, "n": next(self.numbers), "u": str((by or self.owner).id),
                "t": str(self.scene.visit), "f": 1, "c": "test", "k": kind, "p": path, "v": value,
                "b": base if base is not None else self.seen.get(path), "at": at, "mono": 1, "off": self.skew_ms,
                "tz": "Asia/Shanghai", **more}
        self.seen[path] = made["id"]
        return made

    def set(self, path: str, value: Any, **more: Any) -> dict[str, Any]:
        return self.op("set", path, value, **more)

    def here(self, by: Player | None = None) -> dict[str, Any]:
        """Confirm presence, the own or a colleague's by PIN."""
        who = by or self.owner
        return self.op("add", f"present/{who.id}", {"name": who.name, "by": "pin" if by else "own_phone"}, by=by)

    def sign(self, digest: str | None, **more: Any) -> dict[str, Any]:
        """The entity's signature on the record."""
        return self.op("sign", self.scene.path("record"),
                       signature("entity", "李某", digest, capacity="person_in_charge", **more))

    def sign_as(self, who: Player, digest: str, **more: Any) -> dict[str, Any]:
        """An inspector's signature on the record."""
        value = signature("inspector", who.name, digest, **more)
        return self.op("sign", self.scene.path(f"record/inspector/{who.id}"), value, by=who)


def signature(role: str, name: str, digest: str | None, **more: Any) -> dict[str, Any]:
    return {"role": role, "name": name, "strokes": STROKES, "digest": digest, **more}


def record_digest(scene: Scene) -> str:
    """What stands in the record now, as a phone of an older release computes it: without who was there."""
    with db.transaction(write=False):
        return queries.sheet(db.session.get_one(VisitTask, scene.part)).digest_under(None) or ""


def as_signed(scene: Scene) -> dict[str, Any]:
    """What stands in the record now, with who was there: the digest and the attendance that a signature says."""
    with db.transaction(write=False):
        return queries.as_signed(db.session.get_one(VisitTask, scene.part))


def visit_digest(scene: Scene, digest: str = "") -> str:
    """What a phone says at the closing, over the digest that was signed; a phone of an older release, over its own."""
    return rules.visit_digest({str(scene.part): digest or record_digest(scene)})


def photo(content: bytes, name: str = "现场照片.jpg") -> tuple[dict[str, Any], dict[str, bytes]]:
    """The value of a photo operation, and its chunks."""
    parts = [content[start:start + 524288] for start in range(0, len(content), 524288)]
    chunks = {sha256(part).hexdigest(): part for part in parts}
    names = [sha256(part).hexdigest() for part in parts]
    whole = sha256(b"".join(map(bytes.fromhex, names))).hexdigest()
    value = {"capture_hash": whole, "chunks": names, "size": len(content), "type": "image/jpeg", "name": name,
             "taken_at": int(NOW.timestamp() * 1000), "fix": None, "grade": "in_app"}
    return value, chunks


def note_closings() -> None:
    """Where the area that reviews is not there, remember which records were closed."""
    closed.clear()
    if "fieldwork.record_closed" not in _kinds:
        job("fieldwork.record_closed")(lambda facts: closed.append(facts["visit_task_id"]))
    if "fieldwork.annex_came" not in _kinds:
        job("fieldwork.annex_came")(lambda _facts: None)
