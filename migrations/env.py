"""Alembic's environment: the product's own engine and all its tables."""

from alembic import context
from sqlalchemy.engine import Connection

from fieldapp import db
from fieldapp.app import load_areas

load_areas()


def run() -> None:
    """Migrate inside one transaction: the caller's, where the configuration brings its connection."""
    given = context.config.attributes.get("connection")
    if given is not None:
        _migrate(given)
        return
    url = context.config.get_main_option("sqlalchemy.url")
    if not url:
        raise ValueError("sqlalchemy.url is not set")
    with db.connect(url).connect() as connection:
        _migrate(connection)
        connection.commit()


def _migrate(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=db.Model.metadata, compare_type=True,
                      render_as_batch=connection.dialect.name == "sqlite")
    with context.begin_transaction():
        context.run_migrations()


run()
