"""The evidence of a visit as one file: whole, and the program in it finds whatever was changed in it."""

import hashlib
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from fieldapp.ledger import keys
from fieldapp.ledger.sequencer import look_after
from tests.fieldwork.scene import Phone, Scene, photo, record_digest, visit_digest
from tests.people import Cast
from tests.sync.wire import JSON, SignIn, outcomes, send, upload

pytestmark = pytest.mark.article("3", "24")
Change = Callable[[Path], Any]


@pytest.fixture
def closed(one: Phone, browser: FlaskClient, scene: Scene, cast: Cast) -> Scene:
    """A visit with a photo, signed by all and closed, everything sent."""
    value, chunks = photo(b"\xff\xd8\xff\xe0" + bytes(range(256)) * 3000)
    upload(browser, chunks)
    send(browser, one, one.set("arrival/place", "东门"), one.here(), one.here(cast.inspector_b),
         one.op("add", scene.check(1, f"photo/{scene.lines[0]}"), value),
         *(one.set(scene.check(number), "compliant") for number in (1, 2, 3)),
         one.set(scene.path("conclusion/category"), "no_problem"), one.set(scene.path("entity/opinion"), "true"),
         one.set(scene.path("entity/name"), "李某"))
    digest = record_digest(scene)
    send(browser, one, one.sign(digest), one.sign_as(cast.inspector_a, digest), one.sign_as(cast.inspector_b, digest),
         one.op("close", "visit", {"digest": visit_digest(scene)}))
    assert outcomes() == ["applied"] * 14
    look_after()
    return scene


@pytest.fixture
def folder(closed: Scene, browser: FlaskClient, tmp_path: Path) -> Path:
    """The bundle, unpacked elsewhere."""
    answer = browser.get(f"/field/receipts/{closed.visit}/evidence.zip")
    assert answer.status_code == 200
    zipfile.ZipFile(io.BytesIO(answer.data)).extractall(tmp_path / "evidence")
    return tmp_path / "evidence"


def verify(folder: Path, *words: str) -> tuple[int, str]:
    """The bundle's own program, without the product."""
    ran = subprocess.run([sys.executable, "-I", str(folder / "verify.py"), *words], capture_output=True, text=True, check=False,
                         cwd=folder.parent)
    return ran.returncode, ran.stdout + ran.stderr


def test_the_evidence_is_whole_and_checks_itself(folder: Path) -> None:
    names = {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}
    assert names >= {"records/1/record.json", "records/1/receipt.txt", "operations.jsonl", "checkpoint.txt", "hashes.txt"}
    code, said = verify(folder, "--key", keys.verifier_keys()[0].text())
    assert (code, said.splitlines()[-1]) == (0, "OK"), said
    assert "14 operations of 1 phones" in said
    assert "head signed with the key given" in said
    assert len((folder / "hashes.txt").read_text(encoding="utf-8").split("  ")[1]) == 64


def test_before_the_end_there_is_no_bundle_and_a_stranger_gets_none(
        scene: Scene, browser: FlaskClient, client_of: SignIn, cast: Cast) -> None:
    address = f"/field/receipts/{scene.visit}/evidence.zip"
    answer = browser.get(address, headers=JSON)
    assert (answer.status_code, answer.get_json()["error"]) == (422, "sync.evidence_not_whole")
    assert client_of(cast.inspector_d).get(address).status_code == 404


def whole(folder: Path) -> None:
    """Whoever changes a file can write its hash anew too."""
    lines = []
    for line in (folder / "hashes.txt").read_text(encoding="utf-8").splitlines():
        _, _, _, name = line.split("  ", 3)
        if (folder / name).exists():
            content = (folder / name).read_bytes()
            found = (hashlib.new(kind, content).hexdigest() for kind in ("sha256", "sm3"))
            lines.append("  ".join((*found, str(len(content)), name)))
    (folder / "hashes.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def original(folder: Path) -> Path:
    [found] = (folder / "originals").iterdir()
    return found


def edit(name: str, before: str, after: str) -> Change:
    def change(folder: Path) -> None:
        text = (folder / name).read_text(encoding="utf-8")
        assert before in text
        (folder / name).write_text(text.replace(before, after, 1), encoding="utf-8")

    return change


def flip(folder: Path) -> None:
    content = bytearray(original(folder).read_bytes())
    content[1000] ^= 1
    original(folder).write_bytes(content)


def swap_receipt(folder: Path) -> None:
    text = (folder / "records/1/receipt.txt").read_text(encoding="utf-8").split("\n")
    text[3] = text[4]
    (folder / "records/1/receipt.txt").write_text("\n".join(text), encoding="utf-8")


@pytest.mark.parametrize(("change", "named"), [
    (flip, "is not what was taken"),
    (lambda folder: original(folder).unlink(), "is missing"),
    (edit("records/1/record.json", "compliant", "Compliant"), "not what the receipt names"),
    (edit("operations.jsonl", "东门", "西门"), "its text was changed"),
    (swap_receipt, "does not stand under this head"),
    (edit("records/1/receipt.txt", "index ", "index 1"), "record 1:"),
    (lambda folder: (folder / "records/1/receipt.txt").unlink(), "No such file"),
], ids=["photo", "photo gone", "record", "operation", "receipt", "place", "receipt gone"])
def test_what_was_changed_is_found_and_named_even_with_its_hash_made_anew(folder: Path, change: Change, named: str) -> None:
    change(folder)
    code, said = verify(folder)
    assert (code, "DOES NOT FIT" in said) == (1, True), said
    whole(folder)
    code, said = verify(folder)
    assert (code, named in said) == (1, True), said


def test_what_was_slipped_in_and_another_key_are_found(folder: Path, tmp_path: Path) -> None:
    keys.configure(tmp_path / "other-keys", keys.origin())
    code, said = verify(folder, "--key", keys.verifier_keys()[0].text())
    assert (code, "not signed with this key" in said) == (1, True), said
    (folder / "more.txt").write_text("x", encoding="utf-8")
    code, said = verify(folder)
    assert (code, "more.txt is not listed" in said) == (1, True), said


def test_each_operation_lies_there_as_it_was_received(folder: Path, one: Phone) -> None:
    rows = [json.loads(line) for line in (folder / "operations.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [json.loads(row["body"])["n"] for row in rows] == list(range(1, 15))
    assert {json.loads(row["body"])["d"] for row in rows} == {one.device}
