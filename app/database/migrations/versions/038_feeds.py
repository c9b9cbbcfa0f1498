"""The body in whose name an agenda was opened; the journal remembers it for those that are open already."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.database.altering import altered

revision = "038_feeds"
down_revision = "034_dates"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with altered("calendar_feed") as batch:
        batch.add_column(sa.Column("body_id", sa.Integer(), nullable=True))
        batch.create_foreign_key("fk_calendar_feed_body_id_body", "body", ["body_id"], ["id"])
        batch.create_index("ix_calendar_feed_body_id", ["body_id"])
    feed, party = (
        _table("calendar_feed", "id body_id ceremony_id twinning_id"),
        _table("twinning_party", "twinning_id body_id"),
    )
    entry = _table("journal_entry", "action body_id subject_type subject_id")
    held = _table("ceremony_twinning", "ceremony_id twinning_id")
    of_ceremony = sa.select(held.c.twinning_id).where(held.c.ceremony_id == feed.c.ceremony_id)
    # the journal's body is the one whose pages the opener looked at: believed where it takes part in the twinning
    opened = (
        sa.select(sa.func.max(entry.c.body_id))
        .join(party, party.c.body_id == entry.c.body_id)
        .where(
            entry.c.action == "ceremonies.feed_made",
            entry.c.subject_type == "calendar_feed",
            entry.c.subject_id == feed.c.id,
            sa.or_(party.c.twinning_id == feed.c.twinning_id, party.c.twinning_id.in_(of_ceremony)),
        )
    )
    op.execute(feed.update().values(body_id=opened.scalar_subquery()))


def _table(name: str, columns: str) -> sa.TableClause:
    return sa.table(name, *(sa.column(column) for column in columns.split()))


def downgrade() -> None:
    with altered("calendar_feed") as batch:
        batch.drop_index("ix_calendar_feed_body_id")
        batch.drop_constraint("fk_calendar_feed_body_id_body", type_="foreignkey")
        batch.drop_column("body_id")
