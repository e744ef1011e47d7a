"""The session of an entity's phone: a cookie of its own, good for one visit until the link's half hour is over."""

import json
from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, g, request

from fieldapp import clock
from fieldapp.fieldwork import queries as records
from fieldapp.fieldwork import rules as words
from fieldapp.sync import actions, queries, rules
from fieldapp.sync.routes.door import apply
from fieldapp.sync.rules import Said, Signer
from fieldapp.visits import queries as visits
from fieldapp.web.fields import text
from fieldapp.web.limits import Limit, address
from fieldapp.web.pages import render, see_other

COOKIE, DOOR = "signing", "sync/own/door.html"
NAME, TEXT, STROKES = 60, 2000, 60_000
WITHOUT_SESSION = frozenset({"sign.show_door", "sign.open_link"})
sign = Blueprint("sign", __name__, url_prefix="/sign")


def _session() -> str:
    return rules.hashed(request.cookies.get(COOKIE, ""))


BY_SESSION = Limit("sign-say", 40, 600, lambda: _session()[:32] if request.cookies.get(COOKIE) else address())


@sign.before_request
def find_link() -> Response | None:
    """Whoever has no session, or an old one, stands before the door again."""
    if request.endpoint in WITHOUT_SESSION:
        return None
    link = queries.link_of_session(_session(), clock.now()) if request.cookies.get(COOKIE) else None
    visit = visits.visit(link.visit_id) if link else None
    if link is None or visit is None or link.offered_by_id not in records.team(visit):
        return render(DOOR, 404, opened=None, secret="") if request.view_args else see_other("sign.show_door")
    g.link, g.visit = link, visit
    return None


def held() -> Any:
    """The visit, held, with everything entered that was received for it: what is signed now is what stands here."""
    visit = visits.visit_held(g.link.visit_id)
    while not actions.apply_received({visit.id}):
        pass
    return visit


def signer_of(digest: str) -> Signer:
    """Who signs and how, as the form says it; refused where a name, a capacity, the strokes or the code are missing."""
    form = request.form
    is_typed = form.get("way") == "typed"
    said = Signer(text(form, "name", NAME), form.get("capacity", ""), [] if is_typed else _strokes(), is_typed, digest)
    rules.check_signer(said, code_fits=is_typed and actions.code_fits(g.link, code_of()))
    return said


def code_of() -> str:
    """The digits that were told by mouth, however they were typed."""
    typed = request.form.get("code", "")[:40]
    return "".join(str(int(digit)) for digit in typed if digit.isdecimal())


def say(visit: Any, said: Sequence[Said]) -> None:
    """Take in what the entity says, in the visit's own log, and let it enter the record."""
    for one in said:
        words.check_value(one.kind, words.place(one.path).thing, one.value)
    apply(actions.say(g.link, visit, said, str(request.user_agent)))


def _strokes() -> list[Any]:
    try:
        strokes = json.loads(request.form.get("strokes", "")[:STROKES])
    except ValueError:
        return []
    return strokes if isinstance(strokes, list) else []
