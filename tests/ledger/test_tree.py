"""Every entry finds its place; heads and proofs from the tiles are those of the tree itself."""

import pytest
import sqlalchemy as sa

from fieldapp import clock, db, ledger, merkle
from fieldapp.accounts.models import Division
from fieldapp.ledger import keys, queries, rules
from fieldapp.ledger.actions import record_many, sequence
from fieldapp.ledger.actions.checkpoints import AT_LEAST_EVERY, is_checkpoint_due
from fieldapp.ledger.models import Leaf
from fieldapp.ledger.notes import open_note
from fieldapp.ledger.sequencer import look_after
from tests.ledger.history import rename
from tests.people import Cast

KEYS = pytest.mark.usefixtures("named_keys")


@pytest.mark.article("3")
def test_every_entry_has_its_place_once_its_transaction_is_through(cast: Cast) -> None:
    entries = [rename(cast, f"第{number}处") for number in range(3)]
    with db.transaction(write=True):
        sequence()
    with db.transaction(write=False):
        places = [queries.place_of(entry) for entry in entries]
        assert None not in places
        assert places == sorted(places)
        assert queries.size() == len(db.scalars(db_leaves()))


def test_an_entry_of_a_change_that_fails_has_no_place(cast: Cast) -> None:
    with db.transaction(write=True):
        sequence()
    with db.transaction(write=False):
        before = queries.size()
    with pytest.raises(RuntimeError), db.transaction(write=True):
        ledger.record(cast.legal.officer, "x.y", db.session.get_one(Division, cast.division))
        raise RuntimeError
    with db.transaction(write=True):
        sequence()
        assert queries.size() == before


def test_heads_and_proofs_out_of_the_tiles_are_those_of_the_tree(cast: Cast) -> None:
    grow(cast, 1100)
    with db.transaction(write=False):
        leaves = db.scalars(db_leaves())
        assert len(leaves) > 1100
        for size in (1, 2, 255, 256, 257, 512, 700, 1024, len(leaves)):
            root = merkle.tree_head(leaves[:size])
            assert queries.head_at(size) == root, size
            for index in {0, size // 2, size - 1}:
                assert queries.inclusion_path(index, size) == merkle.inclusion_proof(leaves[:size], index)
            assert queries.continuation(size, len(leaves)) == merkle.consistency_proof(leaves, size)


@KEYS
def test_the_head_is_signed_when_there_is_news_and_once_an_hour_without(cast: Cast) -> None:
    rename(cast, "农村处")
    look_after()
    with db.transaction(write=False):
        last = queries.last_checkpoint()
        first, note = last.id, last.note
        text, _ = open_note(note, keys.verifier_keys())
        signed = rules.read_checkpoint(text)
        assert (signed.origin, signed.size, signed.root) == (keys.origin(), queries.size(), queries.head_at(queries.size()))
        assert not is_checkpoint_due()
    look_after()
    with db.transaction(write=False):
        assert queries.last_checkpoint().id == first
    later = clock.now() + AT_LEAST_EVERY
    clock.set_source(lambda: later)
    look_after()
    with db.transaction(write=False):
        assert queries.last_checkpoint().id != first


def grow(cast: Cast, count: int) -> None:
    """Add so many entries."""
    with db.transaction(write=True):
        rows = [db.session.get_one(Division, division) for division in (cast.division, cast.other_division)]
        for _ in range(count // 2):
            record_many(cast.legal.officer, "accounts.division_renamed", rows)
    with db.transaction(write=True):
        sequence()


def db_leaves() -> sa.Select[tuple[bytes]]:
    """All leaf hashes in their order."""
    return sa.select(Leaf.leaf_hash).order_by(Leaf.position)
