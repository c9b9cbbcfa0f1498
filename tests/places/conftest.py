"""The whole lists, for the tests of this folder: they are about the real names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from app.database.connection import prepare

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.shelf import Shelf


@pytest.fixture(scope="module")
def lists(shelf: Shelf, real_places: str, worker_id: str) -> Iterator[Session]:
    """A session on a database that holds both lists."""
    name = f"lists_{worker_id}"
    engine = create_engine(shelf.copy(real_places, name))
    prepare(engine)
    with Session(engine) as session:
        yield session
    engine.dispose()
    shelf.drop(name)
