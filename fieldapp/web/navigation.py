"""The header's links: to every page that lists things, for those who may open it."""

from dataclasses import dataclass

from flask import current_app, g, request, url_for
from flask_babel import gettext

from fieldapp.web.access import access_of
from fieldapp.words import N_

PAGES = (
    (N_("今天"), "fieldwork.show_today"),
    (N_("任务"), "tasks.list_tasks"),
    (N_("检查"), "visits.list_visits"),
    (N_("审核"), "review.list_reviews"),
    (N_("结果"), "publication.list_results"),
    (N_("异议"), "objections.list_objections"),
    (N_("清单"), "registry.list_items"),
    (N_("对象库"), "registry.list_objects"),
    (N_("人员库"), "registry.list_inspectors"),
    (N_("机构和专家"), "entrusting.list_parties"),
    (N_("导入"), "registry.list_imports"),
    (N_("年度计划"), "planning.list_plans"),
    (N_("规则与日历"), "policy.show_policy"),
    (N_("期限"), "oversight.show_deadlines"),
    (N_("人员与角色"), "accounts.list_people"),
    (N_("处室"), "accounts.list_divisions"),
    (N_("后台任务"), "oversight.list_jobs"),
    (N_("留痕"), "oversight.list_entries"),
)
PUBLIC_PAGES = (
    (N_("抽查结果"), "publication.show_results"),
    (N_("抽查事项清单"), "registry.show_public_items"),
    (N_("年度抽查计划"), "planning.show_public_plan"),
)


@dataclass(frozen=True, slots=True)
class Link:
    """A word, its address, and whether the reader is there now."""

    label: str
    href: str
    is_current: bool


def navigation() -> list[Link]:
    """The links that this reader may follow; the public pages for a stranger."""
    officer = g.get("officer")
    pages = PAGES if officer else PUBLIC_PAGES
    return [_link(label, endpoint) for label, endpoint in pages if _admits(endpoint)]


def _admits(endpoint: str) -> bool:
    view = current_app.view_functions.get(endpoint)
    access = access_of(view) if view else None
    return access is not None and access.admits(g.get("officer"))


def _link(label: str, endpoint: str) -> Link:
    here = (request.endpoint or "").partition(".")[0]
    return Link(gettext(label), url_for(endpoint), here == endpoint.partition(".")[0] and _is_nearest(endpoint))


def _is_nearest(endpoint: str) -> bool:
    """Where an area has several links, the one whose address begins the reader's address."""
    return request.path.startswith(url_for(endpoint))
