"""Originals as downloads that nothing runs in, and the pictures made from them; for those who may see the visit."""

from typing import Any

from flask import Response, g, request, send_file

from fieldapp.evidence import actions as evidence
from fieldapp.evidence import queries as originals
from fieldapp.evidence import rules, store
from fieldapp.evidence.store import Shelf
from fieldapp.fieldwork import queries
from fieldapp.fieldwork.routes.door import fieldwork
from fieldapp.web.access import allowed
from fieldapp.web.transactions import aside, prepared

SANDBOX = "default-src 'none'; sandbox"
NOWHERE = "no-store"  # a closed visit leaves nothing in the browser of the phone that was there


@fieldwork.get("/media/<capture_hash>")
@allowed()
def show_media(capture_hash: str) -> Response:
    called, original = queries.media_for(g.officer, capture_hash)
    response = send_file(store.path(Shelf.ORIGINALS, original.sha256), mimetype=original.media_type, etag=original.sha256)
    name = rules.attachment(called, original.media_type)
    response.headers.update({"Content-Disposition": name, "Content-Security-Policy": SANDBOX,
                             "Cache-Control": NOWHERE, "X-Content-Type-Options": "nosniff"})
    return response


def _make_picture() -> Any:
    """The picture's file; made in the limited child before any transaction when nobody has asked for it yet."""
    width = rules.check_width(request.args.get("w", type=int))
    with aside(write=False):
        _called, original = queries.media_for(g.officer, str((request.view_args or {})["capture_hash"]))
        found = originals.picture(original.id, width)
        original_id, sha256, kind = original.id, original.sha256, original.media_type
        known = found.sha256 if found else None
    if known is None:
        evidence.check_picture(kind)
        made = evidence.make_pictures(sha256)
        with aside():
            evidence.enter_pictures(original_id, made)
        known = made[rules.PICTURE_WIDTHS.index(width)]
    return known


@fieldwork.get("/media/<capture_hash>/picture")
@prepared(_make_picture)
@allowed()
def show_picture(capture_hash: str) -> Response:
    response = send_file(store.path(Shelf.PICTURES, g.prepared), mimetype="image/jpeg", etag=g.prepared)
    response.headers.update({"Content-Security-Policy": SANDBOX, "Cache-Control": NOWHERE})
    return response
