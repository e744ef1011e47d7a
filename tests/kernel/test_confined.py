"""A program that opens untrusted files gets its arguments, and no more memory, time or room than it is given."""

import signal
import threading
from pathlib import Path

import pytest

from fieldapp.confined import Occupied, Program, Unanswered

ROOM = 1024


def program_of(folder: Path, text: str) -> Program:
    file = folder / "program.py"
    file.write_text(text, encoding="utf-8")
    return Program(file, memory=256 * 1024 * 1024, cpu_seconds=1, output=ROOM, wall_seconds=60)


def test_a_program_runs_as_itself_and_cannot_reach_the_product(tmp_path: Path) -> None:
    text = "import sys; print(__name__, sys.argv[1:], 'fieldapp' in sys.modules, sys.stdin.read())"
    assert program_of(tmp_path, text).answer(b"?", 320, "b") == b"__main__ ['320', 'b'] False ?\n"


@pytest.mark.parametrize(("text", "status"), [
    ("import sys; sys.exit(3)", 3),
    ("bytearray(512 * 1024 * 1024)", 1),
    ("while True: pass", -signal.SIGXCPU),
    (f"import sys; sys.stdout.write('x' * {ROOM + 1}); sys.stdout.flush()", 120),
])
def test_memory_time_and_room_are_limited(tmp_path: Path, text: str, status: int) -> None:
    with pytest.raises(Unanswered) as ended:
        program_of(tmp_path, text).answer(b"")
    assert ended.value.status == status


def test_a_program_that_only_sleeps_is_ended(tmp_path: Path) -> None:
    sleeper = program_of(tmp_path, "import time; time.sleep(60)")
    sleeper.wall_seconds = 0.5
    with pytest.raises(Unanswered) as ended:
        sleeper.answer(b"")
    assert ended.value.status is None


def test_a_third_waits_its_turn_and_no_longer_than_it_says(tmp_path: Path) -> None:
    waiter = program_of(tmp_path, "import pathlib, sys, time\nwhile not pathlib.Path(sys.argv[1]).exists(): time.sleep(0.05)")
    two = [threading.Thread(target=waiter.answer, args=(b"", tmp_path / "go")) for _ in range(2)]
    for one in two:
        one.start()
    while waiter._turns._value:
        pass
    with pytest.raises(Occupied):
        waiter.answer(b"", tmp_path / "go", wait=0)
    (tmp_path / "go").touch()
    for one in two:
        one.join()
    assert waiter.answer(b"", tmp_path / "go", wait=0) == b""
