"""Draw a substitute: the next one-time code of the chain, the whole directory of today, nobody picked."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from fieldapp import clock, db, ids, ledger
from fieldapp.draw import queries, rules
from fieldapp.draw.actions.roll import candidates_in, conditions_of, inspected_of, seats_in, terms_of
from fieldapp.draw.models import Draw, DrawnObject, DrawnSubstitute
from fieldapp.registry import queries as registry
from fieldapp.roles import Officer
from fieldapp.tasks.rules import MatchCondition


@dataclass(frozen=True, slots=True)
class Vacancy:
    """The seat to be filled: of which object of which task, of which kind, on which days, who is out of the question."""

    task_id: UUID
    object_id: UUID
    seat_type: str
    first_day: date
    last_day: date
    barred: Collection[UUID]


def draw_substitute(vacancy: Vacancy, *, by: Officer) -> DrawnSubstitute | None:
    """Draw whoever fills a vacancy, from as wide a circle as it takes; None if nobody is left in the whole directory.

    A code that is used once is spent, whoever it drew (E13: draw again, the number goes up).
    """
    draw = queries.draw_that_stands(vacancy.task_id)
    drawn = queries.drawn_object(draw.id, vacancy.object_id)
    number = queries.substitutes_drawn(draw.id) + 1
    code = rules.substitute_code(draw.draw_key, number)
    circles = _circles(draw, drawn, vacancy)
    found = rules.draw_substitute(code, bytes.fromhex(drawn.leaf), circles)
    sizes = {str(circle): len(pool) for circle, pool in circles.items()}
    if found is None:
        ledger.record(by, "draw.substitutes_exhausted", draw, facts={"object": str(drawn.object_id)})
        return None
    circle, inspector_id = found
    row = DrawnSubstitute(
        id=ids.uuid7(), draw_id=draw.id, drawn_object_id=drawn.id, number=number, seat_type=vacancy.seat_type, code=code.hex(),
        circle=circle, sizes=sizes, pool=sorted(circles[circle]), inspector_id=UUID(inspector_id), at=clock.now(),
        ticket=rules.substitute_ticket(code, bytes.fromhex(drawn.leaf), inspector_id).hex())
    db.session.add(row)
    ledger.record(by, "draw.substitute_drawn", row, facts={"number": number, "code": row.code, "pool": row.pool})
    return row


def _circles(draw: Draw, drawn: DrawnObject, vacancy: Vacancy) -> dict[rules.Circle, frozenset[str]]:
    """Who could fill the seat, circle by circle: as everybody stands today, not at the freeze."""
    roll = terms_of(draw.task, vacancy.first_day, vacancy.last_day)
    interested = registry.interests_by_object([drawn.object_id]).get(drawn.object_id, set())
    barred = set(map(str, interested | set(vacancy.barred)))
    candidates = [one for one in candidates_in(roll) if one.inspector_id not in barred]
    [seat] = seats_in(roll | {"seats": [vacancy.seat_type]}, candidates, inspected_of(draw.task, drawn.object))
    anybody = rules.automatic_pool(candidates, vacancy.first_day, vacancy.last_day)
    frozen = {entry["id"] for entry in draw.roll["inspectors"]}
    last_pair = registry.last_teams([drawn.object_id]) if MatchCondition.NOT_SAME_PAIR in conditions_of(draw.task) else {}
    fit = seat.eligible - set(map(str, last_pair.get(drawn.object_id, set())))
    return {rules.Circle.SAME: fit & frozen, rules.Circle.ANY_CONDITION: anybody & frozen, rules.Circle.DIRECTORY: anybody}
