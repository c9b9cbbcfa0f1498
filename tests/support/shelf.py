"""Databases that take long to fill are filled once per run; each worker works on a copy of its own."""

from __future__ import annotations

import fcntl
import hashlib
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import create_engine, text

from app.database.connection import prepare
from tests.support import postgres

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy import Engine


@dataclass(frozen=True)
class Shelf:
    """Where the filled databases of a run stand: files in a folder, or templates on a server."""

    folder: Path
    server: str | None

    def filled(self, name: str, fill: Callable[[Engine], None], *, after: str = "") -> str:
        """The address of the database of this name; the first who asks fills it, the others wait.

        It begins as a copy of the one at ``after``, or empty.
        """
        key = hashlib.sha256(f"{name} {self.server}".encode()).hexdigest()[:12]
        done = self.folder / f"{name}-{key}.done"
        with (self.folder / f"{name}-{key}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not done.exists():
                url = self.copy(after, name) if after else self._empty(name)
                engine = create_engine(url)
                prepare(engine)
                fill(engine)
                engine.dispose()
                done.write_text(url, "utf-8")
        return done.read_text("utf-8")

    def copy(self, url: str, name: str) -> str:
        """A copy under another name; one that was there before goes."""
        if self.server is None:
            path = self.folder / f"{name}.sqlite3"
            shutil.copy(url.removeprefix("sqlite:///"), path)
            return f"sqlite:///{path}"
        return self._made(name, template=url.rpartition("/")[2].partition("?")[0])

    def drop(self, name: str) -> None:
        """Give the room back."""
        if self.server is None:
            (self.folder / f"{name}.sqlite3").unlink(missing_ok=True)
        else:
            self._tell(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def _empty(self, name: str) -> str:
        if self.server is None:
            return f"sqlite:///{self.folder / f'{name}.sqlite3'}"
        return self._made(name, template="template0")

    def _made(self, name: str, *, template: str) -> str:
        assert self.server is not None
        self._tell(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)", f"CREATE DATABASE {name} TEMPLATE {template}")
        return postgres.database(self.server, name)

    def _tell(self, *statements: str) -> None:
        assert self.server is not None
        engine = create_engine(postgres.database(self.server, "postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            for statement in statements:
                connection.execute(text(statement))
        engine.dispose()
