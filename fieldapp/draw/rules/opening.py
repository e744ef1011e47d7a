"""Opening: a frozen row with its salt and its RFC 6962 proof, so that whoever is inspected sees that they were drawn.

An opened row is a canonical JSON object:

- `row`: the row exactly as it was frozen, its salt among it; `blind` = S("fieldapp-row/1" 00 canonical(row)),
  `leaf` = S(00 "w:" decimal(w) 00 blind).
- `index`, `size`, `proof`: the place of the leaf among the leaves sorted by blind, how many there are, the audit path from
  the leaf up, as hexadecimal digits; they lead to `root`, which the draw's manifest bears.
- `format`, `year`, `number`, `manifest`: what this is, the public number of the draw, the SHA-256 of its manifest.

As a QR code it is one decimal number (QR codes hold digits in 3⅓ bits each): the bytes 01, index and size with four bytes
each, the number of hashes in one byte, the hashes, canonical(row), read as one big-endian integer.
"""

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from fieldapp.canonical import canonical
from fieldapp.draw.rules.freeze import Row, blind, leaf, row_bytes
from fieldapp.law import article
from fieldapp.merkle import inclusion_proof, verify_inclusion
from fieldapp.refusals import Refusal
from fieldapp.words import N_

FORMAT = "fieldapp-row/1"
WITHHELD = "-"
"""What stands in the place of a natural person's row when the others are opened."""


@article("3", "16")
def opened_row(row: Row, leaves: Sequence[bytes]) -> dict[str, Any]:
    """A row, its place among the leaf hashes sorted by blind, and its proof; the draw's own facts are added by the caller."""
    sealed = leaf(blind(row), row.tickets)
    index = leaves.index(sealed)
    return {"format": FORMAT, "row": json.loads(row_bytes(row)), "index": index, "size": len(leaves),
            "proof": [one.hex() for one in inclusion_proof(leaves, index)]}


@article("3", "16")
def check_opened_row(opened: Mapping[str, Any]) -> tuple[bytes, bytes]:
    """Check that an opened row leads to its root: its leaf and that root, 32 bytes each; a Refusal for what does not.

    It proves that the row stood in the directory with this root, not that it was drawn.
    """
    try:
        row, proof = opened["row"], [bytes.fromhex(one) for one in opened["proof"]]
        sealed = leaf(sha256(b"fieldapp-row/1\0" + canonical(row)).digest(), int(row["w"]))
        place, size, root = int(opened["index"]), int(opened["size"]), bytes.fromhex(opened["root"])
    except (KeyError, TypeError, ValueError) as fault:
        raise Refusal("draw.not_an_opened_row", N_("这不是一份抽取凭证：%(fault)s"), fault=str(fault)[:200]) from fault
    try:
        verify_inclusion(sealed, place, size, proof, root)
    except ValueError as fault:
        raise Refusal("draw.row_not_in_root", N_("这一行不在公开的名录根之中：内容被改动过，或者不是这次抽取的")) from fault
    return sealed, root


def row_code(opened: Mapping[str, Any]) -> str:
    """An opened row as the decimal digits of a QR code."""
    proof = [bytes.fromhex(one) for one in opened["proof"]]
    packed = b"".join((b"\1", opened["index"].to_bytes(4), opened["size"].to_bytes(4), bytes([len(proof)]), *proof,
                       canonical(opened["row"])))
    return str(int.from_bytes(packed))


@article("3")
def rows_are_public(*, inspections_over: bool, opens: bool) -> bool:
    """Whether all rows are opened to everybody: after all inspections of the task, where the rule set says so."""
    return inspections_over and opens


def row_line(row: Row, *, is_natural_person: bool) -> str:
    """A line of the opened directory: the row as it was hashed; of a natural person nothing but that there is one."""
    return WITHHELD if is_natural_person else row_bytes(row).decode()


@article("3")
def check_key_may_be_handed_out(*, inspections_over: bool, voided: bool, reason: str) -> None:
    """An auditor gets the draw's key after the inspections, or once the draw is void: before, it names who is drawn and
    who would be drawn as a substitute."""
    if not (inspections_over or voided):
        raise Refusal("draw.key_comes_later", N_(
            "检查全部结束或者抽取作废后才能调取密钥：此前凭密钥可以得知抽中的对象和下一名递补人员"))
    if not reason.strip():
        raise Refusal("draw.key_needs_a_reason", N_("请写明调取密钥的事由"), field="reason")
