"""What the entity reads first on its phone: who stands before it, whether they are real, its rights, what is to be signed."""

from typing import Any

from flask import Response, current_app, g, request, url_for

from fieldapp import clock
from fieldapp.config import department_name
from fieldapp.fieldwork import queries as records
from fieldapp.fieldwork import rules as words
from fieldapp.fieldwork.routes.copies import rating_url
from fieldapp.sync import rules
from fieldapp.sync.routes.own.door import COOKIE, sign
from fieldapp.visits import queries as visits
from fieldapp.web.access import public
from fieldapp.web.pages import choices, public_address, render


@sign.get("/visit")
@public
def show_visit() -> Response:
    visit = g.visit
    copy = records.copy_of(visit.id)
    return render("sync/own/visit.html", **frame(), members=_members(visit), notice=notice_state(visit),
                  supplements=[supplement_state(visit, one) for one in visits.supplements_of(visit)],
                  rights=_rights(visit), records=[record_state(part) for part in visit.visit_tasks],
                  copy_url=public_address(f"/copies/{copy.secret}") if copy else "",
                  complaint_url=rating_url(copy.secret) if copy else None, slip_url=_slip_url(),
                  inquiry_url=_inquiry_url(copy) if copy and visit.method == words.WRITTEN else "")


def _slip_url() -> str | None:
    """Where this phone rates the visit, while there is such a page; a served link was in the inspectors' hands too."""
    if g.link.is_served or "oversight.show_slip" not in current_app.view_functions:
        return None
    return url_for("oversight.show_slip", slip=rules.slip(request.cookies[COOKIE]))


def _inquiry_url(copy: Any) -> str:
    return public_address(url_for("fieldwork.show_inquiry", secret=copy.secret))


def frame() -> dict[str, Any]:
    """What every page says: for whom, until when."""
    return {"object_name": g.visit.object.name, "until": g.link.expires_at, "is_served": g.link.is_served,
            "capacities": choices(words.Capacity)}


def notice_state(visit: Any) -> dict[str, Any]:
    """The notice and what the entity has answered to it."""
    return {"number": visit.notice.number if visit.notice else "", **_answers(visit, "notice")}


def supplement_state(visit: Any, supplement: Any) -> dict[str, Any]:
    """A supplement to the notice and what the entity has answered to it."""
    place = f"supplement/{supplement.id}"
    return {"id": supplement.id, "place": place, "number": supplement.number, **_answers(visit, place)}


def _answers(visit: Any, place: str) -> dict[str, Any]:
    done = {row.kind: row for row in records.events(visit.id) if row.path == place}
    return {"issued": done.get("issue"), "signed": done.get("sign"), "refused": done.get("refuse"),
            "heard": records.heard(visit, f"{place}/refusal")}


def record_state(part: Any) -> dict[str, Any]:
    """A record, whether it can be signed yet, and what the entity has answered to it."""
    view = records.record(part.id)
    signed = [one for one in view.signatures if one.role == "entity"]
    return {"id": part.id, "item": view.head.item, "number": view.head.record_number, "code": view.code,
            "signed": next((one for one in reversed(signed) if one.fits), None), "refused": bool(view.refusals),
            "heard": records.heard(part.visit, f"r/{part.id}/refusal"), "is_over": records.is_over(part),
            "is_ready": _is_ready(view) and (view.is_awaited or not g.link.is_served),
            "is_outdated": bool(signed) and not signed[-1].fits}


def _is_ready(view: words.RecordView) -> bool:
    try:
        rules.check_is_ready(view)
    except rules.Unfinished:
        return False
    return True


def _rights(visit: Any) -> list[str]:
    """The rights, word for word as the notice says them."""
    content = visit.notice.content if visit.notice else None
    return list(content["rights"]) if content and content.get("rights") else []


def _members(visit: Any) -> list[dict[str, Any]]:
    """Who stands before the entity: photo, unit, certificate, and whether it holds for this visit today."""
    checks, members = visits.credentials_of(visit.id), []
    for inspector in records.team(visit).values():
        check = checks.get(inspector.id)
        found = visits.credential_by_secret(check.secret, clock.today()) if check else None
        portrait = url_for("visits.show_portrait", secret=check.secret) if check and found and found.has_portrait else ""
        members.append({"name": inspector.name, "unit": f"{department_name()} {inspector.division.name}",
                        "certificate": inspector.certificate_number or "", "valid_until": inspector.certificate_until,
                        "verdict": found.verdict if found else None, "portrait_url": portrait})
    return members
