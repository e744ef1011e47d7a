"""The record as it stands, as it would stand if the log were applied once more, and what must hold in it."""

import json
from typing import Any

import sqlalchemy as sa

from fieldapp import clock, db
from fieldapp.fieldwork import queries
from fieldapp.fieldwork.models import FieldValue, RecordEvent, RecordItem
from fieldapp.sync import actions as sync
from fieldapp.sync.models import Device, Op, OpOutcome
from fieldapp.visits.models import VisitTask
from tests.chaos.stage import Stage

TABLES = {
    "values": (FieldValue, ("visit_id", "path", "value", "op_id", "device", "is_rival", "same_ops")),
    "items": (RecordItem, ("visit_id", "path", "kind", "value", "op_id", "voided_by_op", "void_reason")),
    "events": (RecordEvent, ("visit_id", "path", "kind", "value", "op_id", "digest", "digest_fits")),
}


def state_of() -> dict[str, list[str]]:
    """Every row of the record, without what the database itself numbers; in the order of the operations."""
    state = {}
    for name, (model, columns) in TABLES.items():
        rows = [{column: getattr(row, column) for column in columns} for row in db.session.scalars(sa.select(model))]
        state[name] = sorted(json.dumps(row, default=str, sort_keys=True) for row in rows)
    return state


def state_of_replayed(stage: Stage, url: str) -> dict[str, list[str]]:
    """The same, after the log of `url` has been applied to an untouched copy of the stage, in the order of the receipts."""
    with db.transaction(write=False):
        carried = [(model, [dict(row._mapping) for row in db.session.execute(sa.select(model.__table__))])
                   for model in (Device, *_evidence(), Op)]
    db.session.remove()
    bound = db.session.get_bind()
    try:
        with stage.copy():
            with db.transaction(write=True):
                for model, rows in carried:
                    for start in range(0, len(rows), 200):
                        db.session.execute(sa.insert(model), rows[start:start + 200])
            visit_ids = [scene.visit for scene in stage.scenes]
            is_all = False
            while not is_all:
                with db.transaction(write=True):
                    is_all = sync.apply_received(visit_ids)
            with db.transaction(write=False):
                return state_of()
    finally:
        db.session.remove()
        db.session.configure(bind=bound)
        clock.set_source(None)


def _evidence() -> list[Any]:
    from fieldapp.evidence.models import Original

    return [Original]


def check_blind() -> None:
    """A value typed over one that its phone had not seen never replaces it silently."""
    with db.transaction(write=False):
        rows = [(json.loads(row.body), outcome) for row, outcome in db.session.execute(
            sa.select(Op, OpOutcome.outcome).join(OpOutcome, OpOutcome.op_id == Op.id)
            .where(Op.kind == "set", OpOutcome.outcome.in_(["applied", "merged", "rival"])).order_by(OpOutcome.sequence))]
    current: dict[tuple[str, str], dict[str, Any]] = {}
    same: dict[str, set[str]] = {}
    for op, outcome in rows:
        key = (op["t"], op["p"])
        before = current.get(key)
        if outcome == "applied":
            seen = same.get(before["id"], set()) | {before["id"]} if before else {None}
            assert before is None or op["b"] in seen, f"{op} replaced {before} without having seen it"
            current[key] = op
        elif outcome == "merged" and before is not None:
            assert (before["v"] or None) == (op["v"] or None), f"{op} was merged with {before}"
            same.setdefault(before["id"], set()).add(op["id"])


def check_signed() -> None:
    """Whatever stands in a signed record was received before its signature; what came later stands beside it.

    A signature about another text, or over a conflict, holds for nothing and freezes nothing.
    """
    with db.transaction(write=False):
        holding = sa.select(RecordEvent).where(RecordEvent.kind == "sign", RecordEvent.digest_fits.is_(True))
        for event in db.session.scalars(holding):
            if not event.path.endswith("/record"):
                continue
            root = f"r/{event.visit_task_id}/"
            for model in (FieldValue, RecordItem):
                later = sa.select(model).where(model.visit_id == event.visit_id, model.receipt > event.receipt)
                for row in db.session.scalars(later):
                    kind = getattr(row, "kind", "")
                    assert not row.path.startswith(root) or kind == "addendum", f"{row.path} changed under a signature"
            part = db.session.get_one(VisitTask, event.visit_task_id)
            assert queries.sheet(part).fits(event), "a signature no longer fits what it was given for"
