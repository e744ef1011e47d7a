"""The guard on every route: who may come in, or the product refuses to start, and from whose page a change is asked."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, current_app, g, request
from flask_login import current_user
from werkzeug.exceptions import Forbidden, NotFound, Unauthorized

from fieldapp.roles import Officer, Role

View = TypeVar("View", bound=Callable[..., Any])
READING = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Access:
    """Who may call a route: everybody, or the holders of one of the roles (any signed-in person if none is named)."""

    is_public: bool
    roles: frozenset[Role] = frozenset()

    def admits(self, officer: Officer | None) -> bool:
        """Whether this officer, or a stranger, may call the route."""
        if self.is_public:
            return True
        return officer is not None and (not self.roles or officer.is_any(*self.roles))


class UnguardedRoute(Exception):
    """A route says neither `@allowed(...)` nor `@public`."""


def allowed(*roles: Role) -> Callable[[View], View]:
    """Admit the holders of one of these roles; without a role, everybody who has signed in."""
    return lambda view: _mark(view, Access(is_public=False, roles=frozenset(roles)))


def public(view: View) -> View:
    """Admit everybody, signed in or not."""
    return _mark(view, Access(is_public=True))


def access_of(view: Callable[..., Any]) -> Access | None:
    """What a view says about who may call it."""
    return getattr(view, "fieldapp_access", None)


def require_access_everywhere(app: Flask) -> None:
    """Refuse to start while a route is open by oversight."""
    for rule in app.url_map.iter_rules():
        if access_of(app.view_functions[rule.endpoint]) is None:
            raise UnguardedRoute(f"{rule.endpoint} ({rule.rule}) says neither @allowed(...) nor @public")


def check_access() -> None:
    """Put the officer into `g`, and let nobody in whom the route does not name."""
    g.officer = current_user.officer if current_user.is_authenticated else None
    if request.endpoint is None:
        return
    view_access = access_of(_view())
    if view_access is None or view_access.admits(g.officer):
        return
    raise Unauthorized if g.officer is None else Forbidden


def check_origin() -> None:
    """Refuse a change that another site's page, or nobody's page, asks for: Sec-Fetch-Site says it, else Origin."""
    if request.method in READING:
        return
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        if site == "same-origin":
            return
        raise Forbidden
    origin = request.headers.get("Origin")
    own_host = urlsplit(current_app.config["PUBLIC_URL"]).netloc
    if origin is None or urlsplit(origin).netloc not in {request.host, own_host}:
        raise Forbidden


def own_division_or_404(division_id: object, *, oversees: frozenset[Role] = frozenset()) -> None:
    """Hide a thing of another division, but from those whose roles see all divisions."""
    officer: Officer = g.officer
    if officer.division_id != division_id and officer.roles.isdisjoint(oversees):
        raise NotFound


def _mark(view: View, access: Access) -> View:
    view.fieldapp_access = access  # type: ignore[attr-defined]
    return view


def _view() -> Callable[..., Any]:
    return current_app.view_functions[request.endpoint or ""]
