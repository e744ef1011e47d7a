"""The log in public: what stands, who signs it, and its tiles for whoever keeps a copy."""

from flask import Blueprint, Response, make_response

from fieldapp.ledger import cosignatures, export, keys, queries
from fieldapp.ledger.rules import WIDTH, read_tile_number
from fieldapp.refusals import NotFound
from fieldapp.web.access import public
from fieldapp.web.limits import Limit, address, limited
from fieldapp.web.pages import render
from fieldapp.words import N_

ledger = Blueprint("ledger", __name__)
TILES = Limit("ledger-tile", 1200, 60, address)
FOR_EVER = "public, max-age=31536000, immutable"


@ledger.get("/ledger")
@public
def show_log() -> Response:
    return render("ledger/public.html", keys=keys.verifier_keys(), signed=queries.last_checkpoint(), origin=keys.origin(),
                  witnesses=cosignatures.witnesses(), refusals=cosignatures.refusals())


@ledger.get("/ledger/receipt")
@public
def check_receipt() -> Response:
    """The page that checks a receipt in the reader's browser."""
    known = [{"name": key.name, "id": key.key_id.hex(), "public": key.public.hex(), "kind": key.kind, "until": key.until}
             for key in (*keys.verifier_keys(), *keys.witness_keys())]
    return render("ledger/receipt.html", keys=known)


@ledger.get("/ledger/checkpoint")
@public
def send_checkpoint() -> Response:
    last = queries.last_checkpoint()
    if last is None:
        raise NotFound("ledger.nothing_signed", N_("账本还没有签署过检查点"))
    return make_response(cosignatures.note_of(last), {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-cache"})


@ledger.get("/ledger/tile/<int(max=7):level>/<path:name>")
@limited(TILES)
@public
def send_tile(level: int, name: str) -> Response:
    number, width = read_tile_number(name) or (0, 0)
    content = export.tile(level, number, width) if 0 < width <= WIDTH else None
    if content is None:
        raise NotFound("ledger.no_such_tile", N_("账本中没有这个分块"))
    return make_response(content, {"Content-Type": "application/octet-stream", "Cache-Control": FOR_EVER})
