"""What a set of phones and the server hold in the end: lost, doubled, torn, changed; each is a list that must be empty."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from hashlib import sha256
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from fieldapp import db
from fieldapp.canonical import canonical
from fieldapp.evidence.models import Original
from fieldapp.ledger import rules as ledger
from fieldapp.ledger.models import Entry
from fieldapp.ledger.verification import verify
from fieldapp.sync.models import Op, OpOutcome
from tests.chaos.phone import Phone

STANDING = {"applied", "merged", "rival", "attention"}


@dataclass
class Findings:
    """What is wrong, by its kind."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    torn: list[str] = field(default_factory=list)
    receipts: list[str] = field(default_factory=list)
    ledger: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return ", ".join(f"{one.name} {len(getattr(self, one.name))}" for one in fields(self))

    def all(self) -> list[str]:
        return [f"{one.name}: {thing}" for one in fields(self) for thing in getattr(self, one.name)]


def audit(phones: Iterable[Phone], media: Path) -> Findings:
    """Hold what the phones wrote down and were answered against what the server has."""
    found, phones = Findings(), list(phones)
    with db.transaction(write=False):
        rows = list(db.session.execute(sa.select(Op.id, Op.device, Op.n, Op.receipt, Op.body, Op.sha256)))
        outcomes = list(db.session.execute(sa.select(OpOutcome.op_id, OpOutcome.outcome, OpOutcome.code)))
        _operations(found, phones, rows)
        _outcomes(found, rows, outcomes)
        _media(found, phones, media)
        _ledger(found)
    return found


def _operations(found: Findings, phones: list[Phone], rows: list[Any]) -> None:
    stored = {json.loads(row.body)["id"]: row for row in rows}
    found.doubled += [name for name, times in Counter(json.loads(row.body)["id"] for row in rows).items() if times > 1]
    for name, numbers in (("receipt", [row.receipt for row in rows]), ("n", [(row.device, row.n) for row in rows])):
        found.doubled += [f"{name} {number}" for number, times in Counter(numbers).items() if times > 1]
    for device, last in Counter(row.device for row in rows).items():
        numbers = sorted(row.n for row in rows if row.device == device)
        found.lost += [] if numbers == list(range(1, last + 1)) else [f"numbers of {device}"]
    for phone in phones:
        for name, row in phone.rows.items():
            kept = stored.get(name)
            if kept is None or not _is_as_said(kept, row.op):
                found.lost.append(name)
            elif row.receipt != kept.receipt:
                found.receipts.append(f"{name}: the phone has {row.receipt}, the server {kept.receipt}")
        found.receipts += [f"{name}: {said}" for name, said in phone.answers.items() if len(said) != 1]


def _is_as_said(kept: Any, op: dict[str, Any]) -> bool:
    return _said(json.loads(kept.body)) == _said(op) and sha256(kept.body.encode()).hexdigest() == kept.sha256


def _said(op: dict[str, Any]) -> bytes:
    """An operation without its device and number, which a copied phone gives anew."""
    return canonical({name: value for name, value in op.items() if name not in {"d", "n"}})


def _outcomes(found: Findings, rows: list[Any], outcomes: list[Any]) -> None:
    decided = {op_id for op_id, _, _ in outcomes}
    found.lost += [f"{row.id} has no outcome" for row in rows if row.id not in decided]
    entered = Counter(op_id for op_id, outcome, _ in outcomes if outcome in STANDING - {"attention"})
    found.doubled += [f"{op_id} entered twice" for op_id, times in entered.items() if times > 1]
    found.faults += [f"{op_id}: {code}" for op_id, _, code in outcomes if code == "sync.could_not_apply"]


def _media(found: Findings, phones: list[Phone], media: Path) -> None:
    originals = {row.capture_hash: row for row in db.session.scalars(sa.select(Original))}
    for capture_hash, row in originals.items():
        file = media / "originals" / row.sha256[:2] / row.sha256
        content = file.read_bytes() if file.is_file() else b""
        if sha256(content).hexdigest() != row.sha256 or len(content) != row.size:
            found.torn.append(capture_hash)
    for phone in phones:
        for capture_hash, content in phone.taken.items():
            row = originals.get(capture_hash)
            if row is None or row.sha256 != sha256(content).hexdigest():
                found.torn.append(f"{capture_hash} is not as it was taken")
    for file in (*(media / "chunks").glob("??/*"), *(media / "originals").glob("??/*")):
        if sha256(file.read_bytes()).hexdigest() != file.name:
            found.torn.append(str(file))


def _ledger(found: Findings) -> None:
    """The chain of each case without a fork, every entry and row as verification wants it, one entry for each operation."""
    last: dict[Any, Any] = {}
    received: Counter[str] = Counter()
    found.ledger += [str(one) for one in verify([]) if one.kind != "checkpoint_signature"]  # the server's keys are its own
    for entry in db.session.scalars(sa.select(Entry).order_by(Entry.id)):
        if entry.prev_in_case != last.get(entry.case_id):
            found.ledger.append(f"{entry.id}: {entry.action} follows {entry.prev_in_case}, not {last.get(entry.case_id)}")
        last[entry.case_id] = entry.id
        if entry.action == "sync.op_received":
            received[f"{entry.thing_id} {entry.after_hash}"] += 1
    columns = [column.key for column in sa.inspect(Op).column_attrs]
    for row in db.session.scalars(sa.select(Op)):
        shown = ledger.row_hash({name: getattr(row, name) for name in columns})
        if received[f"{row.id} {shown}"] != 1:
            found.ledger.append(f"operation {row.id} has not its one entry")
