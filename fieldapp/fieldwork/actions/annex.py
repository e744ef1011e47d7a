"""What a phone sends after its record was ended without it: an annex beside the record, never in it (E26, §0b.15)."""

from typing import Any

from fieldapp import db
from fieldapp.accounts import queries as accounts
from fieldapp.evidence import queries as evidence
from fieldapp.fieldwork import queries, rules
from fieldapp.fieldwork.actions.site import Site
from fieldapp.fieldwork.rules import MEDIA, AppliedOp
from fieldapp.jobs import actions as jobs
from fieldapp.refusals import Refusal
from fieldapp.visits import queries as visits

LATE = frozenset({"fieldwork.visit_closed", "fieldwork.record_closed"})


def keep_beside(op: AppliedOp, refusal: Refusal) -> None:
    """Keep what a member of the team, of now or of before, did and sent too late, and tell the reviewers."""
    if refusal.code not in LATE or op.kind == "close":
        return
    visit, place = visits.visit(op.visit_id), rules.place(op.path)
    if op.person_id not in {member.inspector.person_id for member in visit.members}:
        return
    site = Site(visit, accounts.person(op.person_id).officer, op, place)
    captured = op.value.get("capture_hash") if place.thing in MEDIA and op.kind == "add" else None
    original = evidence.find_original(captured) if captured else None
    db.session.add(site.item(queries.ADDENDUM, said_beside(op), original.id if original else None))
    for part in visit.visit_tasks:
        if place.visit_task in {None, part.id}:
            jobs.ask("fieldwork.annex_came", visit_task_id=str(part.id))


def said_beside(op: AppliedOp) -> dict[str, Any]:
    """What is read of it: the value of a field, an item as it is, of everything else who and what."""
    if op.kind == "set":
        return {"value": op.value}
    value = op.value if isinstance(op.value, dict) else {}
    if op.kind == "add":
        return {name: fact for name, fact in value.items() if name != "chunks"}
    return {"act": op.kind, **{name: fact for name, fact in value.items() if isinstance(fact, str) and name != "act"}}
