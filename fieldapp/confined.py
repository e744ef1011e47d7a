"""Programs that open untrusted files: each a process of its own, bound before it sees a byte.

Run as a program, this file binds itself and then becomes the program named on its command line. It imports nothing of
the product, so that nothing of the product is within that program's reach.
"""

import resource
import runpy
import sys
from pathlib import Path


def command(program: Path, *arguments: object, memory: int, cpu_seconds: int, output: int) -> list[str]:
    """The command line that runs a program within limits (in bytes and seconds), isolated from environment and folder."""
    limits = (memory, cpu_seconds, output)
    return [sys.executable, "-I", __file__, *map(str, limits), str(program), *map(str, arguments)]


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
