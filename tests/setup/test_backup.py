"""A backup holds everything, is taken while people write, and comes back whole or not at all."""

from __future__ import annotations

import json
import shutil
import threading
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine, func, inspect, select

from app import create_app
from app.audit.models import JournalEntry
from app.bodies.models import Body
from app.cli.backup import archive, rows
from app.config import Settings
from app.database import migrate
from app.database.connection import prepare
from app.database.unit import writing
from app.extensions import db

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from click.testing import Result
    from flask import Flask
    from sqlalchemy import Engine, Table

AT = datetime(2026, 3, 1, 9, 30, 15, 123456, tzinfo=UTC)


def town(name: str, **more: object) -> Body:
    return Body(uid=f"uid-{name}", kind="commune", name=name, folded=name.lower(), created_at=AT, **more)


KNOWN: dict[str, list[Table]] = {}
"""The tables of each kind of database at its newest revision, which is asked for once."""


def dump(engine: Engine) -> dict[str, list[bytes]]:
    with engine.connect() as connection:
        if engine.dialect.name not in KNOWN:
            KNOWN[engine.dialect.name] = rows.tables(connection)
        assert {table.name for table in KNOWN[engine.dialect.name]} == set(inspect(connection).get_table_names()) - {
            rows.VERSION_TABLE
        }
        return {table.name: list(rows.lines(connection, table)) for table in KNOWN[engine.dialect.name]}


def run(app: Flask, *words: object) -> Result:
    with app.app_context():  # never the context of another installation
        return app.test_cli_runner().invoke(args=[str(word) for word in words])


@pytest.fixture
def filled(app: Flask) -> Flask:
    """An installation with rows that point to each other in the wrong order, odd values and a file."""
    with writing() as session:
        first = town(
            "Sailly-lez-Lannoy", names={"uk": "Саї"}, languages=["fr"], note="« L’été »\n\x7f", population=None
        )
        session.add(first)
        session.flush()
        second = town("Semenivka", country="UA", trashed_at=AT)
        session.add(second)
        session.flush()
        first.parent_id = second.id
        session.add(
            JournalEntry(at=AT, actor_name="Zoé", action="body.named", details={"n": [1, None]}, body_id=second.id)
        )
    folder = app.config["SETTINGS"].files / "ab"
    folder.mkdir(parents=True)
    (folder / "scan.pdf").write_bytes(b"%PDF-" + bytes(range(256)) * 9000)
    return app


@pytest.fixture
def elsewhere(migrated: Path, tmp_path: Path) -> Iterator[Flask]:
    """A second, empty installation on SQLite."""
    instance = tmp_path / "elsewhere"
    instance.mkdir()
    shutil.copy(migrated, instance / "traitdunion.sqlite3")
    other = create_app(Settings(instance=instance, secret_key="another", testing=True))  # noqa: S106  # a test's
    yield other
    with other.app_context():
        db.session.remove()
        db.engine.dispose()


def test_a_backup_restored_elsewhere_is_the_same_installation(filled: Flask, elsewhere: Flask, tmp_path: Path) -> None:
    before = dump(db.engine)
    done = run(filled, "backup", tmp_path / "b.zip")
    assert done.exit_code == 0, done.output
    assert "1 fichiers" in done.output
    assert (tmp_path / "b.zip").stat().st_mode & 0o077 == 0

    restored = run(elsewhere, "restore", tmp_path / "b.zip")
    assert restored.exit_code == 0, restored.output
    with elsewhere.app_context():
        assert dump(db.engine) == before
        assert migrate.is_current(db.engine)
    name = "ab/scan.pdf"
    assert (elsewhere.config["SETTINGS"].files / name).read_bytes() == (
        filled.config["SETTINGS"].files / name
    ).read_bytes()


