"""Turn what people have written into payloads, wherever it is stored: the same words into the same payload."""

import re
from typing import Any

import sqlalchemy as sa

from fieldapp import db
from tests.pages.payloads import PAYLOADS

WRITTEN = re.compile(r"[\N{CJK UNIFIED IDEOGRAPH-4E00}-\N{CJK UNIFIED IDEOGRAPH-9FFF}]")
# What the product itself says (marked words with their facts, states, frozen manifests), and what is kept as it was sent.
OF_THE_PRODUCT = {
    "op_outcome.message", "import_row.findings", "draw.manifest", "op.body", "ledger_entry.body", "ledger_payload.facts",
    "calendar_day.source", "job.last_error", "draw_row.row",
}


class Poison:
    """Payloads in place of words: numbered, so that names stay different and what refers to a name still finds it."""

    def __init__(self) -> None:
        self.given: dict[str, str] = {}
        self.fields: set[str] = set()

    def of(self, text: str) -> str:
        """The payload that stands for a text."""
        if text not in self.given:
            number = len(self.given)
            self.given[text] = f"{PAYLOADS[number % len(PAYLOADS)]}{number}"
        return self.given[text]

    def instead(self, value: Any) -> Any:
        """The value with every written text in it replaced."""
        if isinstance(value, str):
            return self.of(value) if WRITTEN.search(value) else value
        if isinstance(value, dict):
            return {key: self.instead(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [self.instead(inner) for inner in value]
        return value

    def spread(self) -> None:
        """Poison every row of every table; the copy's triggers go first, for much may never be changed."""
        with db.transaction(write=True):
            for name in db.session.scalars(sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
                db.session.execute(sa.text(f'DROP TRIGGER "{name}"'))
            for table in db.Model.metadata.sorted_tables:
                self._spread_in(table)

    def _spread_in(self, table: sa.Table) -> None:
        texts = [column for column in table.columns if isinstance(column.type, sa.String | sa.JSON)
                 and f"{table.name}.{column.name}" not in OF_THE_PRODUCT and not column.primary_key]
        keys = list(table.primary_key.columns)
        if not texts:
            return
        for row in db.session.execute(sa.select(*keys, *texts)).all():
            values = dict(zip([column.name for column in texts], row[len(keys):], strict=True))
            poisoned = {name: self.instead(value) for name, value in values.items()}
            changed = {name: value for name, value in poisoned.items() if value != values[name]}
            self.fields |= {f"{table.name}.{name}" for name in changed}
            if changed:
                here = sa.and_(*(key == value for key, value in zip(keys, row[:len(keys)], strict=True)))
                db.session.execute(sa.update(table).where(here).values(**changed))
