"""The pages of the review: their blueprint, who reads them, and what the page of one record shows."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, g
from flask_babel import gettext

from fieldapp import clock
from fieldapp.entrusting import queries as entrusting
from fieldapp.entrusting.rules import Work, days_late
from fieldapp.fieldwork import queries as fieldwork
from fieldapp.fieldwork.routes.paper import place_words, value_of
from fieldapp.fieldwork.rules import NAMES, Capacity, Kind, RecordView, Thing, Way, place_name
from fieldapp.ledger.timeline import timeline
from fieldapp.review import queries, rules
from fieldapp.review.rules import Decision, ResultCategory, ReviewState, SupplementaryState
from fieldapp.roles import Role

review = Blueprint("review", __name__)
READERS = (Role.INSPECTOR, Role.DIVISION_OFFICER, Role.DIVISION_HEAD, Role.DEPUTY_HEAD, Role.LEGAL_AFFAIRS)
DECIDERS = (Role.INSPECTOR, Role.DIVISION_OFFICER, Role.DIVISION_HEAD, Role.DEPUTY_HEAD)


def review_page(review_id: UUID) -> dict[str, Any]:
    found = queries.review_for(g.officer, review_id)
    row = found.visit_task
    record, leader_id = fieldwork.record(row.id), queries.leader_id(row.visit)
    may = rules.may_decide(ReviewState(found.state), g.officer, row.task.division_id, leader_id, queries.team_ids(row.visit))
    return {"review": found, "row": row, "record": record, "proposal": queries.proposal(row),
            "due": queries.internal_due(row), "remarks": queries.remarks(row.id),
            "corrections": queries.corrections(row.id), "supplements": queries.supplementary_records(row.id),
            "supplement_states": SupplementaryState, "part_names": part_names(row),
            "last_signing_day": queries.last_signing_day(clock.today()), "may": may, "steps": timeline(found.case_id),
            "is_member": g.officer.person_id in {one.person_id for one in queries.team(row.visit)},
            "categories": ResultCategory, "category_options": [(one.value, gettext(one.label)) for one in ResultCategory],
            "correction_places": _places(row.id, record), "states": ReviewState, "decisions": Decision,
            "entrustments": entrusting.of_part(row), "Work": Work, "late_of": _lateness,
            "annexes": _annexes(record), "seen": queries.annexes_seen(row.id),
            "leads": g.officer.person_id == leader_id, "kinds": Kind, "ways": Way,
            "capacities": Capacity, "remark_places": _remark_places(row.id), "place_of": _place_words(record)}


def part_names(row: Any) -> dict[str, str]:
    """The parts of a record to which facts may be added, in the reader's language."""
    return {path: gettext(name.message, **name.facts) for path, name in queries.parts_of_record(row).items()}


def _lateness(row: Any) -> Callable[[Any], int]:
    """How many days after its deadline a report of this entrustment came."""
    return lambda report: days_late(row.assistant.due_on, clock.local(report.at).date())


def _remark_places(visit_task_id: UUID) -> list[tuple[str, str]]:
    """Where a remark may stand beside the lines: the conclusion, what was ordered, what the entity said."""
    places = [Thing.CATEGORY, Thing.CONCLUSION, Thing.ORDER, Thing.ORDER_UNTIL, Thing.OPINION]
    return [(str(thing).replace("<vt>", str(visit_task_id)), gettext(NAMES[thing])) for thing in places]


def _place_words(record: RecordView) -> Callable[[str], str]:
    """The words of the place at which a remark stands; "" for the record as a whole."""
    numbers = {line.line_id: line.number for line in record.checks}

    def words(path: str) -> str:
        name = place_name(path, numbers)
        return gettext(name.message, **name.facts) if path else ""

    return words


def _annexes(record: RecordView) -> list[dict[str, Any]]:
    """What came late, in words; photos as they are."""
    numbers = {line.line_id: line.number for line in record.checks}
    return [{"id": one.id, "place": place_words(one, numbers), "value": value_of(one), "photo": one.photo, "by": one.by,
             "at": one.at} for one in record.addenda]


def _places(visit_task_id: UUID, record: RecordView) -> list[tuple[str, str]]:
    """Where a clerical correction may stand: the notes and numbers of the lines, the conclusion, the order."""
    places = [("", gettext("整份记录"))]
    for line in record.checks:
        places.append((f"{line.path}/note", gettext("第 %(number)s 项说明", number=line.number)))
        places.append((f"{line.path}/number", gettext("第 %(number)s 项数值", number=line.number)))
    conclusion = f"r/{visit_task_id}/conclusion"
    return [*places, (f"{conclusion}/text", gettext("结论文字")), (f"{conclusion}/order", gettext("责令改正内容"))]
