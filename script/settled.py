"""Says at once whether real people already run this installation: code 0, and the start need not ask further.

It reads the database without the application, which takes seconds to build. Whatever it cannot tell ends with
code 1: then ``flask start`` looks into it, and says in words what is the matter.
"""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing, suppress
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from app.config import load

QUESTION = (
    "SELECT EXISTS (SELECT 1 FROM account WHERE is_instance_administrator AND NOT is_persona)"
    " AND NOT EXISTS (SELECT 1 FROM account WHERE is_persona)"
)


def is_settled(url: str) -> bool:
    """Whether somebody real administers the installation and nobody in it belongs to the demonstration."""
    if url.startswith("sqlite:///"):
        with closing(sqlite3.connect(f"file:{url.removeprefix('sqlite:///')}?mode=ro", uri=True)) as database:
            return bool(database.execute(QUESTION).fetchone()[0])
    import psycopg  # noqa: PLC0415  # only where the server is PostgreSQL

    with psycopg.connect(url.replace("+psycopg", "", 1)) as server:
        row = server.execute(QUESTION).fetchone()
        return bool(row and row[0])


if __name__ == "__main__":
    settled = False
    with suppress(Exception):  # any reason is told by the command that comes after
        settled = is_settled(load().url)
    raise SystemExit(0 if settled else 1)
