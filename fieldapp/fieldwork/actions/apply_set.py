"""Set a field: replace, merge, or stand beside the other as a rival until a person chooses."""

from typing import Any
from uuid import UUID

from fieldapp import db
from fieldapp.fieldwork import queries, rules
from fieldapp.fieldwork.actions.site import Site
from fieldapp.fieldwork.models import FieldValue
from fieldapp.fieldwork.rules import AppliedOp, Became, Move, Outcome, Recusal, Ruling, Standing, Thing
from fieldapp.refusals import Refusal
from fieldapp.visits import actions as visit_actions
from fieldapp.visits import queries as visits
from fieldapp.visits.rules import VisitState
from fieldapp.words import N_

RIVAL = Outcome(Became.RIVAL, "fieldwork.rival", N_("同事在这一栏填写了不同内容，请选定一个"))


def set_field(site: Site) -> Outcome:
    """Put a value into its field; after the signature it becomes an addendum beside the record."""
    try:
        site.check_record_is_open()
        if site.place.thing in rules.RECUSALS:
            said = queries.recusal_said(site.visit)
            rules.check_recusal_is_open(is_final=rules.is_recusal_final(said, site.op.path, site.op.value))
    except Refusal as refusal:
        db.session.add(site.item(queries.ADDENDUM, {"value": site.op.value}))
        return rules.needs_attention(refusal)
    if site.place.thing is Thing.ORDER_NUMBER and site.part is not None:
        order = visits.order_number(site.part)
        rules.check_order_number(site.op.value, order.number if order else None)
    current, rivals = queries.field_at(site.visit.id, site.op.path)
    verdict = Ruling(Move.CHOOSE) if site.place.thing in rules.LATEST_STANDS else rules.ruling(
        _standing(current) if current else None, [_standing(rival) for rival in rivals],
        base=site.op.base, value=site.op.value, device=site.op.device)
    outcome = _settle(site.op, verdict, current, rivals)
    if site.place.thing is Thing.PAUSE and outcome.became is Became.APPLIED:
        _pause(site)
    db.session.flush()
    if site.place.thing in rules.RECUSALS:
        _note_party_recusal(site)
    return outcome


def _settle(op: AppliedOp, verdict: Ruling, current: FieldValue | None, rivals: list[FieldValue]) -> Outcome:
    rival = next((row for row in rivals if row.op_id == verdict.rival), None)
    match verdict.move:
        case Move.REPLACE:
            _write(op, current)
            return rules.APPLIED
        case Move.CHOOSE:
            settled = _drop(rivals)
            _write(op, current)
            return Outcome(Became.APPLIED, settled=settled)
        case Move.MERGE:
            _note_same(current, op)
            return Outcome(Became.MERGED, settled=_drop([rival] if rival else []))
        case Move.JOIN_RIVAL:
            _note_same(rival, op)
            return RIVAL
        case Move.UPDATE_RIVAL:
            settled = _named(rival)
            _write(op, rival, is_rival=True)
            return Outcome(RIVAL.became, RIVAL.code, RIVAL.message, settled)
        case Move.STAND_BESIDE:
            _write(op, None, is_rival=True)
            return RIVAL


def _write(op: AppliedOp, row: FieldValue | None, *, is_rival: bool = False) -> None:
    """Make the operation's value the row's, or a new row's."""
    facts: dict[str, Any] = {"value": op.value, "op_id": op.id, "device": op.device, "person_id": op.person_id,
                             "set_at": rules.happened_at(op, not_before=None), "receipt": op.receipt, "same_ops": []}
    if row is None:
        db.session.add(FieldValue(visit_id=op.visit_id, path=op.path, is_rival=is_rival, **facts))
        return
    for name, value in facts.items():
        setattr(row, name, value)
    db.session.flush()
    db.session.expire(row, ["person"])


def _note_same(row: FieldValue | None, op: AppliedOp) -> None:
    """Remember that this operation said the same: its phone has seen the value."""
    if row is not None:
        row.same_ops = [*row.same_ops, str(op.id)]


def _drop(rivals: list[FieldValue]) -> tuple[UUID, ...]:
    """End the rivalry: the operations stay in the log, nothing stands beside the field any more."""
    ended = tuple(op_id for rival in rivals for op_id in _named(rival))
    for rival in rivals:
        db.session.delete(rival)
    db.session.flush()
    return ended


def _named(row: FieldValue | None) -> tuple[UUID, ...]:
    return (row.op_id, *map(UUID, row.same_ops)) if row else ()


def _standing(row: FieldValue) -> Standing:
    return Standing(row.op_id, row.device, row.value, frozenset(map(UUID, row.same_ops)))


def _note_party_recusal(site: Site) -> None:
    """The inspected party applies for recusal: it goes to the department's head at once (E11)."""
    (said, _), (why, _) = (queries.field_at(site.visit.id, path) for path in ("notice/recusal", "notice/recusal_reason"))
    if said is not None and said.value == Recusal.YES:
        visit_actions.note_party_recusal(site.visit, (why.value if why else None) or "", by=site.by,
                                         actor=site.actor)
    else:
        visit_actions.drop_party_recusal(site.visit, by=site.actor)


def _pause(site: Site) -> None:
    """A pause stops the visit until another day; an empty one takes it up again."""
    value = site.op.value
    if value is None:
        if site.visit.state == VisitState.PAUSED:
            visit_actions.start_visit(site.visit.id, site.moment, by=site.by, plans_at=site.plans_at)
    elif site.visit.state == VisitState.IN_PROGRESS:
        visit_actions.pause_visit(site.visit.id, value.get("reason", "").strip() or N_("改日继续"), by=site.by)
