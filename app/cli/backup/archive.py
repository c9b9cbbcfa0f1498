"""Writes an installation into one archive, and puts one back, whole or not at all."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import zipfile
from contextlib import contextmanager
from datetime import datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, BinaryIO

import msgspec
from sqlalchemy import MetaData, inspect, literal, select, table, text
from sqlalchemy.exc import SQLAlchemyError

from app.cli.backup import rows
from app.database import migrate
from app.database.connection import WRITES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from sqlalchemy import Connection, Engine, Table

FORMAT = "trait-d-union/backup"
VERSION = 1
MANIFEST = "manifest.json"
CHUNK = 1 << 20
FULL_WHEN_IT_HOLDS = ("account", "body")


class ArchiveError(RuntimeError):
    """The archive or the installation does not allow it; the message says why and what to do."""


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an archive says of itself. ``files`` maps each path to its size and SHA-256."""

    format: str
    version: int
    made_at: datetime
    revision: str
    rows: dict[str, int]
    files: dict[str, tuple[int, str]]


def save(engine: Engine, files: Path, target: Path, *, at: datetime) -> Manifest:
    """Write the archive beside its final place, then move it there: a half one is never found.

    The database is read in one transaction, so that people may go on writing. Files come after: a file is
    kept before the row that names it and never removed, so that every row finds its file.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        with part.open("xb") as raw, zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
            part.chmod(0o600)
            with _snapshot(engine) as connection:
                revision = _revision(connection)
                counts = {str(each.name): _write_table(archive, connection, each) for each in rows.tables(connection)}
            kept = {name: _write_file(archive, files / name, name) for name in _paths(files)}
            manifest = Manifest(FORMAT, VERSION, at, revision, counts, kept)
            archive.writestr(MANIFEST, msgspec.json.format(msgspec.json.encode(manifest)))
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return manifest


def read_manifest(archive: zipfile.ZipFile) -> Manifest:
    """What the archive is, or the reason why it cannot be restored here."""
    try:
        manifest = msgspec.json.decode(archive.read(MANIFEST), type=Manifest)
    except (KeyError, msgspec.MsgspecError, zipfile.BadZipFile) as error:
        raise ArchiveError("Ce fichier n’est pas une sauvegarde de Trait d’union, ou il est abîmé.") from error
    if manifest.format != FORMAT or manifest.version > VERSION:
        raise ArchiveError(
            f"Cette sauvegarde est d’un format plus récent ({manifest.version}) : mettez d’abord le logiciel à jour."
        )
    if manifest.revision not in migrate.revisions():
        raise ArchiveError(
            f"Cette sauvegarde vient d’une version plus récente du logiciel (schéma {manifest.revision}) : "
            "mettez d’abord le logiciel à jour."
        )
    for name in manifest.files:
        if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts or "\\" in name:
            raise ArchiveError(f"La sauvegarde contient un nom de fichier inattendu : {name}")
    return manifest


def is_empty(engine: Engine) -> bool:
    """Whether nobody has begun to work in this installation."""
    with engine.connect() as connection:
        existing = set(inspect(connection).get_table_names()) & set(FULL_WHEN_IT_HOLDS)
        return not any(connection.scalar(select(literal(1)).select_from(table(name)).limit(1)) for name in existing)


def restore(engine: Engine, files: Path, archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Replace database and files by those of the archive, in one transaction: whole or not at all."""
    aside = files.with_name(f"{files.name}.before-{secrets.token_hex(4)}")
    fresh = files.with_name(f"{files.name}.restored-{secrets.token_hex(4)}")
    try:
        _unpack_files(archive, manifest, fresh)
        with _rebuilding(engine) as connection:
            _empty_database(connection)
            migrate.run(connection, manifest.revision)
            _fill(connection, archive, manifest)
            migrate.run(connection, "head")
            _check(connection)
            with _exchanged(files, fresh, aside):
                connection.commit()
    except (SQLAlchemyError, ValueError, KeyError, zipfile.BadZipFile, msgspec.MsgspecError) as error:
        reason = str(getattr(error, "orig", error)).strip().splitlines()[0]
        raise ArchiveError(f"La sauvegarde n’a pas pu être restaurée, rien n’a changé : {reason}") from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.rmtree(aside, ignore_errors=True)


@contextmanager
def _snapshot(engine: Engine) -> Iterator[Connection]:
    level = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
    with engine.connect().execution_options(**level) as connection, connection.begin():
        yield connection


