"""A task is frozen, two people make its seed, its objects are drawn and its inspectors matched: once."""

import json
from collections.abc import Callable
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from fieldapp import clock, db, ids
from fieldapp.draw import actions, queries, rules
from fieldapp.draw.models import Contribution, DrawnObject, DrawRow
from fieldapp.ledger import queries as ledger
from fieldapp.refusals import Conflict, NotFound, Refusal
from fieldapp.registry.models import FocusProposal, Inspector, InspectorInterest, ObjectLastTeam, ObjectVisitCount
from fieldapp.tasks import queries as tasks
from fieldapp.tasks.models import Task
from tests.draw.makers import (
    NONCES,
    VALUES,
    approved_task,
    commit_all,
    directory,
    draw_all,
    freeze,
    make_seed,
    prepared,
)
from tests.people import Cast, Player


@pytest.mark.article("14")
def test_a_task_goes_from_the_freeze_to_matched_teams_in_this_order(cast: Cast) -> None:
    draw_id = freeze(cast, prepared(cast))
    with pytest.raises(Conflict, match="seed_not_made"), db.transaction(write=True):
        actions.draw_objects(draw_id, by=cast.officer.officer)
    make_seed(cast, draw_id)
    draw_all(cast, draw_id)
    with db.transaction(write=False):
        draw = queries.draw(draw_id)
        drawn = queries.drawn_objects(draw_id)
        assert (draw.state, draw.task.state, len(drawn), queries.reserve_size(draw_id)) == (
            "matched", "objects_drawn", 2, 8)
        assert [one.ticket for one in drawn] == sorted(one.ticket for one in drawn)
        assert all(len({seat.inspector_id for seat in one.seats}) == 2 for one in drawn)
        actions_done = [entry.action for entry, _ in ledger.history(draw.task_id)]
        assert [name for name in actions_done if name.startswith("draw.")] == [
            "draw.task_frozen", "draw.committed", "draw.committed", "draw.revealed", "draw.revealed", "draw.seed_made",
            "draw.objects_drawn", "draw.inspectors_matched"]


@pytest.mark.article("3")
def test_an_outsider_recomputes_the_draw_from_what_is_stored(cast: Cast) -> None:
    draw_id = freeze(cast, prepared(cast))
    make_seed(cast, draw_id)
    draw_all(cast, draw_id)
    with db.transaction(write=False):
        draw = queries.draw(draw_id)
        manifest = json.loads(draw.manifest)
        rows = db.scalars(sa.select(DrawRow).where(DrawRow.draw_id == draw_id))
        leaves = sorted((row.blind, bytes.fromhex(row.leaf), row.tickets) for row in rows)
        assert rules.manifest_hash(manifest).hex() == draw.manifest_hash
        parts = db.scalars(sa.select(Contribution).order_by(Contribution.position))
        given = [rules.contribution(part.person.name, rules.Reveal(part.nonce, part.value)) for part in parts]
        seed = rules.seed_of(bytes.fromhex(draw.manifest_hash), given)
        assert seed.hex() == draw.seed
        again = rules.draw_objects(seed, [(leaf, tickets) for _, leaf, tickets in leaves], manifest["quota"])
        assert [leaf.hex() for leaf in again.drawn] == [one.leaf for one in queries.drawn_objects(draw_id)]


def test_a_task_is_drawn_only_after_its_approval(cast: Cast) -> None:
    with pytest.raises(Conflict, match="task_not_approved"):
        freeze(cast, prepared(cast, state="submitted"))


@pytest.mark.article("16")
def test_a_second_draw_of_a_task_is_refused_e34(cast: Cast) -> None:
    task_id = prepared(cast)
    freeze(cast, task_id)
    with pytest.raises(Conflict, match="already_drawn"):
        freeze(cast, task_id)


def test_another_division_cannot_draw_the_task(cast: Cast) -> None:
    task_id = prepared(cast)
    with pytest.raises(NotFound), db.transaction(write=True):
        actions.freeze_task(task_id, [cast.officer.id, cast.legal.id], by=cast.other_officer.officer)
    with pytest.raises(NotFound), db.transaction(write=True):
        actions.freeze_task(task_id, [cast.officer.id, cast.legal.id], by=cast.legal.officer)


@pytest.mark.article("6")
def test_the_cap_is_that_of_the_year_in_which_the_visits_count(cast: Cast) -> None:
    with db.transaction(write=True):
        this_year, next_year, *_others = directory(cast, 4)
        db.session.add(ObjectVisitCount(object_id=this_year, year=2026, visits=2))
        db.session.add(ObjectVisitCount(object_id=next_year, year=2027, visits=2))
        task = tasks.task(approved_task(cast))
        task.first_day, task.last_day = date(2027, 1, 4), date(2027, 1, 29)
        capped = [found.id for found, _, reason in queries.directory_of(task) if reason == rules.RowReason.CAP_REACHED]
    assert capped == [next_year]


