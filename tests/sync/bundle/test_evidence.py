"""The evidence of a visit as one file: whole, and the program in it finds whatever was changed in it."""

import hashlib
import json
import shutil
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from fieldapp.ledger import keys
from fieldapp.ledger.sequencer import look_after
from fieldapp.sync.routes import receipts
from tests.fieldwork.scene import Phone, Scene, photo
from tests.people import Cast
from tests.sync.bundle.unpacked import Change, edit, keep, rows_of, unpack, verify, whole
from tests.sync.wire import JSON, SignIn, send, upload

pytestmark = pytest.mark.article("3", "24")


def test_the_evidence_is_whole_and_checks_itself(folder: Path) -> None:
    names = {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}
    assert names >= {"records/1/record.json", "records/1/receipt.txt", "operations.jsonl", "checkpoint.txt", "hashes.txt"}
    code, said = verify(folder, "--key", keys.verifier_keys()[0].text())
    assert (code, said.splitlines()[-1]) == (0, "OK"), said
    assert "15 operations of 1 phones" in said
    assert "head signed with the key given" in said
    assert len((folder / "hashes.txt").read_text(encoding="utf-8").split("  ")[1]) == 64


def test_before_the_end_there_is_no_bundle_and_a_stranger_gets_none(
        scene: Scene, browser: FlaskClient, client_of: SignIn, cast: Cast) -> None:
    address = f"/field/receipts/{scene.visit}/evidence.zip"
    answer = browser.get(address, headers=JSON)
    assert (answer.status_code, answer.get_json()["error"]) == (422, "sync.evidence_not_whole")
    assert client_of(cast.inspector_d).get(address).status_code == 404


