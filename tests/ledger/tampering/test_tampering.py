"""R14: whatever is done to a row behind the application is found and named; a clean log is never accused."""

from collections import Counter
from contextlib import nullcontext, suppress
from random import Random

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import DBAPIError

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
from tests.ledger.history import rename
from tests.ledger.tampering.mutations import Mutation, as_superuser, mutate, tables, unguarded
from tests.people import Cast

pytestmark = pytest.mark.article("3")
QUICK, FULL = {"sqlite": 200, "postgresql": 20}, {"sqlite": 5000, "postgresql": 2000}


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
                result.append((done, found()))
            raise TakenBackError
    except TakenBackError:
        return result[0] if result else None


def found() -> list[Finding]:
    """What verification finds in the transaction that is open."""
    return list(verify(keys.verifier_keys(), None, keys.witness_keys()))


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
    chance, done = Random(seed), Counter[str]()
    with as_superuser():
        check_nothing_is_found()
        while done.total() < times:
            made = found_after(chance)
            if made is not None:
                assert names(*made), f"not found: {made}"
                done[f"{made[0].change}"] += 1
        check_nothing_is_found()
    print(f"seed {seed}: {times} changes, all found: {dict(done)}")


def check_nothing_is_found() -> None:
    """Nobody has tampered with the log, or all of it was taken back."""
    with db.transaction(write=False):
        assert found() == []


@pytest.mark.usefixtures("named_keys")
def test_changes_of_single_rows_are_each_found_and_named(scene: Scene, cast: Cast) -> None:
    play(scene, cast)
    tamper(QUICK[db.session.get_bind().name], 14)


@pytest.mark.usefixtures("named_keys")
@pytest.mark.parametrize("is_behind", [False, True])
def test_what_the_database_refuses_to_its_owner_is_done_behind_its_guards(cast: Cast, *, is_behind: bool) -> None:
    rename(cast, "农村处")
    with as_superuser(), suppress(TakenBackError), db.transaction(write=True):
        if is_behind:
            unguarded()
        with nullcontext() if is_behind else pytest.raises(DBAPIError, match="append-only"), db.session.begin_nested():
            assert db.session.execute(sa.text("UPDATE ledger_entry SET reason = 'x'")).rowcount > 0
            assert {one.kind for one in found()} == {"entry_columns_differ"}
        raise TakenBackError


@pytest.mark.full
@pytest.mark.timeout(3600)
@pytest.mark.usefixtures("named_keys")
def test_thousands_of_changes_of_single_rows_are_each_found_and_named(scene: Scene, cast: Cast) -> None:
    play(scene, cast)
    tamper(FULL[db.session.get_bind().name], 1414)


@ON_SQLITE
@pytest.mark.full
@pytest.mark.timeout(3600)
def test_a_change_of_a_row_of_every_table_of_the_demonstration_is_found_and_named(demo_app: Flask) -> None:
    sign()
    check_nothing_is_found()
    with db.transaction(write=False):
        known = [table.name for table in tables()]
    chance = Random(140)
    for name in known:
        made = next(filter(None, (found_after(chance, name) for _ in range(40))))
        assert names(*made), f"not found: {made}"
    print(f"{len(known)} tables: {', '.join(known)}")
