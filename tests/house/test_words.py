"""Nothing is left for later, nothing is swept under the carpet."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.files import ROOT, files, lay

LATER = re.compile("|".join((  # each word with one letter in brackets, so that it does not find itself
    r"\bTOD[O]\b", r"\bFIXM[E]\b", r"\bXX[X]\b", r"\bHAC[K]\b", r"\bNotImplemente[d](Error)?\b",
    r"\bpytest\.ski[p]\b", r"\bmark\.ski[p]", r"\bimportorski[p]\b", r"\bxfai[l]\b", r"(?i:lorem ipsu[m])",
)))
TEXTS = (".py", ".html", ".js", ".css", ".typ", ".toml", ".md", ".po")


def postponed(root: Path) -> Iterator[str]:
    for file in (*files(root, *TEXTS), *root.glob("Makefile")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if found := LATER.search(line):
                yield f"{file.relative_to(root)}:{number} {found[0]}"


def swallowed(root: Path) -> Iterator[str]:
    for file in files(root, ".py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ExceptHandler) and all(_says_nothing(statement) for statement in node.body):
                yield f"{file.relative_to(root)}:{node.lineno} an exception is swallowed"


def test_nothing_is_left_for_later() -> None:
    assert list(postponed(ROOT)) == []


def test_no_exception_is_swallowed() -> None:
    assert list(swallowed(ROOT)) == []


def test_what_is_left_for_later_is_caught(tmp_path: Path) -> None:
    word = "ODOT"[::-1]
    lay(tmp_path, **{"fieldapp/draw/rules.py": f"x = 1\ny = 2  # {word}: the law\n"})
    assert list(postponed(tmp_path)) == [f"fieldapp/draw/rules.py:2 {word}"]


def test_a_swallowed_exception_is_caught(tmp_path: Path) -> None:
    lay(tmp_path, **{"fieldapp/a.py": "try:\n    x()\nexcept OSError:\n    pass\n",
                     "fieldapp/b.py": "try:\n    x()\nexcept OSError:\n    y()\n"})
    assert list(swallowed(tmp_path)) == ["fieldapp/a.py:3 an exception is swallowed"]


def _says_nothing(statement: ast.stmt) -> bool:
    empty = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    return empty or isinstance(statement, ast.Pass)
