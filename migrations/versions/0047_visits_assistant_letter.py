"""An assistant's row says for which task alone somebody assists, and which 委托书 is in force."""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
OF_TASK = ("UPDATE visit_assistant SET visit_task_id ="
           " (SELECT entrustment.visit_task_id FROM entrustment WHERE entrustment.id = visit_assistant.id)")
OF_LETTER = ("UPDATE visit_assistant SET letter_id = (SELECT entrustment.document_id FROM entrustment"
             " JOIN document ON document.id = entrustment.document_id WHERE entrustment.id = visit_assistant.id"
             " AND entrustment.ending IS NULL AND document.voided_at IS NULL) WHERE visit_assistant.left_at IS NULL")


def upgrade() -> None:
    """Add the columns, filled for what is under way; SQLite takes a foreign key only with its column."""
    for name, table in (("visit_task_id", "visit_task"), ("letter_id", "document")):
        key = f"fk_visit_assistant_{name}"
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"ALTER TABLE visit_assistant ADD COLUMN {name} CHAR(32) CONSTRAINT {key} REFERENCES {table} (id)")
        else:
            op.add_column("visit_assistant", sa.Column(name, sa.Uuid(), nullable=True))
            op.create_foreign_key(key, "visit_assistant", table, [name], ["id"])
    op.execute(OF_TASK)
    op.execute(OF_LETTER)
