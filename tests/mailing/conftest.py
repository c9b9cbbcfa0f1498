"""A mail server for the letters to members."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.smtp import Mailbox, served

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """A plain server that accepts."""
    with served(Mailbox()) as box:
        yield box
