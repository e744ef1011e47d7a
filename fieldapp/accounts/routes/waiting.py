"""待我审批: what waits for the reader."""

from flask import Response, g

from fieldapp.accounts import queries
from fieldapp.accounts.routes.door import accounts
from fieldapp.accounts.rules import WaitingKind
from fieldapp.web.access import allowed
from fieldapp.web.pages import render


@accounts.get("/waiting")
@allowed()
def list_waiting() -> Response:
    return render("accounts/waiting.html", waiting=queries.waiting_for(g.officer), kinds=WaitingKind)
