"""An inspector's phone, in Python: it makes the operations that the kit makes and hands them in at the same door."""

from dataclasses import dataclass, field
from itertools import count
from typing import Any
from uuid import UUID

from fieldapp import clock, db, ids
from fieldapp.accounts.models import Person
from fieldapp.fieldwork import actions as kits
from fieldapp.fieldwork import queries, rules
from fieldapp.jobs.actions import run_all_due
from fieldapp.sync import actions
from fieldapp.sync.rules import parse_op
from fieldapp.visits import queries as visits
from fieldapp.visits.models import VisitTask

SIGNER = "李某（示例）"
STROKES = [[[120 + 40 * step, 200 + 90 * (step % 3), 30 * step, 500] for step in range(9)],
           [[560 + 30 * step, 300 - 40 * (step % 4), 400 + 25 * step, 500] for step in range(8)]]


def count_from_one() -> "count[int]":
    """The numbers of a phone's operations."""
    return count(1)


@dataclass
class Phone:
    """The phone of one person at one visit."""

    person_id: UUID
    visit_id: UUID
    device: str = field(default_factory=lambda: f"demo-{ids.random_bytes(8).hex()}")
    numbers: "count[int]" = field(default_factory=count_from_one)

    def send(self, *ops: dict[str, Any]) -> None:
        """Hand operations in as the server's door does: received durably first, then applied."""
        parsed = [parse_op(op) for op in ops]
        with db.transaction(write=True):
            actions.receive(self.device, parsed, {}, by=db.session.get_one(Person, self.person_id).officer)
        with db.transaction(write=True):
            while not actions.apply_received({self.visit_id}):
                continue

    def op(self, kind: str, path: str, value: Any, by: UUID | None = None) -> dict[str, Any]:
        """The next operation of this phone."""
        return {"id": str(ids.uuid7()), "d": self.device, "n": next(self.numbers), "u": str(by or self.person_id),
                "t": str(self.visit_id), "f": 1, "c": "demo", "k": kind, "p": path, "v": value, "b": None,
                "at": clock.milliseconds(clock.now()), "mono": 1, "off": 0, "tz": "Asia/Shanghai"}


@dataclass(frozen=True, slots=True)
class Finding:
    """What the conclusion of a record says: `problems` are the numbers of the checks that fail, with a note."""

    category: str
    conclusion: str
    problems: dict[int, str] = field(default_factory=dict)
    order: str = ""
    until: str = ""


def hold_visit(visit_id: UUID, *, problems: dict[int, str], category: str, conclusion: str, order: str = "",
               until: str = "", signer: str = SIGNER) -> None:
    """A whole visit, from arrival to closing: `problems` are the numbers of the checks that fail, with a note."""
    phone = begin_visit(visit_id, signer)
    end_visit(phone, Finding(category, conclusion, problems, order, until), signer)


def begin_visit(visit_id: UUID, signer: str = SIGNER) -> Phone:
    """The team arrives, shows its certificates and hands over the notice; gives the phone on which this is written."""
    with db.transaction(write=False):
        visit = visits.visit(visit_id)
        notice = visit.notice
        facts = (visit.object.address, notice.number if notice else "", (notice.content_hash or "") if notice else "")
    phone = open_kit(visit_id)
    phone.send(*_arrival(phone, team_of(visit_id), *facts, signer))
    return phone


def open_kit(visit_id: UUID) -> Phone:
    """Prepare the visit on the phone of the first of its team who can sign in."""
    person = team_of(visit_id)[0][0]
    with db.transaction(write=True):
        kits.prepare_kits([visit_id], by=db.session.get_one(Person, person).officer)
    return Phone(person, visit_id)


def end_visit(phone: Phone, finding: Finding, signer: str = SIGNER) -> None:
    """The checks, the conclusion, all signatures and the closing."""
    for part in _parts(phone.visit_id):
        phone.send(*checks(phone, part, finding.problems))
        phone.send(*conclusion(phone, part, finding))
        entity = _signature("entity", signer, **as_signed(part), capacity="person_in_charge")
        phone.send(phone.op("sign", f"r/{part}/record", entity), *sign_as_team(phone, part))
    close(phone)


