"""The kit: one document with all steps of one visit, for one person, to be kept without a network."""

from hashlib import sha256
from typing import Any
from uuid import UUID

from flask import Response, g, make_response, request, url_for
from flask_babel import gettext as _

from fieldapp.config import department_name
from fieldapp.documents.qr import qr_svg
from fieldapp.documents.rules import notice_sections
from fieldapp.evidence import seals
from fieldapp.fieldwork import queries
from fieldapp.fieldwork.routes.day import METHODS
from fieldapp.fieldwork.routes.door import fieldwork
from fieldapp.fieldwork.rules import (
    WRITTEN,
    Closure,
    Entry,
    ProposedCategory,
    Way,
    field_names,
    happens_on_site,
    may_resume,
)
from fieldapp.refusals import Refusal
from fieldapp.roles import Role
from fieldapp.tasks import queries as tasks
from fieldapp.visits import queries as visits
from fieldapp.visits.rules import UNDER_WAY, VisitState
from fieldapp.web.access import allowed
from fieldapp.web.pages import public_address, render
from fieldapp.words import Labelled


@fieldwork.get("/field/k/<uuid:kit_id>")
@allowed(Role.INSPECTOR)
def show_kit(kit_id: UUID) -> Response:
    """The kit; nothing where the phone of a closed visit only wants the browser's own copy overwritten."""
    try:
        kit = queries.kit_for(g.officer, kit_id)
    except Refusal as refusal:
        if refusal.code == "fieldwork.kit_closed" and request.headers.get("X-Kit") == "forget":
            return make_response("", 204)
        raise
    receipts_url = url_for("sync.show_receipts", visit_id=kit.visit_id)
    data = queries.kit_data(kit) | {"receipts_url": receipts_url, "seal": seals.public_key()}
    response = render(
        "fieldwork/kit.html", kit=_kit(kit, data), visit=_visit(kit.visit), person=data["person"],
        members=_members(kit), assistants=_assistants(kit.visit), plans=_unread_plans(kit),
        notice=_notice(kit.visit), supplements=_supplements(kit.visit), tasks=[_task(part) for part in kit.visit.visit_tasks],
        entries=_choices(Entry), closures=_choices(Closure), ways=_choices(Way), replies=_replies(kit.visit),
        labels={path: _(name).replace("%(number)s", "{number}") for path, name in field_names().items()})
    response.headers.update({"X-Kit": str(kit.id), "Cache-Control": "private, max-age=43200"})
    response.set_etag(sha256(response.get_data().replace(str(data["now"]).encode(), b"")).hexdigest())
    response.make_conditional(request)
    return response


def _kit(kit: Any, data: dict[str, Any]) -> dict[str, Any]:
    copy = queries.copy_of(kit.visit_id)
    address = public_address(f"/copies/{copy.secret}") if copy else ""
    inquiry = f"{address}/inquiry"
    return {"id": str(kit.id), "url": url_for("fieldwork.show_kit", kit_id=kit.id), "prepared_at": kit.prepared_at,
            "copy_url": address, "copy_qr": qr_svg(address, _("副本")), "data": data, "inquiry_url": inquiry,
            "verify_url": public_address("/verify/credential"),
            "inquiry_qr": qr_svg(inquiry, _("书面检查")) if kit.visit.method == WRITTEN else ""}


def _choices(words: type[Labelled]) -> list[dict[str, str]]:
    return [{"code": str(one), "label": _(one.label)} for one in words]


def _replies(visit: Any) -> list[dict[str, Any]]:
    """What the entity of a written inspection has sent so far."""
    return [{"kind": _(one.kind.label), "name": one.name, "text": one.text, "at": one.at, "files": one.files}
            for one in queries.replies(visit.id)]


def _visit(visit: Any) -> dict[str, Any]:
    remarks = [{"text": one.text, "path": one.path, "by": one.by.name, "at": one.at} for one in visits.remarks_open(visit.id)]
    return {"id": str(visit.id), "object_name": visit.object.name, "uscc": visit.object.uscc,
            "address": visit.object.address, "phone": visit.object.telephone, "contact": visit.contact,
            "site_safety": visit.site_safety, "slot_start": visit.slot_start, "slot_end": visit.slot_end,
            "is_merged": len(visit.visit_tasks) > 1, "remarks": remarks, "halt": _halt(visit), "method": visit.method,
            "is_on_site": happens_on_site(visit.method),
            "method_word": _(METHODS[visit.method]) if visit.method in METHODS else ""}


