"""One browser and one served demonstration for all the journeys of a run."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from app import create_app
from app.accounts.queries import personas
from app.config import Settings
from app.extensions import db
from app.shared import clock
from tests.support.browser import chromium, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as launched:
        yield launched


@pytest.fixture(scope="session")
def demonstration(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, int]]:
    """The demonstration, served: its address and how many persons it has. The markup is the same on both databases."""
    instance = tmp_path_factory.mktemp("demonstration")
    path = instance / "demonstration.sqlite3"
    shutil.copy(migrated, path)
    settings = Settings(
        instance=instance,
        secret_key="never used outside tests",  # noqa: S106  # tests have no secret
        database_url=f"sqlite:///{path}",
        demonstration=True,
    )
    app = create_app(settings)
    loaded = app.test_cli_runner().invoke(args=["seed", "demo"])
    assert loaded.exit_code == 0, loaded.output
    with app.app_context():
        many = len(personas(db.session(), on=clock.today()))
        db.session.remove()
    with serving(app) as address:
        yield address, many
    with app.app_context():
        db.engine.dispose()
