"""Programs that open untrusted files: each a process of its own, bound before it sees a byte.

Run as a program, this file binds itself and then becomes the program named on its command line. It imports nothing of
the product, so that nothing of the product is within that program's reach.
"""

import resource
import runpy
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import BinaryIO

_ENVIRONMENT = {"LC_ALL": "C.UTF-8", "TZ": "UTC", "OPENPYXL_LXML": "False", "OMP_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "1"}


class Unanswered(Exception):
    """The program gave no answer: `status` is how it ended, negative for a signal, None where its time was over."""

    def __init__(self, status: int | None) -> None:
        super().__init__(status)
        self.status = status


class Occupied(Exception):
    """As many of the program run as may at a time, and none was done soon."""


class Program:
    """A program that answers one question on standard input, within limits in bytes and seconds, two at a time."""

    def __init__(self, file: Path, *, memory: int, cpu_seconds: int, output: int, wall_seconds: float) -> None:
        self.file, self.limits, self.wall_seconds = file, (memory, cpu_seconds, output), wall_seconds
        self._turns = threading.BoundedSemaphore(2)  # they bound the memory that strangers' files can take together

    def answer(self, given: bytes | BinaryIO, *arguments: object, wait: float | None = None) -> bytes:
        """What the program says of what is given. Raises Unanswered; Occupied where no turn comes within `wait` seconds."""
        if not self._turns.acquire(timeout=wait):
            raise Occupied
        try:
            if not isinstance(given, bytes):
                return self._answer(given, arguments)
            with tempfile.TemporaryFile() as question:
                question.write(given)
                question.seek(0)
                return self._answer(question, arguments)
        finally:
            self._turns.release()

    def _answer(self, question: BinaryIO, arguments: tuple[object, ...]) -> bytes:
        """On files rather than pipes: neither side waits for the other, and the kernel caps the answer."""
        command = [sys.executable, "-I", __file__, *map(str, (*self.limits, self.file, *arguments))]
        with tempfile.TemporaryFile() as answer:
            try:
                ended = subprocess.run(command, stdin=question, stdout=answer, stderr=subprocess.DEVNULL,
                                       timeout=self.wall_seconds, env=_ENVIRONMENT, check=False)
            except subprocess.TimeoutExpired as late:
                raise Unanswered(None) from late
            if ended.returncode != 0:
                raise Unanswered(ended.returncode)
            answer.seek(0)
            return answer.read()


def bind(memory: int, cpu_seconds: int, output: int) -> None:
    """Limit this process: memory, processor time, size of what it writes, no core file."""
    for kind, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, cpu_seconds),
                       (resource.RLIMIT_FSIZE, output), (resource.RLIMIT_CORE, 0)):
        _, hard = resource.getrlimit(kind)
        resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


if __name__ == "__main__":
    bind(*map(int, sys.argv[1:4]))
    sys.argv = sys.argv[4:]
    runpy.run_path(sys.argv[0], run_name="__main__")
