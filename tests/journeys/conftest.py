"""One browser and one served demonstration for all the journeys of a run."""

from __future__ import annotations

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

    from playwright.sync_api import Browser

    from tests.support.shelf import Shelf


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as launched:
        yield launched


@pytest.fixture(scope="session")
def demonstration_url(shelf: Shelf, real_places: str, worker_id: str) -> Iterator[str]:
    """A migrated database for the demonstration, on the kind of database of this run."""
    name = f"demonstration_{worker_id}"
    yield shelf.copy(real_places, name)
    shelf.drop(name)


@pytest.fixture(scope="session")
def demonstration(demonstration_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, int]]:
    """The demonstration, served: its address and how many persons it has."""
    settings = Settings(
        instance=tmp_path_factory.mktemp("instance"),
        secret_key="never used outside tests",  # noqa: S106  # tests have no secret
        database_url=demonstration_url,
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
    if workshop := app.extensions.get("pdf_workshop"):
        workshop.close()
    with app.app_context():
        db.engine.dispose()
