"""What a receipt proves of a time: the log's own word proves none, a witness's line does; an ended key proves nothing later."""

from pathlib import Path

import pytest

from fieldapp import db, ledger
from fieldapp.accounts.models import Division
from fieldapp.cli.main import main
from fieldapp.ledger import cosignatures, keys, queries
from fieldapp.ledger.actions import keep_cosignature, sequence, sign_checkpoint
from fieldapp.ledger.notes import COSIGNATURE, SigningKey, new_key, open_note, read_signing_key, sign_note
from fieldapp.ledger.receipts import prove, receipt_about
from fieldapp.ledger.rules import Checkpoint
from tests.ledger.history import findings
from tests.people import Cast

pytestmark = [pytest.mark.article("3"), pytest.mark.usefixtures("named_keys")]
REGISTERED = "fieldwork.record_registered"
WITNESS = new_key("witness.example/w1", COSIGNATURE)


def enter(cast: Cast, *witnesses: SigningKey) -> str:
    """The receipt of an entry, under a head that these have cosigned."""
    keys.know_witnesses([one.verifier for one in witnesses])
    with db.transaction(write=True):
        division = db.session.get_one(Division, cast.division)
        ledger.record(cast.legal.officer, REGISTERED, division, facts={"record": "1号", "digest": "ab" * 32})
    with db.transaction(write=True):
        sequence()
        head = sign_checkpoint()
        db.session.flush()
        for one in witnesses:
            keep_cosignature(head.id, one.signature(cosignatures.text_of(head.note), 1_700_000_000), keys.witness_keys())
        receipt = receipt_about(REGISTERED, cast.division)
        assert receipt is not None
        return receipt.text()


def checked(tmp_path: Path, text: str, *words: str) -> int:
    file = tmp_path / "receipt.txt"
    file.write_text(text, encoding="utf-8")
    return main(["ledger", "check-receipt", str(file), *words])


def test_the_command_says_whose_word_a_time_is(cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text, log = enter(cast, WITNESS), keys.verifier_keys()[0].text()
    assert checked(tmp_path, text, "--key", log) == 0
    said = capsys.readouterr().out
    assert "the log itself says: entered 2" in said
    assert "no witness's time" in said
    assert checked(tmp_path, text, "--key", log, "--witness", WITNESS.verifier.text()) == 0
    assert "witness.example/w1 saw this head at 2023-11-14T22:13:20+00:00" in capsys.readouterr().out


def test_a_witness_alone_is_not_the_log(cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text, other = enter(cast, WITNESS), new_key(keys.origin()).verifier.text()
    assert checked(tmp_path, text, "--key", other, "--witness", WITNESS.verifier.text()) == 1
    assert "nobody known" in capsys.readouterr().err


def test_a_malformed_receipt_is_one_line_on_the_command_line(
        cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = enter(cast)
    assert checked(tmp_path, text.replace("extra ", "extra AAAA", 1), "--key", keys.verifier_keys()[0].text()) == 1
    assert capsys.readouterr().err.startswith("fieldapp: ")


def test_a_key_that_was_ended_counts_for_the_heads_that_it_signed_and_for_no_larger_one(cast: Cast, tmp_path: Path) -> None:
    early = enter(cast)
    [file] = (tmp_path / "ledger-keys").glob("*.key")
    leaked = read_signing_key(file.read_text(encoding="utf-8"))
    keys.make_key()
    with db.transaction(write=False):
        last = queries.last_checkpoint()
        assert last is not None
        size = last.size
    keys.end_key(leaked.verifier.key_id.hex(), size)
    assert not file.exists()
    assert [key.until for key in keys.verifier_keys()] == [size, None]
    late = enter(cast)
    assert len(prove(early, keys.verifier_keys())[1]) == 1
    assert [one.key.key_id for one in prove(late, keys.verifier_keys())[1]] != [leaked.verifier.key_id]
    forged = sign_note(Checkpoint(keys.origin(), size + 7, bytes(32)).text(), [leaked])
    with pytest.raises(ValueError, match="nobody known"):
        open_note(forged, keys.verifier_keys())
    assert findings() == []
    with pytest.raises(ValueError, match="no other would"):
        keys.end_key(keys.verifier_keys()[1].key_id.hex(), size)


def test_a_key_is_given_with_its_end(cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text, log = enter(cast), keys.verifier_keys()[0].text()
    assert checked(tmp_path, text, "--key", f"{log}@1000") == 0
    assert checked(tmp_path, text, "--key", f"{log}@0") == 1
    assert "nobody known" in capsys.readouterr().err
