"""What every test stands on: settings, a migrated database of its own, a client, people who sign in."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import hypothesis
import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

from app.config import Settings
from app.database import migrate
from app.database.connection import prepare
from app.extensions import db
from app.places import services
from app.shared import clock
from script import catalogues
from tests.support import postgres, speed
from tests.support.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy import Engine

    from app.accounts.models import Account


@pytest.fixture(scope="session", autouse=True)
def _compiled_catalogues() -> None:
    """Pages are tried in the languages of today's catalogues, on a bare checkout too."""
    catalogues.compile_newer()


# How long an example takes says how busy the machine is: speed is measured in script/bench.
hypothesis.settings.register_profile(
    "house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow], database=None
)
hypothesis.settings.load_profile("house")


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file brought up to the newest revision once per run; each test takes a copy."""
    path = tmp_path_factory.mktemp("migrated") / "empty.sqlite3"
    engine = create_engine(f"sqlite:///{path}")
    prepare(engine)
    migrate.upgrade(engine)
    with engine.connect() as connection:
        connection.connection.dbapi_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


def pytest_addoption(parser: pytest.Parser) -> None:
    """``pytest --postgresql`` runs the same tests on a server of their own."""
    parser.addoption("--postgresql", action="store_true", help="run on a PostgreSQL server made for this run")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with the slow ones, so that no worker ends alone with one of them.

    On PostgreSQL, leave out what would do the very same again: the tests that use no database, and those that
    hand what was made to an outside judge (``once``); that it is made at all is tested on both.
    """
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)
    if not (os.environ.get("TEST_DATABASE_URL") or config.getoption("postgresql")):
        return
    again = [
        item
        for item in items
        if {"database_url", "postgresql_server"} & set(getattr(item, "fixturenames", ()))
        and item.get_closest_marker("once") is None
    ]
    kept = set(again)
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = again


@pytest.fixture(scope="session")
def postgresql_server(request: pytest.FixtureRequest) -> Iterator[str | None]:
    """The address of a PostgreSQL server to test on, or None: then tests run on SQLite."""
    if named := os.environ.get("TEST_DATABASE_URL"):
        yield named
    elif request.config.getoption("postgresql"):
        with postgres.server() as url:
            yield url
    else:
        yield None


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: str | None, worker_id: str) -> str | None:
    """A migrated PostgreSQL database that each test copies."""
    if postgresql_server is None:
        return None
    name = f"template_{worker_id}"
    _statement(postgresql_server, f"DROP DATABASE IF EXISTS {name}", f"CREATE DATABASE {name} TEMPLATE template0")
    engine = create_engine(postgres.database(postgresql_server, name))
    migrate.upgrade(engine)
    engine.dispose()
    return name


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory, postgresql_server: str | None, worker_id: str) -> Shelf:
    """Databases that the workers of this run fill once between them."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "shelf"
    folder.mkdir(exist_ok=True)
    return Shelf(folder, postgresql_server)


@pytest.fixture(scope="session")
def real_places(shelf: Shelf) -> str:
    """The address of a migrated database with every place of both lists, to be copied."""
    return shelf.filled("places", _load_places)


@pytest.fixture
def database_url(
    migrated: Path, postgresql_server: str | None, postgresql_template: str | None, worker_id: str
) -> Iterator[str]:
    """A migrated, empty database that belongs to one test; its address is that of the worker."""
    if postgresql_server is None:
        path = migrated.with_name("test.sqlite3")
        for beside in path.parent.glob(f"{path.name}*"):
            beside.unlink()
        shutil.copy(migrated, path)
        yield f"sqlite:///{path}"
        return
    name = f"test_{worker_id}"
    drop = f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"
    _statement(postgresql_server, drop, f"CREATE DATABASE {name} TEMPLATE {postgresql_template} STRATEGY file_copy")
    yield postgres.database(postgresql_server, name)
    left = postgres.close_left(name)
    _statement(postgresql_server, drop)
    assert not left, f"{left} connection(s) to {name} were left open: dispose of the engine of the second application"


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Settings of a test installation."""
    instance = tmp_path / "instance"
    instance.mkdir()
    return Settings(
        instance=instance,
        secret_key="never used outside tests",  # noqa: S106  # tests have no secret
        database_url=database_url,
        testing=True,
    )


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """The application on a database of its own; it must leave nothing uncommitted."""
    application = speed.application(settings)
    with application.app_context():
        yield application
        db.session.remove()
        left = db.engine.pool.checkedout() if hasattr(db.engine.pool, "checkedout") else 0
        db.engine.dispose()
        speed.clear_away(settings)
    assert not left, f"{left} connection(s) were never given back: close the session of the other thread or context"
    if workshop := application.extensions.get("pdf_workshop"):
        workshop.close()


@pytest.fixture
def session(app: Flask) -> Session:
    """The session of the test's own application context."""
    del app
    return db.session()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without a person; forms need no token here (a test of its own checks tokens)."""
    app.config["WTF_CSRF_ENABLED"] = False
    return app.test_client()


@pytest.fixture
def sign_in(client: FlaskClient) -> Callable[[Account], FlaskClient]:
    """Sign an account in, as the confirm button of the mailed link would."""

    def signed_in(account: Account) -> FlaskClient:
        with client.session_transaction() as cookie:
            cookie["_user_id"] = f"{account.id}:{account.session_epoch}"
            cookie["_fresh"] = True
        return client

    return signed_in


def _load_places(engine: Engine) -> None:
    migrate.upgrade(engine)
    with Session(engine) as session:
        for name in services.stale_lists(session):
            services.load_list(session, services.read_list(name), at=clock.now())
        session.commit()
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.connection.dbapi_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _statement(server: str, *statements: str) -> None:
    engine = create_engine(postgres.database(server, "postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()
