"""Every article from 3 to 29 stands in the code with a rule and a test, or says why not."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldapp import law
from fieldapp.cli import main
from fieldapp.cli.law import FIRST, LAST, rows
from fieldapp.oversight.rules import ARTICLES_WITHOUT_CODE, OPEN_ARTICLES

TESTS = Path(__file__).parent
ARTICLES = [str(number) for number in range(FIRST, LAST + 1)]


def marked_articles(folder: Path) -> Iterator[str]:
    """The articles that tests below a folder are marked with."""
    for file in folder.rglob("test_*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            is_mark = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "article"
            if is_mark:
                yield from (str(argument.value) for argument in node.args if isinstance(argument, ast.Constant))


@pytest.mark.parametrize("number", ARTICLES)
def test_an_article_has_a_rule_and_a_test_or_says_why_not(number: str) -> None:
    statuses = {row["status"] for row in rows() if row["article"] == number}
    assert statuses, f"article {number} stands nowhere"
    if "built" in statuses:
        assert number in set(marked_articles(TESTS)), f"no test is marked with article {number}"


# Of the catalogue of edge cases, those of the draw, the teams and the visits.
EDGES = [f"E{number}" for number in (*range(1, 15), 21, 34)]


def marked_edges(folder: Path) -> Iterator[str]:
    """The edge cases that tests with an article's mark, their own or their file's, show."""
    for file in folder.rglob("test_*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        whole = any(isinstance(node, ast.Assign) and "mark.article" in ast.unparse(node) for node in tree.body)
        for test in (node for node in tree.body if isinstance(node, ast.FunctionDef)):
            marks = [ast.unparse(mark) for mark in test.decorator_list]
            if whole or any("mark.article" in mark for mark in marks):
                yield from (mark.split("'")[1] for mark in marks if "mark.edge" in mark)


@pytest.mark.parametrize("edge", EDGES)
def test_an_edge_case_has_a_test_that_bears_its_name_and_its_article(edge: str) -> None:
    assert edge in set(marked_edges(TESTS))


def test_an_article_is_not_both_built_and_without_code() -> None:
    built = {row["article"] for row in rows() if row["status"] == "built"}
    assert not built & ARTICLES_WITHOUT_CODE.keys()


def test_what_is_open_and_what_has_no_code_gives_its_reason() -> None:
    assert all(len(note) > 10 for note in (*OPEN_ARTICLES.values(), *ARTICLES_WITHOUT_CODE.values()))


def test_the_command_prints_where_each_rule_stands(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert {row["status"] for row in printed} <= {"built", "open", "no_code"}
    for row in (row for row in printed if row["status"] == "built"):
        line = (TESTS.parent / row["file"]).read_text(encoding="utf-8").splitlines()[row["line"] - 1]
        assert line.lstrip().startswith(("@", "def ", "class ")), row


def test_a_rule_that_cites_an_article_is_listed() -> None:
    before = len(law.citations())

    @law.article("99")
    def rule() -> None:
        """What article 99 says."""

    listed = [citation for citation in law.citations() if citation.article == "99"]
    law._citations.pop()
    assert [(citation.note, len(law.citations())) for citation in listed] == [("What article 99 says.", before)]
