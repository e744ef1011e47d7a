"""Token buckets in the database: so many tries per account, per address, for all together."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

import sqlalchemy as sa
from flask import current_app, request
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.exceptions import TooManyRequests

from fieldapp import clock, db

View = TypeVar("View", bound=Callable[..., Any])


class RateBucket(db.Model):
    """What is left in one bucket, as of a moment."""

    __tablename__ = "rate_bucket"
    key: Mapped[str] = mapped_column(sa.String(200), primary_key=True)
    tokens_milli: Mapped[int]
    at: Mapped[datetime]


@dataclass(frozen=True, slots=True)
class Limit:
    """A bucket of `size` tokens that fills up again in `seconds`, one bucket for each key."""

    name: str
    size: int
    seconds: int
    key: Callable[[], str]


def limited(*limits: Limit) -> Callable[[View], View]:
    """Take one token of each bucket before the view runs; 429 when one is empty."""

    def mark(view: View) -> View:
        view.fieldapp_limits = limits  # type: ignore[attr-defined]
        return view

    return mark


def check_limits() -> None:
    """Take the tokens in a small transaction of their own, so that a refused try counts too."""
    view = current_app.view_functions.get(request.endpoint or "")
    limits: tuple[Limit, ...] = getattr(view, "fieldapp_limits", ())
    if not limits:
        return
    with db.transaction(write=True):
        waits = [take(f"{limit.name}:{limit.key()}"[:200], limit.size, limit.seconds) for limit in limits]
    if any(waits):
        raise TooManyRequests(retry_after=math.ceil(max(waits)))


def take(key: str, size: int, seconds: int) -> float:
    """Take one token; 0 if there was one, else the seconds until the next."""
    moment = clock.now()
    bucket = db.session.get(RateBucket, key, with_for_update=True)
    if bucket is None:
        bucket = _new(key, size, moment)
    filled = bucket.tokens_milli + int((moment - bucket.at).total_seconds() * size * 1000 / seconds)
    bucket.tokens_milli, bucket.at = min(size * 1000, filled), moment
    if bucket.tokens_milli < 1000:
        return (1000 - bucket.tokens_milli) * seconds / (size * 1000)
    bucket.tokens_milli -= 1000
    return 0


def _new(key: str, size: int, moment: datetime) -> RateBucket:
    """A full bucket, held; where many come at the same first moment, the one that stands."""
    try:
        with db.session.begin_nested():
            db.session.add(RateBucket(key=key, tokens_milli=size * 1000, at=moment))
    except IntegrityError:
        db.session.expire_all()
    return db.session.get_one(RateBucket, key, with_for_update=True)


def address() -> str:
    """The caller's address as the server sees it."""
    return request.remote_addr or "unknown"
