"""The page that tells how a phone comes to trust the demonstration, and its authority's certificate to be fetched."""

from cryptography.hazmat.primitives.serialization import Encoding
from flask import Blueprint, Flask, Response, current_app

from fieldapp.demo.authority import Papers
from fieldapp.documents.qr import qr_svg
from fieldapp.web.access import public
from fieldapp.web.pages import public_address, render

trust = Blueprint("trust", __name__)


def install(app: Flask, papers: Papers) -> None:
    """Offer the certificate of the demonstration's authority: before anybody can sign in, so to everybody."""
    app.extensions["fieldapp_papers"] = papers
    app.register_blueprint(trust)


@trust.get("/trust")
@public
def show_trust() -> Response:
    """How to trust it, on iOS and on Android."""
    papers: Papers = current_app.extensions["fieldapp_papers"]
    address = public_address()
    return render("demo/trust.html", address=address, qr=qr_svg(address), fingerprint=papers.fingerprint,
                  name=papers.authority.subject.rfc4514_string().removeprefix("CN="))


@trust.get("/trust/authority.crt")
@public
def fetch_authority() -> Response:
    """The authority's certificate as phones take it."""
    papers: Papers = current_app.extensions["fieldapp_papers"]
    response = Response(papers.authority.public_bytes(Encoding.DER), mimetype="application/x-x509-ca-cert")
    response.headers["Content-Disposition"] = 'attachment; filename="fieldapp-demonstration.crt"'
    return response
