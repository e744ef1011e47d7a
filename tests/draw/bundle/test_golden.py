"""One draw was written down for good: the rules, both databases and every Python come to the same files, byte for byte."""

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from fieldapp.config import HOME
from fieldapp.draw.rules import bundle
from tests.draw.bundle import golden
from tests.draw.bundle.laid_down import ADDRESS, draw_golden
from tests.draw.bundle.sample import FORGERIES, forged
from tests.people import Cast

VERIFIER = HOME / "static" / "verify20.py"
PRODUCT, OUTSIDER = (3, 11), (3, 6)


def test_the_rules_come_to_the_golden_files() -> None:
    written = golden.files()
    assert golden.recomputed(written["manifest.json"]) == written
    proved = bundle.check_bundle(bundle.bundle_in(golden.PACKED.read_bytes()))
    assert (proved.rows, proved.drawn, proved.reserve) == (100, 8, 86)


@pytest.mark.article("3", "16")
def test_the_product_comes_to_the_golden_files_on_both_databases(cast: Cast, client: FlaskClient) -> None:
    draw_golden(cast)
    assert {name: client.get(f"{ADDRESS}/{name}").data for name in bundle.FILES} == golden.files()
    packed = client.get(f"{ADDRESS}/bundle.zip").data
    assert bundle.bundle_in(packed) == bundle.bundle_in(golden.PACKED.read_bytes())


def pythons(path: str) -> Iterator[tuple[Path, tuple[int, ...]]]:
    """Every python3.N of the search path that starts, each program once, with its version."""
    seen = set()
    for folder in path.split(os.pathsep):
        for found in sorted(Path(folder or ".").glob("python3.*")):
            if re.fullmatch(r"python3\.\d+", found.name) and os.access(found, os.X_OK):
                status, said = said_by(found, "-c", "import sys; print(sys.executable, *sys.version_info[:3])")
                program, *version = said.split()
                if status:
                    print(f"{found}: does not start, {said.splitlines()[0]}")
                elif Path(program).resolve() not in seen:
                    seen.add(Path(program).resolve())
                    yield found, tuple(map(int, version))


def said_by(python: Path, *words: str | Path) -> tuple[int, str]:
    done = subprocess.run([python, "-B", *words], cwd=HOME, capture_output=True, text=True, check=False)
    return done.returncode, (done.stdout + done.stderr).strip()


@pytest.mark.full
@pytest.mark.article("3", "16")
def test_every_python_of_this_machine_comes_to_the_golden_files(tmp_path: Path) -> None:
    spoilt = {name: tmp_path / f"{number}.zip" for number, name in enumerate(FORGERIES)}
    for name, packed in spoilt.items():
        packed.write_bytes(bundle.zip_of(forged(name, golden.files())))
    print()
    ran = 0
    for python, version in pythons(os.environ["PATH"]):
        if version < OUTSIDER:
            print(f"{python}: {version} is older than the twenty lines need")
            continue
        status, said = said_by(python, "-I", VERIFIER, golden.PACKED)
        print(f"{python}: verify20 {said}")
        assert (status, said[:31]) == (0, "OK: draw 901 of 2026 - 8 of 100")
        assert [name for name, packed in spoilt.items() if said_by(python, "-I", VERIFIER, packed)[0] == 0] == []
        if version >= PRODUCT:
            status, said = said_by(python, "-m", golden.__name__)
            print(f"{python}: the rules, {said}")
            assert status == 0
            ran += 1
    assert ran
