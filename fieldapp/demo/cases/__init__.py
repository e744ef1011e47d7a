"""What seldom happens, each once: written and online, a changed team, an objection, a transfer, a merge, a second review."""

from datetime import date
from uuid import UUID

from fieldapp import clock, db
from fieldapp.demo.cases import apart, followed_up, reviewed_again, teams, together
from fieldapp.demo.cases.platform import Days, Drawn, take_in
from fieldapp.demo.stage import acting, at, moment, working_day_before
from fieldapp.visits import queries as visits


def load_cases() -> None:
    """The platform's sheet of two weeks ago brings all but the science museums, which are drawn here."""
    days = days_before(clock.today())
    rows = [*followed_up.drawn(days), *apart.drawn(days), *teams.drawn(days), *together.drawn(days)]
    with at(moment(days.drawn, 9)), acting("fagui") as legal:
        tasks = take_in(rows, by=legal)
    held = _visits_by_object(tasks, rows)
    followed_up.hold(held, days)
    reviewed_again.correct(days)
    apart.hold(held, days)
    teams.hold(held, days)
    together.propose(held, days)


def days_before(today: date) -> Days:
    """The days on which all of it happened: working days before today, the last of them yesterday's."""
    return Days(today, *(working_day_before(today, count) for count in (12, 9, 7, 5, 4, 2, 1)))


def _visits_by_object(tasks: list[UUID], rows: list[Drawn]) -> dict[str, UUID]:
    """The visit of each row, by the row's case."""
    with db.transaction(write=False):
        found = {(part.task.name, visit.object_id): visit.id for task_id in tasks
                 for visit in visits.visits_of_task(task_id) for part in visit.visit_tasks}
        return {row.case: found[row.task, row.one.id] for row in rows}
