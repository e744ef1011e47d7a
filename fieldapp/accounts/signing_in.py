"""flask-login over our own revocable sessions: the cookie's secret finds the session, the session the person."""

from dataclasses import dataclass
from uuid import UUID

from flask import Flask, Request, Response, g
from flask_login import LoginManager

from fieldapp import db
from fieldapp.accounts import queries, rules
from fieldapp.roles import Officer
from fieldapp.web.pages import is_by_tls

COOKIE = "fieldapp_session"


@dataclass(frozen=True)
class SignedIn:
    """Who has signed in, and in which session."""

    officer: Officer
    session_id: UUID
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    def get_id(self) -> str:
        """The person's identifier, as flask-login wants it."""
        return str(self.officer.person_id)


def install(app: Flask) -> None:
    """Let flask-login ask us who is there, and show on every page how much waits."""
    login = LoginManager()
    login.session_protection = None
    login.init_app(app, add_context_processor=False)
    login.request_loader(from_request)
    app.context_processor(lambda: {"waiting_count": waiting_count()})


def from_request(request: Request) -> SignedIn | None:
    """Who sends this request, by its cookie."""
    secret = request.cookies.get(cookie_name())
    session = queries.session_with(secret) if secret else None
    return SignedIn(session.person.officer, session.id) if session else None


def waiting_count() -> int:
    """How many things wait for the reader; nothing is asked once the request's transaction is over."""
    officer = g.get("officer")
    return queries.waiting_count(officer) if officer and db.session().in_transaction() else 0


def cookie_name() -> str:
    """The session's cookie: bound to this host alone wherever the product is served over TLS."""
    return f"__Host-{COOKIE}" if is_by_tls() else COOKIE


def keep(response: Response, secret: str) -> Response:
    """Give the browser its session."""
    response.set_cookie(cookie_name(), secret, max_age=int(rules.SESSION.total_seconds()), path="/",
                        httponly=True, samesite="Lax", secure=is_by_tls())
    return response


def forget(response: Response) -> Response:
    """Take the session from the browser."""
    response.delete_cookie(cookie_name(), path="/", httponly=True, samesite="Lax", secure=is_by_tls())
    return response
