"""Somebody else watches the log: cosigns what only grew, refuses loudly what did not."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from waitress.server import create_server

from fieldapp import db
from fieldapp.cli.main import main
from fieldapp.ledger import keys, queries
from fieldapp.ledger.actions import sequence, sign_checkpoint
from fieldapp.ledger.cosignatures import note_of
from fieldapp.ledger.notes import new_key, open_note, sign_note
from fieldapp.ledger.rules import Checkpoint
from fieldapp.ledger.witnessing import refused
from fieldapp.ledger.witnessing.asking import Address, Refused, ask, read_addresses, request_for
from fieldapp.ledger.witnessing.request import Request, read_request
from fieldapp.ledger.witnessing.web import application
from fieldapp.ledger.witnessing.witness import Answer, Witness
from fieldapp.merkle import consistency_proof, leaf_hash, tree_head
from tests.ledger.history import behind, rename
from tests.people import Cast, Player

ORIGIN = "fieldapp.example/ledger"
LEAVES = [leaf_hash(b"%d" % number) for number in range(20)]
LOG = new_key(ORIGIN)


@pytest.fixture
def witness(tmp_path: Path) -> Witness:
    return Witness(tmp_path / "witness", [LOG.verifier], name="witness.example/w1")


def asking(size: int, old: int, *, leaves: list[bytes] = LEAVES, proof: list[bytes] | None = None) -> str:
    """A request about the tree of the first `size` leaves."""
    note = sign_note(Checkpoint(ORIGIN, size, tree_head(leaves[:size])).text(), [LOG])
    found = consistency_proof(leaves[:size], old) if proof is None and 0 < old <= size else proof or []
    return Request(old, tuple(found), note).text()


def test_what_only_grew_is_cosigned_and_remembered(witness: Witness, tmp_path: Path) -> None:
    for old, size in ((0, 3), (3, 3), (3, 8), (8, 20)):
        answer = witness.add_checkpoint(asking(size, old))
        assert answer.status == 200, answer.body
        note = read_request(asking(size, old)).note + answer.body
        assert [one.key for one in open_note(note, [LOG.verifier, witness.key.verifier])[1]] == [
            LOG.verifier, witness.key.verifier]
    again = Witness(tmp_path / "witness", [LOG.verifier])
    assert again.key.verifier == witness.key.verifier
    assert again.seen()[ORIGIN].size == 20


def test_a_log_rolled_back_is_refused_with_the_size_that_was_seen(witness: Witness) -> None:
    witness.add_checkpoint(asking(8, 0))
    for old, size in ((0, 3), (3, 5), (0, 20)):
        answer = witness.add_checkpoint(asking(size, old))
        assert (answer.status, answer.body, answer.kind) == (409, "8\n", "text/x.tlog.size")
    assert witness.seen()[ORIGIN].size == 8


FORKED = [*LEAVES[:5], leaf_hash(b"another"), *LEAVES[6:]]


def test_a_forked_log_is_refused(witness: Witness) -> None:
    witness.add_checkpoint(asking(8, 0))
    forked = FORKED
    assert witness.add_checkpoint(asking(8, 8, leaves=forked)).status == 409
    assert witness.add_checkpoint(asking(20, 8, leaves=forked)).status == 422
    assert witness.add_checkpoint(asking(20, 8, proof=[bytes(32)])).status == 422
    assert witness.add_checkpoint(asking(20, 8)).status == 200


def test_what_speaks_against_the_log_is_kept_and_told(
        witness: Witness, tmp_path: Path, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]) -> None:
    witness.add_checkpoint(asking(8, 0))
    assert witness.add_checkpoint(asking(20, 0)).status == 409
    assert (list(witness.refused()), caplog.messages) == ([], [])
    words = ["witness", "refused", "--folder", str(tmp_path / "witness"), "--log", LOG.verifier.text()]
    assert (main(words), capsys.readouterr().out) == (0, "")
    requests = [asking(8, 8, leaves=FORKED), asking(20, 8, leaves=FORKED), asking(5, 3), asking(5, 8),
                asking(8, 0, leaves=FORKED)]
    assert [witness.add_checkpoint(request).status for request in requests] == [409, 422, 409, 400, 409]
    assert [(one.kind, one.request) for one in witness.refused()] == [
        ("same-size", requests[0]), ("no-proof", requests[1]), ("smaller", requests[2])]
    assert [record.levelname for record in caplog.records] == ["ERROR"] * 5
    assert main(words) == 1
    said = capsys.readouterr().out
    assert all(request in said for request in requests[:3])
    assert "cosigned before: 8 entries" in said


def test_so_many_are_kept_and_a_proof_is_not_pushed_out(witness: Witness, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refused, "MOST", 2)
    witness.add_checkpoint(asking(8, 0))
    others = [[*LEAVES[:5], leaf_hash(b"%d" % other), *LEAVES[6:]] for other in (100, 101, 102)]
    proofs, old_heads = [asking(8, 8, leaves=leaves) for leaves in others], [asking(size, 3) for size in (3, 4, 5)]
    for request in proofs + old_heads:
        witness.add_checkpoint(request)
    assert {one.request for one in witness.refused()} == {*proofs[:2], *old_heads[1:]}


@pytest.mark.parametrize(("change", "status"), [
    (lambda text: text.replace("old 0", "old 21"), 400), (lambda text: text.replace("old 0", "old 00"), 400),
    (lambda text: text.replace("old 0", "new 0"), 400), (lambda text: "", 400), (lambda text: text.replace("\n\n", "\n"), 400),
    (lambda text: text.replace(ORIGIN, "other.example/log"), 404), (lambda text: text.replace("\n20\n", "\n19\n"), 403),
    (lambda text: text.replace("old 0\n", f"old 0\n{'A' * 43}=\n"), 422),
    (lambda text: text.replace("old 0\n", "old 0\n" + f"{'A' * 43}=\n" * 64), 400)])
def test_what_is_no_honest_request_is_refused(witness: Witness, change: Callable[[str], str], status: int) -> None:
    assert witness.add_checkpoint(change(asking(20, 0))).status == status
    assert witness.seen() == {}


def test_of_many_requests_at_once_none_rolls_the_witness_back(witness: Witness) -> None:
    witness.add_checkpoint(asking(2, 0))
    answers: list[int] = []
    threads = [threading.Thread(target=lambda size=size: answers.append(witness.add_checkpoint(asking(size, 2)).status))
               for size in range(3, 20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [200] + [409] * 16


@pytest.mark.usefixtures("named_keys")
def test_the_log_asks_and_shows_who_cosigned(cast: Cast, client: FlaskClient, tmp_path: Path) -> None:
    _grow(cast, "农村处")
    with _serving(tmp_path) as (address, witness):
        assert ask(address)
        assert not ask(address)
        _grow(cast, "农业处")
        assert ask(address)
        with db.transaction(write=False):
            newest = queries.last_checkpoint()
            assert open_note(note_of(newest), [address.key])[1][0].key == address.key
            assert witness.seen()[keys.origin()].size == queries.size()
        page = client.get("/ledger").get_data(as_text=True)
        assert address.key.name in page
        assert address.key.name in client.get("/ledger/checkpoint").get_data(as_text=True)


@pytest.mark.usefixtures("named_keys")
def test_a_log_that_was_made_anew_finds_no_witness(
        cast: Cast, tmp_path: Path, client: FlaskClient, client_of: Callable[[Player], FlaskClient]) -> None:
    entry = _grow(cast, "农村处")
    with _serving(tmp_path) as (address, _):
        ask(address)
        assert "见证方拒绝联署" not in client.get("/ledger").text
        behind("UPDATE ledger_leaf SET leaf_hash = :leaf WHERE entry_id = :id", id=entry, leaf=leaf_hash(b"another"))
        _grow(cast, "农业处")
        with pytest.raises(Refused, match="422"):
            ask(address)
        behind("DELETE FROM ledger_cosignature")
        with pytest.raises(Refused, match="422"):  # also one that forgot whom it asked: the witness did not
            ask(address)
    pages = [client.get("/ledger").text, client_of(cast.audit_admin).get("/oversight/entries").text]
    assert [page.count("422 the proof leads to other roots") for page in pages] == [1, 1]
    assert all("见证方拒绝联署" in page and 'class="note bad"' in page for page in pages)


@pytest.mark.usefixtures("named_keys")
def test_a_log_that_was_cut_off_says_so_itself(cast: Cast, tmp_path: Path, client: FlaskClient) -> None:
    _grow(cast, "农村处")
    with _serving(tmp_path) as (address, witness):
        ask(address)
        _grow(cast, "农业处")
        with pytest.raises(Refused, match="cut off"):
            request_for(witness.key.verifier, 1000)
        answer = witness.add_checkpoint
        witness.add_checkpoint = lambda _text: Answer(409, "1000\n")  # type: ignore[method-assign]
        for _ in range(2):
            with pytest.raises(Refused, match="cut off"):
                ask(address)
        assert client.get("/ledger").text.count("409 witness.example/w1 saw 1000 entries") == 1
        witness.add_checkpoint = answer  # type: ignore[method-assign]
        assert ask(address)
    page = client.get("/ledger").text
    assert ("见证方拒绝联署" in page, "此后又联署了" in page) == (False, True)


def test_a_witness_answers_files_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = ["--folder", str(tmp_path / "w"), "--log", LOG.verifier.text()]
    assert main(["witness", "key", *folder]) == 2
    assert main(["witness", "key", *folder, "--name", "witness.example/w1"]) == 0
    key = capsys.readouterr().out.strip()
    request = tmp_path / "request.txt"
    request.write_text(asking(8, 0), encoding="utf-8")
    assert main(["witness", "cosign", *folder, str(request)]) == 0
    assert capsys.readouterr().out.startswith("\u2014 witness.example/w1 ")
    assert main(["witness", "cosign", *folder, str(request)]) == 1
    assert capsys.readouterr().err == "8\n"
    assert key.startswith("witness.example/w1+")
    assert ((tmp_path / "w" / "witness.key").stat().st_mode & 0o777) == 0o600


@pytest.mark.parametrize("text", ["ftp://w.example KEY", "https://w.example", "https://w.example a+b+c", "a+b+c"])
def test_a_setting_that_names_no_witness_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_addresses(text)
    known = f"https://w.example/ {LOG.verifier.text()}; http://x.example {LOG.verifier.text()}"
    assert [one.url for one in read_addresses(known)] == ["https://w.example", "http://x.example"]
    [kept] = read_addresses(LOG.verifier.text())
    assert (kept.url, kept.key) == ("", LOG.verifier)


def _grow(cast: Cast, name: str) -> object:
    entry = rename(cast, name)
    with db.transaction(write=True):
        sequence()
        sign_checkpoint()
    return entry


@contextmanager
def _serving(folder: Path) -> Iterator[tuple[Address, Witness]]:
    """A witness on the loopback that trusts the log of the test."""
    witness = Witness(folder / "witness", keys.verifier_keys(), name="witness.example/w1")
    server = create_server(application(witness), host="127.0.0.1", port=0)
    keys.know_witnesses([witness.key.verifier])
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield Address(f"http://127.0.0.1:{server.effective_port}", witness.key.verifier), witness
    finally:
        server.close()
        thread.join(timeout=10)
