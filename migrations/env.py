"""Alembic's environment: the product's own engine and all its tables."""

from alembic import context

from fieldapp import db
from fieldapp.app import load_areas

load_areas()


def run() -> None:
    """Migrate inside one transaction."""
    url = context.config.get_main_option("sqlalchemy.url")
    if not url:
        raise ValueError("sqlalchemy.url is not set")
    with db.connect(url).connect() as connection:
        context.configure(connection=connection, target_metadata=db.Model.metadata, compare_type=True,
                          render_as_batch=connection.dialect.name == "sqlite")
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


run()
