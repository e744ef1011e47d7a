"""The blueprint on which the modules of this folder hang their routes, and the door that stays shut in a party's hands."""

from flask import Blueprint, Response, request

from fieldapp.web.pages import see_other

fieldwork = Blueprint("fieldwork", __name__)
STAYS_OPEN = ("/field/", "/static/", "/sign-in")


@fieldwork.before_app_request
def stay_with_what_was_handed_over() -> Response | None:
    """While a party holds the phone its browser is led back to the kit; Today knows which, and whether it is still so."""
    leaves = request.headers.get("Sec-Fetch-Mode") == "navigate" and not request.path.startswith(STAYS_OPEN)
    if leaves and request.method == "GET" and request.cookies.get("handed", "").startswith("/field/k/"):
        return see_other("fieldwork.show_today")
    return None
