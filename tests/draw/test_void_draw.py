"""A draw that cannot go on is voided with a reason by a second person; both draws stay visible."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from fieldapp import clock, db
from fieldapp.accounts import queries as accounts
from fieldapp.app import load_areas
from fieldapp.draw import actions, queries, rules
from fieldapp.jobs.actions import run_all_due
from fieldapp.refusals import Conflict, Refusal
from fieldapp.tasks import actions as tasks
from tests.draw.makers import NONCES, VALUES, commit_all, draw_all, freeze, make_seed, prepared, reveal_all
from tests.people import Cast

load_areas()
FROZEN = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.mark.article("3", "14")
def test_a_draw_that_cannot_go_on_is_voided_by_a_second_person_and_stays_visible(cast: Cast) -> None:
    task_id = prepared(cast)
    draw_id = freeze(cast, task_id)
    make_seed(cast, draw_id)
    with db.transaction(write=True):
        actions.draw_objects(draw_id, by=cast.officer.officer)
    with pytest.raises(Conflict, match="void_not_asked"), db.transaction(write=True):
        actions.decide_void(draw_id, True, "", by=cast.legal.officer)
    with db.transaction(write=True):
        actions.ask_void(draw_id, "执法检查人员不足", by=cast.officer.officer)
    with pytest.raises(Refusal, match="second_approval"), db.transaction(write=True):
        actions.decide_void(draw_id, True, "", by=cast.officer.officer)
    with db.transaction(write=False):
        assert "draw_void" in [row.kind for row in accounts.waiting_for(cast.legal.officer)]
    with db.transaction(write=True):
        actions.decide_void(draw_id, True, "", by=cast.legal.officer)
    with db.transaction(write=False):
        [void] = queries.voided_draws(task_id)
        assert (void.state, void.void_reason, void.steps_done) == ("void", "执法检查人员不足", 3)
        assert accounts.waiting_for(cast.legal.officer) == []
        assert void.task.state == "approved"
        number = void.number
    again = freeze(cast, task_id)
    with db.transaction(write=False):
        assert queries.draw(again).number == number + 1


@pytest.mark.article("14")
def test_a_void_that_is_declined_leaves_the_draw_as_it_was(cast: Cast) -> None:
    draw_id = freeze(cast, prepared(cast))
    with db.transaction(write=True):
        actions.ask_void(draw_id, "换一个结果", by=cast.officer.officer)
    with pytest.raises(Refusal, match="opinion_missing"), db.transaction(write=True):
        actions.decide_void(draw_id, False, " ", by=cast.legal.officer)
    with db.transaction(write=True):
        actions.decide_void(draw_id, False, "结果不得更换", by=cast.legal.officer)
    make_seed(cast, draw_id)
    draw_all(cast, draw_id)


@pytest.mark.article("14")
def test_a_cancelled_task_takes_its_unfinished_draw_with_it(cast: Cast) -> None:
    task_id = prepared(cast)
    freeze(cast, task_id)
    with db.transaction(write=True):
        tasks.cancel_task(task_id, "计划调整", by=cast.head.officer)
    run_all_due()
    with db.transaction(write=False):
        assert [(one.state, one.void_reason) for one in queries.voided_draws(task_id)] == [("void", "计划调整")]
        assert accounts.waiting_for(cast.officer.officer) == []


@pytest.mark.article("16")
def test_who_has_revealed_is_asked_no_more_and_the_other_still_is(cast: Cast) -> None:
    draw_id = freeze(cast, prepared(cast))
    for part in ("officer", "legal"):
        with db.transaction(write=True):
            player = cast.players[part]
            manifest = bytes.fromhex(queries.draw(draw_id).manifest_hash)
            shown = rules.Reveal(NONCES[part], VALUES[part])
            actions.commit(draw_id, rules.commitment(player.name, manifest, shown), by=player.officer)
    with db.transaction(write=True):
        actions.reveal(draw_id, NONCES["officer"], VALUES["officer"], by=cast.officer.officer)
    with db.transaction(write=False):
        assert accounts.waiting_for(cast.officer.officer) == []
        assert [row.kind for row in accounts.waiting_for(cast.legal.officer)] == ["draw_contribution"]


@pytest.mark.article("14")
def test_no_step_is_taken_in_a_void_draw(cast: Cast) -> None:
    draw_id = freeze(cast, prepared(cast))
    void(cast, draw_id)
    shown = rules.Reveal(NONCES["officer"], VALUES["officer"])
    steps = (
        lambda by: actions.commit(draw_id, b"\1" * 32, by=by),
        lambda by: actions.reveal(draw_id, shown.nonce, shown.value, by=by),
        lambda by: actions.draw_objects(draw_id, by=by), lambda by: actions.match_inspectors(draw_id, by=by))
    for step in steps:
        with pytest.raises(Conflict, match=r"draw\.is_void"), db.transaction(write=True):
            step(cast.officer.officer)
    with db.transaction(write=False):
        draw = queries.draw(draw_id)
        assert (draw.state, draw.task.state, draw.steps_done) == ("void", "approved", 0)


@pytest.mark.article("14")
def test_the_inspectors_of_a_void_draw_are_not_matched(cast: Cast) -> None:
    draw_id = freeze(cast, prepared(cast))
    make_seed(cast, draw_id)
    with db.transaction(write=True):
        actions.draw_objects(draw_id, by=cast.officer.officer)
    void(cast, draw_id)
    with pytest.raises(Conflict, match=r"draw\.is_void"), db.transaction(write=True):
        actions.match_inspectors(draw_id, by=cast.officer.officer)


def void(cast: Cast, draw_id: UUID) -> None:
    with db.transaction(write=True):
        actions.ask_void(draw_id, "不能继续", by=cast.officer.officer)
    with db.transaction(write=True):
        actions.decide_void(draw_id, True, "", by=cast.legal.officer)


def _at(hours: float) -> None:
    """It is so many hours after the freeze; what is due then is done."""
    clock.set_source(lambda: FROZEN + timedelta(hours=hours))
    run_all_due()


@pytest.mark.article("14", "16")
def test_a_seed_that_does_not_come_in_time_voids_the_draw_in_public_and_frees_the_task(cast: Cast) -> None:
    clock.set_source(lambda: FROZEN)
    task_id = prepared(cast)
    draw_id = freeze(cast, task_id)
    _at(23)
    with db.transaction(write=False):
        assert queries.draw(draw_id).voided_at is None
    _at(24.1)
    with db.transaction(write=False):
        [void] = queries.voided_draws(task_id)
        assert (void.state, void.void_reason) == ("void", "种子提供人逾期没有承诺或者揭示")
        assert accounts.waiting_for(cast.officer.officer) == []
    freeze(cast, task_id)


@pytest.mark.article("16")
def test_who_has_committed_has_a_day_for_the_reveal_and_a_seed_that_is_there_stays(cast: Cast) -> None:
    clock.set_source(lambda: FROZEN)
    draw_id = freeze(cast, prepared(cast))
    clock.set_source(lambda: FROZEN + timedelta(hours=20))
    commit_all(cast, draw_id)
    _at(30)
    with db.transaction(write=False):
        assert queries.draw(draw_id).voided_at is None
    reveal_all(cast, draw_id)
    _at(60)
    with db.transaction(write=False):
        assert (queries.draw(draw_id).state, queries.draw(draw_id).voided_at) == ("revealed", None)
