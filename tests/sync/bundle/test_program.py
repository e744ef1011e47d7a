"""The program that checks a bundle comes from elsewhere; what it says of a time is said by whom."""

import hashlib
import subprocess
import sys
from base64 import b64decode, b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from fieldapp import db
from fieldapp.ledger import keys, queries
from fieldapp.ledger.actions import keep_cosignature
from fieldapp.ledger.cosignatures import text_of
from fieldapp.ledger.notes import COSIGNATURE, new_key
from fieldapp.ledger.sequencer import look_after
from tests.fieldwork.scene import Scene
from tests.sync.bundle.unpacked import unpack

pytestmark = pytest.mark.article("3", "24")
WARNING = "NOT TO BE RELIED ON"
WITNESS = new_key("witness.example/w1", COSIGNATURE)


@pytest.fixture
def program(client: FlaskClient, tmp_path: Path) -> Path:
    """The program as everybody gets it."""
    file = tmp_path / "elsewhere/verify.py"
    file.parent.mkdir()
    file.write_bytes(client.get("/ledger/verify.py").data)
    return file


@pytest.fixture
def cosigned(closed: Scene) -> Iterator[Scene]:
    """A closed visit, under a head that a witness has cosigned."""
    keys.know_witnesses([WITNESS.verifier])
    look_after()
    with db.transaction(write=True):
        head = queries.last_checkpoint()
        assert head is not None
        keep_cosignature(head.id, WITNESS.signature(text_of(head.note), 1_700_000_000), keys.witness_keys())
    yield closed
    keys.know_witnesses([])


def run(program: Path, *words: str, alone: bool = True) -> tuple[int, str]:
    ran = subprocess.run([sys.executable, *(["-I"] if alone else []), str(program), *words], capture_output=True, text=True,
                         check=False)
    return ran.returncode, ran.stdout + ran.stderr


def test_the_program_of_the_public_page_is_the_one_whose_hash_stands_there(client: FlaskClient, program: Path) -> None:
    page = client.get("/ledger").text
    assert hashlib.sha256(program.read_bytes()).hexdigest() in page
    assert "python3 -I" in page


def test_a_program_from_elsewhere_checks_the_folder_and_the_bundles_own_says_not_to_rely_on_it(
        folder: Path, program: Path) -> None:
    key = keys.verifier_keys()[0].text()
    code, said = run(program, str(folder), "--key", key)
    assert (code, said.splitlines()[-1], WARNING in said) == (0, "OK", False), said
    for ran in (run(folder / "verify.py"), run(folder / "verify.py", str(folder)), run(program, str(folder), alone=False)):
        assert (ran[0], WARNING in ran[1]) == (0, True), ran


def test_a_module_that_a_forger_lays_beside_is_not_loaded(folder: Path, program: Path) -> None:
    (folder / "json.py").write_text("print('OK')\nraise SystemExit(0)\n", encoding="utf-8")
    code, said = run(program, str(folder))
    assert (code, "json.py is not listed" in said) == (1, True), said


def test_keys_of_one_log_are_given_together_and_a_key_out_of_use_counts_for_the_heads_up_to_its_last_entry(
        folder: Path, program: Path, tmp_path: Path) -> None:
    key = keys.verifier_keys()[0].text()
    keys.configure(tmp_path / "other-keys", keys.origin())
    newer = keys.verifier_keys()[0].text()
    for said, code in ((["--key", newer], 1), (["--key", newer, "--key", key], 0), (["--key", f"{key}@100000"], 0),
                       (["--key", newer, "--key", f"{key}@1"], 1)):
        assert run(program, str(folder), *said)[0] == code, said


def test_the_time_of_an_entry_is_the_logs_own_word_and_a_witness_says_when_it_saw_the_head(
        cosigned: Scene, browser: FlaskClient, program: Path, tmp_path: Path) -> None:
    bundle = unpack(browser, cosigned, tmp_path / "cosigned")
    key = keys.verifier_keys()[0].text()
    code, said = run(program, str(bundle), "--key", key, "--witness", WITNESS.verifier.text())
    assert (code, said.count("witness.example/w1 saw it at 2023-11-14T22:13:20Z") > 0) == (0, True), said
    assert "by the log's own word" in said
    code, said = run(program, str(bundle), "--key", key)
    assert (code, "saw it" in said, "no witness's time" in said) == (0, False, True)
    head, line = (bundle / "checkpoint.txt").read_text(encoding="utf-8").rstrip("\n").rsplit(" ", 1)
    forged = bytearray(b64decode(line))
    forged[11] ^= 1  # of the time
    (bundle / "checkpoint.txt").write_text(f"{head} {b64encode(forged).decode()}\n", encoding="utf-8")
    code, said = run(program, str(bundle), "--key", key, "--witness", WITNESS.verifier.text())
    assert (code, "does not hold" in said) == (1, True), said
