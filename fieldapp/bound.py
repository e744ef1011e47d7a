"""How a program that opens untrusted files begins: it is bound before it sees a byte, and becomes the program named on its
command line. It imports nothing of the product, so that nothing of the product is within that program's reach.
"""

import resource
import runpy
import sys


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
