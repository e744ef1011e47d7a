"""A bundle with a beacon is proved whole by the command; the twenty lines come to the same seed."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from fieldapp.canonical import canonical
from fieldapp.cli import main
from fieldapp.config import HOME
from fieldapp.draw.rules import bundle
from fieldapp.refusals import Refusal
from tests.draw.bundle.sample import ROUND_1000, files, rows, with_beacon

pytestmark = pytest.mark.article("3", "16")


@pytest.fixture(scope="module")
def honest() -> dict[str, bytes]:
    return with_beacon()


def packed(folder: Path, content: dict[str, bytes]) -> Path:
    (folder / "bundle.zip").write_bytes(bundle.zip_of(content))
    return folder / "bundle.zip"


def by_twenty_lines(zipped: Path) -> int:
    program = HOME / "static" / "verify20.py"
    return subprocess.run([sys.executable, "-I", program, zipped], capture_output=True, check=False).returncode


def test_the_command_and_the_twenty_lines_prove_an_honest_one(
        honest: dict[str, bytes], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    zipped = packed(tmp_path, honest)
    assert bundle.bundle_in(zipped.read_bytes()).beacon == ROUND_1000
    assert main(["draw", "verify", str(zipped)]) == 0
    assert "drand-quicknet, round 1000, named at 2023-08-23T15:58:54Z; signature holds" in capsys.readouterr().out
    assert by_twenty_lines(zipped) == 0
    assert honest["selected.txt"] != files(rows())["selected.txt"]


@pytest.mark.parametrize(("part", "code"), [
    (replace(ROUND_1000, signature=bytes(48)), "draw.beacon_signature"),
    (replace(ROUND_1000, named_at="2023-08-23T15:59:24Z"), "draw.beacon_round"),
    (replace(ROUND_1000, named_at="2023-08-23T15:58:50Z"), "draw.beacon_round"),
    (replace(ROUND_1000, named_at="yesterday"), "draw.beacon_round"),
    (replace(ROUND_1000, round=1001, named_at="2023-08-23T15:58:57Z"), "draw.beacon_signature"),
], ids=["another signature", "named when it was known", "named for another round", "no moment", "another round"])
def test_a_beacon_that_is_not_the_chains_is_found_by_the_command(
        part: Any, code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["draw", "verify", str(packed(tmp_path, with_beacon(part)))]) == 1
    assert code in capsys.readouterr().err


def changed(content: dict[str, bytes], change: Callable[[list[Any]], object]) -> dict[str, bytes]:
    parts = json.loads(content["contributions.json"])
    change(parts)
    return content | {"contributions.json": canonical(parts)}


@pytest.mark.parametrize("change", [
    lambda parts: parts.pop(), lambda parts: parts.insert(0, parts.pop()), lambda parts: parts[2].update(round=1001),
    lambda parts: parts.pop(1), lambda parts: parts.append(parts[2]), lambda parts: parts[2].update(round="1000"),
    lambda parts: parts[2].update(signature="00" * 48),
], ids=["no beacon", "not last", "another round", "one officer", "two beacons", "no number", "another signature"])
def test_other_contributions_than_the_manifest_names_are_refused(
        honest: dict[str, bytes], change: Callable[[list[Any]], object], tmp_path: Path) -> None:
    content = changed(honest, change)
    with pytest.raises(Refusal):
        bundle.check_bundle(bundle.bundle_in(bundle.zip_of(content)))
    assert by_twenty_lines(packed(tmp_path, content)) == 1


def test_a_beacon_that_the_manifest_does_not_name_is_refused(honest: dict[str, bytes], tmp_path: Path) -> None:
    content = files(rows())
    added = changed(content, lambda parts: parts.append(json.loads(honest["contributions.json"])[2]))
    with pytest.raises(Refusal, match="seed_differs"):
        bundle.check_bundle(bundle.bundle_in(bundle.zip_of(added)))
    assert by_twenty_lines(packed(tmp_path, added)) == 1
