"""The list of visits and the desk page of one."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, g, request
from flask_babel import gettext as _

from fieldapp.ledger.timeline import timeline
from fieldapp.roles import OF_DIVISION, OVERSEERS, Role
from fieldapp.tasks import queries as tasks
from fieldapp.visits import actions, forms, queries, rules
from fieldapp.visits.rules import Step, VisitState
from fieldapp.web.access import allowed
from fieldapp.web.pages import page_number, render, see_other

visits = Blueprint("visits", __name__)

READERS = OVERSEERS | OF_DIVISION | {Role.INSPECTOR}


@visits.get("/visits")
@allowed(*READERS)
def list_visits() -> Response:
    return render("visits/list.html", **the_list())


@visits.get("/visits/<uuid:visit_id>")
@allowed(*READERS)
def show_visit(visit_id: UUID) -> Response:
    return render("visits/show.html", **the_visit(visit_id))


@visits.get("/tasks/<uuid:task_id>/visits")
@allowed(*READERS)
def show_task_visits(task_id: UUID) -> Response:
    task = tasks.task_for(g.officer, task_id)
    filters = queries.Filters("all", task_id)
    found = queries.visits_for(g.officer, filters, page_number())
    may_generate = not found.total and rules.may_arrange(g.officer, task.division_id)
    return render("visits/task.html", task=task, page=found, filters=filters, VisitState=VisitState, may_generate=may_generate,
                  drawn=queries.matched_objects(task_id) if may_generate else [])


@visits.post("/tasks/<uuid:task_id>/generation")
@allowed(*OF_DIVISION)
def generate_task(task_id: UUID) -> Response:
    actions.generate_task(task_id, by=g.officer)
    return see_other("visits.show_task_visits", task_id=task_id)


def the_list() -> dict[str, Any]:
    """The list beside every visit, as the address's filters choose it."""
    filters = forms.filters(request.args)
    return {"page": queries.visits_for(g.officer, filters, page_number()), "filters": filters, "VisitState": VisitState}


def the_visit(visit_id: UUID) -> dict[str, Any]:
    """Everything that the desk page of a visit shows, and which steps the reader may take."""
    visit = queries.visit_for(g.officer, visit_id)
    ready, numbers = queries.readiness(visit), queries.numbers_for(visit)
    approves = rules.may_approve(g.officer, by_department_head=numbers.visit_approval_by_department_head,
                                 lead_division_id=visit.lead_division_id)
    leading, proposed = queries.leader(visit), rules.proposed_leader(queries.seated(visit))
    return {
        **the_list(), "visit": visit, "members": queries.members(visit), "leader": leading, "day": queries.day_of(visit),
        "missing": rules.missing(ready) if visit.state in rules.BEFORE_NOTICE else [], "ready": ready,
        "window": queries.window(visit), "merges": _merges(visit), "steps": _steps(visit, ready),
        "others": queries.recognisable(visit), "approvals": queries.approvals(visit.id),
        "papers": visit.notice_id and g.officer.person_id in queries.member_person_ids(visit),
        "remarks": queries.remarks_open(visit.id), "credentials": queries.credentials_of(visit.id),
        "proposed": proposed, "leader_choices": _leader_choices(visit, proposed), "timeline": timeline(visit.id),
        **_may(visit, approves=approves), "Step": Step, "recusals": queries.recusals_of(visit.id),
        "substitutions": queries.substitutions_of(visit.id), "Decision": rules.Decision,
        "replacement": queries.replacement_of(visit.id),
        "recognitions": queries.recognitions_of(visit.id), "paper_subjects": queries.paper_subjects(visit),
    }


def _merges(visit: Any) -> list[tuple[Any, bool, bool]]:
    """The proposals about the visit that are not settled: whether the reader may open each, whether the reader is asked."""
    return [(one, queries.sees_proposal(g.officer, one),
             rules.may_answer_merge(g.officer, decision=one.decision, asked=queries.asked_of(one)))
            for one in queries.undecided_of(visit.id)]


def _leader_choices(visit: Any, proposed: UUID | None) -> list[tuple[UUID, str]]:
    """The certified members, the one with the lowest ticket marked as the proposal."""
    names = {member.inspector_id: member.inspector.name for member in queries.members(visit)}
    return [(one.inspector_id, names[one.inspector_id] + (_("（抽取顺序第一，建议）") if one.inspector_id == proposed else ""))
            for one in queries.seated(visit) if one.may_lead]


def _may(visit: Any, *, approves: bool) -> dict[str, Any]:
    """What the reader is offered: the steps of their duty that the visit's state allows, and what goes beside them."""
    officer, state, lead = g.officer, visit.state, visit.lead_division_id
    divisions = {lead, *(part.task.division_id for part in visit.visit_tasks)}
    is_member = officer.person_id in queries.member_person_ids(visit)
    offered = rules.steps_offered(officer, state=state, lead_division_id=lead, divisions=divisions, is_member=is_member,
                                  approves=approves)
    return {"may": {str(step): step in offered for step in Step},
            "may_apply": rules.may_apply(officer, state=state, lead_division_id=lead, is_member=is_member),
            "may_entrust": rules.may_entrust(officer, divisions) and state in rules.ASSISTED,
            "may_make_file": rules.may_make_file(officer, state)}


def _steps(visit: Any, ready: rules.Readiness) -> list[tuple[str, str]]:
    """The visit's way as the page shows it: what is done, what comes now."""
    done = rules.stages(visit.state, ready)
    now = done.index(False) if False in done else -1
    return [(label, "done" if is_done else "now" if place == now else "")
            for place, (label, is_done) in enumerate(zip(_labels(), done, strict=True))]


def _labels() -> list[str]:
    return [_("约定时间"), _("组长"), _("阅读方案"), _("批准"), _("实施检查"), _("结束")]
