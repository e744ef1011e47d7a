"""Answers that are sheets."""

import io
from collections.abc import Iterable, Sequence

from flask import Response, send_file

from fieldapp import clock
from fieldapp.registry.sheets import write_sheet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def sheet_response(name: str, title: str, headers: Sequence[str], rows: Iterable[Sequence[str | int | None]]) -> Response:
    """A sheet to keep, named after its list and the day."""
    content = write_sheet(title, headers, rows)
    return send_file(io.BytesIO(content), mimetype=XLSX, as_attachment=True,
                     download_name=f"{name}-{clock.today():%Y%m%d}.xlsx", max_age=0)
