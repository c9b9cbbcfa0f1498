"""Installations to measure: one body, one person who signs in, and a journal of any length."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import text

from app import create_app
from app.accounts.models import Account, Role, RoleGrant
from app.audit.models import JournalEntry
from app.bodies.models import Body
from app.config import Settings
from app.database import migrate
from app.database.unit import writing
from app.extensions import db
from tests.support import postgres

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

ACTIONS: tuple[tuple[str, dict[str, object]], ...] = (
    ("accounts.signed_in", {"how": "lien"}),
    ("accounts.role_given", {"name": "Dominique Essai", "role": "secretaire"}),
    ("accounts.role_ends", {"name": "Dominique Essai", "role": "secretaire", "until": "2026-06-30"}),
    ("accounts.invited", {"name": "Claude Invité", "email": "claude@exemple.fr", "role": "lecteur"}),
    ("accounts.renamed", {"name": "Claude Invité"}),
)
SECRET = "benchmarks hold no secret"  # noqa: S105
AT = datetime(2026, 1, 15, 8, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Installation:
    """A migrated installation with its first body and person."""

    app: Flask
    settings: Settings
    body: int
    account: int

    @property
    def environ(self) -> dict[str, str]:
        """What serves it."""
        return {
            "INSTANCE": str(self.settings.instance),
            "DATABASE_URL": self.settings.url,
            "SECRET_KEY": SECRET,
            "DEMONSTRATION": "non",
        }

    @cached_property
    def cookie(self) -> dict[str, str]:
        """The header of somebody who is signed in and has seen a page, as a browser would send it."""
        with self.app.app_context():
            epoch = db.session.get_one(Account, self.account).session_epoch
            db.session.remove()
        browser = self.app.test_client()
        with browser.session_transaction() as kept:
            kept["_user_id"] = f"{self.account}:{epoch}"
            kept["_fresh"] = True
        browser.get("/")
        name = str(self.app.config["SESSION_COOKIE_NAME"])
        value = browser.get_cookie(name)
        return {"Cookie": f"{name}={value.value if value else ''}"}


@contextmanager
def installation(engine: str) -> Iterator[Installation]:
    """An installation on ``sqlite`` or ``postgresql`` that goes away at the end."""
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="bench-"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        url = f"sqlite:///{folder / 'bench.sqlite3'}"
        if engine == "postgresql":
            url = stack.enter_context(
                postgres.server(options=("shared_buffers=256MB", "max_connections=40"), in_memory=False)
            )
        settings = Settings(instance=folder, secret_key=SECRET, database_url=url)
        app = create_app(settings)
        with app.app_context():
            migrate.upgrade(db.engine)
            body, account = _first_body()
            db.session.remove()
        yield Installation(app, settings, body, account)
        with app.app_context():
            db.engine.dispose()


def _first_body() -> tuple[int, int]:
    with writing() as session:
        body = Body(uid="bench", kind="commune", name="Sailly-lez-Lannoy", folded="sailly lez lannoy", created_at=AT)
        account = Account(email="mesure@exemple.fr", name="Camille Mesure", created_at=AT)
        session.add_all([body, account])
        session.flush()
        account.current_body_id = body.id
        session.add(
            RoleGrant(
                account_id=account.id,
                body_id=body.id,
                role=Role.CLERK,
                is_administrator=True,
                since=date(2020, 1, 1),
                created_at=AT,
            )
        )
        return body.id, account.id


def fill_journal(place: Installation, length: int) -> None:
    """Fill the journal of the body with entries of the kinds that the product writes."""
    with place.app.app_context():
        with writing() as session:
            for number in range(100):
                session.add(
                    JournalEntry(
                        at=AT + timedelta(seconds=number),
                        actor_id=place.account,
                        actor_name="Camille Mesure",
                        action=ACTIONS[number % len(ACTIONS)][0],
                        details=ACTIONS[number % len(ACTIONS)][1],
                        body_id=place.body,
                        subject_type="body",
                        subject_id=place.body,
                    )
                )
        with db.engine.begin() as connection:
            sqlite = connection.dialect.name == "sqlite"
            later = (
                "strftime('%Y-%m-%d %H:%M:%f000', at, '+' || (n.i * 100) || ' seconds')"
                if sqlite
                else "at + make_interval(secs => n.i * 100)"
            )
            columns = "actor_id, actor_name, action, details, body_id, twinning_id, subject_type, subject_id"
            connection.execute(
                text(
                    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :times) "  # noqa: S608
                    f"INSERT INTO journal_entry (at, {columns}) SELECT {later}, {columns} FROM journal_entry, n"
                ),
                {"times": max(length // 100 - 1, 1)},
            )
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("ANALYZE")
