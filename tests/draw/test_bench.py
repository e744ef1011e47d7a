"""The figures' code runs, on a small scale."""

import os
import platform

import pytest

from fieldapp.cli import main
from fieldapp.cli.draw import bench


def test_the_bench_freezes_draws_streams_and_matches() -> None:
    snapshot, drawn = bench.freeze_and_draw(400)
    assert (len(snapshot.leaves), len(drawn.drawn), snapshot.pool) == (400, 20, 392)
    root, drawn = bench.draw_stream(3000)
    assert (len(root), len(drawn.drawn), len(drawn.reserve)) == (32, 30, 30)
    matching = bench.match(50, 20)
    assert sum(matching.loads.values()) == 100


def test_the_command_prints_the_machine_the_seconds_and_the_memory(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["draw", "bench", "--objects", "400", "--inspectors", "20"]) == 0
    first, *figures = capfd.readouterr().out.splitlines()
    assert first.startswith(f"{platform.node()}, {os.cpu_count()} processors")
    assert [line.partition(":")[0] for line in figures[:3]] == [
        "rows and salts of 400 objects", "freeze 400 objects", "draw 5 % of 400 objects, the whole order"]
    assert figures[4].startswith("match 20 objects x 20 inspectors: ")
    assert [line.endswith(" MB at most") for line in figures] == [False, False, False, True, False, True]


def test_a_draw_too_large_to_hold_is_streamed(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "STREAMED", 399)
    assert main(["draw", "bench", "--objects", "400", "--inspectors", "20"]) == 0
    assert "root and draw of 400 objects, streamed" in capfd.readouterr().out


@pytest.mark.parametrize("count", ["0", "-5", "many"])
def test_a_bench_of_nothing_is_refused(count: str) -> None:
    with pytest.raises(SystemExit):
        main(["draw", "bench", "--objects", count])
