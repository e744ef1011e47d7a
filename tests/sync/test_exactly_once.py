"""A bad network loses answers, repeats, cuts and shuffles what phones send: everything arrives, once."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from typing import Any

import pytest

from fieldapp import db
from fieldapp.sync.models import Op, OpOutcome
from tests.fieldwork.scene import Phone, Scene
from tests.people import Cast
from tests.sync.wire import SignIn, send

SEED = 7
Send = Callable[[list[dict[str, Any]]], list[dict[str, Any]]]


def deliver(ops: list[dict[str, Any]], send_batch: Send, chance: random.Random) -> dict[str, set[int]]:
    """Send operations as a phone does, through a network that eats answers; every receipt that was ever answered, by id."""
    receipts: dict[str, set[int]] = {op["id"]: set() for op in ops}
    while unsent := [op for op in ops if not receipts[op["id"]]]:
        batch = unsent[:chance.randint(1, 8)]
        late = chance.sample(ops, 2) if chance.random() < 0.3 else []
        for part in (late, batch, batch) if chance.random() < 0.3 else (late, batch):
            out = send_batch(part) if part else []
            if chance.random() < 0.7:
                for row in out:
                    receipts[row["id"]].add(row["receipt"])
    return receipts


def doubled_or_lost(receipts: dict[str, set[int]], stored: list[str]) -> list[str]:
    """What is wrong: an operation without a receipt or with two, stored not at all or twice, a receipt given twice."""
    wrong = [name for name, given in receipts.items() if len(given) != 1 or stored.count(name) != 1]
    given = [number for numbers in receipts.values() for number in numbers]
    return wrong + (["a receipt was given twice"] if len(given) != len(set(given)) else [])


def test_everything_arrives_once_through_a_bad_network(scene: Scene, cast: Cast, client_of: SignIn) -> None:
    print(f"seed {SEED}")
    phone, browser = Phone(scene, cast.inspector_a), client_of(cast.inspector_a)
    ops = [phone.set("arrival/place", f"东门 {number}") for number in range(60)]
    receipts = deliver(ops, lambda part: send(browser, phone, *part).get_json()["out"], random.Random(SEED))
    with db.transaction(write=False):
        stored = [str(row.id) for row in db.session.query(Op).order_by(Op.n)]
        assert [str(row.op_id) for row in db.session.query(OpOutcome).order_by(OpOutcome.sequence)] == stored
    assert stored == [op["id"] for op in ops]
    assert doubled_or_lost(receipts, stored) == []


def test_a_server_that_simply_takes_what_comes_fails_the_same_test(scene: Scene, cast: Cast) -> None:
    phone, numbers = Phone(scene, cast.inspector_a), count(1)
    ops = [phone.set("arrival/place", str(number)) for number in range(60)]
    stored: list[str] = []

    def naive(part: list[dict[str, Any]]) -> list[dict[str, Any]]:
        stored.extend(op["id"] for op in part)
        return [{"id": op["id"], "n": op["n"], "receipt": next(numbers)} for op in part]

    assert doubled_or_lost(deliver(ops, naive, random.Random(SEED)), stored)


@pytest.mark.article("24")
def test_two_phones_and_their_doubles_at_the_same_moment(scene: Scene, cast: Cast, client_of: SignIn) -> None:
    phones = [Phone(scene, cast.inspector_a), Phone(scene, cast.inspector_b)]
    browsers = [client_of(phone.owner) for phone in phones]
    batches = [[phone.here(), *(phone.set(f"arrival/{name}", f"{phone.device} {name}") for name in ("place", "reason"))]
               for phone in phones]

    def race(number: int) -> list[dict[str, Any]]:
        which = number % 2
        out: list[dict[str, Any]] = send(browsers[which], phones[which], *batches[which]).get_json()["out"]
        return out

    with ThreadPoolExecutor(8) as all_at_once:
        answers = list(all_at_once.map(race, range(16)))
    receipts: dict[str, set[int]] = {op["id"]: set() for batch in batches for op in batch}
    for row in (row for answer in answers for row in answer):
        receipts[row["id"]].add(row["receipt"])
    with db.transaction(write=False):
        stored = [str(row.id) for row in db.session.query(Op)]
        became = sorted(row.outcome for row in db.session.query(OpOutcome))
    assert doubled_or_lost(receipts, stored) == []
    assert became == ["applied"] * 4 + ["rival"] * 2
