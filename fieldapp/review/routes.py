"""The records under review, one record with its decision, corrections, and the corrections in the entity's copy."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, g, request
from flask_babel import gettext

from fieldapp import clock
from fieldapp.entrusting import queries as entrusting
from fieldapp.entrusting.rules import Work, days_late
from fieldapp.fieldwork import queries as fieldwork
from fieldapp.fieldwork.routes.paper import place_words, value_of
from fieldapp.fieldwork.rules import NAMES, Capacity, Kind, RecordView, Thing, Way, place_name
from fieldapp.ledger.timeline import timeline
from fieldapp.refusals import Refusal
from fieldapp.review import actions, forms, queries, rules
from fieldapp.review.rules import Decision, ResultCategory, ReviewState
from fieldapp.roles import Role
from fieldapp.web.access import allowed, public
from fieldapp.web.fields import text
from fieldapp.web.limits import Limit, address, limited
from fieldapp.web.pages import keep_form, page_number, render, see_other

review = Blueprint("review", __name__)
READERS = (Role.INSPECTOR, Role.DIVISION_OFFICER, Role.DIVISION_HEAD, Role.DEPUTY_HEAD, Role.LEGAL_AFFAIRS)
DECIDERS = (Role.INSPECTOR, Role.DIVISION_OFFICER, Role.DIVISION_HEAD, Role.DEPUTY_HEAD)


@review.get("/reviews")
@allowed(*READERS)
def list_reviews() -> Response:
    state = request.args.get("state", "")
    page = queries.reviews_for(g.officer, state, page_number())
    dues = {row.id: queries.internal_due(row.visit_task) for row in page}
    return render("review/list.html", dues=dues, page=page, state=state, states=ReviewState)


@review.get("/reviews/<uuid:review_id>")
@allowed(*READERS)
def show_review(review_id: UUID) -> Response:
    return render("review/show.html", **_page(review_id))


@review.post("/reviews/<uuid:review_id>/decision")
@allowed(*DECIDERS)
def decide_review(review_id: UUID) -> Response:
    queries.review_for(g.officer, review_id)
    try:
        actions.decide_review(review_id, forms.decision(request.form), text(request.form, "opinion", forms.OPINION),
                              remarks=forms.remarks(request.form), approval=forms.approval(request.form), by=g.officer)
    except Refusal as refusal:
        return keep_form(refusal, "review/show.html", **_page(review_id))
    return see_other("review.show_review", review_id=review_id)


@review.post("/reviews/<uuid:review_id>/corrections")
@allowed(Role.INSPECTOR)
def write_clerical_correction(review_id: UUID) -> Response:
    queries.review_for(g.officer, review_id)
    try:
        actions.write_clerical_correction(
            review_id, text(request.form, "path", 200), text(request.form, "wrong_text", forms.TEXT),
            text(request.form, "right_text", forms.TEXT), by=g.officer)
    except Refusal as refusal:
        return keep_form(refusal, "review/show.html", **_page(review_id))
    return see_other("review.show_review", review_id=review_id)


@review.post("/corrections/<uuid:correction_id>/signatures")
@allowed(Role.INSPECTOR)
def sign_clerical_correction(correction_id: UUID) -> Response:
    correction = queries.correction_for(g.officer, correction_id)
    actions.sign_clerical_correction(correction_id, by=g.officer)
    found = queries.review_of(correction.visit_task_id)
    return see_other("review.show_review", review_id=found.id if found else correction_id)


@review.post("/corrections/<uuid:correction_id>/withdrawal")
@allowed(Role.INSPECTOR)
def withdraw_clerical_correction(correction_id: UUID) -> Response:
    correction = queries.correction_for(g.officer, correction_id)
    actions.withdraw_clerical_correction(correction_id, by=g.officer)
    found = queries.review_of(correction.visit_task_id)
    return see_other("review.show_review", review_id=found.id if found else correction_id)


@review.post("/reviews/<uuid:review_id>/remarks/<uuid:remark_id>/answer")
@allowed(Role.INSPECTOR)
def answer_remark(review_id: UUID, remark_id: UUID) -> Response:
    queries.review_for(g.officer, review_id)
    try:
        actions.answer_remark(remark_id, text(request.form, "answer", forms.OPINION), by=g.officer)
    except Refusal as refusal:
        return keep_form(refusal, "review/show.html", **_page(review_id))
    return see_other("review.show_review", review_id=review_id)


@review.post("/reviews/<uuid:review_id>/annexes")
@allowed(Role.INSPECTOR)
def mark_annexes_seen(review_id: UUID) -> Response:
    queries.review_for(g.officer, review_id)
    try:
        actions.mark_annexes_seen(review_id, forms.annexes(request.form), text(request.form, "note", forms.OPINION),
                                  by=g.officer)
    except Refusal as refusal:
        return keep_form(refusal, "review/show.html", **_page(review_id))
    return see_other("review.show_review", review_id=review_id)


@review.get("/copies/<secret>/corrections")
@limited(Limit("copy_corrections", 120, 60, address))
@public
def show_corrections(secret: str) -> Response:
    return render("review/corrections.html", secret=secret, corrections=queries.corrections_of_copy(secret))


def _page(review_id: UUID) -> dict[str, Any]:
    found = queries.review_for(g.officer, review_id)
    row = found.visit_task
    record, leader_id = fieldwork.record(row.id), queries.leader_id(row.visit)
    may = rules.may_decide(ReviewState(found.state), g.officer, row.task.division_id, leader_id, queries.team_ids(row.visit))
    return {"review": found, "row": row, "record": record, "proposal": queries.proposal(row),
            "due": queries.internal_due(row), "remarks": queries.remarks(row.id),
            "corrections": queries.corrections(row.id), "may": may, "steps": timeline(found.case_id),
            "is_member": g.officer.person_id in {one.person_id for one in queries.team(row.visit)},
            "categories": ResultCategory, "category_options": [(one.value, gettext(one.label)) for one in ResultCategory],
            "correction_places": _places(row.id, record), "states": ReviewState, "decisions": Decision,
            "entrustments": entrusting.of_part(row), "Work": Work, "late_of": _lateness,
            "annexes": _annexes(record), "seen": queries.annexes_seen(row.id),
            "leads": g.officer.person_id == leader_id, "kinds": Kind, "ways": Way,
            "capacities": Capacity, "remark_places": _remark_places(row.id), "place_of": _place_words(record)}


def _lateness(row: Any) -> Callable[[Any], int]:
    """How many days after its deadline a report of this entrustment came."""
    return lambda report: days_late(row.assistant.due_on, clock.local(report.at).date())


def _remark_places(visit_task_id: UUID) -> list[tuple[str, str]]:
    """Where a remark may stand beside the lines: the conclusion, what was ordered, what the entity said."""
    places = [Thing.CATEGORY, Thing.CONCLUSION, Thing.ORDER, Thing.ORDER_UNTIL, Thing.OPINION]
    return [(str(thing).replace("<vt>", str(visit_task_id)), gettext(NAMES[thing])) for thing in places]


def _place_words(record: RecordView) -> Callable[[str], str]:
    """The words of the place at which a remark stands; "" for the record as a whole."""
    numbers = {line.line_id: line.number for line in record.checks}

    def words(path: str) -> str:
        name = place_name(path, numbers)
        return gettext(name.message, **name.facts) if path else ""

    return words


def _annexes(record: RecordView) -> list[dict[str, Any]]:
    """What came late, in words; photos as they are."""
    numbers = {line.line_id: line.number for line in record.checks}
    return [{"id": one.id, "place": place_words(one, numbers), "value": value_of(one), "photo": one.photo, "by": one.by,
             "at": one.at} for one in record.addenda]


def _places(visit_task_id: UUID, record: RecordView) -> list[tuple[str, str]]:
    """Where a clerical correction may stand: the notes and numbers of the lines, the conclusion, the order."""
    places = [("", gettext("整份记录"))]
    for line in record.checks:
        places.append((f"{line.path}/note", gettext("第 %(number)s 项说明", number=line.number)))
        places.append((f"{line.path}/number", gettext("第 %(number)s 项数值", number=line.number)))
    conclusion = f"r/{visit_task_id}/conclusion"
    return [*places, (f"{conclusion}/text", gettext("结论文字")), (f"{conclusion}/order", gettext("责令改正内容"))]
