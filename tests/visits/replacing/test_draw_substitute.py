"""Substitutes: article 18's circumstances, the head's consent, drawn and never picked; during a visit it pauses."""

from uuid import UUID

import pytest

from fieldapp import clock, db
from fieldapp.draw import rules
from fieldapp.draw.models import Draw
from fieldapp.refusals import Forbidden, Refusal
from fieldapp.registry.models import Inspector, InspectorInterest, InspectorUnavailability
from fieldapp.visits import actions, queries
from fieldapp.visits.models import Visit
from tests.people import Cast
from tests.visits.scene import START, approved_visit

pytestmark = pytest.mark.article("18")


def ask(cast: Cast, visit_id: UUID, ground: str = "health", reason: str = "住院") -> UUID:
    with db.transaction(write=True):
        found = actions.ask_substitution(visit_id, cast.inspector_b.inspector_id or visit_id, ground, reason,
                                         by=cast.inspector_b.officer)
        return found.id


def names(visit_id: UUID) -> list[str]:
    with db.transaction(write=False):
        return [one.inspector.name for one in queries.members(queries.visit(visit_id))]


def test_with_the_heads_consent_a_substitute_is_drawn_and_without_it_nobody_leaves(cast: Cast) -> None:
    visit_id = approved_visit(cast)
    first = ask(cast, visit_id)
    with db.transaction(write=True):
        actions.decide_substitution(first, "disagree", "可以远程参加", by=cast.head.officer)
    assert names(visit_id) == ["赵检一", "钱检二"]
    second = ask(cast, visit_id)
    with db.transaction(write=True):
        actions.decide_substitution(second, "agree", "", by=cast.head.officer)
    assert "钱检二" not in names(visit_id)
    assert len(names(visit_id)) == 2
    with db.transaction(write=False):
        assert [(one.decision, one.drawn is not None) for one in queries.substitutions_of(visit_id)] == [
            ("declined", False), ("agreed", True)]


@pytest.mark.parametrize(("ground", "reason", "field"), [
    ("recusal", "x", "ground"), ("", "x", "ground"), ("health", " ", "reason")])
def test_only_article_18s_circumstances_count_each_in_words(cast: Cast, ground: str, reason: str, field: str) -> None:
    visit_id = approved_visit(cast)
    with pytest.raises(Refusal) as refused:
        ask(cast, visit_id, ground, reason)
    assert refused.value.field == field


def test_neither_the_member_nor_another_divisions_head_consents(cast: Cast) -> None:
    visit_id = approved_visit(cast)
    substitution_id = ask(cast, visit_id)
    for other in (cast.inspector_b, cast.officer, cast.other_head):
        with pytest.raises((Forbidden, Refusal)), db.transaction(write=True):
            actions.decide_substitution(substitution_id, "agree", "", by=other.officer)


def test_nobody_is_drawn_who_is_away_has_an_interest_or_sat_there(cast: Cast) -> None:
    visit_id = approved_visit(cast)
    with db.transaction(write=True):
        visit = db.session.get_one(Visit, visit_id)
        day = clock.local(START).date()
        db.session.add(InspectorInterest(inspector_id=cast.inspector_c.inspector_id, object_id=visit.object_id,
                                         object_name=visit.object.name, declared_at=clock.now()))
        db.session.add(InspectorUnavailability(inspector_id=cast.inspector_d.inspector_id, first_day=day, last_day=day,
                                               reason="培训"))
    substitution_id = ask(cast, visit_id)
    with db.transaction(write=True):
        row = actions.decide_substitution(substitution_id, "agree", "", by=cast.head.officer)
        assert row.exhausted_at is not None
    assert names(visit_id) == ["赵检一"]


def test_a_replacement_during_the_visit_pauses_it(cast: Cast) -> None:
    visit_id = approved_visit(cast)
    with db.transaction(write=True):
        db.session.get_one(Visit, visit_id).state = "in_progress"
    substitution_id = ask(cast, visit_id)
    with db.transaction(write=True):
        actions.decide_substitution(substitution_id, "agree", "", by=cast.head.officer)
        assert db.session.get_one(Visit, visit_id).state == "paused"


def test_every_code_follows_the_one_before_it_and_none_is_known_from_it() -> None:
    key = b"\7" * 32
    head, codes = rules.chain_head(key), [rules.substitute_code(key, number) for number in range(1, rules.LINKS + 1)]
    before = head
    for code in codes:
        assert rules.is_next_code(code, before)
        before = code
    assert len(set(codes)) == rules.LINKS
    assert not rules.is_next_code(codes[2], codes[0])
    for wrong in (0, rules.LINKS + 1):
        with pytest.raises(ValueError, match=str(wrong)):
            rules.substitute_code(key, wrong)


def test_the_lowest_ticket_of_the_first_circle_with_anybody_in_it_is_drawn() -> None:
    code, leaf, pool = b"\1" * 32, b"\2" * 32, [f"inspector-{number}" for number in range(9)]
    lowest = min(pool, key=lambda one: rules.substitute_ticket(code, leaf, one))
    assert rules.draw_substitute(code, leaf, {rules.Circle.SAME: pool}) == (rules.Circle.SAME, lowest)
    wider = {rules.Circle.SAME: [], rules.Circle.ANY_CONDITION: [], rules.Circle.DIRECTORY: pool}
    assert rules.draw_substitute(code, leaf, wider) == (rules.Circle.DIRECTORY, lowest)
    assert rules.draw_substitute(code, leaf, {}) is None


