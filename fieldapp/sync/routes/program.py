"""The program that checks a bundle, for whoever does not trust the one that lies in it: beside the public log."""

from flask import Blueprint, Response

from fieldapp.sync.bundle import program
from fieldapp.web.access import public
from fieldapp.web.pages import download

bundle = Blueprint("bundle", __name__)


@bundle.get("/ledger/verify.py")
@public
def send_program() -> Response:
    return download(program(), "verify.py", "text/x-python; charset=utf-8")
