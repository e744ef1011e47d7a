"""Servers forked from one process that has imported the product and compiled its pages: each starts at once."""

import argparse
import os
import sys
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.forkserver import ensure_running
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import pytest

Plant = Callable[..., None]


def fork_server(settings: dict[str, str], log: Path, plant: Plant | None = None, facts: tuple[Any, ...] = ()) -> BaseProcess:
    """`fieldapp serve` under these settings of the environment; all that it says goes into the log.

    What is planted happens in the child, before the product's `serve` begins; the product knows nothing of it.
    """
    context: Any = get_context("forkserver")
    context.set_forkserver_preload(["tests.live.warm"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.pathsep.join(filter(None, sys.path)))
        ensure_running()
    process: BaseProcess = context.Process(target=_serve, args=({**os.environ, **settings}, str(log), plant, facts), daemon=True)
    process.start()
    return process


def _serve(environment: dict[str, str], log: str, plant: Plant | None, facts: tuple[Any, ...]) -> None:
    os.environ.clear()
    os.environ.update(environment)
    written = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(written, 1)
    os.dup2(written, 2)
    sys.stdout = sys.stderr = os.fdopen(written, "w", buffering=1)
    from fieldapp.cli import serving

    if plant is not None:
        plant(*facts)
    serving.serve(argparse.Namespace())
