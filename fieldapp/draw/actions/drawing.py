"""Draw the objects, match the inspectors: what the seed says, written down once."""

from uuid import UUID

from fieldapp import clock, db, ids, ledger
from fieldapp.draw import queries, rules
from fieldapp.draw.actions.minutes import issue_minutes
from fieldapp.draw.actions.roll import teams_in
from fieldapp.draw.models import Draw, DrawnObject, DrawnSeat, DrawView
from fieldapp.roles import Officer
from fieldapp.tasks import actions as tasks
from fieldapp.tasks.rules import MatchCondition


def draw_objects(draw_id: UUID, *, by: Officer) -> Draw:
    """Give every object its ticket; the lowest of each stratum are drawn, the rest is the reserve in its order."""
    draw = queries.draw(draw_id, lock=True)
    rules.check_draw_stands(voided=draw.voided_at is not None)
    has_seed = draw.state == rules.DrawState.REVEALED and bool(draw.seed)
    rules.check_objects_may_be_drawn(already_drawn=draw.drawn_at is not None, has_seed=has_seed)
    seed, strata = bytes.fromhex(draw.seed or ""), queries.strata(draw)
    found = rules.draw_strata(seed, strata)
    drawn = [(name, leaf) for name, one in found.items() for leaf in one.drawn]
    reserve = [(name, leaf) for name, one in found.items() for leaf in one.reserve]
    owners, weights = queries.objects_by_leaf(draw.id), {leaf: count for leaves, _ in strata.values() for leaf, count in leaves}
    for rank, (stratum, leaf) in enumerate([*drawn, *reserve], start=1):
        db.session.add(DrawnObject(
            draw_id=draw.id, object_id=owners[leaf.hex()], rank=rank, leaf=leaf.hex(), stratum=stratum,
            ticket=rules.ticket(seed, leaf, weights[leaf]).hex(), is_reserve=rank > len(drawn)))
    draw.state, draw.drawn_at = rules.DrawState.DRAWN, clock.now()
    draw.shortfall = sum(one.shortfall for one in found.values())
    tasks.mark_drawn(draw.task, by=by)
    ledger.record(by, "draw.objects_drawn", draw, facts={"drawn": len(drawn), "shortfall": draw.shortfall})
    return draw


def match_inspectors(draw_id: UUID, *, by: Officer) -> Draw:
    """Draw the team of every object from the frozen roll; all seats are filled, or none with the reason."""
    draw = queries.draw(draw_id, lock=True)
    rules.check_draw_stands(voided=draw.voided_at is not None)
    rules.check_inspectors_may_be_matched(
        objects_drawn=draw.drawn_at is not None, already_matched=draw.matched_at is not None)
    drawn = {bytes.fromhex(one.leaf): one for one in queries.drawn_objects(draw.id)}
    parameters = rules.Parameters(draw.roll["band"], draw.roll["cap"])
    teams = teams_in(draw.roll, draw.task, [(leaf, one.object) for leaf, one in drawn.items()])
    matching = rules.match_inspectors(
        bytes.fromhex(draw.seed or ""), teams, draw.roll["loads"], parameters,
        [MatchCondition(one["kind"]).label for one in draw.roll["conditions"]])
    for team in matching.teams:
        seats = zip(team.kinds, team.inspectors, team.tickets, strict=True)
        drawn[team.leaf].seats = [
            DrawnSeat(seat=number, seat_type=kind, inspector_id=UUID(inspector), ticket=ticket.hex())
            for number, (kind, inspector, ticket) in enumerate(seats, start=1)]
    draw.state, draw.matched_at = rules.DrawState.MATCHED, clock.now()
    draw.transcript_root = matching.root.hex()
    ledger.record(by, "draw.inspectors_matched", draw, facts={"transcript_root": draw.transcript_root})
    issue_minutes(draw, by=by)
    return draw


def note_view(draw_id: UUID, *, by: Officer) -> None:
    """Write down that somebody looks at who is drawn."""
    db.session.add(DrawView(id=ids.uuid7(), draw_id=draw_id, person_id=by.person_id, at=clock.now()))


