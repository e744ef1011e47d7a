"""The import contracts of pyproject.toml hold, and each is seen to fail."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.files import ROOT, lay

KERNEL = ("config", "db", "ids", "law")
FILES = ("rules", "models", "queries", "actions", "forms", "routes")
AREAS = "An area imports only what stands below it"
INSIDE = "Inside an area, routes stand on forms"
RULES = "Rules are the law alone"
NO_WEB = "Actions, queries and models know nothing of the web"
QUERIES = "Queries only read"
ROUTES = "Routes call actions and queries"
FORMS = "An area's forms stand alone"
DOORS = "Only the composition on top imports another area's routes"


def broken_contracts(root: Path) -> str:
    """What import-linter says of the package `fieldapp` under a folder: nothing when every contract is kept."""
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache", "--no-logo"], cwd=root, capture_output=True, text=True, check=False,
                          env=os.environ | {"PYTHONPATH": str(root), "COLUMNS": "400"})
    return "" if done.returncode == 0 else done.stdout + done.stderr


@pytest.fixture
def small_house(tmp_path: Path) -> Path:
    """Two areas and a kernel, every file empty."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    lay(tmp_path, **{"fieldapp/__init__.py": ""}, **{f"fieldapp/{name}.py": "" for name in KERNEL})
    for area in ("web", "tasks", "draw"):
        lay(tmp_path, **{f"fieldapp/{area}/{name}.py": "" for name in ("__init__", *FILES)})
    return tmp_path


def test_the_house_keeps_every_contract() -> None:
    assert broken_contracts(ROOT) == ""


def test_an_empty_house_keeps_every_contract(small_house: Path) -> None:
    assert broken_contracts(small_house) == ""


@pytest.mark.parametrize(("file", "content", "contract"), [
    ("tasks/queries.py", "from fieldapp.draw import queries", AREAS),
    ("law.py", "import fieldapp.web.rules", AREAS),
    ("reports/__init__.py", "", AREAS),
    ("draw/actions.py", "from fieldapp.draw import forms", INSIDE),
    ("draw/rules.py", "from fieldapp import db", RULES),
    ("draw/rules.py", "import sqlalchemy", RULES),
    ("draw/rules.py", "from fieldapp.draw import models", RULES),
    ("draw/rules.py", "import random", RULES),
    ("draw/rules/__init__.py", "from fieldapp.tasks import models", RULES),
    ("draw/actions.py", "from flask import g", NO_WEB),
    ("draw/models.py", "import werkzeug", NO_WEB),
    ("draw/queries.py", "from fieldapp.tasks import actions", QUERIES),
    ("draw/routes.py", "from fieldapp.draw.models import Draw", ROUTES),
    ("draw/routes.py", "import sqlalchemy as sa", ROUTES),
    ("draw/actions.py", "from fieldapp.tasks import routes", DOORS),
    ("draw/forms.py", "from fieldapp.tasks import forms", FORMS),
])
def test_a_broken_contract_is_caught_by_its_name(small_house: Path, file: str, content: str, contract: str) -> None:
    if file.endswith("rules/__init__.py"):
        (small_house / "fieldapp/draw/rules.py").unlink()
    lay(small_house, **{f"fieldapp/{file}": content + "\n"})
    lines = broken_contracts(small_house).splitlines()
    assert any(line.startswith(contract) and line.rstrip().endswith("BROKEN") for line in lines), lines


def test_a_route_may_reach_models_through_queries(small_house: Path) -> None:
    lay(small_house, **{
        "fieldapp/draw/models.py": "import sqlalchemy\nfrom fieldapp import db\n",
        "fieldapp/draw/queries.py": "from fieldapp.draw import models\n",
        "fieldapp/draw/routes.py": "from flask import g\nfrom fieldapp.draw import queries\n",
    })
    assert broken_contracts(small_house) == ""
