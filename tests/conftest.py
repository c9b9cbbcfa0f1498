"""What every test stands on: settings, a migrated database of its own, a client, people who sign in."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest
from sqlalchemy import make_url
from sqlalchemy.orm import Session

from app.config import Settings
from app.database import migrate
from app.extensions import db
from app.places import services
from app.shared import clock
from script import catalogues
from tests.support import postgres, speed, sweep
from tests.support.shelf import Shelf
from tests.support.sweep import Swept

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy import Engine

    from app.accounts.models import Account


gc.disable()  # until all is collected: nothing of it is rubbish, and to look for some takes a fifth of the time


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop() -> None:
    """From now on there is rubbish; what was collected stays, and need not be walked."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    gc.enable()


@pytest.fixture(scope="session", autouse=True)
def _compiled_catalogues() -> None:
    """Pages are tried in the languages of today's catalogues, on a bare checkout too."""
    catalogues.compile_newer()


# How long an example takes says how busy the machine is: speed is measured in script/bench.
hypothesis.settings.register_profile(
    "house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow], database=None
)
hypothesis.settings.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    """``pytest --postgresql`` runs the same tests on a server of their own."""
    parser.addoption("--postgresql", action="store_true", help="run on a PostgreSQL server made for this run")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with the slow ones, so that no worker ends alone with one of them; browsers stay with one worker.

    On PostgreSQL, leave out what would do the very same again: the tests that use no database, and those that
    hand what was made to an outside judge (``once``); that it is made at all is tested on both.
    """
    items.sort(key=lambda item: [item.get_closest_marker(name) is None for name in ("slow", "browser")])
    if not _is_on_postgresql(config):
        strays = [item.nodeid for item in items if _is_of_a_leaf(item.path.parent) and _uses_a_database(item)]
        if strays:
            raise pytest.UsageError(f"a pure leaf has no database, and PostgreSQL would not see: {', '.join(strays)}")
        return
    again = [item for item in items if _uses_a_database(item) and item.get_closest_marker("once") is None]
    kept = set(again)
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = again


LEAVES = frozenset({"documents", "rules", "texts"})
"""The folders of pure leaves. PostgreSQL's run need not even read them, which is a third of what is to be read."""


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave the pure leaves to the run on SQLite."""
    return True if _is_on_postgresql(config) and _is_of_a_leaf(collection_path) else None


def _is_on_postgresql(config: pytest.Config) -> bool:
    return bool(os.environ.get("TEST_DATABASE_URL") or config.getoption("postgresql"))


def _is_of_a_leaf(folder: Path) -> bool:
    return folder.parent == Path(__file__).parent and folder.name in LEAVES


def _uses_a_database(item: pytest.Item) -> bool:
    return bool({"database_url", "postgresql_server"} & set(getattr(item, "fixturenames", ())))


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
def shelf(tmp_path_factory: pytest.TempPathFactory, postgresql_server: str | None, worker_id: str) -> Shelf:
    """Databases that the workers of this run fill once between them."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "shelf"
    folder.mkdir(exist_ok=True)
    return Shelf(folder, postgresql_server)


@pytest.fixture(scope="session")
def migrated(shelf: Shelf) -> Path:
    """A SQLite file brought up to the newest revision once per run; each test takes a copy."""
    return Path(make_url(Shelf(shelf.folder, server=None).filled("migrated", _migrate)).database or "")


@pytest.fixture(scope="session")
def swept(shelf: Shelf, postgresql_server: str | None, worker_id: str) -> Iterator[Swept | None]:
    """The PostgreSQL database of this worker, which each test finds as new; None on SQLite."""
    if postgresql_server is None:
        yield None
        return
    template = make_url(shelf.filled("migrated", _migrate)).database or ""
    database = Swept(postgresql_server, f"test_{worker_id}", template)
    yield database
    database.drop()


@pytest.fixture(scope="session")
def real_places(shelf: Shelf) -> str:
    """The address of a migrated database with every place of both lists, to be copied."""
    return shelf.filled("places", _load_places)


@pytest.fixture(scope="session")
def quick_folder() -> Iterator[Path]:
    """A folder in memory where there is one: hundreds of databases that live for a moment need no disk."""
    with tempfile.TemporaryDirectory(prefix="trait-", dir=postgres.memory()) as name:
        yield Path(name)


@pytest.fixture
def database_url(request: pytest.FixtureRequest, swept: Swept | None, quick_folder: Path) -> Iterator[str]:
    """A migrated, empty database that belongs to one test; its address is that of the worker."""
    if swept is None:
        path = quick_folder / "test.sqlite3"
        for beside in path.parent.glob(f"{path.name}*"):
            beside.unlink()
        shutil.copy(request.getfixturevalue("migrated"), path)
        yield f"sqlite:///{path}"
        return
    yield swept.fresh()
    left = postgres.close_left(swept.name)
    assert not left, f"{left} connection(s) were left open: dispose of the engine of the second application"


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


def _migrate(engine: Engine) -> None:
    migrate.upgrade(engine)
    if engine.dialect.name == "postgresql":
        sweep.prepare(engine.url)
    _write_down(engine)


def _load_places(engine: Engine) -> None:
    migrate.upgrade(engine)
    with Session(engine) as session:
        for name in services.stale_lists(session):
            services.load_list(session, services.read_list(name), at=clock.now())
        session.commit()
    _write_down(engine)


def _write_down(engine: Engine) -> None:
    """Leave everything in the one file that is copied."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.connection.dbapi_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
