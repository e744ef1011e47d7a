"""The program that checks a bundle, for whoever does not trust the one that lies in it: beside the public log."""

from flask import Blueprint, Response, make_response

from fieldapp.sync.bundle import program
from fieldapp.web.access import public

bundle = Blueprint("bundle", __name__)


@bundle.get("/ledger/verify.py")
@public
def send_program() -> Response:
    return make_response(program(), {"Content-Type": "text/x-python; charset=utf-8",
                                     "Content-Disposition": 'attachment; filename="verify.py"'})
