"""The addresses at which anybody who holds a document reads it, takes its file, and sees whether it is in force."""

from hashlib import sha256
from typing import Any

from flask import Blueprint, Response, g, request, url_for
from flask_babel import gettext as _

from fieldapp.canonical import canonical
from fieldapp.documents import handing_out, queries, readers, rules
from fieldapp.documents.qr import qr_svg
from fieldapp.documents.rules import PUBLIC_KINDS, DocumentKind, Verdict
from fieldapp.documents.sealing import checking, keys
from fieldapp.refusals import NotFound
from fieldapp.web.access import allowed, public
from fieldapp.web.limits import Limit, address, limited
from fieldapp.web.pages import download, public_address, render
from fieldapp.web.transactions import aside, prepared
from fieldapp.words import N_

documents = Blueprint("documents", __name__, url_prefix="/documents")
LIMIT = Limit("document", 120, 60, address)
OF_FIELDS = {DocumentKind.NOTICE, DocumentKind.ORDER, DocumentKind.ENTRUSTMENT, DocumentKind.SUPPLEMENT}
"""Kinds with a page of their own; the others are read part by part."""


@documents.get("/<secret>")
@limited(LIMIT)
@public
def show_document(secret: str) -> Response:
    document = queries.held_document(secret)
    content = document.content or {}
    page = document.kind if document.kind in OF_FIELDS else "parts" if document.kind in PUBLIC_KINDS else "extract"
    sections = rules.notice_sections(content) if document.kind == DocumentKind.NOTICE else []
    return render(f"documents/{page}.html", document=document, content=content, sections=sections,
                  kind=DocumentKind(document.kind), fits=rules.content_fits(content, document.content_hash or ""),
                  short_code=rules.short_code(document.content_hash or ""), qr=_own_code(secret), rows=_rows(secret, content),
                  file=queries.file_of(document.id), is_public=document.kind in PUBLIC_KINDS,
                  steps=readers.history(g.officer, document))


@documents.get("/<secret>/file.pdf")
@limited(Limit("document-file", 30, 60, address))
@public
def send_file(secret: str) -> Response:
    return handing_out.send(queries.public_document(secret))


@documents.get("/<secret>/inside.pdf")
@limited(Limit("document-inside", 60, 60, address))
@allowed()
def send_inside(secret: str) -> Response:
    """The file of any kind for those inside who may see the thing that it is about."""
    document = queries.held_document(secret)
    readers.check_reads(g.officer, document)
    return handing_out.send(document)


@documents.get("/verification")
@limited(LIMIT)
@public
def show_verification() -> Response:
    number, code = request.args.get("number", "").strip()[:60], request.args.get("code", "").strip()[:20]
    found = queries.document_by_number(number) if number else None
    if found is not None and not rules.code_fits(code, found.content_hash or ""):
        found = None
    return _verification(number=number, code=code, document=found, is_asked=bool(number))


def _check_upload() -> tuple[str, dict[str, Any] | None]:
    """SHA-256 of the file handed in, and what its signature is worth by its registered scheme; opened in the limited child,
    before the request's transaction."""
    upload = request.files.get("file")
    content = upload.read(rules.MOST_BYTES + 1) if upload else b""
    rules.check_upload(content)
    hashed = sha256(content).hexdigest()
    with aside(write=False):
        scheme = queries.scheme_of_file(hashed)
    return hashed, checking.found_by(scheme, content)


@documents.post("/verification")
@limited(Limit("document-check", 20, 60, address), Limit("document-checks", 60, 60, lambda: "all"))
@prepared(_check_upload)
@public
def check_file() -> Response:
    hashed, found = g.prepared
    document = queries.document_of_file(hashed)
    part = queries.document_of_file(found["signed_part"]) if found and found.get("signatures") and not document else None
    verdict = rules.verdict(found, rules.Held(document is not None, bool(document and document.voided_at), part is not None))
    claimed = found.get("claimed", "").partition(",")[0] if found else ""
    # A number is easily guessed: what a file says of itself counts only under a seal of ours that holds.
    ours = queries.document_by_number(claimed) if found and found.get("bottom_line") and found["covers_all"] else None
    return _verification(verdict=verdict, sha256=hashed, found=found, document=document or part or ours, number=claimed)


def _verification(**facts: Any) -> Response:
    document = facts.get("document")
    file = queries.file_of(document.id) if document else None
    told = {"verdict": None, "is_asked": False, "code": "", "number": ""} | facts
    return render("documents/verification.html", **told, file=file, Verdict=Verdict, DocumentKind=DocumentKind,
                  fits=document is not None and rules.content_fits(document.content or {}, document.content_hash or ""),
                  certificates=[(one.subject.rfc4514_string(), keys.fingerprint(one)) for one in keys.certificates()])


@documents.get("/<secret>/rows/<int(max=99):place>.json")
@limited(LIMIT)
@public
def send_row(secret: str, place: int) -> Response:
    """The row of the draw that the notice opens to its holder, as a file."""
    rows = (queries.public_document(secret).content or {}).get("rows", [])
    if place >= len(rows):
        raise NotFound("documents.no_row", N_("这份告知书没有附抽取凭证"))
    opened = rows[place]["file"]
    return download(canonical(opened), f"row-{opened['year']}-{opened['number']}.json", "application/json")


def _rows(secret: str, content: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows that a notice opens: of which draw, where they are checked, as a code and as a file."""
    found = []
    for place, one in enumerate(content.get("rows", [])):
        draw = one["file"]
        check = f"/public/draws/{draw['year']}/{draw['number']}/row#{one['code']}"
        found.append({"draw": draw, "check": check, "file": url_for("documents.send_row", secret=secret, place=place),
                      "qr": qr_svg(public_address(check), _("抽取凭证"))})
    return found


def _own_code(secret: str) -> str:
    """The QR code of the document's own address, for the printed copy."""
    return qr_svg(public_address(f"/documents/{secret}"))
