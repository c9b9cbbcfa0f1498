"""The whole lists, loaded once for the tests of this folder: they are about the real names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

from app.database import migrate
from app.database.connection import prepare
from app.places import services
from app.shared import clock
from tests.support import postgres

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory, postgresql_server: str | None, worker_id: str) -> Iterator[Session]:
    """A session on a database that holds both lists."""
    if postgresql_server is None:
        url = f"sqlite:///{tmp_path_factory.mktemp('lists') / 'lists.sqlite3'}"
    else:
        url = postgres.database(postgresql_server, f"lists_{worker_id}")
        _again(postgresql_server, f"lists_{worker_id}")
    engine = create_engine(url)
    prepare(engine)
    migrate.upgrade(engine)
    with Session(engine) as session:
        for name in services.stale_lists(session):
            services.load_list(session, services.read_list(name), at=clock.now())
        session.commit()
        yield session
    engine.dispose()


def _again(server: str, name: str) -> None:
    engine = create_engine(postgres.database(server, "postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name}"))
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE template0"))
    engine.dispose()
