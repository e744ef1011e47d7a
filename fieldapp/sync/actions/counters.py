"""Numbers that only rise: receipts, and the order of outcomes. Whoever counts holds the row until the commit."""

import sqlalchemy as sa
import sqlalchemy.orm
from sqlalchemy.exc import IntegrityError

from fieldapp import db
from fieldapp.sync.models import ReceiptCounter

RECEIPTS, OUTCOMES = 1, 2


class Counter:
    """One of the two counters, held from the first number taken: numbers become visible in their order only, so that a
    cursor never passes one that comes later."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.last: int | None = None

    def take(self) -> int:
        """The next number."""
        self.last = (self._hold() if self.last is None else self.last) + 1
        return self.last

    def keep(self) -> None:
        """Write down how far it was counted; without this the numbers taken would be given again."""
        if self.last is not None:
            self._set(sa.literal(self.last))

    def _hold(self) -> int:
        """Lock the counter's row; make it when it is used for the first time."""
        found = self._set(ReceiptCounter.last)
        if found is None:
            try:
                with db.session.begin_nested():
                    db.session.execute(sa.insert(ReceiptCounter).values(id=self.number, last=0))
            except IntegrityError:
                # Another transaction opened the counter first: its row is the one to count on.
                db.session.expire_all()
            found = self._set(ReceiptCounter.last)
        if found is None:
            raise LookupError(f"no counter {self.number}")
        return found

    def _set(self, value: sa.ColumnElement[int] | sa.orm.InstrumentedAttribute[int]) -> int | None:
        counted = sa.update(ReceiptCounter).where(ReceiptCounter.id == self.number).values(last=value)
        return db.session.scalar(counted.returning(ReceiptCounter.last).execution_options(synchronize_session=False))
