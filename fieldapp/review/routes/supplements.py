"""The 补充笔录: written on its record's page, on a page of its own signed by the team, served, explained, withdrawn."""

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Response, g, request, url_for
from flask_babel import gettext as _

from fieldapp import clock
from fieldapp.documents.qr import qr_svg
from fieldapp.fieldwork.rules import Capacity, EntityOpinion, Unsigned, short_code
from fieldapp.refusals import Refusal
from fieldapp.review import actions, forms, queries
from fieldapp.review.routes.door import READERS, part_names, review, review_page
from fieldapp.review.rules import AWAITING_ENTITY, SupplementaryState
from fieldapp.roles import Role
from fieldapp.web.access import allowed
from fieldapp.web.fields import needed_day, text
from fieldapp.web.pages import choices, keep_form, public_address, render, see_other


@review.post("/reviews/<uuid:review_id>/supplementary-records")
@allowed(Role.INSPECTOR)
def write_supplementary_record(review_id: UUID) -> Response:
    queries.review_for(g.officer, review_id)
    try:
        row = actions.write_supplementary_record(
            review_id, text(request.form, "reason", forms.OPINION), forms.added_facts(request.form),
            needed_day(request.form, "until"), by=g.officer)
    except Refusal as refusal:
        return keep_form(refusal, "review/show.html", **review_page(review_id))
    return see_other("review.show_supplementary_record", supplementary_id=row.id)


@review.get("/supplementary-records/<uuid:supplementary_id>")
@allowed(*READERS)
def show_supplementary_record(supplementary_id: UUID) -> Response:
    return render("review/supplement/show.html", **_page(supplementary_id))


@review.post("/supplementary-records/<uuid:supplementary_id>/signatures")
@allowed(Role.INSPECTOR)
def sign_supplementary_record(supplementary_id: UUID) -> Response:
    queries.supplementary_for(g.officer, supplementary_id)
    actions.sign_supplementary_record(supplementary_id, by=g.officer)
    return see_other("review.show_supplementary_record", supplementary_id=supplementary_id)


@review.post("/supplementary-records/<uuid:supplementary_id>/withdrawal")
@allowed(Role.INSPECTOR)
def withdraw_supplementary_record(supplementary_id: UUID) -> Response:
    queries.supplementary_for(g.officer, supplementary_id)
    actions.withdraw_supplementary_record(supplementary_id, by=g.officer)
    return see_other("review.show_supplementary_record", supplementary_id=supplementary_id)


@review.post("/supplementary-records/<uuid:supplementary_id>/link")
@allowed(Role.INSPECTOR)
def serve_supplementary_record(supplementary_id: UUID) -> Response:
    """The link stands on this answer and nowhere else: of it only a hash is kept."""
    queries.supplementary_for(g.officer, supplementary_id)
    served = actions.serve_supplementary_record(supplementary_id, by=g.officer)
    address = public_address(url_for("review.show_served_supplement", link=served.secret))
    return render("review/supplement/link.html", row=served.row, address=address, qr=qr_svg(address, _("签字链接")))


@review.post("/supplementary-records/<uuid:supplementary_id>/explanation")
@allowed(Role.INSPECTOR)
def note_not_signed(supplementary_id: UUID) -> Response:
    queries.supplementary_for(g.officer, supplementary_id)
    try:
        actions.note_not_signed(supplementary_id, forms.not_signed(request.form), by=g.officer)
    except Refusal as refusal:
        return keep_form(refusal, "review/supplement/show.html", **_page(supplementary_id))
    return see_other("review.show_supplementary_record", supplementary_id=supplementary_id)


@review.get("/supplementary-records/<uuid:supplementary_id>/entity")
@allowed(Role.INSPECTOR)
def show_supplement_to_entity(supplementary_id: UUID) -> Response:
    return render("review/supplement/entity.html", **_before_entity(supplementary_id))


@review.post("/supplementary-records/<uuid:supplementary_id>/entity")
@allowed(Role.INSPECTOR)
def sign_on_inspectors_phone(supplementary_id: UUID) -> Response:
    queries.supplementary_for(g.officer, supplementary_id)
    try:
        signer, opinion, words = forms.entity_signing(request.form)
        actions.sign_on_inspectors_phone(supplementary_id, signer, opinion, words, by=g.officer)
    except Refusal as refusal:
        return keep_form(refusal, "review/supplement/entity.html", **_before_entity(supplementary_id))
    return see_other("review.show_supplementary_record", supplementary_id=supplementary_id)


def signing_page(row: Any) -> dict[str, Any]:
    """What the page shows on which the entity reads and signs, on either phone."""
    is_open = row.state in AWAITING_ENTITY and row.until >= clock.today()
    return {"row": row, "content": row.content, "supplement_states": SupplementaryState, "is_open": is_open,
            "part_names": part_names(row.visit_task), "instant": datetime.fromisoformat, "short_code": short_code,
            "capacities": choices(Capacity), "opinions": choices(EntityOpinion), "capacities_of": Capacity,
            "opinions_of": EntityOpinion, "causes_of": Unsigned}


def _before_entity(supplementary_id: UUID) -> dict[str, Any]:
    row = queries.supplementary_for(g.officer, supplementary_id)
    return {**signing_page(row), "is_served": False, "post_url": request.path, "refuse_url": "",
            "back_url": url_for("review.show_supplementary_record", supplementary_id=row.id)}


def _page(supplementary_id: UUID) -> dict[str, Any]:
    row = queries.supplementary_for(g.officer, supplementary_id)
    found = queries.review_of(row.visit_task_id)
    is_member = g.officer.person_id in {one.person_id for one in queries.team(row.visit_task.visit)}
    return {**signing_page(row), "review": found, "is_member": is_member, "causes": choices(Unsigned),
            "has_signed": str(g.officer.person_id) in {one["person_id"] for one in row.signatures}}