def test_what_came_late_is_there_as_far_as_a_head_covers_it(
        closed: Scene, one: Phone, browser: FlaskClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    value, chunks = photo(b"\xff\xd8\xff\xe0 late", "迟到.jpg")
    look_after()
    upload(browser, chunks)
    send(browser, one, one.op("add", closed.check(1, f"photo/{closed.lines[0]}"), value))
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(receipts, "look_after", lambda: None)  # another process is at it
        early = unpack(browser, closed, tmp_path / "early")
    late = unpack(browser, closed, tmp_path / "late")
    for folder, number in ((early, 15), (late, 16)):
        code, said = verify(folder)
        assert (code, f"{number} operations of 1 phones" in said) == (0, True), said
    assert [len(list((folder / "originals").iterdir())) for folder in (early, late)] == [2, 3]


def test_what_no_head_covers_yet_is_not_handed_out_as_if_it_were_whole(
        closed: Scene, browser: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receipts, "look_after", lambda: None)
    answer = browser.get(f"/field/receipts/{closed.visit}/evidence.zip", headers=JSON)
    assert (answer.status_code, answer.get_json()["error"]) == (422, "sync.evidence_not_entered")


def original(folder: Path) -> Path:
    [found] = (folder / "originals").glob("*.jpg")
    return found


def flip(folder: Path) -> None:
    content = bytearray(original(folder).read_bytes())
    content[1000] ^= 1
    original(folder).write_bytes(content)


def swap_receipt(folder: Path) -> None:
    text = (folder / "records/1/receipt.txt").read_text(encoding="utf-8").split("\n")
    text[3] = text[4]
    (folder / "records/1/receipt.txt").write_text("\n".join(text), encoding="utf-8")


def drop(folder: Path) -> None:
    rows = rows_of(folder, "operations.jsonl")
    keep(folder, "operations.jsonl", rows[:3] + rows[5:])


def rewrite(row: dict[str, Any], **said: Any) -> dict[str, Any]:
    """An operation that says something else, its hash made anew."""
    body = json.dumps(json.loads(row["body"]) | said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return row | {"body": body, "sha256": hashlib.sha256(body.encode()).hexdigest()}


def plant(folder: Path) -> None:
    rows = rows_of(folder, "operations.jsonl")
    keep(folder, "operations.jsonl", [*rows, rewrite(rows[0], n=99) | {"id": "0" * 8 + rows[0]["id"][8:], "n": 99}])


def reword(folder: Path) -> None:
    rows = rows_of(folder, "operations.jsonl")
    keep(folder, "operations.jsonl", [rewrite(rows[0], v="西门"), *rows[1:]])


def exchange(folder: Path) -> None:
    """What two operations say changes places."""
    one, two, *rest = rows_of(folder, "operations.jsonl")
    says = [{name: row[name] for name in ("body", "sha256")} for row in (one, two)]
    keep(folder, "operations.jsonl", [one | says[1], two | says[0], *rest])


def drop_with_entry(folder: Path, *, linked: bool = False) -> None:
    """An operation goes with its entry; and the next entry is linked to the one before."""
    gone = rows_of(folder, "operations.jsonl")
    keep(folder, "operations.jsonl", gone[:4] + gone[5:])
    rows = rows_of(folder, "entries.jsonl")
    at = next(at for at, row in enumerate(rows) if f"op/{gone[4]['id']}" in row["body"])
    if linked:
        before, after = (json.loads(rows[at + step]["body"]) for step in (-1, 1))
        rows[at + 1]["body"] = rows[at + 1]["body"].replace(after["prev"], before["id"])
    keep(folder, "entries.jsonl", rows[:at] + rows[at + 1:])


def drop_the_end(folder: Path) -> None:
    """The entries stop at the third operation, and the operations with them."""
    ops = rows_of(folder, "operations.jsonl")
    keep(folder, "operations.jsonl", ops[:3])
    rows = rows_of(folder, "entries.jsonl")
    at = next(at for at, row in enumerate(rows) if f"op/{ops[2]['id']}" in row["body"])
    keep(folder, "entries.jsonl", rows[:at + 1])


def outside(folder: Path) -> Path:
    [found] = (folder / "originals").glob("*.bin")
    return found


CHANGES: dict[str, tuple[Change, str]] = {
    "photo": (flip, "is not what was taken"),
    "photo gone": (lambda folder: original(folder).unlink(), "is missing"),
    "record": (edit("records/1/record.json", "compliant", "Compliant"), "not what the receipt names"),
    "operation": (edit("operations.jsonl", "东门", "西门"), "its text was changed"),
    "receipt": (swap_receipt, "does not stand under this head"),
    "place": (edit("records/1/receipt.txt", "index ", "index 1"), "record 1:"),
    "receipt gone": (lambda folder: (folder / "records/1/receipt.txt").unlink(), "No such file"),
    "operations gone": (drop, "the log has entered this operation, it is missing here"),
    "planted": (plant, "no entry of the log names it"),
    "reworded": (reword, "not what its entry names"),
    "exchanged": (exchange, "not what its entry names"),
    "with its entry": (drop_with_entry, "there is a gap before it"),
    "chain mended": (partial(drop_with_entry, linked=True), "does not stand under this head"),
    "end cut off": (drop_the_end, "the entries do not reach to its receipt's"),
    "entries gone": (lambda folder: (folder / "entries.jsonl").unlink(), "entries.jsonl: FileNotFoundError"),
    "entry": (edit("entries.jsonl", "sync.op_received", "sync.op_Received"), "does not stand under this head"),
    "outside gone": (lambda folder: outside(folder).unlink(), "is missing"),
    "outside": (lambda folder: outside(folder).write_bytes(b"another"), "is not what was taken"),
    "record gone": (lambda folder: shutil.rmtree(folder / "records/1"), "the log has entered this record, no receipt here"),
    "broken line": (edit("operations.jsonl", "{", "["), "operations.jsonl: JSONDecodeError"),
}


def test_what_was_changed_is_found_and_named_even_with_its_hash_made_anew(folder: Path, tmp_path: Path) -> None:
    for name, (change, named) in CHANGES.items():
        other = Path(shutil.copytree(folder, tmp_path / name))
        change(other)
        whole(other)
        code, said = verify(other)
        assert (code, named in said) == (1, True), f"{name}: {said}"


def test_what_was_changed_is_found_by_its_hash(folder: Path) -> None:
    flip(folder)
    code, said = verify(folder)
    assert (code, f"{original(folder).relative_to(folder)} was changed" in said) == (1, True), said


def test_what_was_slipped_in_and_another_key_are_found(folder: Path, tmp_path: Path) -> None:
    keys.configure(tmp_path / "other-keys", keys.origin())
    code, said = verify(folder, "--key", keys.verifier_keys()[0].text())
    assert (code, "not signed with this key" in said) == (1, True), said
    (folder / "originals" / f"{'0' * 64}.jpg").write_bytes(b"x")
    with (folder / "hashes.txt").open("a", encoding="utf-8") as listed:
        listed.write(f"0  0  1  originals/{'0' * 64}.jpg\n")
    whole(folder)
    code, said = verify(folder)
    assert (code, f"the original {'0' * 64} is named by nothing" in said) == (1, True), said
    (folder / "more.txt").write_text("x", encoding="utf-8")
    code, said = verify(folder)
    assert (code, "more.txt is not listed" in said) == (1, True), said


def test_each_operation_lies_there_as_it_was_received(folder: Path, one: Phone) -> None:
    rows = [json.loads(line) for line in (folder / "operations.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [json.loads(row["body"])["n"] for row in rows] == list(range(1, 16))
    assert {json.loads(row["body"])["d"] for row in rows} == {one.device}