def test_everybody_in_the_pool_is_as_likely() -> None:
    pool, key = [f"inspector-{number}" for number in range(5)], b"\3" * 32
    counts = dict.fromkeys(pool, 0)
    for number in range(1, rules.LINKS + 1):
        found = rules.draw_substitute(rules.substitute_code(key, number), b"\4" * 32, {rules.Circle.SAME: pool})
        assert found is not None
        counts[found[1]] += 1
    expected = rules.LINKS / len(pool)
    assert sum((count - expected) ** 2 / expected for count in counts.values()) < 18.47  # chi-square, 4 degrees: p > 0.001


def test_where_another_platform_drew_the_task_its_substitute_is_entered_with_the_number_and_never_named_otherwise(
        cast: Cast) -> None:
    visit_id = approved_visit(cast)
    first = ask(cast, visit_id)
    with pytest.raises(Refusal) as named, db.transaction(write=True):
        actions.enter_substitute(first, cast.inspector_c.inspector_id or first, "SD-7", by=cast.officer.officer)
    assert named.value.code == "visits.substitute_drawn"
    with db.transaction(write=True):
        db.session.query(Draw).one().voided_at = clock.now()
        actions.decide_substitution(first, "agree", "", by=cast.head.officer)
    assert names(visit_id) == ["赵检一"]
    with pytest.raises(Refusal) as bare, db.transaction(write=True):
        actions.enter_substitute(first, cast.inspector_c.inspector_id or first, " ", by=cast.officer.officer)
    assert bare.value.field == "reference"
    with db.transaction(write=True):
        actions.enter_substitute(first, cast.inspector_c.inspector_id or first, "SD-7", by=cast.officer.officer)
    assert names(visit_id) == ["赵检一", "孙检三"]


def test_where_the_task_was_drawn_here_nobody_is_entered_by_name(cast: Cast) -> None:
    visit_id = approved_visit(cast)
    with db.transaction(write=True):
        for one in (cast.inspector_c, cast.inspector_d):
            db.session.get_one(Inspector, one.inspector_id).certificate_number = None
    first = ask(cast, visit_id)
    with db.transaction(write=True):
        actions.decide_substitution(first, "agree", "", by=cast.head.officer)
        db.session.get_one(Inspector, cast.inspector_c.inspector_id).certificate_number = "37-1"
    with pytest.raises(Refusal) as named, db.transaction(write=True):
        actions.enter_substitute(first, cast.inspector_c.inspector_id or first, "SD-7", by=cast.officer.officer)
    assert named.value.code == "visits.substitutes_are_drawn"


def typed(cast: Cast, visit_id: UUID, auditor: UUID | None) -> None:
    """The seat of inspector b asks for an auditor; one inspector is one."""
    with db.transaction(write=True):
        queries.drawn_member(queries.visit(visit_id), cast.inspector_b.inspector_id or visit_id).seat_type = "财务审计"
        db.session.get_one(Inspector, auditor).specialities = ["财务审计"]


@pytest.mark.edge("E8")
def test_who_is_entered_from_another_platform_brings_the_seats_speciality(cast: Cast) -> None:
    visit_id = approved_visit(cast)
    typed(cast, visit_id, cast.inspector_d.inspector_id)
    first = ask(cast, visit_id)
    with db.transaction(write=True):
        db.session.query(Draw).one().voided_at = clock.now()
        actions.decide_substitution(first, "agree", "", by=cast.head.officer)
    with db.transaction(write=False):
        visit = queries.visit(visit_id)
        seat = queries.drawn_member(visit, cast.inspector_b.inspector_id or visit_id)
        assert [name for _id, name in queries.substitute_choices(visit, seat)] == ["李检四（高新技术处）"]
    with pytest.raises(Refusal, match="swap_not_qualified"), db.transaction(write=True):
        actions.enter_substitute(first, cast.inspector_c.inspector_id or first, "SD-7", by=cast.officer.officer)
    with db.transaction(write=True):
        actions.enter_substitute(first, cast.inspector_d.inspector_id or first, "SD-7", by=cast.officer.officer)
    assert names(visit_id) == ["赵检一", "李检四"]


@pytest.mark.edge("E8")
@pytest.mark.parametrize("auditor", ["inspector_c", "inspector_d"])
def test_a_typed_seat_is_drawn_among_those_with_its_speciality_also_where_it_came_with_another_task(
        cast: Cast, auditor: str) -> None:
    visit_id = approved_visit(cast)
    typed(cast, visit_id, getattr(cast, auditor).inspector_id)
    with db.transaction(write=True):
        row = actions.decide_substitution(actions.ask_substitution(
            visit_id, cast.inspector_b.inspector_id or visit_id, "health", "住院", by=cast.inspector_b.officer).id,
            "agree", "", by=cast.head.officer)
        assert row.drawn is not None
        assert (row.drawn.pool, row.drawn.circle) == ([str(getattr(cast, auditor).inspector_id)], "same")
