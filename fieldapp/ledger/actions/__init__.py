"""The ledger's verbs: record what was done, put it into the tree, sign the tree's head."""

from fieldapp.ledger.actions import rows
from fieldapp.ledger.actions.checkpoints import is_checkpoint_due, keep_cosignature, keep_refusal, sign_checkpoint
from fieldapp.ledger.actions.erasing import erase_payload
from fieldapp.ledger.actions.recording import Actor, record, record_many
from fieldapp.ledger.actions.taking_in import look_before_migrating, take_in_rows
from fieldapp.ledger.actions.tree import sequence

__all__ = [
    "Actor",
    "erase_payload",
    "is_checkpoint_due",
    "keep_cosignature",
    "keep_refusal",
    "look_before_migrating",
    "record",
    "record_many",
    "rows",
    "sequence",
    "sign_checkpoint",
    "take_in_rows",
]
