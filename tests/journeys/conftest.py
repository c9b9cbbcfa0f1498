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
    from sqlalchemy import Engine

    from tests.support.shelf import Shelf


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as launched:
        yield launched


@pytest.fixture(scope="session")
def played(shelf: Shelf, real_places: str) -> tuple[str, Path]:
    """The database and the folder of a demonstration that was loaded once for all the workers of this run."""
    instance = shelf.folder / "demonstration"

    def play(engine: Engine) -> None:
        instance.mkdir(exist_ok=True)
        app = create_app(_settings(engine.url.render_as_string(hide_password=False), instance))
        loaded = app.test_cli_runner().invoke(args=["seed", "demo"])
        assert loaded.exit_code == 0, loaded.output
        with app.app_context():
            db.session.remove()
            db.engine.dispose()

    return shelf.filled("demonstration", play, after=real_places), instance


@pytest.fixture(scope="session")
def demonstration(
    shelf: Shelf, played: tuple[str, Path], worker_id: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, int]]:
    """A demonstration of this worker, served: its address and how many persons it has."""
    url, kept = played
    name = f"demonstration_{worker_id}"
    instance = tmp_path_factory.mktemp("instance")
    shutil.copytree(kept, instance, dirs_exist_ok=True)
    app = create_app(_settings(shelf.copy(url, name), instance))
    with app.app_context():
        many = len(personas(db.session(), on=clock.today()))
        db.session.remove()
    with serving(app) as address:
        yield address, many
    if workshop := app.extensions.get("pdf_workshop"):
        workshop.close()
    with app.app_context():
        db.engine.dispose()
    shelf.drop(name)


def _settings(url: str, instance: Path) -> Settings:
    return Settings(
        instance=instance,
        secret_key="never used outside tests",  # noqa: S106  # tests have no secret
        database_url=url,
        demonstration=True,
    )
