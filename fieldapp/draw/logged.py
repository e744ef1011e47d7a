"""`checkpoint.txt`: that the frozen manifest stood in the public log, with what an outsider needs to see that."""

from fieldapp.ledger.receipts import Place, place_of
from fieldapp.refusals import Refusal
from fieldapp.words import N_

ENTERED = "draw.task_frozen"
"""The log's word for a freeze."""


def check_logged(receipt_text: str, manifest_hash: bytes) -> Place:
    """Where in the log the manifest stands, under which head; nobody has checked the signatures of its note yet.

    A Refusal where the receipt does not show this manifest's entry.
    """
    try:
        found = place_of(receipt_text)
        if found.entry["action"] != ENTERED or found.facts["manifest"] != manifest_hash.hex():
            raise ValueError("another entry")
    except (ValueError, KeyError) as fault:
        raise Refusal("draw.bundle_not_in_log", N_("账本凭证不能证明公告清单在账本中：%(fault)s"),
                      fault=str(fault)[:200]) from fault
    return found
