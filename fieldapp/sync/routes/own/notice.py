"""The notice on the entity's phone: read, received by signature, or not accepted."""

from typing import Any

from flask import Response, g, request
from flask_babel import gettext as _

from fieldapp import clock
from fieldapp.documents.rules import notice_sections
from fieldapp.fieldwork.rules import Recusal
from fieldapp.refusals import Refusal
from fieldapp.sync import rules
from fieldapp.sync.routes.own.door import SAYING, TEXT, held, say, sign, signer_of, who_signs
from fieldapp.sync.routes.own.visit import frame, notice_state
from fieldapp.sync.rules import Said
from fieldapp.web.access import public
from fieldapp.web.fields import text
from fieldapp.web.limits import limited
from fieldapp.web.pages import choices, keep_form, render, see_other


@sign.get("/notice")
@public
def show_notice() -> Response:
    return render("sync/own/notice.html", **_page())


@sign.post("/notice/signature")
@limited(*SAYING)
@public
def sign_notice() -> Response:
    visit = held()
    try:
        _check(visit)
        signer = signer_of(visit.notice.content_hash or "", who_signs())
        handed = None if notice_state(visit)["issued"] else {"number": visit.notice.number, "sha256": visit.notice.content_hash}
        say(visit, rules.said_of_notice(signer, request.form.get("recusal", ""), text(request.form, "recusal_reason", TEXT),
                                        handed, g.link.offered_by_id, clock.now()))
    except Refusal as refusal:
        return keep_form(refusal, "sync/own/notice.html", **_page())
    return see_other("sign.show_visit")


@sign.get("/notice/refusal")
@public
def show_notice_refusal() -> Response:
    return render("sync/own/refusal.html", **_page(), what=_("告知书"), back_url="/sign/notice")


@sign.post("/notice/refusal")
@limited(*SAYING)
@public
def refuse_notice() -> Response:
    visit = held()
    try:
        _check(visit)
        value = rules.refusal("notice", text(request.form, "words", TEXT), visit.notice.content_hash or "")
        say(visit, [Said("refuse", "notice/refusal", value, g.link.offered_by_id, clock.now())])
    except Refusal as refusal:
        return keep_form(refusal, "sync/own/refusal.html", **_page(), what=_("告知书"), back_url="/sign/notice")
    return see_other("sign.show_visit")


def _check(visit: Any) -> None:
    state = notice_state(visit)
    rules.check_is_unsettled(is_settled=bool(state["signed"] or state["refused"]))
    rules.check_what_was_read(request.form.get("digest", ""), visit.notice.content_hash or "")


def _page() -> dict[str, Any]:
    notice = g.visit.notice
    content = notice.content or {}
    facts = [(_("被检查单位"), content["object"]), (_("统一社会信用代码"), content["uscc"]), (_("地址"), content["address"])]
    return {**frame(), "notice": notice_state(g.visit), "digest": notice.content_hash, "facts": facts,
            "sections": [(_(one.title), one.lines) for one in notice_sections(content)],
            "recusals": choices(Recusal)}
