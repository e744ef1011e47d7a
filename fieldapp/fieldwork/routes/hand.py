"""The way back to a phone in the party's hands whose code nobody remembers: a team member's own account password."""

from hashlib import sha256
from typing import Any
from uuid import UUID

from flask import Response, g, jsonify, request

from fieldapp.accounts import actions as accounts
from fieldapp.accounts.rules import sign_in_name
from fieldapp.fieldwork import actions
from fieldapp.fieldwork.routes.door import fieldwork
from fieldapp.web.access import public
from fieldapp.web.fields import json_said
from fieldapp.web.limits import Limit, address, limited
from fieldapp.web.transactions import prepared


def _said() -> dict[str, Any]:
    said = json_said(request.get_data())
    return said if isinstance(said, dict) else {}


def _name() -> str:
    return str(_said().get("user_name", ""))[:200]


def _whose_password() -> UUID | None:
    """Whose name and password these are, found out before the transaction opens: hashing takes long."""
    return accounts.identify(_name(), str(_said().get("password", ""))[:1000])


# The bucket of the sign-in: a password is not guessed at more often for there being two doors.
BY_ACCOUNT = Limit("sign-in-account", 10, 600, lambda: sha256(sign_in_name(_name()).encode()).hexdigest()[:32])
BY_ADDRESS = Limit("hand-address", 60, 300, address)


@fieldwork.post("/field/hand")
@public
@limited(BY_ACCOUNT, BY_ADDRESS)
@prepared(_whose_password)
def take_back() -> Response:
    """No session is asked for, for the browser may have lost it, and none is opened; which of it was wrong is not told."""
    try:
        visit_id = UUID(str(_said().get("visit")))
    except ValueError:
        return jsonify(by="")
    return jsonify(by=actions.take_back(visit_id, g.prepared))
