"""Receive: the operation and its receipt number are durable before anything is done with them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from fieldapp import clock, db, ledger
from fieldapp.evidence.store import Joined
from fieldapp.jobs import actions as jobs
from fieldapp.refusals import Refusal
from fieldapp.roles import Officer, Outsider
from fieldapp.sync import queries, rules
from fieldapp.sync.actions.counters import RECEIPTS, Counter
from fieldapp.sync.actions.originals import enter_original
from fieldapp.sync.models import Device, Op
from fieldapp.sync.rules import SentOp, Verdict
from fieldapp.visits import queries as visits

CRASH_PAUSE = timedelta(seconds=60)


@dataclass
class Received:
    """What became of a batch at the door: the receipts, and why it went no further, if it did not.

    `want` is the number that the phone has to go on with after a gap, a fork or a clash; `why` says it of what cannot be
    received at all.
    """

    out: list[dict[str, Any]] = field(default_factory=list)
    visit_ids: set[UUID] = field(default_factory=set)
    want: int | None = None
    is_fork: bool = False
    clash: list[str] = field(default_factory=list)
    why: Refusal | None = None
    missing: list[str] = field(default_factory=list)
    job_id: UUID | None = None
    new: int = 0

    @property
    def op_ids(self) -> list[UUID]:
        """The operations that have a receipt."""
        return [UUID(one["id"]) for one in self.out]


@dataclass
class Door:
    """What receiving has at hand: the phone's row, held; the counter of receipts; what is known; the photos; who sends, and who
    says it."""

    device: Device
    receipts: Counter
    known: dict[UUID, Op]
    joined: Mapping[str, Joined]
    by: Officer
    actor: Officer | Outsider
    received: Received


def receive(device_id: str, ops: Sequence[SentOp], joined: Mapping[str, Joined], *, by: Officer,
            actor: Outsider | None = None) -> Received:
    """Receive a phone's next operations in the order of their numbers, as far as they are gapless and their media here.

    A known operation gets its stored answer again. The rest of a batch waits behind a gap, a fork, a clash, a missing
    photo; what was received before it stays received. `actor` is who says it, where that is not the sender `by`.
    """
    _check_operations(ops, by)
    received = Received()
    if not ops:
        return received
    device = known_device(device_id, by)
    rules.check_device(owner=device.person_id, sender=by.person_id, is_revoked=device.revoked_at is not None)
    # The visits before the counter, as applying does: the entries of a case come one after the other.
    visits.hold({op.visit_id for op in ops})
    door = Door(device, Counter(RECEIPTS), queries.known([op.id for op in ops]), joined, by, actor or by, received)
    for op in ops:
        if not _receive_one(op, door):
            break
    door.receipts.keep()
    device.last_seen_at = clock.now()
    _ask_for_applying(received)
    return received


def _ask_for_applying(received: Received) -> None:
    """Should a crash come between receiving and applying, a job applies what is left."""
    if received.visit_ids:
        ids = [str(visit_id) for visit_id in received.visit_ids]
        job = jobs.ask("sync.apply_received", after=CRASH_PAUSE, visit_ids=ids)
        db.session.flush()
        received.job_id = job.id


def _receive_one(op: SentOp, door: Door) -> bool:
    """Receive one operation; whether the next may be looked at."""
    stored, device, received = door.known.get(op.id), door.device, door.received
    verdict = rules.sequence_verdict(op, last_n=device.last_n, stored_sha256=stored.sha256 if stored else None)
    if verdict is Verdict.KNOWN and stored is not None:
        received.out.append(rules.answer(stored.id, stored.n, stored.receipt, stored.received_at))
        received.visit_ids.add(stored.visit_id)
        return True
    if verdict is not Verdict.RECEIVE:
        received.want, received.is_fork = device.last_n + 1, verdict is Verdict.FORK
        received.clash = [str(op.id)] if verdict is Verdict.CLASH else []
        return False
    received.missing = enter_original(op, door.joined, by=door.by)
    if received.missing:
        return False
    row = door.known[op.id] = _store(op, door)
    received.new += 1
    device.last_n, device.clock_skew_ms = op.n, op.offset_ms
    received.out.append(rules.answer(row.id, row.n, row.receipt, row.received_at))
    received.visit_ids.add(op.visit_id)
    return True


def _store(op: SentOp, door: Door) -> Op:
    row = Op(id=op.id, device=op.device, n=op.n, person_id=op.person_id, visit_id=op.visit_id, kind=op.kind,
             path=op.path, body=op.body, sha256=op.sha256, receipt=door.receipts.take(), received_at=clock.now(),
             received_from=door.by.person_id)
    db.session.add(row)
    ledger.record(door.actor, "sync.op_received", row, facts=_signer(op) if door.actor is not door.by else None)
    return row


def _signer(op: SentOp) -> dict[str, str]:
    """Who signs for the entity, by the name typed on its own phone."""
    return {"signer": op.value["name"]} if op.kind == "sign" else {}


def check_sender(device_id: str, ops: Sequence[SentOp], *, by: Officer) -> None:
    """Refuse, before anything of it is kept, what this sender or this phone may not send."""
    _check_operations(ops, by)
    device = db.session.get(Device, device_id)
    if device is not None:
        rules.check_device(owner=device.person_id, sender=by.person_id, is_revoked=device.revoked_at is not None)


def _check_operations(ops: Sequence[SentOp], by: Officer) -> None:
    """The whole batch is refused if one of its operations is not the sender's to send: nothing is half-received."""
    teams: dict[UUID, set[UUID]] = {}
    for op in ops:
        if op.person_id != by.person_id and op.visit_id not in teams:
            teams[op.visit_id] = queries.team_of(op.visit_id)
        rules.check_may_send(op, sender=by.person_id, members=teams.get(op.visit_id, set()))


def known_device(device_id: str, by: Officer) -> Device:
    """The phone's row, held; made when it is seen for the first time."""
    found = queries.device(device_id)
    if found is not None:
        return found
    moment = clock.now()
    new = Device(id=device_id, person_id=by.person_id, last_n=0, first_seen_at=moment, last_seen_at=moment, clock_skew_ms=0)
    try:
        with db.session.begin_nested():
            db.session.add(new)
    except IntegrityError:
        # The same phone came by another connection at the same moment: its row is the one.
        db.session.expire_all()
    return queries.device(device_id) or new
