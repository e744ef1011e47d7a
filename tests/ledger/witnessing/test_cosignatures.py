"""What a witness signed is believed by its line, never by what the row says; what it refused stays in the log."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient

from fieldapp import db
from fieldapp.ledger import cosignatures, keys, queries
from fieldapp.ledger.actions import keep_cosignature, keep_refusal, sequence, sign_checkpoint
from fieldapp.ledger.notes import COSIGNATURE, SigningKey, new_key
from tests.ledger.history import behind, findings, last_action, rename
from tests.people import Cast

pytestmark = [pytest.mark.usefixtures("named_keys"), pytest.mark.article("3")]
NAME, AT = "witness.example/w1", 1_700_000_000


@pytest.fixture
def witness(client: FlaskClient, cast: Cast, named_keys: None) -> SigningKey:
    """A known witness that has cosigned the newest head."""
    key = new_key(NAME, COSIGNATURE)
    keys.know_witnesses([key.verifier])
    rename(cast, "农村处")
    _cosign(key)
    return key


def test_a_cosignature_that_holds_is_shown_and_accused_by_nobody(witness: SigningKey, client: FlaskClient) -> None:
    assert findings() == []
    page = client.get("/ledger").text
    assert NAME in page
    assert "2023年11月15日" in page
    assert NAME in client.get("/ledger/checkpoint").text


@pytest.mark.parametrize("change", [
    "UPDATE ledger_cosignature SET at = '2020-01-01 00:00:00.000000'",
    "UPDATE ledger_cosignature SET witness = 'other.example/w9'",
    "UPDATE ledger_cosignature SET line = replace(line, 'A', 'B')", "UPDATE ledger_cosignature SET line = ''",
    "UPDATE ledger_cosignature SET checkpoint_id = :id"])
def test_a_cosignature_that_was_tampered_with_is_named(witness: SigningKey, change: str) -> None:
    behind(change, **({"id": uuid4()} if ":id" in change else {}))
    assert [found.split()[:2] for found in findings()] == [["cosignature_differs", "ledger_cosignature"]]


def test_forged_lines_are_neither_shown_nor_handed_out_and_do_not_silence_the_witness(
        witness: SigningKey, cast: Cast, client: FlaskClient) -> None:
    rename(cast, "农业处")
    forger = new_key(NAME, COSIGNATURE)
    _cosign(forger)
    assert [found.split()[0] for found in findings()] == ["cosignature_differs"]
    with db.transaction(write=False):
        newest = queries.last_checkpoint()
        assert newest is not None
        assert not cosignatures.is_cosigned(newest, witness.verifier)
        [(name, size, at)] = cosignatures.witnesses()
        assert (name, at.timestamp()) == (NAME, AT)
        assert size < newest.size
    assert NAME not in client.get("/ledger/checkpoint").text


def test_of_two_lines_under_one_name_the_one_that_opens_is_kept(witness: SigningKey, cast: Cast) -> None:
    rename(cast, "农业处")
    other = new_key(NAME, COSIGNATURE)
    head, text = _head()
    lines = other.signature(text, AT) + witness.signature(text, AT + 1) + witness.signature(text, AT + 2)
    with db.transaction(write=True):
        assert len(keep_cosignature(head, lines, [witness.verifier])) == 1
    assert findings() == []


def test_a_refusal_is_entered_and_its_row_cannot_vanish(witness: SigningKey, client: FlaskClient) -> None:
    with db.transaction(write=True):
        keep_refusal(NAME, 422, "the proof does not hold")
    with db.transaction(write=False):
        assert last_action() == "ledger.cosigning_refused"
    assert "the proof does not hold" in client.get("/ledger").text
    assert findings() == []
    behind("DELETE FROM ledger_refusal")
    assert [found.split()[:2] for found in findings()] == [["row_missing", "ledger_refusal"]]


@pytest.mark.parametrize(("who", "stands"), [(lambda witness: witness, False), (lambda _: new_key(NAME, COSIGNATURE), True)])
def test_only_a_line_that_holds_takes_a_refusal_back(
        witness: SigningKey, cast: Cast, client: FlaskClient, who: Callable[[SigningKey], SigningKey], stands: bool) -> None:
    with db.transaction(write=True):
        keep_refusal(NAME, 422, "the proof does not hold")
    rename(cast, "农业处")
    _cosign(who(witness))
    assert ('class="note bad"' in client.get("/ledger").text) is stands


def _head() -> tuple[UUID, str]:
    with db.transaction(write=True):
        sequence()
        head = sign_checkpoint()
        db.session.flush()
        return head.id, cosignatures.text_of(head.note)


def _cosign(key: SigningKey) -> None:
    head, text = _head()
    with db.transaction(write=True):
        keep_cosignature(head, key.signature(text, AT), [key.verifier])
