"""An inspector did not sign: what the leader said of it, and the head's decision (E15)."""

from typing import Any
from uuid import UUID

from flask import Response, g, request
from flask_babel import gettext

from fieldapp.fieldwork import actions, queries, rules
from fieldapp.fieldwork.routes.door import fieldwork
from fieldapp.refusals import Refusal, passes
from fieldapp.roles import HEADS, Role
from fieldapp.visits import queries as visits
from fieldapp.web.access import allowed
from fieldapp.web.fields import text
from fieldapp.web.pages import keep_form, render, see_other

OPINION = 1000


@fieldwork.get("/visits/<uuid:visit_id>/unsigned")
@allowed(*HEADS, Role.INSPECTOR)
def show_unsigned(visit_id: UUID) -> Response:
    return render("fieldwork/apart/unsigned.html", **_page(visit_id))


@fieldwork.post("/visits/<uuid:visit_id>/unsigned")
@allowed(*HEADS)
def decide_unsigned(visit_id: UUID) -> Response:
    visit = visits.visit_for(g.officer, visit_id)
    part = next((one for one in visit.visit_tasks if str(one.id) == request.form.get("record")), None)
    try:
        if part is None:
            raise rules.unknown_place()
        actions.decide_unsigned(part.id, request.form.get("choice", ""), text(request.form, "opinion", OPINION), by=g.officer)
    except Refusal as refusal:
        return keep_form(refusal, "fieldwork/apart/unsigned.html", **_page(visit_id))
    return see_other(".show_unsigned", visit_id=visit_id)


def _page(visit_id: UUID) -> dict[str, Any]:
    visit = visits.visit_for(g.officer, visit_id)
    return {"visit": visit, "records": [_record(part) for part in visit.visit_tasks],
            "may_change_team": g.officer.heads(visit.lead_division_id)}


def _record(part: Any) -> dict[str, Any]:
    team, unsigned = queries.team(part.visit), queries.not_signing(part)
    is_head = rules.is_deciding_head(g.officer, part.task.division_id, team)
    others = rules.others_present(queries.certified_here(part), unsigned)
    return {
        "id": str(part.id), "item": part.task.item.name, "decided": queries.unsigned_decisions(part.id),
        "said": [{"name": team[person].name if person in team else "", "explanation": row.value["explanation"],
                  "is_unable": row.value.get("cause") == "unable", "by": row.person.name, "at": queries.happened_at(row)}
                 for person, row in unsigned.items()],
        "choices": [(str(one), gettext(one.label)) for one in rules.unsigned_choices(others)],
        "others_may_sign": rules.UnsignedChoice.THIRD_SIGNS in rules.unsigned_choices(others),
        "may_decide": passes(rules.check_may_decide_unsigned, is_head=is_head, is_stated=bool(unsigned),
                             is_closed=queries.is_over(part))}
