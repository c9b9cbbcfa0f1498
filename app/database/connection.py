"""How a connection behaves: SQLite in WAL with explicit transactions, PostgreSQL without compiling its plans.

On SQLite a transaction that reads first and writes later loses against another writer whatever the
busy timeout; so a unit of work that writes says so and starts with ``BEGIN IMMEDIATE``.

PostgreSQL compiles a plan to machine code when it thinks the plan dear (``jit``). Our questions name many tables
and find few rows: compiling took three quarters of the server's work, and answered none of them sooner.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

from sqlalchemy import event

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine
    from sqlalchemy.exc import DBAPIError

WRITES = "writes"
_GLANCES = "glances"
_SQLITE_PASSES = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_SQLITE_DOUBLES = frozenset({sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY})
_STATES_PASS = frozenset({"40001", "40P01", "55P03", "57014", "57P01", "57P02", "57P03"})
"""PostgreSQL's own codes (appendix A): serialization, deadlock, lock timeout, cancelled, shut down, starting."""
_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "busy_timeout=5000",
    "foreign_keys=ON",
    "cache_size=-16000",
    "secure_delete=ON",
)


def prepare(engine: Engine) -> None:
    """Give the engine the house's connection settings; calling it twice does no harm."""
    if engine.dialect.name != "sqlite":
        if not event.contains(engine, "connect", _uncompiled):
            event.listen(engine, "connect", _uncompiled)
    elif not event.contains(engine, "begin", _begin):
        event.listen(engine, "connect", _connect)
        event.listen(engine, "begin", _begin)


def glance(engine: Engine) -> Connection:
    """A connection for one or two small reads that need no common moment, and so no transaction around them.

    What a phone asks every hour costs a database fewer trips. SQLite keeps its driver's setting: SQLAlchemy would
    give the connection back to the pool with another one.
    """
    if engine.dialect.name == "sqlite":
        return engine.connect().execution_options(**{_GLANCES: True})
    return engine.connect().execution_options(isolation_level="AUTOCOMMIT")


def _connect(connection: Any, record: object) -> None:  # noqa: ANN401  # a driver's connection
    del record
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _uncompiled(connection: Any, record: object) -> None:  # noqa: ANN401  # a driver's connection
    """A statement, not an option of the connection: a pool between us and the server may know no options."""
    del record
    connection.execute("SET jit TO off")
    connection.commit()


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get(_GLANCES):
        return
    immediate = options.get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def is_passing(error: DBAPIError) -> bool:
    """Whether the database refused for a reason that passes: somebody else writes, or it is being restarted."""
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return (code & 0xFF) in _SQLITE_PASSES
    state = getattr(error.orig, "sqlstate", None)
    return error.connection_invalidated or str(state)[:5] in _STATES_PASS or str(state)[:2] in {"08", "53"}


def is_there_already(error: DBAPIError) -> bool:
    """Whether the database refused a second row where only one may be: two people wrote the same at one moment."""
    code = getattr(error.orig, "sqlite_errorcode", None)
    return code in _SQLITE_DOUBLES if code is not None else getattr(error.orig, "sqlstate", None) == "23505"


def empty_log(engine: Engine) -> bool:
    """Let the log of writes hold nothing that was erased since; whether that was done.

    SQLite keeps what a page said before in its log until the next checkpoint, and erases the page itself
    (``secure_delete``). Readers and writers at work put it off until the next time; PostgreSQL sees to its own.
    """
    if engine.dialect.name != "sqlite":
        return True
    with engine.connect().execution_options(**{_GLANCES: True}) as connection:
        busy = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").scalar()
    return busy == 0