def close(phone: Phone) -> None:
    """The visit is over; what waits for that is done."""
    digests = {str(part): record_digest(part) for part in _parts(phone.visit_id)}
    phone.send(phone.op("close", "visit", {"digest": rules.visit_digest(digests)}))
    run_all_due()


def team_of(visit_id: UUID) -> list[tuple[UUID, str, str | None]]:
    """Who of the team can sign in: person, name, number of the certificate."""
    with db.transaction(write=False):
        return [(member.inspector.person_id, member.inspector.name, member.inspector.certificate_number)
                for member in visits.members(visits.visit(visit_id)) if member.inspector.person_id]


def _arrival(phone: Phone, team: list[Any], address: str, number: str, digest: str, signer: str) -> list[dict[str, Any]]:
    ops = [phone.op("set", "arrival/place", address)]
    ops += [phone.op("add", f"present/{person}", {"name": name, "by": "own_phone" if person == phone.person_id else "pin"},
                     person) for person, name, _ in team]
    ops += [phone.op("issue", f"credential/{person}", {"number": certificate, "to": signer}, person)
            for person, _, certificate in team]
    ops.append(phone.op("issue", "notice", {"number": number, "sha256": digest}))
    ops.append(phone.op("set", "notice/recusal", "no"))
    ops.append(phone.op("sign", "notice", _signature("entity", signer, digest, capacity="person_in_charge")))
    return ops


def checks(phone: Phone, part: UUID, problems: dict[int, str]) -> list[dict[str, Any]]:
    """The answers to all checks of a record."""
    ops = []
    for number, line in _lines(part):
        answer = "non_compliant" if number in problems else "compliant"
        ops.append(phone.op("set", f"r/{part}/check/{line}/answer", answer))
        if number in problems:
            ops.append(phone.op("set", f"r/{part}/check/{line}/note", problems[number]))
    return ops


def conclusion(phone: Phone, part: UUID, finding: Finding, *, is_met: bool = True) -> list[dict[str, Any]]:
    """What was found, in which category, and what is ordered until when; whoever is met calls it true."""
    said = {"conclusion/category": finding.category, "conclusion/text": finding.conclusion, "conclusion/order": finding.order,
            "conclusion/order_until": finding.until}
    if is_met:
        said |= {"entity/opinion": "true", "entity/name": SIGNER, "entity/capacity": "person_in_charge"}
    return [phone.op("set", f"r/{part}/{path}", value) for path, value in said.items() if value]


def sign_as_team(phone: Phone, part: UUID) -> list[dict[str, Any]]:
    """All inspectors sign the record as it stands."""
    stands = as_signed(part)
    return [phone.op("sign", f"r/{part}/record/inspector/{person}", _signature("inspector", name, **stands), person)
            for person, name, _ in team_of(phone.visit_id)]


def as_signed(part: UUID) -> dict[str, Any]:
    """What a signature says of the record as it stands now: its hash, and the attendance in it."""
    with db.transaction(write=False):
        return queries.as_signed(db.session.get_one(VisitTask, part))


def record_digest(part: UUID) -> str:
    """The hash of what stands in a record now."""
    with db.transaction(write=False):
        return queries.record_digest(db.session.get_one(VisitTask, part))


def _signature(role: str, name: str, digest: str, **more: Any) -> dict[str, Any]:
    return {"role": role, "name": name, "strokes": STROKES, "digest": digest, **more}


def _lines(part: UUID) -> list[tuple[int, UUID]]:
    with db.transaction(write=False):
        checklist = db.session.get_one(VisitTask, part).task.checklist
        return [(line.number, line.id) for line in checklist.items] if checklist else []


def _parts(visit_id: UUID) -> list[UUID]:
    with db.transaction(write=False):
        return [part.id for part in visits.visit(visit_id).visit_tasks]
