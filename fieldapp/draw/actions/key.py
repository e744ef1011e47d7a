"""Hand out the key of a draw to an auditor: with it every salt can be computed again."""

from uuid import UUID

from fieldapp import clock, db, ids, ledger
from fieldapp.draw import queries, rules
from fieldapp.draw.models import DrawKeyHandout
from fieldapp.roles import Officer


def hand_out_key(draw_id: UUID, reason: str, *, by: Officer) -> DrawKeyHandout:
    """Give an auditor the key, with the reason, once the inspections are over or the draw is void."""
    draw = queries.draw(draw_id)
    rules.check_key_may_be_handed_out(
        inspections_over=queries.inspections_are_over(draw), voided=draw.voided_at is not None, reason=reason)
    handout = DrawKeyHandout(id=ids.uuid7(), draw_id=draw.id, person_id=by.person_id, reason=reason.strip(), at=clock.now())
    db.session.add(handout)
    ledger.record(by, "draw.key_handed_out", handout, reason=handout.reason)
    return handout
