"""Steps that the registry's tests take often: bring a sheet, hand it in, accept it, let the jobs run."""

import io
from typing import Any
from uuid import UUID

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from fieldapp import db
from fieldapp.jobs import actions as jobs
from fieldapp.registry import actions, queries
from fieldapp.registry import jobs as registered
from fieldapp.roles import Officer
from tests.registry.sheets import OBJECT_HEADERS, workbook

assert registered
CODES = ("91370725MA96PDPBX2", "12370705MB9M05M00L", "12370812MA5XYU687P", "91371071MA5GJU92XL", "91370302MA5JU7E99R")
TITLE = "农村科技处检查对象名录库（实验动物单位）"


def objects_sheet(*rows: tuple[Any, ...], title: str = TITLE, extra: tuple[str, ...] = ()) -> bytes:
    """A directory with rows (name, code, category, extra cells …)."""
    return workbook([title], [*OBJECT_HEADERS, *extra], *([number, *row] for number, row in enumerate(rows, 1)))


def bring(content: bytes, by: Officer, *, name: str = "名录.xlsx", division_id: UUID | None = None) -> UUID:
    """Import a sheet up to its preview."""
    read = actions.read_upload(content, name)
    with db.transaction(write=True):
        return actions.import_sheet(read, division_id=division_id or by.division_id, by=by).id


def accept(batch_id: UUID, by: Officer) -> None:
    """Accept a sheet and let the jobs take it in."""
    with db.transaction(write=True):
        actions.accept_batch(batch_id, by=by)
    jobs.run_all_due()


def take_in(content: bytes, by: Officer, legal: Officer, **options: Any) -> UUID:
    """From the file to the directory."""
    batch_id = bring(content, by, **options)
    accept(batch_id, legal)
    return batch_id


def directory() -> dict[str, tuple[str, list[str]]]:
    """The object directory as code → name and categories."""
    with db.transaction(write=False):
        return {code: (one.name, sorted(one.categories)) for code, one in queries.known_objects().items()}


def verdicts(batch_id: UUID) -> list[str]:
    """The outcomes of a sheet's rows in their order."""
    with db.transaction(write=False):
        return [row.verdict for row in queries.rows_of(batch_id)]


def upload(client: FlaskClient, content: bytes, name: str = "名录.xlsx", **form: str) -> TestResponse:
    """Post a sheet as the upload page does."""
    return client.post("/imports", data={"sheet": (io.BytesIO(content), name), **form}, content_type="multipart/form-data")
