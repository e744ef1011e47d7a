"""What nobody has decided does not wait for ever: it goes with the member, with the visit, or along into a merged one."""

from collections.abc import Callable
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from fieldapp import db
from fieldapp.accounts.models import Waiting
from fieldapp.refusals import Refusal
from fieldapp.visits import actions, queries
from fieldapp.visits.actions import Ruling
from fieldapp.visits.models import Recusal, Substitution, Visit
from tests.people import Cast
from tests.visits.scene import approved_visit, party_applies, two_tasks_on_one_object, unite

pytestmark = [pytest.mark.article("17"), pytest.mark.article("18")]
KINDS = ("recusal", "recusal_swap", "substitution")


def apply(cast: Cast, visit_id: UUID) -> None:
    """Inspector b applies for recusal and, for another reason, to be replaced."""
    with db.transaction(write=True):
        actions.ask_recusal(visit_id, "post", "配偶任职", by=cast.inspector_b.officer)
        seat = cast.inspector_b.inspector_id or visit_id
        actions.ask_substitution(visit_id, seat, "health", "住院", by=cast.inspector_b.officer)


def waiting() -> list[tuple[str, str, UUID | None]]:
    with db.transaction(write=False):
        rows = db.session.query(Waiting).filter(Waiting.kind.in_(KINDS), Waiting.answered_at.is_(None))
        return sorted((row.kind, row.role, row.division_id) for row in rows)


def decisions() -> set[str | None]:
    with db.transaction(write=False):
        return {row.decision for row in (*db.session.query(Recusal), *db.session.query(Substitution))}


def test_when_a_member_has_left_the_own_applications_are_moot(cast: Cast) -> None:
    visit_id = approved_visit(cast)
    apply(cast, visit_id)
    assert len(waiting()) == 2
    with db.transaction(write=True):
        seat = cast.inspector_b.inspector_id or visit_id
        actions.remove_member(visit_id, seat, "post_transfer", "岗位调整", by=cast.head.officer)
    assert (waiting(), decisions()) == ([], {"moot", "agreed"})


def test_a_recusal_that_is_agreed_makes_the_other_application_moot(cast: Cast) -> None:
    visit_id = approved_visit(cast)
    apply(cast, visit_id)
    with db.transaction(write=True):
        [row] = queries.recusals_of(visit_id)
        actions.decide_recusal(row.id, Ruling("agree", outcome="withdraw"), by=cast.head.officer)
    assert (waiting(), decisions()) == ([], {"moot", "agreed"})


def test_a_cancelled_visit_waits_for_no_decision_and_refuses_one(cast: Cast) -> None:
    visit_id = approved_visit(cast)
    apply(cast, visit_id)
    with db.transaction(write=False):
        recusal_id = queries.recusals_of(visit_id)[0].id
    with db.transaction(write=True):
        actions.cancel_visit(visit_id, "对象已注销", by=cast.head.officer)
    assert (waiting(), decisions()) == ([], {"moot"})
    with pytest.raises(Refusal), db.transaction(write=True):
        actions.decide_recusal(recusal_id, Ruling("agree", outcome="withdraw"), by=cast.head.officer)


def test_whoever_comes_along_into_a_merged_visit_brings_the_application_and_its_head_is_asked(cast: Cast) -> None:
    with db.transaction(write=True):
        kept, other = two_tasks_on_one_object(cast, second_team=[cast.inspector_b, cast.inspector_c])
        kept_id, other_id = kept.id, other.id
    with db.transaction(write=True):
        actions.ask_recusal(other_id, "post", "配偶任职", by=cast.inspector_b.officer)
        actions.ask_recusal(other_id, "post", "曾任顾问", by=cast.inspector_c.officer)
    with db.transaction(write=True):
        [proposal] = queries.proposals()
        unite(cast, proposal.id, cast.division)
    with db.transaction(write=False):
        coming = {one.inspector_id for one in queries.members(db.session.get_one(Visit, kept_id))}
        rows = {row.inspector_id: (row.visit_id, row.decision) for row in db.session.query(Recusal)}
    for one in (cast.inspector_b, cast.inspector_c):
        comes = one.inspector_id in coming
        assert rows[one.inspector_id] == ((kept_id, None) if comes else (other_id, "moot"))
    expected = sum(one.inspector_id in coming for one in (cast.inspector_b, cast.inspector_c))
    assert waiting() == [("recusal", "division_head", cast.division)] * expected
    assert expected


def test_the_partys_application_is_decided_also_after_the_visit_is_closed(cast: Cast) -> None:
    visit_id = approved_visit(cast)
    with db.transaction(write=True):
        row = party_applies(queries.visit_held(visit_id), "组长曾任顾问", cast)
        recusal_id = row.id
        db.session.get_one(Visit, visit_id).state = "closed"
    assert waiting() == [("recusal", "department_head", None)]
    with db.transaction(write=True):
        leaving = [cast.inspector_a.inspector_id or visit_id]
        actions.decide_recusal(recusal_id, Ruling("agree", "情况属实", "withdraw", leaving), by=cast.department_head.officer)
    assert (waiting(), decisions()) == ([], {"agreed"})
    with db.transaction(write=False):
        assert [one.inspector.name for one in queries.members(queries.visit(visit_id))] == ["赵检一", "钱检二"]


def test_the_page_of_an_application_tells_its_history_to_those_who_may_read_it(
        cast: Cast, client_of: Callable[..., FlaskClient]) -> None:
    visit_id = approved_visit(cast)
    apply(cast, visit_id)
    with db.transaction(write=True):
        [recusal], [substitution] = queries.recusals_of(visit_id), queries.substitutions_of(visit_id)
        actions.decide_recusal(recusal.id, Ruling("disagree", "不构成利害关系"), by=cast.head.officer)
        actions.decide_substitution(substitution.id, "disagree", "可以远程参加", by=cast.head.officer)
        addresses = {f"/recusals/{recusal.id}": ("申请回避", "不同意回避：“不构成利害关系”"),
                     f"/substitutions/{substitution.id}": ("申请更换检查人员", "决定更换检查人员：“可以远程参加”")}
    for address, steps in addresses.items():
        for reader in (cast.head, cast.inspector_b, cast.legal):
            history = client_of(reader).get(address).text.partition('id="history"')[2]
            assert [words for words in steps if words not in history] == []
        assert client_of(cast.other_head).get(address).status_code == 404
