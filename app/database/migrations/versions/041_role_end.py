"""The day on which somebody ended a role: it held that day too, which the register of who had access says."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

from app.database.altering import altered

revision = "041_role_end"
down_revision = "040_town_name"
branch_labels = None
depends_on = None

_PARIS = ZoneInfo("Europe/Paris")
_DAY = timedelta(days=1)
_GRANT = sa.table(
    "role_grant",
    sa.column("id", sa.Integer),
    sa.column("since", sa.Date),
    sa.column("until", sa.Date),
    sa.column("ended_on", sa.Date),
    sa.column("created_at", sa.DateTime(timezone=True)),
)


def upgrade() -> None:
    with altered("role_grant") as batch:
        batch.add_column(sa.Column("ended_on", sa.Date(), nullable=True))
    # a role ended on its first day was written as one of the day before, on which nobody had given it yet
    connection = op.get_bind()
    short = connection.execute(
        sa.select(_GRANT.c.id, _GRANT.c.since, _GRANT.c.created_at).where(_GRANT.c.since == _GRANT.c.until)
    ).all()
    for number, since, created in short:
        moment = created if created.tzinfo is not None else created.replace(tzinfo=ZoneInfo("UTC"))
        if moment.astimezone(_PARIS).date() == since + _DAY:
            mended = {"since": since + _DAY, "ended_on": since + _DAY}
            connection.execute(_GRANT.update().where(_GRANT.c.id == number).values(**mended))


def downgrade() -> None:
    op.execute(_GRANT.update().where(_GRANT.c.until < _GRANT.c.since).values(since=_GRANT.c.until))
    with altered("role_grant") as batch:
        batch.drop_column("ended_on")
