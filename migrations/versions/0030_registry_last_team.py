"""Who inspected an object last time, and which objects are natural persons: the table object_last_team, a mark set."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"

LAST_TEAMS = """
INSERT INTO object_last_team (object_id, inspector_id)
SELECT visit.object_id, team_member.inspector_id FROM visit JOIN team_member ON team_member.visit_id = visit.id
WHERE team_member.left_at IS NULL AND visit.state = 'closed' AND NOT EXISTS (
  SELECT 1 FROM visit AS later WHERE later.object_id = visit.object_id AND later.state = 'closed'
  AND (later.closed_at > visit.closed_at OR (later.closed_at = visit.closed_at AND later.id > visit.id)))
"""
INDIVIDUALS = "UPDATE inspection_object SET is_natural_person = true WHERE uscc LIKE '92%'"


def upgrade() -> None:
    """Add the table with the teams of the visits that are closed; mark the individual businesses."""
    op.create_table(
        "object_last_team",
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("inspector_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["object_id"], ["inspection_object.id"], name=op.f("fk_object_last_team_object_id")),
        sa.ForeignKeyConstraint(["inspector_id"], ["inspector.id"], name=op.f("fk_object_last_team_inspector_id")),
        sa.PrimaryKeyConstraint("object_id", "inspector_id", name=op.f("pk_object_last_team")),
    )
    op.execute(LAST_TEAMS)
    op.execute(INDIVIDUALS)
