"""The one clock: UTC inside, Asia/Shanghai for days and for people."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def _system_time() -> datetime:
    return datetime.now(UTC)


_source: Callable[[], datetime] = _system_time


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _source()


def today() -> date:
    """The legal day: the date in Asia/Shanghai."""
    return local(now()).date()


def local(moment: datetime) -> datetime:
    """A moment as clocks in Shandong show it."""
    return moment.astimezone(SHANGHAI)


def milliseconds(moment: datetime) -> int:
    """A moment as phones count it: milliseconds since 1970 began in UTC."""
    return int(moment.timestamp() * 1000)


def set_source(source: Callable[[], datetime] | None) -> Callable[[], datetime]:
    """Put another time source in place (tests, demonstration), None restores the system's; gives the one before it."""
    global _source  # noqa: PLW0603 - one clock for the process is the point of this module
    before = _source
    _source = source or _system_time
    return before