def _halt(visit: Any) -> str:
    """Why a visit under way stands still though its team has not paused it: nobody leads (E14), or they may go on now."""
    if visit.state in UNDER_WAY and visits.leader(visit) is None:
        return "no_leader"
    said, _rivals = queries.field_at(visit.id, "pause")
    is_awaited = bool(said is not None and said.value) or any(part.awaiting_until for part in visit.visit_tasks)
    may_go_on = may_resume(
        is_paused=visit.state == VisitState.PAUSED, is_awaited=is_awaited, is_on_site=happens_on_site(visit.method),
        certified_present=queries.certified_present(visit),
        certified=sum(one.inspector.is_certified_on(visits.day_of(visit)) for one in visits.members(visit)))
    return "may_resume" if may_go_on else ""


def _members(kit: Any) -> list[dict[str, Any]]:
    visit, day = kit.visit, visits.day_of(kit.visit)
    team, leader = queries.team(visit), visits.leader(visit)
    checks, pins = visits.credentials_of(visit.id), queries.pins(team)
    members = []
    for person, inspector in team.items():
        check = checks.get(inspector.id)
        portrait = inspector.person is not None and inspector.person.portrait_type is not None
        members.append({
            "id": str(person), "name": inspector.name, "unit": f"{department_name()} {inspector.division.name}",
            "certificate": inspector.certificate_number or "", "valid_until": inspector.certificate_until,
            "portrait_url": url_for("accounts.show_portrait", person_id=person) if portrait else None,
            "credential_id": str(check.id) if check else "",
            "is_me": person == kit.person_id, "is_leader": leader is not None and leader.inspector_id == inspector.id,
            "is_certified": inspector.is_certified_on(day), "has_pin": person in pins})
    return members


def _assistants(visit: Any) -> list[dict[str, Any]]:
    """Who comes along without being an inspector, and whose qualification has ended on the day."""
    words = {"agency": _("委托机构"), "expert": _("科技专家")}
    return [{"name": one.name, "unit": one.unit, "people": one.people, "kind": words[one.kind], "is_qualified": seen.is_qualified}
            for one, seen in zip(visits.coming(visit), visits.assisting(visit), strict=True)]


def _notice(visit: Any) -> dict[str, Any]:
    """The finished document as the kit carries it: it was numbered and issued when the visit was approved."""
    notice = visit.notice
    if notice is None or not notice.content:
        return {"number": "", "sha256": "", "url": "", "qr": "", "facts": [], "sections": []}
    content, address = notice.content, public_address(f"/documents/{notice.secret}")
    facts = [(_("被检查单位"), content["object"]), (_("统一社会信用代码"), content["uscc"]), (_("地址"), content["address"])]
    sections = [{"title": _(section.title), "lines": section.lines} for section in notice_sections(content)]
    return {"number": notice.number, "sha256": notice.content_hash, "url": address, "qr": qr_svg(address, _("抽查告知书")),
            "facts": facts, "sections": sections}


def _supplements(visit: Any) -> list[dict[str, Any]]:
    """The supplements to the notice: the team changed after it was served, and the entity is told who comes now."""
    found = []
    for one in visits.supplements_of(visit):
        address = public_address(f"/documents/{one.secret}")
        found.append({"place": f"supplement/{one.id}", "number": one.number, "content": one.content, "url": address,
                      "qr": qr_svg(address, _("检查人员变更告知书"))})
    return found


def _unread_plans(kit: Any) -> list[dict[str, Any]]:
    """The work plans in force that this person has not read: the newer version is told when the kit is opened."""
    plans = [(part, tasks.work_plan_in_force(part.task_id)) for part in kit.visit.visit_tasks]
    return [{"item": part.task.item.name, "version": plan.version, "reason": plan.reason,
             "url": url_for("tasks.show_work_plan", task_id=part.task_id)}
            for part, plan in plans if plan and kit.person_id not in tasks.readers(plan.id)]


def _task(part: Any) -> dict[str, Any]:
    plan, order = tasks.work_plan_in_force(part.task_id), visits.order_number(part)
    checks = [{"id": str(line["line_id"]), "number": line["number"], "content": line["content"], "method": line["method"],
               "basis": part.task.item.legal_basis, "is_mandatory": line["is_mandatory"],
               "wants_photo": "photo" in line["evidence"], "wants_number": "number" in line["evidence"]}
              for line in queries.line_facts(part)]
    categories = [{"code": str(one), "label": _(one.label), "needs_order": one.needs_order, "meets_nobody": one.meets_nobody}
                  for one in ProposedCategory]
    return {"vt": str(part.id), "item": part.task.item.name, "task_number": part.task.number,
            "record_number": part.record_number.number if part.record_number else "",
            "order_number": order.number if order else "",
            "requirements": plan.standard_text if plan else "", "checks": checks, "categories": categories}
