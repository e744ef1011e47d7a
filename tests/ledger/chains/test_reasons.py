"""What a person gave as the reason stands beside the log, and can be erased; the log stays whole, and says so."""

import json
from pathlib import Path

import pytest
import sqlalchemy as sa

from fieldapp import db, ledger
from fieldapp.accounts.models import Division
from fieldapp.ledger import export, queries
from fieldapp.ledger.actions import erase_payload, sequence, sign_checkpoint
from fieldapp.ledger.models import Payload
from fieldapp.ledger.timeline import timeline
from tests.ledger.history import findings
from tests.people import Cast

pytestmark = [pytest.mark.usefixtures("named_keys"), pytest.mark.article("3")]
REASON = "张某住院"


@pytest.fixture
def given(cast: Cast) -> Cast:
    """A change with a reason that tells of somebody."""
    with db.transaction(write=True):
        division = db.session.get_one(Division, cast.division)
        division.name = "农村处"
        ledger.record(cast.legal.officer, "accounts.division_renamed", division, reason=REASON)
        sequence()
        sign_checkpoint()
    return cast


def test_a_reason_is_told_and_stands_in_no_entry(given: Cast, tmp_path: Path) -> None:
    with db.transaction(write=False):
        [step] = timeline(given.division)
        assert step.reason == REASON
        [(entry, payload)] = queries.history(given.division)
        assert (json.loads(entry.body)["v"], entry.reason) == (3, None)
        assert REASON not in entry.body
        assert REASON in payload.facts
        export.export(tmp_path, entries=True)
    assert all(REASON.encode() not in file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())


def test_what_stands_beside_an_entry_is_erased_by_an_entry(given: Cast) -> None:
    with db.transaction(write=True):
        [(entry, _)] = queries.history(given.division)
        assert erase_payload(entry.id, by=given.legal.officer, reason="本人要求")
        assert not erase_payload(entry.id, by=given.legal.officer, reason="本人要求")
    assert findings() == []
    with db.transaction(write=False):
        assert [step.reason for step in timeline(given.division)] == ["本人要求", ""]
        assert REASON not in "".join(db.session.scalars(sa.select(Payload.facts)))
        assert queries.payloads_gone() == (1, 0)
    with db.transaction(write=True):
        db.session.execute(sa.delete(Payload))
    with db.transaction(write=False):
        assert queries.payloads_gone() == (1, 1), "the second went without a word"
