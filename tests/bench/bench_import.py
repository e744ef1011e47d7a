"""Figures of the import: read, keep, take in. Run it: `python -m tests.bench.bench_import`."""

import platform
import resource
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from fieldapp import db
from fieldapp.jobs import actions as jobs
from fieldapp.registry import actions
from fieldapp.registry.rules import check_character
from tests.people import assemble
from tests.registry.sheets import OBJECT_HEADERS, workbook

ROWS = 3_500
AREAS = ("accounts", "policy", "registry", "jobs", "ledger")
Answer = TypeVar("Answer")


def large_sheet(count: int) -> bytes:
    """A directory of so many enterprises, all in order."""
    rows = ([number, f"第{number}研究所（示例）", code(number), "实验动物单位", "小型", "济南市", "370102",
             f"经十路{number}号", "053112345678", "A"] for number in range(1, count + 1))
    more = ["经营规模", "所在市", "行政区划代码", "地址", "联系电话", "信用风险等级"]
    return workbook(["农村科技处检查对象名录库"], [*OBJECT_HEADERS, *more], *rows)


def code(number: int) -> str:
    """A well-formed unified social credit code."""
    organisation = f"MA3{number:05}"
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    values = (int(sign) if sign.isdecimal() else ord(sign) - 55 for sign in organisation)
    rest = 11 - sum(value * weight for value, weight in zip(values, weights, strict=True)) % 11
    first = f"91370102{organisation}{'X' if rest == 10 else rest % 11}"
    return first + check_character(first)


def measured(work: Callable[[], Answer]) -> tuple[Answer, float]:
    """What the work gives, and the seconds it takes."""
    start = time.perf_counter()
    return work(), time.perf_counter() - start


def empty_house(folder: Path) -> Any:
    """A database with all tables the import needs, and its people."""
    for area in AREAS:
        import_module(f"fieldapp.{area}.models")
    import_module("fieldapp.registry.jobs")
    db.Model.metadata.create_all(db.connect(f"sqlite:///{folder / 'bench.db'}"))
    with db.transaction(write=True):
        return assemble()


def main() -> None:
    """Print seconds and rows per second for each step."""
    content = large_sheet(ROWS)
    with TemporaryDirectory() as folder:
        cast = empty_house(Path(folder))

        def keep() -> Any:
            with db.transaction(write=True):
                return actions.import_sheet(read, division_id=cast.division, by=cast.officer.officer).id

        def take_in() -> int:
            with db.transaction(write=True):
                actions.accept_batch(batch_id, by=cast.legal.officer)
            return jobs.run_all_due()

        read, reading = measured(lambda: actions.read_upload(content, "名录.xlsx"))
        batch_id, keeping = measured(keep)
        _steps, taking = measured(take_in)
        db.session.remove()
    print(f"machine             {platform.node()}, Python {platform.python_version()}")
    for name, seconds in (("read and check", reading), ("keep with report", keeping), ("take in", taking),
                          ("import as a whole", reading + keeping + taking)):
        print(f"{name:<20}{ROWS:>7,} rows {seconds:8.2f} s {ROWS / seconds:10,.0f} rows/s")
    print(f"memory              {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main()
