"""Fifty clients draw the same task at once: exactly one draw results on either database, and the others hear so cleanly."""

from collections import Counter
from collections.abc import Callable, Sequence
from threading import Barrier
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from fieldapp import db
from fieldapp.draw import actions, queries
from fieldapp.draw.models import Draw, DrawnObject, DrawnSeat
from fieldapp.ledger import queries as ledger
from fieldapp.refusals import Conflict
from fieldapp.roles import Officer
from fieldapp.tasks.models import Task
from tests.draw.makers import freeze, make_seed, prepared
from tests.draw.race.crowd import all_at_once
from tests.people import Cast, Player

CLIENTS, FEW = 50, 6
ONE_WINNER = {"303": 1, "409": CLIENTS - 1}


@pytest.fixture
def clients(cast: Cast, client_of: Callable[[Player], FlaskClient]) -> list[FlaskClient]:
    """Fifty browsers, each with a session of its own."""
    return [client_of(cast.officer) for _ in range(CLIENTS)]


def post_at_once(clients: Sequence[FlaskClient], address: str, **form: object) -> Counter[str]:
    """What fifty browsers are answered: the status codes."""
    return all_at_once([lambda one=one: str(one.post(address, data=form).status_code) for one in clients])


def call_at_once(cast: Cast, verb: Callable[..., object], *arguments: object, clients: int = FEW) -> Counter[str]:
    """What a verb answers, each call in a transaction of its own."""
    def call() -> str:
        try:
            with db.transaction(write=True):
                verb(*arguments, by=cast.officer.officer)
        except Conflict as refusal:
            return refusal.code
        return "done"

    return all_at_once([call] * clients)


def givers(cast: Cast) -> list[UUID]:
    return [cast.officer.id, cast.legal.id]


def draws_of(task_id: UUID) -> list[UUID]:
    with db.transaction(write=False):
        return list(db.session.scalars(sa.select(Draw.id).where(Draw.task_id == task_id).order_by(Draw.number)))


def entered(task_id: UUID) -> Counter[str]:
    """How often each step of a draw stands in the ledger."""
    with db.transaction(write=False):
        return Counter(entry.action for entry, _ in ledger.history(task_id) if entry.action.startswith("draw."))


@pytest.mark.article("3", "16")
def test_fifty_clients_at_once_give_exactly_one_draw_one_selection_and_one_matching(
    cast: Cast, clients: list[FlaskClient],
) -> None:
    task_id = prepared(cast)
    assert post_at_once(clients, f"/tasks/{task_id}/draw", contributors=givers(cast)) == ONE_WINNER
    [draw_id] = draws_of(task_id)
    make_seed(cast, draw_id)
    assert post_at_once(clients, f"/draws/{draw_id}/objects") == ONE_WINNER
    assert post_at_once(clients, f"/draws/{draw_id}/matching") == ONE_WINNER
    with db.transaction(write=False):
        counted = [db.session.scalar(sa.select(sa.func.count()).select_from(rows)) for rows in (Draw, DrawnObject, DrawnSeat)]
    assert counted == [1, 10, 4]
    assert entered(task_id) == {"draw.task_frozen": 1, "draw.committed": 2, "draw.revealed": 2, "draw.seed_made": 1,
                                "draw.objects_drawn": 1, "draw.inspectors_matched": 1}


@pytest.mark.article("3", "14")
def test_tasks_drawn_at_once_get_numbers_without_gap_or_twin(cast: Cast) -> None:
    first = prepared(cast)
    tasks = [first, *(another_task(first, number) for number in range(2, 13))]
    answers = all_at_once([lambda one=one: str(freeze(cast, one) and "done") for one in tasks])
    assert answers == {"done": 12}
    with db.transaction(write=False):
        assert sorted(db.session.scalars(sa.select(Draw.number))) == list(range(1, 13))


def another_task(like: UUID, number: int) -> UUID:
    """A task of the same item with another number."""
    with db.transaction(write=True):
        model = db.session.get_one(Task, like)
        task = Task(**{column.name: getattr(model, column.name) for column in Task.__table__.columns if column.name != "id"}
                    | {"number": f"鲁科抽〔2026〕{number}号"})
        db.session.add(task)
        db.session.flush()
        return task.id


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("rounds", [20, pytest.param(1000, marks=pytest.mark.full)])
@pytest.mark.article("16")
def test_round_after_round_there_is_one_winner(cast: Cast, rounds: int) -> None:
    task_id, once = prepared(cast), FEW - 1
    for number in range(1, rounds + 1):
        assert call_at_once(cast, actions.freeze_task, task_id, givers(cast)) == {"done": 1, "draw.already_drawn": once}
        draw_id = draws_of(task_id)[-1]
        make_seed(cast, draw_id)
        assert call_at_once(cast, actions.draw_objects, draw_id) == {"done": 1, "draw.already_drawn": once}
        assert call_at_once(cast, actions.match_inspectors, draw_id) == {"done": 1, "draw.already_matched": once}
        assert call_at_once(cast, actions.ask_void, draw_id, f"第{number}次") == {"done": 1, "draw.already_void": once}
        with db.transaction(write=True):
            actions.decide_void(draw_id, agrees=True, opinion="同意", by=cast.legal.officer)
    with db.transaction(write=False):
        assert list(db.session.scalars(sa.select(Draw.number).order_by(Draw.number))) == list(range(1, rounds + 1))


@pytest.fixture
def looks_first(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Callable[..., object]:
    """A verb as one would write it at first: it looks whether there is a draw, and makes one a moment later."""
    look, all_have_looked = queries.draw_of_task, Barrier(CLIENTS)
    monkeypatch.setattr(queries, "draw_of_task", lambda _task_id: None)

    def freeze_naively(task_id: UUID, contributors: list[UUID], **by: Officer) -> None:
        db.begin(write=False)
        assert look(task_id) is None
        db.session.remove()
        all_have_looked.wait()
        db.begin(write=True)
        actions.freeze_task(task_id, contributors, **by)

    return freeze_naively


@pytest.mark.article("16")
def test_where_the_verb_only_looks_first_the_database_still_lets_one_draw_stand(
    cast: Cast, looks_first: Callable[..., object],
) -> None:
    task_id = prepared(cast)
    answers = call_at_once(cast, looks_first, task_id, givers(cast), clients=CLIENTS)
    assert answers == {"done": 1, "draw.already_drawn": CLIENTS - 1}
    assert len(draws_of(task_id)) == 1


def test_without_either_guard_the_task_is_drawn_more_than_once(cast: Cast, looks_first: Callable[..., object]) -> None:
    task_id = prepared(cast)
    with db.transaction(write=True):
        db.session.execute(sa.text("DROP INDEX uq_draw_task_once"))
    answers = call_at_once(cast, looks_first, task_id, givers(cast), clients=CLIENTS)
    print(f"\nwithout a guard: {dict(answers)}")
    assert len(draws_of(task_id)) == answers["done"] > 1
