"""The evidence of a visit as one file: records, originals, operations, what stands beside them, entries, receipts, hashes, and
a program that checks them."""

import hashlib
import json
import zipfile
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import IO, Any
from uuid import UUID

from fieldapp.canonical import canonical
from fieldapp.evidence import store
from fieldapp.evidence.rules import EXTENSIONS
from fieldapp.fieldwork import queries as fieldwork
from fieldapp.fieldwork.rules import REGISTERED
from fieldapp.ledger import queries as ledger
from fieldapp.ledger.cosignatures import note_of
from fieldapp.ledger.models import SignedCheckpoint
from fieldapp.ledger.queries import Placed
from fieldapp.ledger.receipts import receipt_about
from fieldapp.ledger.rules import Receipt
from fieldapp.sync import queries, rules
from fieldapp.sync.bundle.beside import line_of, original_of, rows_beside
from fieldapp.sync.models import Op
from fieldapp.visits.models import Visit

RECEIVED = "sync.op_received"


@dataclass(frozen=True, slots=True)
class Case:
    """What the log says of a visit under one signed head, the operations that it names, what stands beside them, and the
    receipt of each record that is entered."""

    head: SignedCheckpoint | None
    entries: list[Placed]
    operations: list[Op]
    beside: list[Any]
    receipts: dict[UUID, Receipt]


def write_bundle(visit: Visit, target: IO[bytes]) -> None:
    """Write the zip of a closed visit; originals go in as they lie in the store, each read once for the zip. Raises a refusal
    while no signed head covers what a record was entered with."""
    lines, case = [], _case_of(visit)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in _texts(visit, case):
            bundle.writestr(name, content)
            lines.append(_line(hashlib.sha256(content).hexdigest(), hashlib.new("sm3", content).hexdigest(), len(content), name))
        named = {rules.capture_named(json.loads(op.body)) for op in case.operations if op.kind == "add"}
        named |= {kept.capture_hash for row in case.beside if (kept := original_of(row)) is not None}
        for original in queries.originals_named({capture for capture in named if capture}):
            name = f"originals/{original.capture_hash}.{EXTENSIONS.get(original.media_type, 'bin')}"
            bundle.write(store.path(store.Shelf.ORIGINALS, original.sha256), name, zipfile.ZIP_STORED)
            lines.append(_line(original.sha256, original.sm3, original.size, name))
        bundle.writestr("hashes.txt", "".join(lines))


@cache
def program() -> bytes:
    """The program that checks a bundle, as it lies in each and is handed out apart from them."""
    return (files("fieldapp.sync.bundle") / "verify.py").read_bytes()


def program_hash() -> str:
    """Its SHA-256, as 64 hexadecimal digits."""
    return hashlib.sha256(program()).hexdigest()


def _case_of(visit: Visit) -> Case:
    """The visit's case as far as a signed head covers it."""
    newest = ledger.last_checkpoint()
    entries = ledger.entries_under(visit.id, newest.size) if newest else []
    head = ledger.checkpoint_over(entries[-1].index) if entries else newest
    said = [json.loads(one.body) for one in entries]
    entered = {UUID(one["object"].partition("/")[2]) for one in said if one["action"] == RECEIVED}
    registered = [part.id for part in visit.visit_tasks if ledger.last_entry_about(REGISTERED, part.id)]
    receipts = {part_id: found for part_id in registered if (found := receipt_about(REGISTERED, part_id))}
    rules.check_evidence_is_entered(is_entered=len(receipts) == len(registered))
    operations = [op for op in queries.operations_of(visit.id) if op.id in entered]
    return Case(head, entries, operations, rows_beside(visit.id), receipts)


def _texts(visit: Visit, case: Case) -> Iterator[tuple[str, bytes]]:
    """Every file but the originals and the list of hashes."""
    for number, part in enumerate(visit.visit_tasks, start=1):
        yield f"records/{number}/record.json", canonical(fieldwork.record_content(part))
        if part.id in case.receipts:
            yield f"records/{number}/receipt.txt", case.receipts[part.id].text().encode()
    yield "operations.jsonl", "".join(f"{ledger.text_of(op)}\n" for op in case.operations).encode()
    yield "rows.jsonl", "".join(f"{line_of(row)}\n" for row in case.beside).encode()
    yield "entries.jsonl", "".join(f"{line}\n" for line in _entries(case)).encode()
    if case.head is not None:
        yield "checkpoint.txt", note_of(case.head).encode()
    yield "verify.py", program()


def _entries(case: Case) -> Iterator[str]:
    """Each entry word for word, with its index and its audit path under the head; with the rows that it names if it is of such,
    and with the words that it commits to where it is about a row that stands beside the operations."""
    paths = ledger.inclusion_paths([one.index for one in case.entries], case.head.size) if case.head else []
    shown = {row.__tablename__ for row in case.beside}
    for one, path in zip(case.entries, paths, strict=True):
        said: dict[str, Any] = {"index": one.index, "body": one.body, "path": [b64encode(part).decode() for part in path]}
        if one.rows is not None:
            said["rows"] = one.rows
        if one.facts is not None and json.loads(one.body)["object"].partition("/")[0] in shown:
            said |= {"salt": one.salt, "facts": one.facts}
        yield json.dumps(said, ensure_ascii=False)


def _line(found: str, sm3: str, size: int, name: str) -> str:
    return f"{found}  {sm3}  {size}  {name}\n"
