"""The ledger sees rows that go through the session: statements in bulk pass it by, and are for tables that it leaves out."""

import ast
from collections.abc import Iterator
from pathlib import Path

from fieldapp import db
from fieldapp.app import load_areas
from fieldapp.ledger.rules import is_protected
from tests.house.files import ROOT, files, lay

BULK = {"insert", "update", "delete"}


def bulk_on_protected_rows(root: Path) -> Iterator[str]:
    """Statements like `sa.update(Visit)` on a table that the ledger answers for."""
    load_areas()
    protected = {mapper.class_.__name__ for mapper in db.Model.registry.mappers if is_protected(str(mapper.local_table))}
    for path in files(root, ".py", under="fieldapp"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in BULK:
                for name in node.args[:1]:
                    if isinstance(name, ast.Name) and name.id in protected:
                        yield f"{path.relative_to(root)}:{node.lineno} {node.func.attr}({name.id})"


def test_no_statement_in_bulk_passes_the_ledger_by() -> None:
    assert list(bulk_on_protected_rows(ROOT)) == []


def test_a_statement_in_bulk_is_caught(tmp_path: Path) -> None:
    lay(tmp_path, **{"fieldapp/visits/actions.py": "x = sa.update(Visit)\ny = sa.delete(Job)\n"})
    assert list(bulk_on_protected_rows(tmp_path)) == ["fieldapp/visits/actions.py:1 update(Visit)"]
