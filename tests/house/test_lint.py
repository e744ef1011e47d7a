"""Calls that only one place may make are refused everywhere else, with the reason."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.files import ROOT, lay


def lint(root: Path, *options: str) -> str:
    """What ruff says under the project's own settings: nothing when it has no remark."""
    ruff = Path(sys.executable).with_name("ruff")
    done = subprocess.run([ruff, "check", "--no-cache", "--quiet", "--output-format=concise", *options, "."], cwd=root,
                          capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def test_the_house_is_clean() -> None:
    assert lint(ROOT) == ""


@pytest.mark.parametrize(("file", "content", "reason"), [
    ("tasks/rules.py", "from datetime import datetime, UTC\nNOW = datetime.now(UTC)", "fieldapp.clock.now()"),
    ("tasks/rules.py", "from datetime import date\nDAY = date.today()", "the legal day"),
    ("tasks/rules.py", "import time\nNOW = time.time()", "time.monotonic()"),
    ("tasks/rules.py", "import random\nN = random.random()", "Chance belongs to fieldapp.draw"),
    ("tasks/actions.py", "from secrets import token_hex\nN = token_hex()", "fieldapp.ids"),
    ("tasks/actions.py", "from uuid import uuid4\nN = uuid4()", "fieldapp.ids.uuid7()"),
    ("web/pages.py", "import os\nX = os.environ['X']", "read once, in fieldapp.config"),
])
def test_a_banned_call_is_refused_with_its_reason(tmp_path: Path, file: str, content: str, reason: str) -> None:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    lay(tmp_path, **{f"fieldapp/{file}": f"{content}\n"})
    remarks = lint(tmp_path, "--select=TID251")
    assert "TID251" in remarks
    assert reason in remarks


@pytest.mark.parametrize(("file", "content"), [
    ("clock.py", "from datetime import datetime, UTC\nNOW = datetime.now(UTC)"),
    ("config.py", "import os\nX = os.environ['X']"),
    ("ids.py", "import secrets\nN = secrets.token_hex()"),
])
def test_the_one_place_may_make_the_call(tmp_path: Path, file: str, content: str) -> None:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    lay(tmp_path, **{f"fieldapp/{file}": f"{content}\n"})
    assert lint(tmp_path, "--select=TID251") == ""


def test_a_function_without_a_word_is_refused(tmp_path: Path) -> None:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    lay(tmp_path, **{"fieldapp/tasks/actions.py": '"""The verbs."""\n\n\ndef approve() -> None:\n    print(1)\n'})
    assert "D103" in lint(tmp_path)
