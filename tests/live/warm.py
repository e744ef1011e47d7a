"""Imported into the process from which servers are forked: what each of them would do at its start, done once for all."""

from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg  # noqa: F401 - the product imports it when it first meets a PostgreSQL
import pytest
from pysqlite3 import dbapi2  # noqa: F401 - and this when it first meets a SQLite
from sqlalchemy.orm import configure_mappers

from fieldapp.app import create_app, load_areas
from fieldapp.cli import serving  # noqa: F401 - what the servers run
from tests.demonstration import settings_for
from tests.product import compile_once

load_areas()
configure_mappers()
compile_once(pytest.MonkeyPatch())
with TemporaryDirectory() as folder:
    pages = create_app(settings_for(f"sqlite:///{folder}/none.db", Path(folder))).jinja_env
    for name in pages.list_templates(extensions=["html"]):
        pages.get_template(name)
