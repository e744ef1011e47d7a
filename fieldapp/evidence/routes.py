"""The phone's door for chunks: which are missing, and one at a time."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, g, jsonify, make_response, request

from fieldapp.evidence import actions, rules
from fieldapp.roles import Role
from fieldapp.web.access import allowed
from fieldapp.web.fields import json_said
from fieldapp.web.transactions import aside, prepared

evidence = Blueprint("evidence", __name__, url_prefix="/field")


@evidence.post("/have")
@allowed(Role.INSPECTOR)
def list_missing() -> Response:
    said = json_said(request.get_data())
    hashes = rules.check_hashes(said.get("hashes") if isinstance(said, dict) else None)
    return jsonify(missing=actions.missing(hashes))


def _hold() -> Any:
    """The bytes on the disk before the transaction opens: hashing and writing hold nobody up."""
    request.max_content_length = rules.CHUNK_SIZE
    sha256, content = str((request.view_args or {})["sha256"]), request.get_data(cache=False)
    visit_id = request.args.get("visit", type=UUID)
    with aside(write=False):
        actions.check_room(sha256, len(content), by=g.officer, visit_id=visit_id)
    return content, visit_id, actions.hold_chunk(sha256, content)


@evidence.put("/chunk/<sha256>")
@prepared(_hold)
@allowed(Role.INSPECTOR)
def receive_chunk(sha256: str) -> Response:
    content, visit_id, is_new = g.prepared
    actions.receive_chunk(sha256, content, by=g.officer, visit_id=visit_id)
    return make_response(jsonify(sha256=sha256), 201 if is_new else 200)
