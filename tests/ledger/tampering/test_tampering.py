"""R14: whatever is done to a row behind the application is found and named; a clean log is never accused."""

from collections import Counter
from random import Random

import pytest
from flask import Flask

from fieldapp import db
from fieldapp.ledger import keys
from fieldapp.ledger.actions import keep_cosignature, keep_refusal, sequence, sign_checkpoint
from fieldapp.ledger.cosignatures import text_of
from fieldapp.ledger.notes import COSIGNATURE, new_key
from fieldapp.ledger.rules import is_protected
from fieldapp.ledger.verification import Finding, verify
from tests.databases import ON_SQLITE
from tests.fieldwork.applying import both_here, enter, fill, sign_all
from tests.fieldwork.scene import Scene, visit_digest
from tests.ledger.tampering.mutations import Mutation, mutate, tables, unguarded
from tests.people import Cast

pytestmark = [ON_SQLITE, pytest.mark.article("3")]


class TakenBackError(Exception):
    """The change is undone."""


def found_after(chance: Random, table: str | None = None) -> tuple[Mutation, list[Finding]] | None:
    """What was done to one row, of that table or of any, and what verification finds; then it is taken back."""
    result: list[tuple[Mutation, list[Finding]]] = []
    try:
        with db.transaction(write=True):
            unguarded()
            there = [one for one in tables() if table in {None, one.name}]
            done = mutate(chance.choice(there), chance)
            if done is not None:
                result.append((done, list(verify(keys.verifier_keys(), None, keys.witness_keys()))))
            raise TakenBackError
    except TakenBackError:
        return result[0] if result else None


def names(done: Mutation, findings: list[Finding]) -> bool:
    """Whether what is found names the row, or for the log's own rows that the log does not fit."""
    if not is_protected(done.table):
        return bool(findings)
    return any((one.table, one.key) in {(done.table, key) for key in done.keys} for one in findings)


def sign() -> None:
    """Sign the head; one witness cosigns it, another refuses."""
    witness = new_key("witness.example/w1", COSIGNATURE)
    keys.know_witnesses([witness.verifier])
    with db.transaction(write=True):
        keep_refusal("witness.example/w2", 422, "no proof")
    with db.transaction(write=True):
        sequence()
        head = sign_checkpoint()
        db.session.flush()
        keep_cosignature(head.id, witness.signature(text_of(head.note), 1_700_000_000), keys.witness_keys())


def play(scene: Scene, cast: Cast) -> None:
    """A visit is filled, signed, closed, and the log's head signed."""
    one, _two = both_here(scene, cast)
    fill(scene, one)
    sign_all(scene, cast, one)
    assert enter(one.op("close", "visit", {"digest": visit_digest(scene)})) == ["applied"]
    sign()


def tamper(times: int, seed: int) -> None:
    with db.transaction(write=False):
        assert list(verify(keys.verifier_keys(), None, keys.witness_keys())) == []
    chance, done = Random(seed), Counter[str]()
    while done.total() < times:
        made = found_after(chance)
        if made is not None:
            assert names(*made), f"not found: {made}"
            done[f"{made[0].change}"] += 1
    print(f"seed {seed}: {times} changes, all found: {dict(done)}")


@pytest.mark.usefixtures("named_keys")
def test_two_hundred_changes_of_single_rows_are_each_found_and_named(scene: Scene, cast: Cast) -> None:
    play(scene, cast)
    tamper(200, 14)


@pytest.mark.full
@pytest.mark.timeout(3600)
@pytest.mark.usefixtures("named_keys")
def test_five_thousand_changes_of_single_rows_are_each_found_and_named(scene: Scene, cast: Cast) -> None:
    play(scene, cast)
    tamper(5000, 1414)


@pytest.mark.full
@pytest.mark.timeout(3600)
def test_a_change_of_a_row_of_every_table_of_the_demonstration_is_found_and_named(demo_app: Flask) -> None:
    sign()
    with db.transaction(write=False):
        assert list(verify(keys.verifier_keys(), None, keys.witness_keys())) == []
        known = [table.name for table in tables()]
    chance = Random(140)
    for name in known:
        made = next(filter(None, (found_after(chance, name) for _ in range(40))))
        assert names(*made), f"not found: {made}"
    print(f"{len(known)} tables: {', '.join(known)}")
