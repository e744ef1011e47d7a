"""The agreed slot: inside the task's time, in working hours unless there is a reason."""

from dataclasses import dataclass
from datetime import date, datetime, time

from fieldapp.clock import local
from fieldapp.law import article
from fieldapp.refusals import Refusal
from fieldapp.words import N_

OPENING, CLOSING = time(8, 30), time(17, 30)


@dataclass(frozen=True, slots=True)
class Window:
    """From which day to which day the tasks of a visit are to be carried out."""

    first_day: date
    last_day: date


def is_in_working_hours(start: datetime, end: datetime, *, is_workday: bool) -> bool:
    """Whether the whole slot lies in the working hours of a working day."""
    return is_workday and local(start).time() >= OPENING and local(end).time() <= CLOSING


@article("21")
def check_slot(start: datetime, end: datetime, window: Window, *, today: date, is_workday: bool, reason: str) -> None:
    """A slot is on one day, not past, inside the task's time; outside working hours it needs a reason."""
    day = local(start).date()
    if end <= start or local(end).date() != day:
        raise Refusal("visits.slot_reversed", N_("结束时间须晚于开始时间，并在同一天"), field="until")
    if day < today:
        raise Refusal("visits.slot_past", N_("不能约定已经过去的日期"), field="day")
    if not window.first_day <= day <= window.last_day:
        raise Refusal("visits.slot_outside_window", N_("约定日期须在任务时间 %(first)s 至 %(last)s 之内"), field="day",
                      first=window.first_day.isoformat(), last=window.last_day.isoformat())
    if not is_in_working_hours(start, end, is_workday=is_workday) and not reason.strip():
        raise Refusal("visits.slot_needs_a_reason", N_("约定时间不在工作日 8:30 至 17:30 之内，须写明理由"), field="reason")
