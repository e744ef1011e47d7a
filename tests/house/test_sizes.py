"""Nothing grows past what a reader holds in the head, and nothing is called a drawer."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.house.files import ROOT, files, lay

LONGEST_FUNCTION = 40
LONGEST_FILE = {".py": 300, ".html": 120, ".typ": 120, ".js": 150}
FULLEST_FOLDER = 12
SOURCES = (".py", ".html", ".typ", ".js", ".css")
HISTORY = "migrations/versions"  # one file for every change of the tables, for ever
NEVER = {"utils", "util", "helpers", "helper", "common", "shared", "misc", "services", "manager", "base", "core"}


def long_functions(root: Path) -> Iterator[str]:
    for file in files(root, ".py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or 0) - node.lineno + 1
                if lines > LONGEST_FUNCTION:
                    yield f"{file.relative_to(root)}:{node.lineno} {node.name} has {lines} lines"


def long_files(root: Path) -> Iterator[str]:
    for file in files(root, *LONGEST_FILE):
        lines = len(file.read_text(encoding="utf-8").splitlines())
        if lines > LONGEST_FILE[file.suffix]:
            yield f"{file.relative_to(root)} has {lines} lines"


def full_folders(root: Path) -> Iterator[str]:
    count = Counter(file.parent.relative_to(root).as_posix() for file in files(root, *SOURCES)
                    if file.name != "__init__.py")
    for folder, sources in sorted(count.items()):
        if sources > FULLEST_FOLDER and folder != HISTORY:
            yield f"{folder} holds {sources} source files"


def drawers(root: Path) -> Iterator[str]:
    for file in files(root, ".py", ".js"):
        names = (*file.relative_to(root).parts[:-1], file.stem)
        for name in names:
            if name in NEVER or name.replace("-", "_").rpartition("_")[2] in {"utils", "helpers", "misc"}:
                yield f"{file.relative_to(root)}: no module is called {name}"


def test_every_function_fits_on_a_page() -> None:
    assert list(long_functions(ROOT)) == []


def test_every_file_is_short() -> None:
    assert list(long_files(ROOT)) == []


def test_every_folder_is_seen_at_a_glance() -> None:
    assert list(full_folders(ROOT)) == []


def test_no_module_is_a_drawer() -> None:
    assert list(drawers(ROOT)) == []


def test_what_is_too_long_is_caught(tmp_path: Path) -> None:
    body = "    x = 1\n"
    lay(tmp_path, **{
        "fieldapp/draw/rules.py": "def fits():\n" + body * 39 + "def long():\n" + body * 40,
        "fieldapp/draw/actions.py": "x = 1\n" * 301,
        "templates/draw/show.html": "<p></p>\n" * 121,
        "static/js/kit.js": "x()\n" * 151,
        "static/js/fits.js": "x()\n" * 150,
        "static/vendor/theirs.js": "x()\n" * 999,
    })
    assert list(long_functions(tmp_path)) == ["fieldapp/draw/rules.py:41 long has 41 lines"]
    assert list(long_files(tmp_path)) == [
        "fieldapp/draw/actions.py has 301 lines", "static/js/kit.js has 151 lines",
        "templates/draw/show.html has 121 lines"]


def test_a_full_folder_is_caught(tmp_path: Path) -> None:
    lay(tmp_path, **{f"fieldapp/draw/rules/step_{n}.py": "" for n in range(13)})
    lay(tmp_path, **{f"migrations/versions/{n:04}_step.py": "" for n in range(13)})
    assert list(full_folders(tmp_path)) == ["fieldapp/draw/rules holds 13 source files"]


def test_a_drawer_is_caught(tmp_path: Path) -> None:
    lay(tmp_path, **{"fieldapp/draw/utils.py": "", "fieldapp/common/dates.py": "", "static/js/date-helpers.js": ""})
    assert len(list(drawers(tmp_path))) == 3
