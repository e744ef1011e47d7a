"""The entity's copy at its secret address: notice, record as signed, result, objection."""

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Response, current_app, url_for
from flask_babel import gettext as _

from fieldapp.canonical import canonical
from fieldapp.documents.qr import qr_svg
from fieldapp.documents.queries import documents_about
from fieldapp.fieldwork import queries
from fieldapp.fieldwork.routes.door import fieldwork
from fieldapp.fieldwork.routes.paper import record_paper
from fieldapp.fieldwork.rules import REGISTERED, Way
from fieldapp.ledger.receipts import receipt_about
from fieldapp.ledger.rules import digits_of
from fieldapp.refusals import NotFound
from fieldapp.visits import queries as visits
from fieldapp.visits.rules import VisitState
from fieldapp.web.access import public
from fieldapp.web.limits import Limit, address, limited
from fieldapp.web.pages import download, public_address, render
from fieldapp.words import N_

LIMIT = Limit("copy", 60, 60, address)


@fieldwork.get("/copies/<secret>")
@limited(LIMIT)
@public
def show_copy(secret: str) -> Response:
    visit = queries.copy_by_secret(secret).visit
    told = queries.told_on_copy(part.id for part in visit.visit_tasks)
    records = [_record(secret, part, told) for part in visit.visit_tasks if queries.is_handed_over(part)]
    is_complete = len(records) == len(visit.visit_tasks)
    notice = _held(visit.notice) if visit.notice else None
    asked = [one.id for one in visits.recusals_of(visit.id) if one.by_party]
    copy = {"object_name": visit.object.name, "slot_start": visit.slot_start, "inspectors": inspectors(visit),
            "notice": notice, "supplements": [_held(one) for one in visits.supplements_of(visit)],
            "decisions": [_held(one) for one in documents_about(asked)], "rating_url": rating_url(secret),
            "is_complete": is_complete, "receipt": queries.last_receipt(visit.id), "records": records,
            "inquiry_url": url_for("fieldwork.show_inquiry", secret=secret) if visit.method == "written" else None}
    return render("fieldwork/copy.html", copy=copy)


def _held(document: Any) -> dict[str, str]:
    """A document that the entity keeps, and where it reads it."""
    return {"number": document.number, "url": public_address(f"/documents/{document.secret}")}


@fieldwork.get("/copies/<secret>/record/<uuid:visit_task_id>")
@limited(LIMIT)
@public
def show_record(secret: str, visit_task_id: UUID) -> Response:
    _handed_over(secret, visit_task_id)
    back_url = url_for("fieldwork.show_copy", secret=secret)
    view = queries.record(visit_task_id)
    return render("fieldwork/record.html", record=record_paper(view, back_url=back_url), apart=view, ways=Way)


@fieldwork.get("/copies/<secret>/record/<uuid:visit_task_id>/content.json")
@limited(LIMIT)
@public
def send_content(secret: str, visit_task_id: UUID) -> Response:
    """What was signed, as the canonical JSON whose SHA-256 stands on the record and in its receipt."""
    part = _handed_over(secret, visit_task_id)
    return download(canonical(queries.record_content(part)), f"record-{part.id}.json", "application/json")


@fieldwork.get("/copies/<secret>/record/<uuid:visit_task_id>/receipt.txt.gz")
@limited(LIMIT)
@public
def send_receipt(secret: str, visit_task_id: UUID) -> Response:
    """The proof that the record stands in the log, once a signed head covers it."""
    receipt = receipt_about(REGISTERED, _handed_over(secret, visit_task_id).id)
    if receipt is None:
        raise NotFound("fieldwork.no_receipt_yet", N_("登记回执还没有生成，请稍后再来"))
    return download(receipt.file(), f"receipt-{visit_task_id}.txt.gz", "application/gzip")


def _handed_over(secret: str, visit_task_id: UUID) -> Any:
    """A record that the entity reads on its copy."""
    part = queries.visit_task_of(queries.copy_by_secret(secret).visit, visit_task_id)
    if part is None or not queries.is_handed_over(part):
        raise NotFound("fieldwork.no_copy", N_("没有这份副本，请核对地址"))
    return part


def inspectors(visit: Any) -> list[dict[str, Any]]:
    """The team, as the entity checks it while the visit lasts; afterwards when each certificate was shown."""
    checks = visits.credentials_of(visit.id) if visit.state != VisitState.CLOSED else {}
    shown = {one.number: one.at for one in queries.record(visit.visit_tasks[0].id).certificates}
    return [{"name": one.inspector.name, "certificate": one.inspector.certificate_number or "",
             "shown_at": shown.get(one.inspector.certificate_number or ""),
             "credential_url": public_address(f"/credentials/{checks[one.inspector_id].secret}")
             if one.inspector_id in checks else ""} for one in visits.members(visit)]


def _record(secret: str, part: Any, told: dict[tuple[UUID, str], dict[str, Any]]) -> dict[str, Any]:
    """One record of the visit: its state, its code, and what came of it."""
    view = queries.record(part.id)
    result, objection = told.get((part.id, "result")), told.get((part.id, "objection"))
    if result:
        category, published_at = result["category"], datetime.fromisoformat(result["published_at"])
        result = {**result, "category": _(category), "published_at": published_at}
    if objection:
        state = objection["state"]
        objection = {**objection, "state": _(state)}
    return {"item": view.head.item, "record_number": view.head.record_number, "digest": view.code, "state": _state(view),
            "url": url_for("fieldwork.show_record", secret=secret, visit_task_id=part.id), "result": result,
            "documents": [one for one in documents_about([part.id]) if one.is_public],
            "correction_url": told.get((part.id, "correction"), {}).get("url"), "objection": objection,
            "receipt": _receipt(secret, part), "content_url": url_for("fieldwork.send_content", secret=secret,
                                                                       visit_task_id=part.id),
            "objection_url": _objection_url(secret, part) if result else None}


def _receipt(secret: str, part: Any) -> dict[str, Any] | None:
    """Where the entity gets its proof, and the same as a QR code; none before a signed head covers the record."""
    receipt = receipt_about(REGISTERED, part.id)
    if receipt is None:
        return None
    check = f"{public_address(url_for('ledger.check_receipt'))}#{digits_of(receipt.text())}"
    return {"url": url_for("fieldwork.send_receipt", secret=secret, visit_task_id=part.id), "check_url": check,
            "qr": qr_svg(check, _("登记回执"), dense=True)}


def _state(view: Any) -> str:
    if view.is_signed:
        return _("已盖章确认") if view.entity_signature.seal else _("已签字确认")
    return _("拒绝签字，已记录") if view.refusals else _("检查已结束")


def rating_url(secret: str) -> str | None:
    """Where the entity says how the visit was held, while there is such a page."""
    return url_for("oversight.show_rating", secret=secret) if "oversight.show_rating" in current_app.view_functions else None


def _objection_url(secret: str, part: Any) -> str | None:
    """Where the entity says that a result is wrong, while there is such a page."""
    if "objections.new_objection" not in current_app.view_functions:
        return None
    return url_for("objections.new_objection", secret=secret, record=part.id)
