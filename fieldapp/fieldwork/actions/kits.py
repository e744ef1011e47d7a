"""Prepare the day: a kit for each visit, an address for the entity's copy, the PIN."""

from collections.abc import Sequence
from uuid import UUID

from fieldapp import clock, db, ids, ledger
from fieldapp.fieldwork import queries, rules
from fieldapp.fieldwork.models import CopyEntry, Kit, KitPin, RecordCopy
from fieldapp.ledger.actions import Actor
from fieldapp.roles import Officer
from fieldapp.visits import actions as visit_actions
from fieldapp.visits import queries as visits
from fieldapp.visits.models import Visit
from fieldapp.visits.rules import ON_SITE


def prepare_kits(visit_ids: Sequence[UUID], *, by: Officer) -> list[Kit]:
    """Give the inspector a kit for each visit that can be worked on; one prepared before keeps its address."""
    asked = [visits.visit_for_change(by, visit_id) for visit_id in visit_ids]
    ready = [visit for visit in asked if visit.state in ON_SITE and by.person_id in queries.team(visit)]
    rules.check_kit_may_open(is_own=bool(ready), is_on_site=bool(ready))
    return [_prepare(visit, by=by) for visit in ready]


def set_pin(salt: str, iterations: int, verifier: str, *, by: Officer) -> KitPin:
    """Keep the verifier of the own PIN (PBKDF2, made on the phone): the PIN itself never comes here."""
    rules.check_pin(salt, iterations, verifier)
    pin = db.session.get(KitPin, by.person_id) or KitPin(person_id=by.person_id)
    pin.salt, pin.verifier, pin.iterations, pin.set_at = salt, verifier, iterations, clock.now()
    db.session.add(pin)
    db.session.flush()
    ledger.record(by, "fieldwork.pin_set", pin, case=by.person_id)
    return pin


def put_on_copy(visit_task_id: UUID, kind: str, facts: dict[str, str], *, by: Actor) -> CopyEntry:
    """Tell the entity on its copy what came later: `kind` is `result` or `objection`, the last of a kind counts."""
    entry = CopyEntry(visit_task_id=visit_task_id, kind=kind, facts=facts, at=clock.now())
    db.session.add(entry)
    ledger.record(by, "fieldwork.copy_told", entry, case=visits.visit_task(visit_task_id).visit_id)
    return entry


def _prepare(visit: Visit, *, by: Officer) -> Kit:
    _make_copy(visit, by=by)
    visit_actions.reserve_order_numbers(visit, by=by)
    kit = queries.kit_of(visit.id, by.person_id)
    if kit is None:
        # 122 random bits: an address that nobody can guess from another's
        kit = Kit(id=UUID(bytes=ids.random_bytes(16), version=4), visit_id=visit.id, person_id=by.person_id,
                  form_version=rules.FORM)
        db.session.add(kit)
    kit.prepared_at = clock.now()
    ledger.record(by, "fieldwork.kit_prepared", kit, case=visit.id)
    return kit


def _make_copy(visit: Visit, *, by: Officer) -> None:
    """The entity's copy has its secret address before the phone goes offline."""
    if queries.copy_of(visit.id) is None:
        copy = RecordCopy(visit_id=visit.id, secret=ids.secret(), created_at=clock.now())
        db.session.add(copy)
        ledger.record(by, "fieldwork.copy_opened", copy, case=visit.id)