def test_the_seed_needs_two_people_of_different_divisions(cast: Cast) -> None:
    task_id = prepared(cast)
    with pytest.raises(Refusal, match="two_divisions"), db.transaction(write=True):
        actions.freeze_task(task_id, [cast.officer.id, cast.second_officer.id], by=cast.officer.officer)
    with db.transaction(write=False):
        assert queries.draw_of_task(task_id) is None


def test_nobody_reveals_before_both_have_committed(cast: Cast) -> None:
    draw_id = freeze(cast, prepared(cast))
    with db.transaction(write=True):
        manifest = bytes.fromhex(queries.draw(draw_id).manifest_hash)
        shown = rules.Reveal(NONCES["officer"], VALUES["officer"])
        actions.commit(draw_id, rules.commitment(cast.officer.name, manifest, shown), by=cast.officer.officer)
    with pytest.raises(Conflict, match="commitments_are_missing"), db.transaction(write=True):
        actions.reveal(draw_id, shown.nonce, shown.value, by=cast.officer.officer)


def test_the_page_offers_each_contributor_the_step_whose_time_it_is_and_nobody_one_of_a_void_draw(
        cast: Cast, client_of: Callable[..., FlaskClient]) -> None:
    draw_id = freeze(cast, prepared(cast))

    def offered(player: Player) -> list[str]:
        page = client_of(player).get(f"/draws/{draw_id}").text
        return [step for step in ("commitments", "reveals") if f'action="/draws/{draw_id}/{step}"' in page]

    assert [offered(one) for one in (cast.officer, cast.legal, cast.head)] == [["commitments"], ["commitments"], []]
    commit_all(cast, draw_id)
    assert [offered(one) for one in (cast.officer, cast.legal, cast.head)] == [["reveals"], ["reveals"], []]
    with db.transaction(write=True):
        queries.draw(draw_id).voided_at = clock.now()
    assert [offered(one) for one in (cast.officer, cast.legal)] == [[], []]


def test_a_stranger_to_the_manifest_cannot_commit(cast: Cast) -> None:
    draw_id = freeze(cast, prepared(cast))
    with pytest.raises(Refusal, match="not_a_contributor"), db.transaction(write=True):
        actions.commit(draw_id, b"\0" * 32, by=cast.head.officer)


@pytest.mark.article("6")
@pytest.mark.edge("E3")
def test_an_object_at_the_cap_leaves_the_pool_and_stays_in_the_denominator_e3(cast: Cast) -> None:
    with db.transaction(write=True):
        objects = directory(cast, 10)
        task_id = approved_task(cast)
        db.session.add(ObjectVisitCount(object_id=objects[0], year=clock.today().year, visits=2))
    draw_id = freeze(cast, task_id)
    with db.transaction(write=False):
        draw = queries.draw(draw_id)
        row = db.session.scalars(sa.select(DrawRow).where(DrawRow.object_id == objects[0])).one()
        assert (draw.directory_size, draw.pool_size, row.status, row.reason) == (10, 9, "excluded", "cap_reached")


@pytest.mark.article("6")
@pytest.mark.edge("E4")
def test_an_object_of_key_supervision_stands_on_its_own_list_until_that_expires_whatever_its_visits(cast: Cast) -> None:
    with db.transaction(write=True):
        objects = directory(cast, 10)
        task_id = approved_task(cast)
        db.session.add_all(ObjectVisitCount(object_id=one, year=clock.today().year, visits=2) for one in objects[:2])
        for one, until in ((objects[0], clock.today()), (objects[1], clock.today() - timedelta(days=1))):
            db.session.add(FocusProposal(object_id=one, division_id=cast.division, circumstance="投诉举报较多", decision="agreed",
                                         proposed_at=clock.now(), expires_on=until))
    draw_id = freeze(cast, task_id)
    with db.transaction(write=False):
        draw = queries.draw(draw_id)
        rows = {row.object_id: (row.status, row.reason) for row in db.session.scalars(sa.select(DrawRow))}
        assert (rows[objects[0]], rows[objects[1]]) == (("certain", "key_supervision"), ("excluded", "cap_reached"))
        assert (draw.directory_size, draw.pool_size) == (10, 8)
        assert '"certain":1' in draw.manifest


@pytest.mark.article("16")
def test_a_pool_made_narrow_by_the_cap_can_be_approved_a_second_time(cast: Cast) -> None:
    with db.transaction(write=True):
        objects = directory(cast, 24)
        task_id = approved_task(cast, draw_mode="directed", conditions={"cities": ["济南市"]}, condition_text="设区市：济南市")
        db.session.add_all(ObjectVisitCount(object_id=one, year=clock.today().year, visits=2) for one in objects[:5])
    with pytest.raises(Refusal, match="narrow_needs_second_approval"):
        freeze(cast, task_id)
    with db.transaction(write=True):
        assert queries.why_second_approval(tasks.task(task_id))
        actions.approve_narrow_draw(task_id, "同意", ["narrow"], by=cast.legal.officer)
        assert not queries.why_second_approval(tasks.task(task_id))
    with db.transaction(write=False):
        assert queries.draw_of_task(task_id) is None
    freeze(cast, task_id)


