"""What the provincial platform has drawn comes in by its sheet (way B)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from uuid import UUID

from sqlalchemy import func, select

from fieldapp import clock, db
from fieldapp.registry import queries as registry
from fieldapp.registry.models import InspectionObject, Inspector
from fieldapp.registry.sheets import read_sheet
from fieldapp.roles import Officer
from fieldapp.tasks import way_b
from fieldapp.tasks.models import Task
from fieldapp.visits import actions as visits
from fieldapp.visits.rules import Window


@dataclass(frozen=True, slots=True)
class Drawn:
    """A row of the sheet: the task, an object, its team with the leader first, the days, how it is inspected."""

    task: str
    item: str
    division: str
    one: InspectionObject
    team: Sequence[Inspector]
    window: Window
    method: str = "实地核查"
    case: str = ""


@dataclass(frozen=True, slots=True)
class Days:
    """Today, and the working days before it on which the cases happened, the farthest first."""

    today: date
    drawn: date
    held: date
    published: date
    objected: date
    returned: date
    answered: date
    last: date


def take_in(drawn: Sequence[Drawn], *, by: Officer) -> list[UUID]:
    """Take in the platform's sheet, a task for each name and window; gives the tasks."""
    keys = list(dict.fromkeys((row.task, row.window) for row in drawn))
    numbers: dict[tuple[str, Window], str] = {}
    for key in keys:
        numbers[key] = _free_number(key[1].first_day, list(numbers.values()))
    content = way_b.write([_row(numbers[row.task, row.window], row) for row in drawn])
    read = visits.ReadSheet("省平台抽查任务.xlsx", sha256(content).hexdigest(), way_b.read_worksheets(read_sheet(content)))
    batch = visits.hand_in_external_tasks(read, by=by)
    return [task.id for task in visits.accept_external_tasks(batch.id, by=by)]


def team_of(division: str) -> list[Inspector]:
    """Two certified inspectors of a division, the lowest staff numbers whose certificates last."""
    far = clock.today() + timedelta(days=90)
    found = [one for one in registry.inspectors_all() if one.division.name == division and one.is_certified_on(far)]
    return sorted(found, key=lambda one: one.staff_number)[:2]


def objects_for(team: Sequence[Inspector], category: str, cities: list[str] | None = None) -> list[InspectionObject]:
    """Objects of a category in which nobody of the team has an interest, with an address to go to."""
    objects = registry.objects_in(category, conditions={"cities": cities} if cities else {})
    barred = registry.interests_by_object([one.id for one in objects])
    ids = {one.id for one in team}
    return [one for one in objects if one.address and not ids & barred.get(one.id, set())]


def window_around(day: date, since: date) -> Window:
    """The days of a platform's task that has a day in it: for sixty days at most, and within the year of its plan."""
    return Window(max(since, date(day.year, 1, 1)), min(day + timedelta(days=60), date(day.year, 12, 31)))


def _free_number(day: date, taken: Sequence[str]) -> str:
    """The next number of a day as the platform gives them: region, day, place of the day."""
    first = f"370000{day:%Y%m%d}"
    known = db.session.scalar(select(func.count()).select_from(Task).where(Task.external_ref.startswith(first))) or 0
    return f"{first}{known + sum(number.startswith(first) for number in taken) + 1:04}"


def _row(number: str, row: Drawn) -> list[str]:
    seats = [text for member in row.team for text in (member.staff_number, member.name, member.certificate_number or "")]
    return [number, row.task, row.item, row.division, row.one.name, row.one.uscc, *seats, "", "", "",
            row.team[0].staff_number, row.window.first_day.isoformat(), row.window.last_day.isoformat(), "不定向", row.method]
