"""What came from a phone after its record was ended: put before the leader, and marked as seen with a note."""

from collections.abc import Collection
from uuid import UUID

from fieldapp import clock, db, ledger
from fieldapp.accounts import actions as accounts
from fieldapp.accounts import queries as waiting
from fieldapp.review import queries, rules
from fieldapp.review.models import AnnexSeen
from fieldapp.roles import Officer, Role


def ask_for_annex(visit_task_id: UUID) -> None:
    """Tell the leader, once however much comes, that something came late for a record under review or past it."""
    review = queries.review_of(visit_task_id)
    if review is None or waiting.open_rows("annex", visit_task_id):
        return
    visit = review.visit_task.visit
    accounts.ask("annex", visit_task_id, role=Role.INSPECTOR, person_id=queries.leader_id(visit), title=visit.object.name,
                 endpoint="review.show_review", arguments={"review_id": review.id})


def mark_annexes_seen(review_id: UUID, item_ids: Collection[UUID], note: str, *, by: Officer) -> list[AnnexSeen]:
    """The leader has read what came late and says what is made of it; the record stays as it was signed."""
    part = queries.review(review_id).visit_task
    rules.check_leader(by.person_id, queries.leader_id(part.visit))
    rules.check_annex_note(note)
    unseen = [one for one in queries.unseen_annexes(part.id) if one in set(item_ids)]
    seen = [AnnexSeen(item_id=item, visit_task_id=part.id, note=note.strip(), person_id=by.person_id, at=clock.now())
            for item in unseen]
    db.session.add_all(seen)
    for one in seen:
        ledger.record(by, "review.annex_seen", one, case=part.visit_id, reason=note.strip())
    db.session.flush()
    if not queries.unseen_annexes(part.id):
        accounts.answered("annex", part.id, by=by)
    return seen