@contextmanager
def _rebuilding(engine: Engine) -> Iterator[Connection]:
    """A writing connection on which tables may be emptied and filled in any order."""
    with engine.connect().execution_options(**{WRITES: True}) as connection:
        sqlite = connection.dialect.name == "sqlite"
        driver: Any = connection.connection.dbapi_connection
        if sqlite:
            driver.execute("PRAGMA foreign_keys=OFF")
        try:
            yield connection
        finally:
            connection.rollback()
            if sqlite:
                driver.execute("PRAGMA foreign_keys=ON")


@contextmanager
def _exchanged(files: Path, fresh: Path, aside: Path) -> Iterator[None]:
    """The new folder in the old one's place, put back if the block fails."""
    if files.exists():
        files.rename(aside)
    fresh.rename(files)
    try:
        yield
    except BaseException:
        files.rename(fresh)
        if aside.exists():
            aside.rename(files)
        raise


def _revision(connection: Connection) -> str:
    return str(connection.execute(text(f"SELECT version_num FROM {rows.VERSION_TABLE}")).scalar_one())  # noqa: S608


def _write_table(archive: zipfile.ZipFile, connection: Connection, source: Table) -> int:
    count = -1
    with archive.open(f"tables/{source.name}.jsonl", "w", force_zip64=True) as out:
        pending = bytearray()
        for line in rows.lines(connection, source):
            pending += line
            count += 1
            if len(pending) > CHUNK:
                out.write(pending)
                pending = bytearray()
        out.write(pending)
    return count


def _paths(files: Path) -> list[str]:
    return sorted(path.relative_to(files).as_posix() for path in files.rglob("*") if path.is_file())


def _write_file(archive: zipfile.ZipFile, path: Path, name: str) -> tuple[int, str]:
    with path.open("rb") as source, archive.open(f"files/{name}", "w", force_zip64=True) as out:
        return _copy(source, out.write)


def _copy(source: BinaryIO | Any, write: Callable[[bytes], object]) -> tuple[int, str]:  # noqa: ANN401  # zipfile's
    digest, size = hashlib.sha256(), 0
    while chunk := source.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
        write(chunk)
    return size, digest.hexdigest()


def _unpack_files(archive: zipfile.ZipFile, manifest: Manifest, folder: Path) -> None:
    folder.mkdir(parents=True)
    for name, expected in manifest.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        info = archive.getinfo(f"files/{name}")
        if info.file_size != expected[0]:
            raise ValueError(f"{name} n’a pas la taille annoncée")
        with archive.open(info) as source, path.open("xb") as out:
            if _copy(source, out.write) != tuple(expected):
                raise ValueError(f"{name} n’est pas le fichier annoncé")
            os.fsync(out.fileno())


def _empty_database(connection: Connection) -> None:
    metadata = MetaData()
    metadata.reflect(connection)
    metadata.drop_all(connection)


def _fill(connection: Connection, archive: zipfile.ZipFile, manifest: Manifest) -> None:
    reflected = rows.tables(connection, manifest.rows)
    with _without_foreign_keys(connection):
        for each in reflected:
            connection.execute(each.delete())  # what the migrations themselves put there
            with archive.open(f"tables/{each.name}.jsonl") as source:
                count = rows.insert_lines(connection, each, source)
            if count != manifest.rows[each.name]:
                raise ValueError(f"{each.name} : {count} lignes au lieu de {manifest.rows[each.name]}")
    rows.advance_counters(connection, reflected)


@contextmanager
def _without_foreign_keys(connection: Connection) -> Iterator[None]:
    """On PostgreSQL, take the foreign keys away and put them back, which checks every row."""
    if connection.dialect.name != "postgresql":
        yield
        return
    found = connection.execute(
        text(
            "SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE contype = 'f' AND connamespace = current_schema()::regnamespace"
        )
    ).all()
    for owner, name, _definition in found:
        connection.exec_driver_sql(f"ALTER TABLE {owner} DROP CONSTRAINT {name}")
    yield
    for owner, name, definition in found:
        connection.exec_driver_sql(f"ALTER TABLE {owner} ADD CONSTRAINT {name} {definition}")


def _check(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if broken is not None:
            raise ValueError(f"la table {broken[0]} renvoie à une ligne absente de {broken[2]}")


def summary(manifest: Manifest) -> Mapping[str, int]:
    """How much an archive holds."""
    size = sum(size for size, _digest in manifest.files.values())
    return {"rows": sum(manifest.rows.values()), "files": len(manifest.files), "bytes": size}
