"""The 补正说明: written, signed and withdrawn by the team, read in the entity's copy."""

from uuid import UUID

from flask import Response, g, request

from fieldapp.refusals import Refusal
from fieldapp.review import actions, forms, queries
from fieldapp.review.routes.door import review, review_page
from fieldapp.roles import Role
from fieldapp.web.access import allowed, public
from fieldapp.web.fields import text
from fieldapp.web.limits import Limit, address, limited
from fieldapp.web.pages import keep_form, render, see_other


@review.post("/reviews/<uuid:review_id>/corrections")
@allowed(Role.INSPECTOR)
def write_clerical_correction(review_id: UUID) -> Response:
    queries.review_for(g.officer, review_id)
    try:
        actions.write_clerical_correction(
            review_id, text(request.form, "path", 200), text(request.form, "wrong_text", forms.TEXT),
            text(request.form, "right_text", forms.TEXT), by=g.officer)
    except Refusal as refusal:
        return keep_form(refusal, "review/show.html", **review_page(review_id))
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


@review.get("/copies/<secret>/corrections")
@limited(Limit("copy_corrections", 120, 60, address))
@public
def show_corrections(secret: str) -> Response:
    return render("review/corrections.html", secret=secret, corrections=queries.corrections_of_copy(secret))
