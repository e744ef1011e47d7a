"""The evidence of a visit as one file: records, originals, operations, receipts, hashes, and a program that checks them."""

import hashlib
import json
import zipfile
from collections.abc import Iterator
from importlib.resources import files
from typing import IO

from fieldapp.canonical import canonical
from fieldapp.evidence import store
from fieldapp.evidence.rules import EXTENSIONS
from fieldapp.fieldwork import queries as fieldwork
from fieldapp.fieldwork.rules import REGISTERED
from fieldapp.ledger import queries as ledger
from fieldapp.ledger.receipts import receipt_about
from fieldapp.sync import queries
from fieldapp.sync.models import Op
from fieldapp.visits.models import Visit


def write_bundle(visit: Visit, target: IO[bytes]) -> None:
    """Write the zip of a closed visit; originals go in as they lie in the store, each read once for the zip."""
    lines = []
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in _texts(visit):
            bundle.writestr(name, content)
            lines.append(_line(hashlib.sha256(content).hexdigest(), hashlib.new("sm3", content).hexdigest(), len(content), name))
        for original in queries.originals_of(visit.id):
            name = f"originals/{original.capture_hash}.{EXTENSIONS.get(original.media_type, 'bin')}"
            bundle.write(store.path(store.Shelf.ORIGINALS, original.sha256), name, zipfile.ZIP_STORED)
            lines.append(_line(original.sha256, original.sm3, original.size, name))
        bundle.writestr("hashes.txt", "".join(lines))


def _texts(visit: Visit) -> Iterator[tuple[str, bytes]]:
    """Every file but the originals and the list of hashes."""
    for number, part in enumerate(visit.visit_tasks, start=1):
        yield f"records/{number}/record.json", canonical(fieldwork.record_content(part))
        receipt = receipt_about(REGISTERED, part.id)
        if receipt is not None:
            yield f"records/{number}/receipt.txt", receipt.text().encode()
    yield "operations.jsonl", "".join(f"{_operation(op)}\n" for op in queries.operations_of(visit.id)).encode()
    head = ledger.last_checkpoint()
    if head is not None:
        yield "checkpoint.txt", ledger.note_of(head).encode()
    yield "verify.py", (files("fieldapp.sync.bundle") / "verify.py").read_bytes()


def _operation(op: Op) -> str:
    return json.dumps({"receipt": op.receipt, "received_at": op.received_at.isoformat(), "sha256": op.sha256, "body": op.body},
                      ensure_ascii=False)


def _line(found: str, sm3: str, size: int, name: str) -> str:
    return f"{found}  {sm3}  {size}  {name}\n"

