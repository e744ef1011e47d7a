"""Let a received operation enter the record, or say why a person has to look."""

from fieldapp import db
from fieldapp.accounts import queries as accounts
from fieldapp.fieldwork import queries, rules
from fieldapp.fieldwork.actions.annex import keep_beside
from fieldapp.fieldwork.actions.apply_close import close
from fieldapp.fieldwork.actions.apply_event import issue, refuse, sign
from fieldapp.fieldwork.actions.apply_item import add, void
from fieldapp.fieldwork.actions.apply_set import set_field
from fieldapp.fieldwork.actions.site import Site
from fieldapp.fieldwork.rules import AppliedOp, Outcome, Thing
from fieldapp.refusals import Refusal
from fieldapp.visits import actions as visit_actions
from fieldapp.visits import queries as visits
from fieldapp.visits.rules import ON_SITE, UNDER_WAY, VisitState, check_is_led

_ACTS = {"set": set_field, "add": add, "void": void, "issue": issue, "sign": sign, "refuse": refuse, "close": close}


def apply(op: AppliedOp) -> Outcome:
    """What becomes of one operation, in the order of the receipts; the caller holds the visit.

    What is refused leaves nothing behind in the record; it is kept as received and needs attention. What comes after the
    closing is kept beside the record as an annex.
    """
    try:
        with db.session.begin_nested():
            return _enter(op)
    except Refusal as refusal:
        keep_beside(op, refusal)
        return rules.needs_attention(refusal)


def _enter(op: AppliedOp) -> Outcome:
    place = rules.place(op.path)
    rules.check_act(op.kind, place.thing)
    rules.check_value(op.kind, place.thing, op.value)
    site = Site(visits.visit(op.visit_id), accounts.person(op.person_id).officer, op, place)
    _check(site)
    _begin(site)
    return _ACTS[op.kind](site)


def _check(site: Site) -> None:
    visit, place = site.visit, site.place
    if place.thing not in rules.AFTER_CLOSING or visit.state != VisitState.CLOSED:
        rules.check_visit_takes_operations(is_on_site=visit.state in ON_SITE, is_closed=visit.state == VisitState.CLOSED)
    rules.check_is_member(site.op.person_id, queries.team(visit).keys())
    if place.visit_task is not None:
        _check_place(site)
    if place.thing not in rules.BEFORE_PRESENCE:
        if visit.state in UNDER_WAY:
            check_is_led(visits.leader(visit) is not None)
        if rules.happens_on_site(visit.method):
            rules.check_two_present(queries.certified_present(visit))


def _check_place(site: Site) -> None:
    """The record is one of this visit, and the line one of its checklist."""
    part = queries.visit_task_of(site.visit, site.place.visit_task)
    if part is None or (site.place.line is not None and site.place.line not in queries.line_ids(part)):
        raise rules.unknown_place()
    if site.place.thing not in rules.AFTER_CLOSING:
        rules.check_part_is_open(is_closed=queries.is_over(part))


def _begin(site: Site) -> None:
    """The first operation that counts begins the visit; whoever arrives or confirms after a pause takes it up again."""
    if site.place.thing is Thing.SHEET:
        return  # a photo of what was done before
    resumes = {Thing.ARRIVAL_PLACE, Thing.ARRIVAL_FIX, Thing.PRESENCE}
    if site.visit.state == VisitState.APPROVED or (site.visit.state == VisitState.PAUSED and site.place.thing in resumes):
        visit_actions.start_visit(site.visit.id, site.moment, by=site.by, plans_at=site.plans_at)
