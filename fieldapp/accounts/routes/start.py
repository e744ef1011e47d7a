"""Where everybody begins: inspectors with their day, others with what waits for them, strangers with the results."""

from flask import Response, g

from fieldapp.accounts.routes.door import accounts
from fieldapp.roles import Role
from fieldapp.web.access import public
from fieldapp.web.pages import see_other


@accounts.get("/")
@public
def show_start() -> Response:
    if g.officer is None:
        return see_other("publication.show_public_home")
    return see_other("fieldwork.show_today" if g.officer.is_any(Role.INSPECTOR) else "accounts.list_waiting")
