"""The one wrapper of htmx-flask: it reads htmx 4's headers and adds the Vary that caches need.

A fragment is "the same thing, less of it": the page's own URL asked for by htmx with `HX-Request-Type: partial`,
answered with the block that bears the target element's id.
"""

from flask import Flask, Response, request
from htmx_flask import Htmx

extension = Htmx()
VARY = "HX-Request, HX-Request-Type"


def install(app: Flask) -> None:
    """Attach htmx-flask and let caches tell page from fragment."""
    extension.init_app(app)
    app.after_request(vary)


def wants_fragment() -> bool:
    """Whether htmx asks for a part of the page; boosted and Back requests want the whole."""
    return bool(request.htmx) and request.headers.get("HX-Request-Type") == "partial"  # type: ignore[attr-defined]


def target_id() -> str:
    """The id of the element that the answer replaces, out of htmx 4's `section#visit`; "" if it has none."""
    return request.headers.get("HX-Target", "").rpartition("#")[2]


def vary(response: Response) -> Response:
    """A page and its fragments share an address: say so to caches."""
    response.vary.update(VARY.split(", "))
    return response
