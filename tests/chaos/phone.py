"""A phone as the server meets it: a durable, gapless log, sent in parts, as `static/js/field/log` keeps and sends it.

What the page does with IndexedDB a dict does here: `record` is one transaction (counter, place, operation), so that
whatever has been recorded survives `crash`, and what was only typed does not.
"""

import copy
import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import count
from typing import Any
from uuid import UUID

from fieldapp import clock
from tests.fieldwork.scene import Scene
from tests.people import Player

MOST = 50
ONCE = frozenset({"issue", "sign", "refuse", "close"})
# method, path, body → status and JSON; raises Lost for whatever is no answer of the server's
Transport = Callable[[str, str, bytes], tuple[int, Any]]


class Lost(Exception):
    """No answer that counts: nothing came, or something that is not ours."""


class Refused(Exception):
    """The server said no: the operations stay on the phone."""

    def __init__(self, status: int) -> None:
        super().__init__(str(status))
        self.status = status


@dataclass
class Row:
    """An operation on the phone, with its receipt once there is one."""

    op: dict[str, Any]
    receipt: int | None = None
    is_clash: bool = False


@dataclass
class Draft:
    """What stands in a place: the operation that brought it, its receipt; beside it the other's value in a conflict, a rival
    where one's own is the value that stands."""

    kind: str
    value: Any
    op_id: str
    receipt: int | None = None
    is_void: bool = False
    is_rival: bool = False
    other: "Draft | None" = None

    @property
    def base(self) -> str:
        """What one has before one's eyes who chooses between the two: the value that stands, not the one beside it."""
        return self.op_id if self.other is None or self.other.is_rival else self.other.op_id


