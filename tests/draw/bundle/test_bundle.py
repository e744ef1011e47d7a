"""An honest bundle is proved, whoever recomputes it; every forgery is refused by the product and by the twenty lines."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from fieldapp.cli import main
from fieldapp.config import HOME
from fieldapp.draw.rules import bundle
from fieldapp.refusals import Refusal
from tests.draw.bundle.sample import FORGERIES, files, forged, given_by_one, other_seed, rows, stratified

GUIDE = HOME / "docs" / "verify-a-draw.md"


@pytest.fixture(scope="module")
def honest() -> dict[str, bytes]:
    return files(rows())


@pytest.fixture
def verify20(tmp_path: Path) -> Path:
    """The code of the document, in a folder of its own."""
    code, _of_a_row = re.findall(r"```python\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    assert len(code.splitlines()) <= 20
    assert re.findall(r"^(?:import|from) .*", code, re.MULTILINE) == ["import hashlib, json, sys, zipfile"]
    script = tmp_path / "verify20.py"
    script.write_text(code, "utf-8")
    return script


def said_by(script: Path, content: dict[str, bytes]) -> subprocess.CompletedProcess[str]:
    (script.parent / "bundle.zip").write_bytes(bundle.zip_of(content))
    return subprocess.run([sys.executable, "-I", script, "bundle.zip"], cwd=script.parent, capture_output=True, text=True,
                          check=False)


@pytest.mark.article("3", "16")
def test_an_honest_bundle_is_proved(honest: dict[str, bytes]) -> None:
    proved = bundle.check_bundle(bundle.bundle_in(bundle.zip_of(honest)))
    assert (proved.rows, proved.drawn, proved.reserve) == (60, 6, 52)
    assert proved.manifest["number"] == 3


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forgery_is_refused(honest: dict[str, bytes], name: str) -> None:
    with pytest.raises(Refusal) as refused:
        bundle.check_bundle(bundle.bundle_in(bundle.zip_of(forged(name, honest))))
    assert refused.value.code.startswith("draw.")


def test_another_seed_with_a_commitment_to_fit_gives_another_selection(honest: dict[str, bytes]) -> None:
    with pytest.raises(Refusal) as refused:
        bundle.check_bundle(bundle.bundle_in(bundle.zip_of(other_seed(honest))))
    assert refused.value.code == "draw.bundle_selection_differs"


@pytest.mark.article("3")
def test_a_seed_that_one_person_alone_gave_is_refused(verify20: Path) -> None:
    with pytest.raises(Refusal, match=r"draw\.needs_two_divisions"):
        bundle.check_bundle(bundle.bundle_in(bundle.zip_of(given_by_one())))
    said = said_by(verify20, given_by_one())
    assert (said.returncode, said.stdout) == (1, "")


@pytest.mark.article("16")
def test_strata_are_drawn_each_by_itself_and_bound_by_their_roots() -> None:
    content = files(stratified(), quota=8, strata={"A": 5, "D": 3})
    proved = bundle.check_bundle(bundle.bundle_in(bundle.zip_of(content)))
    assert proved.drawn == 8
    first = content["leaves.txt"].decode().splitlines()
    place = next(number for number, line in enumerate(first) if line.endswith("A"))
    first[place] = first[place][:-1] + "D"
    with pytest.raises(Refusal) as refused:
        bundle.check_bundle(bundle.bundle_in(bundle.zip_of(content | {"leaves.txt": "\n".join(first).encode() + b"\n"})))
    assert refused.value.code == "draw.bundle_strata_differ"


@pytest.mark.parametrize("broken", [b"", b"PK", b"no zip", bundle.zip_of({"manifest.json": b"{}"})])
def test_what_is_no_bundle_is_refused(broken: bytes) -> None:
    with pytest.raises(Refusal) as refused:
        bundle.bundle_in(broken)
    assert refused.value.code == "draw.not_a_bundle"


def test_a_manifest_that_lacks_what_the_check_relies_on_is_refused(honest: dict[str, bytes]) -> None:
    for content in (b"[]", b"{}", b'{"format":"fieldapp-draw/1"}', b"\xff", honest["manifest.json"] + b" "):
        with pytest.raises(Refusal) as refused:
            bundle.check_bundle(bundle.bundle_in(bundle.zip_of(honest | {"manifest.json": content})))
        assert refused.value.code == "draw.bundle_manifest_broken"


def test_the_same_files_give_the_same_zip(honest: dict[str, bytes]) -> None:
    assert bundle.zip_of(honest) == bundle.zip_of(dict(honest))


@pytest.mark.article("3", "16")
def test_twenty_lines_of_plain_python_say_the_same(honest: dict[str, bytes], verify20: Path) -> None:
    said = said_by(verify20, honest)
    assert said.returncode == 0, said.stderr
    assert said.stdout.startswith("OK: draw 3 of 2026 - 6 of 60")
    assert said_by(verify20, files(stratified(), quota=8, strata={"A": 5, "D": 3})).returncode == 0
    refused = {name: said_by(verify20, forged(name, honest)) for name in FORGERIES} | {"": said_by(verify20, other_seed(honest))}
    assert {name for name, one in refused.items() if one.returncode == 0 or "OK" in one.stdout} == set()


def test_the_command_says_what_it_proved(honest: dict[str, bytes], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, bad = tmp_path / "good.zip", tmp_path / "bad.zip"
    good.write_bytes(bundle.zip_of(honest))
    bad.write_bytes(bundle.zip_of(forged("a removed row", honest)))
    assert main(["draw", "verify", str(good)]) == 0
    assert "OK" in capsys.readouterr().out
    assert main(["draw", "verify", str(bad)]) == 1
    assert "draw.bundle_root_differs" in capsys.readouterr().err
