"""Changes of chance in the evidence (R14): a bit, a cut, a swap, an edit in each file; all are found, and nothing else is."""

import json
import random
from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from fieldapp.ledger import keys
from fieldapp.sync.bundle import verify as program
from tests.fieldwork.scene import Phone, Scene
from tests.people import Cast
from tests.sync.bundle.unpacked import unpack, whole
from tests.sync.wire import send

pytestmark = pytest.mark.article("3", "24")
FEW, MANY = 120, 2500
Content = dict[str, bytes]
LINES = ("operations.jsonl", "rows.jsonl", "entries.jsonl")


@pytest.fixture
def bundle(reviewed: Scene, browser: FlaskClient, tmp_path: Path) -> Path:
    return unpack(browser, reviewed, tmp_path / "evidence")


def verify(folder: Path, monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    """What the bundle's own program ends with, in this process: a start for each change would take an hour."""
    program.taken.cache_clear()
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr("sys.argv", ["verify.py", str(folder), *words])
        return program.main()


def read(folder: Path) -> Content:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def write(folder: Path, before: Mapping[str, bytes], after: Mapping[str, bytes]) -> None:
    """Make the folder hold `after`, where it held `before`."""
    for name in before.keys() - after.keys():
        (folder / name).unlink()
    for name, content in after.items():
        if before.get(name) != content:
            (folder / name).write_bytes(content)


def flip(chance: random.Random, content: bytes) -> bytes:
    place = chance.randrange(len(content))
    return content[:place] + bytes([content[place] ^ (1 << chance.randrange(8))]) + content[place + 1:]


def cut(chance: random.Random, content: bytes) -> bytes:
    start, end = sorted(chance.sample(range(len(content) + 1), 2))
    return content[:start] + content[end:]


# What somebody does who does not write the list of hashes anew.
def flip_a_bit(chance: random.Random, of: Content) -> Content:
    name = chance.choice(sorted(of))
    return of | {name: flip(chance, of[name])}


def cut_a_piece(chance: random.Random, of: Content) -> Content:
    name = chance.choice(sorted(of))
    return of | {name: cut(chance, of[name])}


def cut_the_end(chance: random.Random, of: Content) -> Content:
    name = chance.choice(sorted(of))
    return of | {name: of[name][:chance.randrange(len(of[name]))]}


def swap_members(chance: random.Random, of: Content) -> Content:
    one, two = chance.sample(sorted(of), 2)
    return of | {one: of[two], two: of[one]}


def take_a_member(chance: random.Random, of: Content) -> Content:
    gone = chance.choice(sorted(of))
    return {name: content for name, content in of.items() if name != gone}


def add_a_member(chance: random.Random, of: Content) -> Content:
    return of | {f"{chance.choice(['', 'records/1/', 'originals/'])}{chance.randrange(10**6)}.txt": chance.randbytes(9)}


# What somebody does who writes the list anew: what the file says has to be another thing, not the same in other letters.
def flip_an_original(chance: random.Random, of: Content) -> Content:
    name = chance.choice([name for name in sorted(of) if name.startswith("originals/")])
    return of | {name: chance.choice([flip, cut])(chance, of[name])}


def swap_originals(chance: random.Random, of: Content) -> Content:
    one, two = chance.sample([name for name in sorted(of) if name.startswith("originals/")], 2)
    return of | {one: of[two], two: of[one]}


def change_a_record(chance: random.Random, of: Content) -> Content:
    name = chance.choice([name for name in sorted(of) if name.endswith("record.json")])
    return of | {name: chance.choice([flip, cut])(chance, of[name])}


def change_a_line(chance: random.Random, of: Content, name: str, field: str) -> Content:
    """Something else in one field of one row, told apart from how it is written."""
    rows = [json.loads(line) for line in of[name].decode().splitlines()]
    row = chance.choice([row for row in rows if field in row])
    row[field] = another(chance, row[field])
    return of | {name: "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in rows).encode()}


def another(chance: random.Random, value: Any) -> Any:
    if isinstance(value, dict):
        name = chance.choice(sorted(value))
        return value | {name: another(chance, value[name])}
    if isinstance(value, list):
        return value[1:] if value else ["x"]
    if isinstance(value, str):
        place = chance.randrange(len(value) + 1)
        return value[:place] + chance.choice("Az九0") + value[place:]
    return (value or 0) + chance.choice([-1, 1]) * chance.randrange(1, 9)


def take_a_line(chance: random.Random, of: Content, name: str) -> Content:
    rows = of[name].splitlines(keepends=True)
    del rows[chance.randrange(len(rows) - (1 if name == "entries.jsonl" else 0))]  # of the last entry: see verify.py, "a branch"
    return of | {name: b"".join(rows)}


def swap_lines(chance: random.Random, of: Content, name: str) -> Content:
    rows = of[name].splitlines(keepends=True)
    one, two = chance.sample(range(len(rows)), 2)
    rows[one], rows[two] = rows[two], rows[one]
    return of | {name: b"".join(rows)}


def change_the_head(chance: random.Random, of: Content) -> Content:
    text = of["checkpoint.txt"].partition(b"\n\n")[0]
    return of | {"checkpoint.txt": flip(chance, text) + of["checkpoint.txt"][len(text):]}


PLAIN: list[Callable[[random.Random, Content], Content]] = [
    flip_a_bit, cut_a_piece, cut_the_end, swap_members, take_a_member, add_a_member]
LISTED: list[Callable[[random.Random, Content], Content]] = [
    flip_an_original, swap_originals, change_a_record, change_the_head,
    *(partial(change_a_line, name=name, field=field) for name, fields in {
        "operations.jsonl": ("body", "id", "sha256", "kind", "path", "receipt"),
        "entries.jsonl": ("body", "path", "index", "facts"), "rows.jsonl": ("row", "table")}.items() for field in fields),
    *(partial(take_a_line, name=name) for name in LINES), partial(swap_lines, name="operations.jsonl"),
    partial(swap_lines, name="entries.jsonl")]


def find_changes(folder: Path, count: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """`count` changes, as many of each sort; after every hundredth the bundle as it was, which fits."""
    seed, key = random.SystemRandom().randrange(10**6), keys.verifier_keys()[0].text()
    chance, genuine, done, missed, alarms = random.Random(seed), read(folder), Counter[str](), [], 0
    for number in range(count):
        change = (PLAIN + LISTED)[number % len(PLAIN + LISTED)]
        after = change(chance, dict(genuine))
        if after == genuine:
            continue
        write(folder, genuine, after)
        if change in LISTED:
            whole(folder)
        name = getattr(change, "func", change).__name__
        done[name] += 1
        if verify(folder, monkeypatch, "--key", key) == 0:
            missed.append((number, name, getattr(change, "keywords", {})))
        write(folder, read(folder), genuine)
        if number % 100 == 0:
            alarms += verify(folder, monkeypatch, "--key", key)
    capsys.readouterr()
    print(f"seed {seed}: {sum(done.values())} changes, {len(missed)} missed, {alarms} false alarms: {dict(done)}")
    assert (missed, alarms) == ([], 0)
    assert sum(done.values()) > count * 9 // 10


def test_changes_of_chance_in_the_evidence_are_found(
        bundle: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    find_changes(bundle, FEW, monkeypatch, capsys)


@pytest.mark.full
def test_two_thousand_changes_of_chance_in_the_evidence_are_found(
        bundle: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    find_changes(bundle, MANY, monkeypatch, capsys)


@pytest.fixture
def pasted(one: Phone, browser: FlaskClient, scene: Scene, cast: Cast) -> None:
    """A note out of another program, with its ends of lines."""
    assert send(browser, one, one.here(), one.here(cast.inspector_b),
                one.set(scene.check(1, "note"), "第一行\u2028第二行\u0085第三行\u2029完")).status_code == 200


def test_letters_that_end_a_line_elsewhere_are_no_alarm(
        pasted: None, closed: Scene, browser: FlaskClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = unpack(browser, closed, tmp_path / "pasted")
    assert "\u2028".encode() in (folder / "operations.jsonl").read_bytes()
    assert verify(folder, monkeypatch, "--key", keys.verifier_keys()[0].text()) == 0