@dataclass
class Phone:
    """One phone of one person; `chance` numbers its devices and operations, so that a seed gives one history."""

    owner: Player
    transport: Transport
    chance: random.Random
    chunk_size: int = 524288
    device: str = ""
    n: int = 0
    cursor: int = 0
    rows: dict[str, Row] = field(default_factory=dict)
    places: dict[tuple[UUID, str, str], Draft] = field(default_factory=dict)
    chunks: dict[str, bytes] = field(default_factory=dict)
    typed: dict[tuple[UUID, str], Any] = field(default_factory=dict)
    answers: dict[str, set[str]] = field(default_factory=dict)
    taken: dict[str, bytes] = field(default_factory=dict)
    ticks: "count[int]" = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self.device = self.device or self._new_device()

    # writing down

    def record(self, scene: Scene, kind: str, path: str, value: Any, *, by: Player | None = None,
               base: str | None = None) -> dict[str, Any]:
        """Write an operation down: from here on nothing but a lost phone can lose it."""
        key = _place(scene.visit, kind, path)
        before = self.places.get(key)
        self.n += 1
        at = int(clock.now().timestamp() * 1000)
        op = {"id": self._uuid7(at), "d": self.device, "n": self.n, "u": str((by or self.owner).id), "t": str(scene.visit),
              "f": 1, "c": "test", "k": kind, "p": path, "v": value, "b": base or (before.op_id if before else None),
              "at": at, "mono": next(self.ticks), "off": 0, "tz": "Asia/Shanghai"}
        self.rows[op["id"]] = Row(op)
        if kind == "void":
            self.places[key] = Draft("add", before.value if before else {}, op["id"], is_void=True)
        else:
            self.places[key] = Draft(kind, value, op["id"])
        return op

    def set(self, scene: Scene, path: str, value: Any, *, base: str | None = None) -> dict[str, Any]:
        return self.record(scene, "set", path, value, base=base)

    def here(self, scene: Scene, who: Player) -> dict[str, Any]:
        """Confirm presence, the own or a colleague's by PIN."""
        by = "own_phone" if who is self.owner else "pin"
        return self.record(scene, "add", f"present/{who.id}", {"name": who.name, "by": by}, by=who)

    def take_photo(self, scene: Scene, line: int, content: bytes) -> dict[str, Any]:
        """Copy a photo's bytes into chunks, then write the operation down."""
        parts = [content[start:start + self.chunk_size] for start in range(0, len(content), self.chunk_size)]
        names = [sha256(part).hexdigest() for part in parts]
        whole = sha256(b"".join(map(bytes.fromhex, names))).hexdigest()
        self.chunks |= dict(zip(names, parts, strict=True))
        self.taken[whole] = content
        item = self._uuid7(int(clock.now().timestamp() * 1000))
        value = {"capture_hash": whole, "chunks": names, "size": len(content), "type": "image/jpeg", "name": "现场.jpg",
                 "taken_at": 0, "fix": None, "grade": "in_app"}
        return self.record(scene, "add", scene.check(line, f"photo/{item}"), value)

    def type(self, scene: Scene, path: str, value: str) -> None:
        """Keys pressed, not yet saved."""
        self.typed[(scene.visit, path)] = value

    def crash(self) -> None:
        """The browser is killed: what was not durable is gone, the log is there."""
        self.typed.clear()

    def clone(self) -> "Phone":
        """The phone restored from a copy: the same device, the same counter, the same unsent operations."""
        twin = copy.copy(self)
        for name in ("rows", "places", "answers"):
            setattr(twin, name, copy.deepcopy(getattr(self, name)))
        twin.chunks, twin.taken, twin.typed = dict(self.chunks), dict(self.taken), {}
        twin.chance = random.Random(self.chance.random())
        return twin

    # sending

    def waiting(self) -> list[Row]:
        """What has no receipt, in the order of the numbers."""
        rows = [row for row in self.rows.values() if row.receipt is None and not row.is_clash]
        return sorted(rows, key=lambda row: row.op["n"])

    def batch(self, most: int = MOST) -> list[dict[str, Any]]:
        """The next operations to send; one that carries a photo goes alone, after its chunks."""
        ops: list[dict[str, Any]] = []
        for row in self.waiting()[:most]:
            carries = bool(_chunks(row.op))
            if ops and carries:
                break
            ops.append(row.op)
            if carries:
                break
        return ops

    def send_part(self, most: int = MOST, *, keep: bool = True) -> bool:
        """Send the next part; whether anything came of it. Without `keep` the phone dies before it has kept the answer."""
        ops = self.batch(most)
        if ops and _chunks(ops[0]):
            self.upload(_chunks(ops[0]))
        answer = self.ask(ops)
        return self._keep(ops, answer) if keep else False

    def ask(self, ops: list[dict[str, Any]]) -> dict[str, Any]:
        """One request of the sync: what the server says."""
        said = {"v": 1, "dev": self.device, "ops": ops, "since": self.cursor}
        status, answer = self.transport("POST", "/field/sync", json.dumps(said).encode())
        if status not in {200, 409}:
            raise Refused(status)
        if not isinstance(answer, dict) or "out" not in answer:
            raise Lost
        for row in answer["out"]:
            self.answers.setdefault(row["id"], set()).add(json.dumps(row))
        return answer

    def upload(self, names: list[str]) -> None:
        """Bring to the server the chunks that it does not have."""
        status, answer = self.transport("POST", "/field/have", json.dumps({"hashes": names}).encode())
        if status != 200:
            raise Refused(status)
        for name in answer["missing"]:
            if name in self.chunks:
                status, answer = self.transport("PUT", f"/field/chunk/{name}", self.chunks[name])
                if status not in {200, 201}:
                    raise Refused(status)
                if answer.get("sha256") != name:
                    raise Lost

    def _keep(self, ops: list[dict[str, Any]], answer: dict[str, Any]) -> bool:
        """Keep receipts, numbers and colleagues' changes."""
        sent = {op["id"]: op["n"] for op in ops}
        out = [row for row in answer["out"] if sent.get(row["id"]) == row["n"]]
        learned = self._learn(answer)  # before the receipts: what was typed without knowing it stands in conflict with it
        for row in out:
            self._receipt(row["id"], row["receipt"])
        want, moved = answer.get("want"), bool(out)
        if answer.get("fork"):
            self._renumber(self._new_device(), 0)
            moved = True
        elif answer.get("clash"):
            self._leave_out(answer["clash"])
            moved = True
        elif want is not None:
            for row in self.rows.values():
                if row.receipt is not None and row.op["d"] == self.device and row.op["n"] >= want:
                    row.receipt, moved = None, True
        return learned or moved

    def _receipt(self, op_id: str, receipt: int) -> None:
        row = self.rows[op_id]
        row.receipt = receipt
        for name in _chunks(row.op):
            self.chunks.pop(name, None)
        for draft in self.places.values():
            if draft.op_id == op_id:
                draft.receipt = receipt

    def _leave_out(self, ids: list[str]) -> None:
        left = [row for row in self.waiting() if row.op["id"] in ids]
        for row in left:
            row.is_clash = True
        if left:
            self._renumber(self.device, min(row.op["n"] for row in left) - 1)

    def _renumber(self, device: str, last: int) -> None:
        """New numbers for what is unsent, and a new device for a copied phone; identifiers stay."""
        for row in self.waiting():
            if row.op["n"] > last or row.op["d"] != device:
                last += 1
                row.op = {**row.op, "d": device, "n": last}
        self.device, self.n = device, last

    def _learn(self, answer: dict[str, Any]) -> bool:
        for change in answer["changes"]:
            if change["op"] is None:
                self._of_ours(change["op_id"], change["outcome"])
            elif change["op_id"] not in self.rows and change["outcome"] in {"applied", "merged", "rival"}:
                self._of_theirs(change["op"], change["outcome"], change["receipt"])
        is_new = answer["cursor"] > self.cursor
        self.cursor = max(self.cursor, answer["cursor"])
        return is_new

    def _of_ours(self, op_id: str, outcome: str) -> None:
        for draft in self.places.values():
            if draft.op_id == op_id and outcome in {"applied", "settled"}:
                draft.other = None

    def _of_theirs(self, op: dict[str, Any], outcome: str, receipt: int) -> None:
        key = _place(UUID(op["t"]), op["k"], op["p"])
        before, theirs = self.places.get(key), Draft(op["k"], op["v"], op["id"], receipt, is_rival=outcome == "rival")
        if op["k"] == "void":
            theirs = Draft("add", before.value if before else {}, op["id"], receipt, is_void=True)
        if op["k"] == "set" and before is not None and (outcome == "rival" or before.receipt is None):
            before.other = theirs if before.value != op["v"] else None
        elif before is None or (before.receipt is not None and before.receipt < receipt):
            self.places[key] = theirs

    def _uuid7(self, at: int) -> str:
        return str(UUID(int=at << 80 | 0x7 << 76 | self.chance.getrandbits(12) << 64 | 0b10 << 62 | self.chance.getrandbits(62)))

    def _new_device(self) -> str:
        return f"{self.chance.getrandbits(128):032x}"


def attendance_of(phone: Phone, scene: Scene) -> dict[str, Any]:
    """Where the team arrived and who is there, as this phone knows it."""
    here = {path: draft for (visit, path, _), draft in phone.places.items() if visit == scene.visit}
    place = here.get("arrival/place")
    return {"values": {"arrival/place": place.value} if place and place.value else {}, "shown": {},
            "present": sorted(path.rpartition("/")[2] for path, draft in here.items()
                              if path.startswith("present/") and not draft.is_void)}


def _place(visit: UUID, kind: str, path: str) -> tuple[UUID, str, str]:
    return visit, path, kind if kind in ONCE else ""


def _chunks(op: dict[str, Any]) -> list[str]:
    return op["v"].get("chunks", []) if op["k"] == "add" and isinstance(op["v"], dict) else []
