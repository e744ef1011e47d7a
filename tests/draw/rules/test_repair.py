"""The repair where typed seats have no cap, and where nothing helps."""

import random

import pytest

from fieldapp.draw import rules
from fieldapp.draw.rules import Board, Parameters, Seat, Team
from tests.draw.proofs.instances import check_board
from tests.draw.rules.sample import MATCHING_SEED as SEED
from tests.draw.rules.sample import leaf, names, pairs_of


def test_typed_seats_are_filled_beside_the_others_without_a_cap() -> None:
    auditors, others = frozenset({"auditor-1", "auditor-2"}), frozenset(names(8))
    for number in range(30):
        chance = random.Random(number)
        teams = [
            Team(leaf(number * 50 + one), (Seat(auditors, "财务审计", capped=False), Seat(others), Seat(others)))
            for one in range(chance.randint(4, 8))
        ]
        board = Board(SEED, teams, {}, 1, 2)
        assert not rules.draft(board)[1]
        check_board(board, {}, 2)


@pytest.mark.article("16")
def test_a_typed_seat_makes_room_where_one_person_could_take_either() -> None:
    both, plain = "both", "plain"
    seats = Seat(frozenset({both, plain})), Seat(frozenset({both}), "财务审计", capped=False)
    for number in range(20):
        team = rules.match_inspectors(SEED, [Team(leaf(number), seats)], {}, Parameters(1, 5)).teams[0]
        assert team.inspectors == (plain, both)


@pytest.mark.article("16")
def test_nobody_exceeds_the_cap_where_people_could_take_typed_seats_or_others() -> None:
    filled = 0
    for number in range(400):
        chance = random.Random(number)
        pool = names(chance.randint(3, 6))
        typed = Seat(frozenset(chance.sample(pool, chance.randint(1, 3))), "财务审计", capped=False)
        plain = [Seat(frozenset(chance.sample(pool, chance.randint(2, len(pool))))) for _ in range(2)]
        teams = []
        for one in range(chance.randint(2, 7)):
            seats = [chance.choice([typed, *plain]), chance.choice(plain), chance.choice([typed, *plain])]
            teams.append(Team(leaf(number * 50 + one), tuple(seats[: chance.choice([2, 3])])))
        board = Board(SEED, teams, {}, 1, chance.randint(1, 4))
        _, stuck = rules.draft(board)
        filled += check_board(board, {}, board.cap)
        assert len(stuck) == board.holder.count(-1)
    assert filled > 2000


def test_hopeless_searches_do_not_repeat_each_other() -> None:
    board = Board(SEED, pairs_of(names(5), 200), {}, 1, 20)
    _, stuck = rules.draft(board)
    assert len(stuck) == 300
    assert sum(len(proof.seats) for proof in stuck) < 2 * len(board.holder)