@pytest.mark.article("6")
def test_an_object_that_is_drawn_and_waits_for_its_visit_counts_towards_the_cap(cast: Cast) -> None:
    first = freeze(cast, prepared(cast, quota=10))
    make_seed(cast, first)
    with db.transaction(write=True):
        actions.draw_objects(first, by=cast.officer.officer)
        objects = [one.object_id for one in queries.drawn_objects(first)]
        db.session.add(ObjectVisitCount(object_id=objects[0], year=clock.today().year, visits=1))
        other = Task(**{column.name: getattr(queries.draw(first).task, column.name) for column in Task.__table__.columns}
                     | {"id": ids.uuid7(), "number": "鲁科抽〔2026〕2号", "state": "approved"})
        db.session.add(other)
        db.session.flush()
        statuses = {found.id: str(reason) for found, _, reason in queries.directory_of(other)}
        assert [one for one, reason in statuses.items() if reason] == objects[:1]


@pytest.mark.article("17")
@pytest.mark.edge("E7")
def test_an_inspector_with_a_declared_interest_is_not_matched_to_the_object_e7(cast: Cast) -> None:
    with db.transaction(write=True):
        objects = directory(cast, 3)
        task_id = approved_task(cast, quota=3)
        for part in ("inspector_a", "inspector_b"):
            db.session.add(InspectorInterest(inspector_id=cast.players[part].inspector_id, object_id=objects[1],
                                             object_name="第1研究所（示例）", declared_at=clock.now()))
    draw_id = freeze(cast, task_id)
    make_seed(cast, draw_id)
    draw_all(cast, draw_id)
    with db.transaction(write=False):
        for one in queries.drawn_objects(draw_id):
            if one.object_id == objects[1]:
                team = {seat.inspector_id for seat in one.seats}
                assert team == {cast.inspector_c.inspector_id, cast.inspector_d.inspector_id}
                return
        pytest.fail("the object with the interest was not drawn")


@pytest.mark.article("16")
def test_the_pair_of_last_time_does_not_come_again_where_the_matching_says_so(cast: Cast) -> None:
    last = {cast.players[part].inspector_id for part in ("inspector_a", "inspector_b")}
    with db.transaction(write=True):
        objects = directory(cast, 20)
        task_id = approved_task(cast, quota=20, match_mode="manual", match_conditions={"not_same_pair": True})
        db.session.add_all(ObjectLastTeam(object_id=each, inspector_id=one) for each in objects for one in last)
    draw_id = freeze(cast, task_id)
    make_seed(cast, draw_id)
    draw_all(cast, draw_id)
    with db.transaction(write=False):
        teams = [{seat.inspector_id for seat in one.seats} for one in queries.drawn_objects(draw_id)]
        assert len(teams) == 20
        assert last not in teams


def test_too_few_inspectors_leave_nothing_half_saved(cast: Cast) -> None:
    task_id = prepared(cast)
    with db.transaction(write=True):
        for part in ("inspector_b", "inspector_c", "inspector_d"):
            db.session.get_one(Inspector, cast.players[part].inspector_id).certificate_number = None
    draw_id = freeze(cast, task_id)
    make_seed(cast, draw_id)
    with db.transaction(write=True):
        actions.draw_objects(draw_id, by=cast.officer.officer)
    with pytest.raises(Refusal, match="too_few_inspectors"), db.transaction(write=True):
        actions.match_inspectors(draw_id, by=cast.officer.officer)
    with db.transaction(write=False):
        assert all(not one.seats for one in db.session.query(DrawnObject))


@pytest.mark.article("16")
def test_a_narrow_draw_is_approved_by_a_second_person_with_an_opinion_and_once(cast: Cast) -> None:
    narrow = {"draw_mode": "directed", "conditions": {"sizes": ["小型"]}, "condition_text": "小型"}
    task_id = prepared(cast, **narrow)
    with pytest.raises(Refusal, match="narrow_needs_second_approval"):
        freeze(cast, task_id)
    with pytest.raises(Refusal, match="needs_opinion"), db.transaction(write=True):
        actions.approve_narrow_draw(task_id, " ", ["narrow"], by=cast.legal.officer)
    with pytest.raises(Refusal, match="is_the_first"), db.transaction(write=True):
        actions.approve_narrow_draw(task_id, "同意", ["narrow"], by=cast.head.officer)
    with db.transaction(write=True):
        actions.approve_narrow_draw(task_id, "同意", ["narrow"], by=cast.legal.officer)
    with pytest.raises(Conflict, match="no_second_approval_wanted"), db.transaction(write=True):
        actions.approve_narrow_draw(task_id, "同意", ["narrow"], by=cast.legal.officer)
    freeze(cast, task_id)
    with db.transaction(write=False):
        draw = queries.draw_of_task(task_id)
        assert draw is not None
        assert draw.is_narrow


def test_a_draw_that_is_not_narrow_asks_for_no_second_approval(cast: Cast) -> None:
    task_id = prepared(cast)
    with pytest.raises(Conflict, match="no_second_approval_wanted"), db.transaction(write=True):
        actions.ask_narrow_approval(task_id, by=cast.officer.officer)
