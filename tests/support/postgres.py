"""A PostgreSQL server of our own in a temporary folder, reached by a unix socket, gone when we are.

``python -m tests.support.postgres COMMAND…`` runs a command with ``TEST_DATABASE_URL`` naming such a server.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakSet

import psycopg
from sqlalchemy import event, make_url
from sqlalchemy.pool import Pool

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

OWNER = "trait"
QUICK = (
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    "wal_level=minimal",
    "max_wal_senders=0",
    "max_connections=60",
)


_opened: WeakSet[psycopg.Connection] = WeakSet()


class NoPostgresError(RuntimeError):
    """PostgreSQL's own programs are not on this machine, or the server would not start."""


def database(server_url: str, name: str) -> str:
    """The address of a database on the server of this address."""
    return make_url(server_url).set(database=name).render_as_string(hide_password=False)


@event.listens_for(Pool, "connect")
def _remember(connection: object, _record: object) -> None:
    if isinstance(connection, psycopg.Connection):
        _opened.add(connection)


def close_left(name: str) -> int:
    """Close what this process still holds open to a database, and say how much it was.

    An engine that is forgotten without ``dispose`` would otherwise complain in the midst of a later test.
    """
    left = [connection for connection in list(_opened) if not connection.closed and connection.info.dbname == name]
    for connection in left:
        connection.close()
    return len(left)


def programs() -> Path:
    """The folder of ``initdb`` and ``pg_ctl``, newest version first."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    if on_path is None:
        raise NoPostgresError("PostgreSQL manque (apt-get install postgresql)")
    return Path(on_path).resolve().parent


@contextmanager
def server(*, options: Sequence[str] = QUICK, in_memory: bool = True) -> Iterator[str]:
    """Start a server and yield the address of its first database; ``database`` gives that of another.

    Root may not run PostgreSQL: the server then belongs to an account without rights.
    """
    home = Path(tempfile.mkdtemp(prefix="pg-", dir=memory() if in_memory else None))
    try:
        owner = _unprivileged()
        if owner is not None:
            os.chown(home, owner.pw_uid, owner.pw_gid)
        data = home / "data"
        bins = programs()
        _run(
            [bins / "initdb", "-D", data, "-U", OWNER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"],
            owner,
            home,
        )
        settings = " ".join(f"-c {option}" for option in (*options, "listen_addresses=''"))
        start = f"-k {home} {settings}"
        _run([bins / "pg_ctl", "-D", data, "-l", home / "log", "-w", "-t", "60", "-o", start, "start"], owner, home)
        try:
            yield f"postgresql+psycopg://{OWNER}@/postgres?host={home}"
        finally:
            _run([bins / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"], owner, home)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def memory() -> str | None:
    """A folder in memory with room for what each test fills anew, or None: the usual temporary folder."""
    shared = Path("/dev/shm")  # noqa: S108  # mkdtemp makes a private folder in it
    roomy = shared.is_dir() and os.access(shared, os.W_OK) and shutil.disk_usage(shared).free > 4 << 30
    return str(shared) if roomy else None


def _unprivileged() -> pwd.struct_passwd | None:
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise NoPostgresError("root ne peut pas lancer PostgreSQL, et il n’y a ni compte postgres ni compte nobody")


def _run(command: Sequence[object], owner: pwd.struct_passwd | None, home: Path) -> None:
    identity = {} if owner is None else {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
    clean = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
    with (home / "commands.log").open("ab") as log:
        done = subprocess.run(  # our own words and PostgreSQL's programs
            [str(part) for part in command],
            cwd="/",
            env=clean | {"LC_ALL": "C.UTF-8", "HOME": str(home)},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            check=False,
            **identity,
        )
    if done.returncode:
        told = (home / "commands.log").read_text("utf-8", "replace")[-2000:]
        raise NoPostgresError(f"{command[0]} a échoué :\n{told}")


def main() -> int:
    """Run the command of the command line on a fresh server, which goes away also when this is told to stop."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    with server() as url:
        return subprocess.run(sys.argv[1:], env=os.environ | {"TEST_DATABASE_URL": url}, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main())
