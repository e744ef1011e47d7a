"""The evidence of a visit as one file: records, originals, operations, entries, receipts, hashes, and a program that checks
them."""

import hashlib
import json
import zipfile
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import IO
from uuid import UUID

import sqlalchemy as sa

from fieldapp.canonical import canonical
from fieldapp.evidence import store
from fieldapp.evidence.rules import EXTENSIONS
from fieldapp.fieldwork import queries as fieldwork
from fieldapp.fieldwork.rules import REGISTERED
from fieldapp.ledger import queries as ledger
from fieldapp.ledger.cosignatures import note_of
from fieldapp.ledger.models import SignedCheckpoint
from fieldapp.ledger.receipts import receipt_about
from fieldapp.ledger.rules import plain
from fieldapp.sync import queries, rules
from fieldapp.sync.models import Op
from fieldapp.visits.models import Visit

RECEIVED = "sync.op_received"


@dataclass(frozen=True, slots=True)
class Case:
    """What the log says of a visit under one signed head, index and body of each entry, and the operations that it names."""

    head: SignedCheckpoint | None
    entries: list[tuple[int, str]]
    operations: list[Op]


def write_bundle(visit: Visit, target: IO[bytes]) -> None:
    """Write the zip of a closed visit; originals go in as they lie in the store, each read once for the zip."""
    lines, case = [], _case_of(visit)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in _texts(visit, case):
            bundle.writestr(name, content)
            lines.append(_line(hashlib.sha256(content).hexdigest(), hashlib.new("sm3", content).hexdigest(), len(content), name))
        named = {rules.capture_named(json.loads(op.body)) for op in case.operations if op.kind == "add"}
        for original in queries.originals_named({capture for capture in named if capture}):
            name = f"originals/{original.capture_hash}.{EXTENSIONS.get(original.media_type, 'bin')}"
            bundle.write(store.path(store.Shelf.ORIGINALS, original.sha256), name, zipfile.ZIP_STORED)
            lines.append(_line(original.sha256, original.sm3, original.size, name))
        bundle.writestr("hashes.txt", "".join(lines))


def _case_of(visit: Visit) -> Case:
    """The visit's case as far as a signed head covers it: what came in the last second is in no tree yet."""
    newest = ledger.last_checkpoint()
    entries = ledger.entries_under(visit.id, newest.size) if newest else []
    head = ledger.checkpoint_over(entries[-1][0]) if entries else newest
    said = [json.loads(body) for _, body in entries]
    entered = {UUID(one["object"].partition("/")[2]) for one in said if one["action"] == RECEIVED}
    return Case(head, entries, [op for op in queries.operations_of(visit.id) if op.id in entered])


def _texts(visit: Visit, case: Case) -> Iterator[tuple[str, bytes]]:
    """Every file but the originals and the list of hashes."""
    for number, part in enumerate(visit.visit_tasks, start=1):
        yield f"records/{number}/record.json", canonical(fieldwork.record_content(part))
        receipt = receipt_about(REGISTERED, part.id)
        if receipt is not None:
            yield f"records/{number}/receipt.txt", receipt.text().encode()
    yield "operations.jsonl", "".join(f"{_operation(op)}\n" for op in case.operations).encode()
    yield "entries.jsonl", "".join(f"{line}\n" for line in _entries(case)).encode()
    if case.head is not None:
        yield "checkpoint.txt", note_of(case.head).encode()
    yield "verify.py", (files("fieldapp.sync.bundle") / "verify.py").read_bytes()


def _operation(op: Op) -> str:
    """The row as it is hashed: its entry names the SHA-256 of this line."""
    return canonical(plain({column.key: getattr(op, column.key) for column in sa.inspect(Op).column_attrs})).decode()


def _entries(case: Case) -> Iterator[str]:
    """Each entry word for word, with its index and its audit path under the head."""
    paths = ledger.inclusion_paths([index for index, _ in case.entries], case.head.size) if case.head else []
    for (index, body), path in zip(case.entries, paths, strict=True):
        yield json.dumps({"index": index, "body": body, "path": [b64encode(one).decode() for one in path]}, ensure_ascii=False)


def _line(found: str, sm3: str, size: int, name: str) -> str:
    return f"{found}  {sm3}  {size}  {name}\n"
