"""The object draw, recomputed by hand."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.draw import rules
from tests.draw.rules.sample import SEED, pairs


@pytest.mark.article("16")
def test_the_lowest_tickets_are_drawn_and_the_next_are_the_reserve() -> None:
    leaves = [(leaf, 1 + number % 3) for number, (leaf, _) in enumerate(pairs(40))]

    def by_hand(leaf: bytes, tickets: int) -> bytes:
        return min(sha256(b"fieldapp-draw/1 obj\x00" + SEED + leaf + bytes([j])).digest() for j in range(tickets))

    order = [leaf for _, leaf in sorted((by_hand(leaf, w), leaf) for leaf, w in leaves)]
    drawn = rules.draw_objects(SEED, leaves, 7)
    assert (drawn.drawn, drawn.reserve, drawn.shortfall) == (order[:7], order[7:], 0)
    assert all(rules.ticket(SEED, leaf, w) == by_hand(leaf, w) for leaf, w in leaves)


def test_a_draw_known_by_heart() -> None:
    drawn = rules.draw_objects(SEED, pairs(1000), 3, reserve=0)
    assert [leaf.hex()[:16] for leaf in drawn.drawn] == ["0f228e039439de70", "cd4b0b5ccdacb711", "edec7c657a46a0dc"]


@pytest.mark.article("16")
@given(st.permutations(range(30)), st.integers(0, 40), st.integers(0, 40))
def test_the_order_of_the_leaves_does_not_matter_nor_does_streaming(order: list[int], quota: int, reserve: int) -> None:
    leaves = pairs(30)
    full = rules.draw_objects(SEED, leaves, quota)
    streamed = rules.draw_objects(SEED, (leaves[number] for number in order), quota, reserve)
    assert streamed.drawn == full.drawn
    assert streamed.reserve == full.reserve[:reserve]
    assert streamed.shortfall == full.shortfall


def test_a_long_stream_gives_what_the_full_order_gives() -> None:
    full = rules.draw_objects(SEED, pairs(6000), 60)
    streamed = rules.draw_objects(SEED, iter(pairs(6000)), 60, reserve=40)
    assert (streamed.drawn, streamed.reserve) == (full.drawn, full.reserve[:40])
    assert rules.draw_objects(SEED, iter(pairs(6000)), 0, reserve=0).drawn == []


@pytest.mark.article("14")
@pytest.mark.edge("E2")
def test_a_quota_above_the_pool_draws_all_and_says_the_shortfall_e2() -> None:
    leaves = [*pairs(5), (sha256(b"at the cap").digest(), 0)]
    drawn = rules.draw_objects(SEED, leaves, 8)
    assert set(drawn.drawn) == {leaf for leaf, _ in pairs(5)}
    assert (drawn.reserve, drawn.shortfall) == ([], 3)


def test_each_stratum_is_drawn_by_itself() -> None:
    big, small = pairs(30)[:20], pairs(30)[20:]
    drawn = rules.draw_strata(SEED, {"大型": (big, 4), "小型": (small, 2)})
    assert drawn["大型"] == rules.draw_objects(SEED, big, 4)
    assert drawn["小型"] == rules.draw_objects(SEED, small, 2)
