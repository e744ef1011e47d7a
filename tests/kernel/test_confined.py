"""A program that opens untrusted files gets its arguments, and no more memory, time or room than it is given."""

import signal
import subprocess
from pathlib import Path

import pytest

from fieldapp import confined

LIMITS = {"memory": 256 * 1024 * 1024, "cpu_seconds": 1, "output": 1024}


def run(folder: Path, program: str, *arguments: object) -> subprocess.CompletedProcess[bytes]:
    """What a program wrote into a file, and how it ended."""
    file, answer = folder / "program.py", folder / "answer"
    file.write_text(program, encoding="utf-8")
    with answer.open("wb") as stdout:
        ended = subprocess.run(confined.command(file, *arguments, **LIMITS), stdin=subprocess.DEVNULL, stdout=stdout,
                               stderr=subprocess.DEVNULL, timeout=60, check=False)
    return subprocess.CompletedProcess(ended.args, ended.returncode, answer.read_bytes())


def test_a_program_runs_as_itself_and_cannot_reach_the_product(tmp_path: Path) -> None:
    program = "import sys; print(__name__, sys.argv[1:], 'fieldapp' in sys.modules); sys.exit(3)"
    ended = run(tmp_path, program, 320, "b")
    assert (ended.returncode, ended.stdout) == (3, b"__main__ ['320', 'b'] False\n")


@pytest.mark.parametrize(("program", "status"), [
    ("bytearray(512 * 1024 * 1024)", 1),
    ("while True: pass", -signal.SIGXCPU),
    ("import sys; sys.stdout.write('x' * 4096); sys.stdout.flush()", 120),
])
def test_memory_time_and_room_are_limited(tmp_path: Path, program: str, status: int) -> None:
    ended = run(tmp_path, program)
    assert ended.returncode == status
    assert len(ended.stdout) <= LIMITS["output"]
