"""What phones and exported files send, read within limits."""

import json
from base64 import b64decode
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import request
from werkzeug.exceptions import RequestEntityTooLarge

from fieldapp.evidence import actions as evidence
from fieldapp.evidence import queries as originals
from fieldapp.evidence import seals
from fieldapp.evidence.rules import CHUNK_SIZE, capture_hash, chunks_of, is_hash
from fieldapp.evidence.seals import BrokenSeal
from fieldapp.evidence.store import Joined
from fieldapp.refusals import Refusal
from fieldapp.roles import Officer
from fieldapp.sync import rules
from fieldapp.sync.actions import join_originals
from fieldapp.sync.rules import Media, SentOp
from fieldapp.web.transactions import aside
from fieldapp.words import N_

MEBIBYTE = 1024 * 1024
EXPORT_SIZE = 64 * MEBIBYTE
SHEET_SIZE = 25 * MEBIBYTE
PART_SIZE = 512 * 1024


@dataclass(frozen=True, slots=True)
class Broken:
    """An operation that cannot be received, by its id and number, and why: its seal does not open, its form is none, it is
    too large."""

    op_id: str
    n: int
    why: Refusal


@dataclass(frozen=True, slots=True)
class Batch:
    """A phone's batch as read: the device, its operations, the cursor, the chunks that came along in a file.

    `broken` is the operation behind which nothing is read. `left` is what the phone says it still
    holds after this batch, `of` the visit that is open on it.
    """

    device: str
    ops: list[SentOp]
    since: int
    chunks: dict[str, bytes]
    broken: Broken | None = None
    left: Any = None
    of: Any = None


def read_batch() -> Batch:
    """The body of a sync request."""
    request.max_content_length = rules.MOST_OPS * rules.OP_SIZE + MEBIBYTE
    said, broken = _unsealed(_json(request.get_data(cache=False)))
    device, ops, since = rules.parse_batch(said)
    return Batch(device, ops, since, {}, broken, said.get("left"), said.get("of"))


def read_export() -> Batch:
    """An exported outbox file: unsent operations with the chunks of their photos."""
    request.max_content_length = EXPORT_SIZE
    try:
        sheet = request.files.get("file")
    except RequestEntityTooLarge as large:
        raise rules.TooLarge("sync.file_too_large", N_("文件超过 %(n)s MB，没有导入。请让手机联网自己发送。"), field="file",
                             n=EXPORT_SIZE // MEBIBYTE) from large
    said = _json(sheet.stream.read()) if sheet else None
    if not isinstance(said, dict) or said.get("format") != "fieldapp-outbox" or not isinstance(said.get("chunks", {}), dict):
        raise _not_an_export()
    said, broken = _unsealed(said)
    device, ops, since = rules.parse_batch(said, most=rules.MOST_IMPORTED_OPS)
    chunks = {name: _bytes(name, text) for name, text in said.get("chunks", {}).items()}
    return Batch(device, ops, since, chunks, broken)


def read_sheet(visit_id: UUID, *, by: Officer) -> tuple[dict[str, Any], dict[str, Joined]]:
    """The photo of a paper sheet that a form brings: what its operation says of it, its file put together on the disk."""
    request.max_content_length = SHEET_SIZE
    try:
        sheet = request.files.get("photo")
    except RequestEntityTooLarge as large:
        raise rules.TooLarge("sync.photo_too_large", N_("照片超过 %(n)s MB，没有上传"), field="sheets",
                             n=SHEET_SIZE // MEBIBYTE) from large
    content = sheet.stream.read() if sheet else b""
    if sheet is None or not content:
        raise Refusal("sync.no_photo", N_("请先选择或拍摄照片"), field="sheets")
    parts = chunks_of(content, PART_SIZE)
    names = [name for name, _part in parts]
    with aside():
        for name, part in parts:
            evidence.check_room(name, len(part), by=by, visit_id=visit_id)
            evidence.receive_chunk(name, part, by=by, visit_id=visit_id)
    media = Media(capture_hash(names), tuple(names), len(content))
    with aside(write=False):
        kept = originals.kept_captures({media.capture_hash})
    said = {"capture_hash": media.capture_hash, "chunks": names, "size": media.size, "name": (sheet.filename or "")[-200:],
            "type": (sheet.mimetype or "")[:100]}
    return said, join_originals({media.capture_hash: media}, kept)


def _unsealed(said: Any) -> tuple[Any, Broken | None]:
    """The batch with what the phone had sealed opened, as far as the first operation that cannot be received."""
    if not isinstance(said, dict) or not isinstance(said.get("ops"), list):
        return said, None
    opened: list[Any] = []
    for raw in sorted(said["ops"], key=rules.number_of):
        broken = _read(raw, opened)
        if broken is not None:
            return {**said, "ops": opened}, broken
    return {**said, "ops": opened}, None


def _read(raw: Any, opened: list[Any]) -> Broken | None:
    """Add an operation to those that can be received, or say why it is none of them; one without a name refuses the batch."""
    try:
        one = _opened(raw) if rules.is_sealed(raw) else raw
        rules.parse_op(one)
    except BrokenSeal as broken:
        return Broken(str(raw.get("id")), rules.number_of(raw), broken)
    except (ValueError, RecursionError):
        unreadable = Refusal("sync.unreadable_op", N_("封存的内容读不出来，没有接收，仍在手机上"))
        return Broken(str(raw.get("id")), rules.number_of(raw), unreadable)
    except Refusal as refusal:
        if refusal.code not in rules.CANNOT_BE_RECEIVED or not rules.is_named(raw):
            raise
        return Broken(raw["id"], rules.number_of(raw), refusal)
    opened.append(one)
    return None


def _opened(raw: dict[str, Any]) -> dict[str, Any]:
    """The operation inside its seal, under the device and the number that it has now."""
    inside = json.loads(seals.unseal(b64decode(raw["s"], validate=True), str(raw.get("id"))))
    return rules.from_envelope(raw, inside)


def _json(content: bytes) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as unreadable:
        raise Refusal("sync.malformed", N_("手机发来的内容格式不对，没有接收，内容仍在手机上"), field="body") from unreadable


def _bytes(name: str, text: Any) -> bytes:
    if not is_hash(name) or not isinstance(text, str) or len(text) > 2 * CHUNK_SIZE:
        raise _not_an_export()
    try:
        return b64decode(text, validate=True)
    except ValueError as broken:
        raise _not_an_export() from broken


def _not_an_export() -> Refusal:
    return Refusal("sync.not_an_export", N_("这不是从手机导出的备份文件，没有导入"), field="file")