def test_what_sqlite_saved_is_restored_into_the_other_database_and_numbers_go_on(
    app: Flask, elsewhere: Flask, tmp_path: Path
) -> None:
    with elsewhere.app_context(), writing() as session:
        session.add(town("Loin"))
        session.flush()
        session.add(town("Plus-Loin", parent_id=1))
    with elsewhere.app_context():
        before = dump(db.engine)
    assert run(elsewhere, "backup", tmp_path / "b.zip").exit_code == 0

    restored = run(app, "restore", tmp_path / "b.zip")
    assert restored.exit_code == 0, restored.output
    assert dump(db.engine) == before
    with writing() as session:
        session.add(town("Nouvelle"))
        session.flush()
        assert session.scalar(select(func.max(Body.id))) == 3


def test_a_full_installation_is_not_replaced_without_a_word_and_is_saved_first(filled: Flask, tmp_path: Path) -> None:
    before = dump(db.engine)
    assert run(filled, "backup", tmp_path / "b.zip").exit_code == 0
    with writing() as session:
        session.add(town("Ajoutée"))
    refused = run(filled, "restore", tmp_path / "b.zip")
    assert refused.exit_code == 2
    assert "rien n’a été touché" in refused.output
    assert dump(db.engine) != before

    db.session.remove()
    replaced = run(filled, "restore", "--replace", tmp_path / "b.zip")
    assert replaced.exit_code == 0, replaced.output
    assert dump(db.engine) == before
    (kept,) = (filled.config["SETTINGS"].instance / "backups").glob("avant-restauration-*.zip")
    with zipfile.ZipFile(kept) as opened:
        assert "Ajoutée" in opened.read("tables/body.jsonl").decode()


def test_a_backup_taken_while_people_write_is_one_moment(filled: Flask, elsewhere: Flask, tmp_path: Path) -> None:
    stop = threading.Event()
    wrote = threading.Event()

    def write() -> None:
        with filled.app_context():
            number = 0
            while not stop.is_set() and number < 2000:
                number += 1
                with writing() as session:  # two rows, always together
                    for half in "ab":
                        session.add(JournalEntry(at=AT, actor_name=half, action="body.named"))
                wrote.set()
            db.session.remove()

    writers = [threading.Thread(target=write) for _ in range(2)]
    for writer in writers:
        writer.start()
    assert wrote.wait(20)
    try:
        done = [run(filled, "backup", tmp_path / f"{number}.zip") for number in range(3)]
    finally:
        stop.set()
        for writer in writers:
            writer.join()
    assert [result.exit_code for result in done] == [0, 0, 0], done
    for number in range(3):
        assert run(elsewhere, "restore", "--replace", tmp_path / f"{number}.zip").exit_code == 0
        with elsewhere.app_context():
            counted = [
                db.session.scalar(select(func.count()).where(JournalEntry.actor_name == half)) for half in ("a", "b")
            ]
            db.session.remove()
        assert counted[0] == counted[1] > 0


def test_an_archive_of_an_older_schema_is_restored_and_migrated(elsewhere: Flask, tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'old.sqlite3'}")
    prepare(engine)
    migrate.upgrade(engine, "001_spine")
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO journal_entry (at, actor_name, action, details, subject_type) "
            "VALUES ('2020-01-01 00:00:00.000000', 'Une ancienne', 'x', '{}', '')"
        )
    made = archive.save(engine, tmp_path / "none", tmp_path / "old.zip", at=AT)
    engine.dispose()
    assert made.revision == "001_spine"

    restored = run(elsewhere, "restore", tmp_path / "old.zip")
    assert restored.exit_code == 0, restored.output
    with elsewhere.app_context():
        assert migrate.is_current(db.engine)
        assert db.session.scalars(select(JournalEntry.actor_name)).all() == ["Une ancienne"]
        db.session.remove()


WHOLE: dict[str, bytes] = {}
"""An archive of the ``filled`` installation on each kind of database."""


