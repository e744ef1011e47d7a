"""The figures' code runs, on a small scale."""

from tests.bench import bench_draw


def test_the_bench_freezes_draws_streams_and_matches() -> None:
    snapshot, drawn = bench_draw.freeze_and_draw(400)
    assert (len(snapshot.leaves), len(drawn.drawn), snapshot.pool) == (400, 20, 392)
    root, drawn = bench_draw.draw_stream(3000)
    assert (len(root), len(drawn.drawn), len(drawn.reserve)) == (32, 30, 30)
    matching = bench_draw.match(50, 20)
    assert sum(matching.loads.values()) == 100
