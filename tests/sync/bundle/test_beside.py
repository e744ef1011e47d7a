"""What stands beside the operations in the evidence: the entity's answers with their files, and the steps of the review."""

import json
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from fieldapp import db
from fieldapp.evidence import store
from fieldapp.fieldwork.models import ReplyFile
from tests.fieldwork.scene import Scene
from tests.sync.bundle.unpacked import PDF, Change, edit, keep, rows_of, unpack, verify, whole

pytestmark = pytest.mark.article("22", "24", "25")
EACH = ["entity_reply", "entity_reply_file", "record_review", "review_decision"]


@pytest.fixture
def bundle(reviewed: Scene, browser: FlaskClient, tmp_path: Path) -> Path:
    """The bundle of a visit that was answered in writing too, and signed off by the leader."""
    return unpack(browser, reviewed, tmp_path / "evidence")


def file_of(folder: Path) -> Path:
    [found] = (folder / "originals").glob("*.pdf")
    return found


def change(table: str, folder: Path, do: Callable[[dict[str, Any]], list[dict[str, Any]]]) -> None:
    """Put what `do` makes of it in the place of each row of a table."""
    rows = rows_of(folder, "rows.jsonl")
    keep(folder, "rows.jsonl", [new for row in rows for new in (do(row) if row["table"] == table else [row])])


def drop(table: str) -> Change:
    return partial(change, table, do=lambda _row: [])


def say(table: str, **said: Any) -> Change:
    return partial(change, table, do=lambda row: [row | {"row": row["row"] | said}])


def twice(folder: Path) -> None:
    change("review_decision", folder, lambda row: [row, row | {"row": row["row"] | {"id": "0" * 8 + row["row"]["id"][8:]}}])


def another_file(folder: Path) -> None:
    """Another file in its place, under the hash that is its own, and the row says so."""
    photo = next((folder / "originals").glob("*.jpg"))
    file_of(folder).unlink()
    change("entity_reply_file", folder, lambda row: [row | {"capture": photo.stem}])


def of_entries(folder: Path, part: str, before: str, after: str | None) -> None:
    """Change what lies beside the entries, or take it away."""
    rows = rows_of(folder, "entries.jsonl")
    [*found] = [row for row in rows if before in row.get(part, "")]
    assert found
    for row in found:
        row[part] = row[part].replace(before, after or "")
        if after is None:
            del row[part]
    keep(folder, "entries.jsonl", rows)


CHANGES: dict[str, tuple[Change, str]] = {
    "file": (lambda folder: file_of(folder).write_bytes(PDF + b" "), "is not what was taken"),
    "file gone": (lambda folder: file_of(folder).unlink(), "is missing"),
    "another file": (another_file, "the log names no file with this sha256"),
    "answer": (edit("rows.jsonl", "台账见附件", "没有台账"), "not what the log entered last about it"),
    "file's name": (edit("rows.jsonl", "台账.pdf", "账台.pdf"), "not what the log entered last about it"),
    "opinion": (edit("rows.jsonl", "记录属实", "记录不实"), "not what the log entered last about it"),
    "whose step": (say("review_decision", person_id="0" * 8), "not what the log entered last about it"),
    "step planted": (twice, "not what the log entered last about it"),
    **{f"{table} gone": (drop(table), "missing here, the log has this row") for table in EACH},
    "hash beside": (partial(of_entries, part="facts", before="sha256", after="SHA256"), "not the words that it commits to"),
    "words gone": (partial(of_entries, part="facts", before="sha256", after=None), "the log names no file with this"),
    "list of rows": (partial(of_entries, part="rows", before="review_d", after="review_D"), "not the rows that it names"),
    "list gone": (partial(of_entries, part="rows", before="review_d", after=None), "not the rows that it names"),
    "rows gone": (lambda folder: (folder / "rows.jsonl").unlink(), "rows.jsonl: FileNotFoundError"),
}


def test_the_answers_of_the_entity_and_the_review_are_in_the_evidence_and_what_was_changed_of_them_is_named(
        bundle: Path, tmp_path: Path) -> None:
    code, said = verify(bundle)
    assert (code, said.splitlines()[-1]) == (0, "OK"), said
    assert [row["table"] for row in rows_of(bundle, "rows.jsonl")] == EACH
    assert "4 rows of the entity's answers and of the review" in said
    assert file_of(bundle).read_bytes() == PDF
    with db.transaction(write=False):
        kept = db.session.query(ReplyFile).one().original
        line = f"{kept.sha256}  {kept.sm3}  {len(PDF)}  originals/{kept.capture_hash}.pdf\n"
    assert line in (bundle / "hashes.txt").read_text(encoding="utf-8")
    for name, (do, named) in CHANGES.items():
        other = Path(shutil.copytree(bundle, tmp_path / name))
        do(other)
        whole(other)
        code, said = verify(other)
        assert (code, named in said) == (1, True), f"{name}: {said}"


def test_a_file_that_was_changed_in_the_store_does_not_pass_as_the_answers(
        reviewed: Scene, browser: FlaskClient, tmp_path: Path) -> None:
    with db.transaction(write=False):
        path = store.path(store.Shelf.ORIGINALS, db.session.query(ReplyFile).one().original.sha256)
    path.chmod(0o600)
    path.write_bytes(PDF.replace(b"obj", b"OBJ"))
    code, said = verify(unpack(browser, reviewed, tmp_path / "evidence"))
    assert (code, "was changed" in said, "is not what was taken" in said) == (1, True, True), said
    assert json.loads(rows_of(tmp_path / "evidence", "entries.jsonl")[0]["body"])["case"] == str(reviewed.visit)
