"""Unknown and malformed addresses: there is no such page, and never a fault of ours."""

import re
from uuid import UUID

from flask import Flask
from werkzeug.routing import Rule

from fieldapp.web.access import access_of
from tests.access.cells import PLAUSIBLE, READING
from tests.access.stage import SignIn
from tests.access.things import NEEDS
from tests.access.users import User, everybody
from tests.databases import SOON_ON_SQLITE

pytestmark = SOON_ON_SQLITE

UNKNOWN = {"uuid": UUID(int=7), "int": 2399, "string": "unknown", "path": "unknown.css"}
MALFORMED = ("x", "0", "-1", "00000000-0000-0000-0000-00000000000g", "%00", "..%2f..%2fetc%2fpasswd", "%ff%fe", "a" * 3000,
             "'%20OR%201=1--", "01a20aa5-d19a-7aa9-a0f4-b4bf343401d7%0d%0aX:%20y", "%E2%80%AE", "1e9999")
# Where an unknown value is not an unknown thing.
OPEN = {"evidence.receive_chunk", "assets.show_asset"}


def _users_by_route(app: Flask, users: list[User]) -> dict[str, User]:
    chosen = {}
    for endpoint, view in app.view_functions.items():
        access = access_of(view)
        assert access is not None
        chosen[endpoint] = next(user for user in users if access.admits(user.officer))
    return chosen


def test_unknown_things_are_not_found(stage: Flask, sign_in: SignIn) -> None:
    users = everybody()
    chosen, clients, deviations, asked = _users_by_route(stage, users), {}, [], 0
    for rule in stage.url_map.iter_rules():
        if "<" not in rule.rule or rule.endpoint in OPEN:
            continue
        user = chosen[rule.endpoint]
        client = clients.setdefault(user, sign_in(user.user_name))
        values = {name: UNKNOWN[_kind(rule, name)] for name in rule.arguments}
        built = rule.build(values, append_unknown=False)
        assert built is not None
        path = f"{built[1]}?{NEEDS.get(rule.endpoint, '')}"
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            client.environ_base["REMOTE_ADDR"] = f"10.1.{asked // 250}.{asked % 250}"
            answer = client.open(path, method=method, data=PLAUSIBLE if method not in READING else None)
            asked += 1
            if answer.status_code not in ({404} if method in READING else {404, 403, 422}):
                deviations.append(f"{user}: {method} {path} {rule.endpoint}: {answer.status_code}")
    print(f"{asked} requests for unknown things")
    assert deviations == []


def test_malformed_identifiers_are_not_found(stage: Flask, sign_in: SignIn) -> None:
    chosen, clients, deviations, asked = _users_by_route(stage, everybody()), {}, [], 0
    for rule in stage.url_map.iter_rules():
        if "<" not in rule.rule or rule.endpoint in OPEN:
            continue
        user = chosen[rule.endpoint]
        client = clients.setdefault(user, sign_in(user.user_name))
        for text in MALFORMED:
            path = _written(rule.rule, text)
            client.environ_base["REMOTE_ADDR"] = f"10.2.{asked // 250}.{asked % 250}"
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                answer = client.open(path, method=method, data=PLAUSIBLE if method not in READING else None)
                asked += 1
                if answer.status_code not in {404, 403, 405, 422}:
                    deviations.append(f"{user}: {method} {path[:80]}: {answer.status_code}")
    print(f"{asked} requests with malformed identifiers")
    assert deviations == []


def test_odd_queries_never_break_a_page(stage: Flask, sign_in: SignIn) -> None:
    odd = ("page=0", "page=-1", "page=1e9", "page=99999999999999999999", "page=%00", "q=%00", "q=%25_%5C'", "state=%00x",
           "state=unknown&category=unknown&city=unknown&size=unknown&grade=unknown", "division=x", "before=x", "result=x",
           "line=x", "w=x", "year=x", "next=//elsewhere.example", "verdict=x", "ratio=x&quota=-1&draw_mode=x", "%ff=%ff",
           "since=2026-13-45", "q=" + "长" * 500)
    chosen, clients, deviations = _users_by_route(stage, everybody()), {}, []
    for rule in stage.url_map.iter_rules():
        if rule.arguments or "GET" not in (rule.methods or set()):
            continue
        user = chosen[rule.endpoint]
        client = clients.setdefault(user, sign_in(user.user_name))
        if rule.rule.endswith(".xlsx"):
            continue
        for query in odd:
            answer = client.get(f"{rule.rule}?{query}")
            if answer.status_code >= 500:
                deviations.append(f"{user}: {rule.rule}?{query[:60]}: {answer.status_code}")
    assert deviations == []


def _kind(rule: Rule, name: str) -> str:
    return next((kind for kind in UNKNOWN if re.search(rf"<{kind}(\(.*?\))?:{name}>", rule.rule)), "string")


def _written(rule: str, text: str) -> str:
    """The rule's address with the text in the place of every parameter."""
    parts = rule.split("<")
    return parts[0] + "".join(text + part.split(">", 1)[1] for part in parts[1:])
