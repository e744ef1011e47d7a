"""The session of an entity's phone: a cookie of its own, good for one visit until the link's half hour or its day
is over."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, g, request

from fieldapp import clock
from fieldapp.accounts.rules import secret_hash
from fieldapp.fieldwork import queries as records
from fieldapp.fieldwork import rules as words
from fieldapp.sync import actions, queries, rules
from fieldapp.sync.routes.door import apply
from fieldapp.sync.rules import Said, Signer
from fieldapp.visits import queries as visits
from fieldapp.visits.rules import UNDER_WAY
from fieldapp.web.fields import json_said, text
from fieldapp.web.limits import Limit, address
from fieldapp.web.pages import render, see_other

COOKIE, DOOR = "signing", "sync/own/door.html"
NAME, TEXT, STROKES = 60, 2000, 60_000
WITHOUT_SESSION = frozenset({"sign.show_door", "sign.open_link", "sign.show_served_door", "sign.open_served_link"})
sign = Blueprint("sign", __name__, url_prefix="/sign")


def _session() -> str:
    return secret_hash(request.cookies.get(COOKIE, ""))


def _link() -> Any:
    return queries.link_of_session(_session(), clock.now()) if request.cookies.get(COOKIE) else None


def _speaker() -> str:
    """The link whose session this is; a cookie that is nobody's counts for its address."""
    link = _link()
    return link.id.hex if link else address()


SAYING = (Limit("sign-say-from", 240, 600, address), Limit("sign-say", 40, 600, _speaker))


@sign.before_request
def find_link() -> Response | None:
    """Whoever has no session, or an old one, stands before the door again."""
    if request.endpoint in WITHOUT_SESSION:
        return None
    link = _link()
    visit = visits.visit(link.visit_id) if link else None
    if link is None or visit is None:
        return _before_the_door()
    if visit.state not in UNDER_WAY:
        return render(DOOR, 409, opened=None, secret="", ended="over")
    if link.offered_by_id not in records.team(visit):
        return render(DOOR, 409, opened=None, secret="", ended="left")
    g.link, g.visit = link, visit
    return None


def _before_the_door() -> Response:
    """Whoever had a session and sends something is told that it was not taken in."""
    if request.method == "POST" and request.cookies.get(COOKIE):
        return render(DOOR, 409, opened=None, secret="", ended="late")
    return render(DOOR, 404, opened=None, secret="") if request.view_args else see_other("sign.show_door")


def held() -> Any:
    """The visit, held, with everything entered that was received for it: what is signed now is what stands here.

    Refused where the visit has ended meanwhile, or two certified members are not there any more.
    """
    visit = visits.visit_held(g.link.visit_id)
    while not actions.apply_received({visit.id}):
        pass
    actions.check_may_sign(visit, g.link.offered_by_id)
    return visit


def who_signs() -> tuple[str, str]:
    """Name and capacity as the form says them."""
    return text(request.form, "name", NAME), request.form.get("capacity", "")


def signer_of(digest: str, who: tuple[str, str], attendance: dict[str, Any] | None = None) -> Signer:
    """Who signs what and how; refused where a name, a capacity, the strokes or the code are missing."""
    is_typed = request.form.get("way") == "typed"
    said = Signer(*who, [] if is_typed else _strokes(), is_typed, digest, attendance)
    rules.check_signer(said, code_fits=is_typed and actions.code_fits(g.link, code_of()), is_served=g.link.is_served)
    return said


def code_of() -> str:
    """The digits that were told by mouth, however they were typed."""
    typed = request.form.get("code", "")[:40]
    return "".join(str(int(digit)) for digit in typed if digit.isdecimal())


def say(visit: Any, said: Sequence[Said]) -> None:
    """Take in what the entity says, in the visit's own log, and let it enter the record; refused where it did not."""
    for one in said:
        words.check_value(one.kind, words.place(one.path).thing, one.value)
    visit_id, received = visit.id, actions.say(g.link, visit, said, str(request.user_agent))
    apply(received)
    g.link, g.visit = _link(), visits.visit(visit_id)
    rules.check_has_entered(queries.not_entered(received.op_ids), is_received=len(received.out) == len(said))


def _strokes() -> list[Any]:
    strokes = json_said(request.form.get("strokes", "")[:STROKES].encode())
    return strokes if isinstance(strokes, list) else []
