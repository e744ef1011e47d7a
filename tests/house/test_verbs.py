"""Whoever reads what happened reads words, never a verb of the code."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import TypeGuard

from fieldapp.ledger.verbs import VERBS
from tests.house.files import ROOT, files, lay


def recorded(root: Path) -> Iterator[tuple[str, str]]:
    """Every verb that an action writes into the ledger, with the place where it is written."""
    for file in files(root, ".py", under="fieldapp"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {"ledger.record", "ledger.record_many"}:
                yield from ((str(word.value), f"{file.relative_to(root)}:{word.lineno}")
                            for word in ast.walk(node.args[1]) if _is_verb(word))


def wordless(root: Path) -> Iterator[str]:
    """Verbs that nobody gave words; one that is put together ("tasks.task_" and a state) has to begin as known ones do."""
    for verb, place in recorded(root):
        if verb not in VERBS and not (verb.endswith("_") and any(known.startswith(verb) for known in VERBS)):
            yield f"{place} {verb}"


def test_every_verb_of_the_ledger_has_its_words() -> None:
    assert len(list(recorded(ROOT))) > 50
    assert list(wordless(ROOT)) == []


def test_a_verb_without_words_is_caught(tmp_path: Path) -> None:
    lay(tmp_path, **{"fieldapp/draw/actions.py": 'ledger.record(by, "draw.seed_made" if seed else "draw.coin_tossed", draw)\n'})
    assert list(wordless(tmp_path)) == ["fieldapp/draw/actions.py:1 draw.coin_tossed"]


def _is_verb(node: ast.AST) -> TypeGuard[ast.Constant]:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and "." in node.value