def rewritten(source: Path, target: Path, **changed: bytes | None) -> Path:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            key = name.replace("/", "_").replace(".", "_")
            if changed.get(key, b"") is None:
                continue
            new.writestr(name, changed.get(key) or old.read(name))
    return target


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("not a zip", "ce n’est pas une archive"),
        ("no manifest", "n’est pas une sauvegarde"),
        ("newer format", "plus récent"),
        ("newer schema", "plus récente du logiciel"),
        ("climbing name", "nom de fichier inattendu"),
        ("changed file", "rien n’a changé"),
        ("missing rows", "rien n’a changé"),
        ("unknown column", "rien n’a changé"),
        ("unknown table", "rien n’a changé"),
        ("dangling row", "rien n’a changé"),
    ],
)
def test_a_damaged_archive_says_so_and_changes_nothing(filled: Flask, tmp_path: Path, damage: str, said: str) -> None:
    good = tmp_path / "good.zip"
    if db.engine.dialect.name not in WHOLE:  # the installation to damage is the same each time, and so is what it saves
        assert run(filled, "backup", good).exit_code == 0
        WHOLE[db.engine.dialect.name] = good.read_bytes()
    good.write_bytes(WHOLE[db.engine.dialect.name])
    with zipfile.ZipFile(good) as opened:
        manifest = json.loads(opened.read("manifest.json"))
        bodies = opened.read("tables/body.jsonl").splitlines(keepends=True)

    def told(**more: object) -> bytes:
        return json.dumps(manifest | more).encode()

    bad = tmp_path / "bad.zip"
    changes: dict[str, dict[str, bytes | None]] = {
        "no manifest": {"manifest_json": None},
        "newer format": {"manifest_json": told(version=2)},
        "newer schema": {"manifest_json": told(revision="999_later")},
        "climbing name": {"manifest_json": told(files={"../../x": [1, "0"]})},
        "changed file": {"files_ab_scan_pdf": b"x" * (5 + 256 * 9000)},
        "missing rows": {"tables_body_jsonl": b"".join(bodies[:-1])},
        "unknown column": {"tables_body_jsonl": b'["id","nope"]\n' + b"".join(bodies[1:])},
        "unknown table": {"manifest_json": told(rows=manifest["rows"] | {"nope": 0})},
        "dangling row": {"tables_body_jsonl": b"".join(bodies).replace(b'"uid-Semenivka"', b'"uid-S"', 1)},
    }
    if damage == "not a zip":
        bad.write_bytes(b"PK\x03\x04 but no more")
    elif damage == "dangling row":
        columns = json.loads(bodies[0])
        row = json.loads(bodies[1])
        row[columns.index("parent_id")] = 4711
        changes[damage] = {"tables_body_jsonl": bodies[0] + json.dumps(row).encode() + b"\n" + bodies[2]}
        rewritten(good, bad, **changes[damage])
    else:
        rewritten(good, bad, **changes[damage])

    before = dump(db.engine)
    db.session.remove()
    refused = run(filled, "restore", "--replace", bad)
    assert refused.exit_code == 2, refused.output
    assert said in refused.output
    assert dump(db.engine) == before
    settings = filled.config["SETTINGS"]
    assert (settings.files / "ab" / "scan.pdf").stat().st_size == 5 + 256 * 9000
    assert not [path.name for path in settings.instance.iterdir() if "restored" in path.name or "before" in path.name]


def test_a_backup_overwrites_nothing_and_leaves_no_half_file(filled: Flask, tmp_path: Path) -> None:
    there = tmp_path / "there.zip"
    there.write_text("mine")
    refused = run(filled, "backup", there)
    assert refused.exit_code == 2
    assert "existe déjà" in refused.output
    assert there.read_text() == "mine"

    named = run(filled, "backup")
    assert named.exit_code == 0, named.output
    folder = filled.config["SETTINGS"].instance / "backups"
    assert [path.suffix for path in folder.iterdir()] == [".zip"]
