"""Run something in a fresh process, so that the memory it takes is its own and not what earlier tests left behind."""

import resource
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple


class Measured(NamedTuple):
    """What a function answered, and the peaks of memory of its process and of the children of that, in MiB."""

    answer: Any
    own_peak: int
    childrens_peak: int


def measured(function: Callable[..., Any], *arguments: Any) -> Measured:
    """Call a function of a module in a new interpreter; what it raises is raised here."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_call, function, *arguments).result()


def _call(function: Callable[..., Any], *arguments: Any) -> Measured:
    answer = function(*arguments)
    return Measured(answer, _own_peak(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)


def _own_peak() -> int:
    """The kernel's high-water mark of this program: getrusage would count what forked it as well."""
    (line,) = (line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) // 1024
