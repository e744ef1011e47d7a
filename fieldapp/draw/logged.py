"""`checkpoint.txt`: that the frozen manifest stood in the public log, with what an outsider needs to see that."""

import json

from fieldapp.canonical import canonical
from fieldapp.ledger.rules import Checkpoint, commitment, leaf_hash, read_checkpoint, read_receipt, verify_inclusion
from fieldapp.refusals import Refusal
from fieldapp.words import N_

ENTERED = "draw.task_frozen"
"""The log's word for a freeze."""


def opened_entry(body: str, salt: str, facts: str) -> bytes:
    """The entry of a freeze with the facts that it committed to: they name the manifest's hash."""
    return canonical({"entry": body, "facts": facts, "salt": salt})


def check_logged(receipt_text: str, manifest_hash: bytes) -> tuple[Checkpoint, str]:
    """The log's head under which the manifest stands in it, and the signed note of it, whose signatures nobody has checked yet.

    A Refusal where the receipt does not show this manifest's entry.
    """
    try:
        receipt = read_receipt(receipt_text)
        told = json.loads(receipt.extra)
        signed = read_checkpoint(receipt.note.rpartition("\n\n")[0] + "\n")
        verify_inclusion(leaf_hash(told["entry"].encode()), receipt.index, signed.size, receipt.proof, signed.root)
        entry, facts = json.loads(told["entry"]), json.loads(told["facts"])
        named = entry["action"] == ENTERED and commitment(told["salt"], told["facts"]) == entry["payload_commit"]
        if not named or facts["manifest"] != manifest_hash.hex():
            raise ValueError("another entry")
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise Refusal("draw.bundle_not_in_log", N_("账本凭证不能证明公告清单在账本中：%(fault)s"),
                      fault=str(fault)[:200]) from fault
    return signed, receipt.note
