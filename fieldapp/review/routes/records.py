"""The records under review, one record with its decision, the answers to its remarks, what came late."""

from uuid import UUID

from flask import Response, g, request

from fieldapp.refusals import Refusal
from fieldapp.review import actions, forms, queries
from fieldapp.review.routes.door import DECIDERS, READERS, review, review_page
from fieldapp.review.rules import ReviewState
from fieldapp.roles import Role
from fieldapp.web.access import allowed
from fieldapp.web.fields import text
from fieldapp.web.pages import keep_form, page_number, render, see_other


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
    return render("review/show.html", **review_page(review_id))


@review.post("/reviews/<uuid:review_id>/decision")
@allowed(*DECIDERS)
def decide_review(review_id: UUID) -> Response:
    queries.review_for(g.officer, review_id)
    try:
        actions.decide_review(review_id, forms.decision(request.form), text(request.form, "opinion", forms.OPINION),
                              remarks=forms.remarks(request.form), approval=forms.approval(request.form), by=g.officer)
    except Refusal as refusal:
        return keep_form(refusal, "review/show.html", **review_page(review_id))
    return see_other("review.show_review", review_id=review_id)


@review.post("/reviews/<uuid:review_id>/remarks/<uuid:remark_id>/answer")
@allowed(Role.INSPECTOR)
def answer_remark(review_id: UUID, remark_id: UUID) -> Response:
    queries.review_for(g.officer, review_id)
    try:
        actions.answer_remark(remark_id, text(request.form, "answer", forms.OPINION), by=g.officer)
    except Refusal as refusal:
        return keep_form(refusal, "review/show.html", **review_page(review_id))
    return see_other("review.show_review", review_id=review_id)


@review.post("/reviews/<uuid:review_id>/annexes")
@allowed(Role.INSPECTOR)
def mark_annexes_seen(review_id: UUID) -> Response:
    queries.review_for(g.officer, review_id)
    try:
        actions.mark_annexes_seen(review_id, forms.annexes(request.form), text(request.form, "note", forms.OPINION),
                                  by=g.officer)
    except Refusal as refusal:
        return keep_form(refusal, "review/show.html", **review_page(review_id))
    return see_other("review.show_review", review_id=review_id)
