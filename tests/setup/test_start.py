"""What happens between ``script/server`` and the first answer."""

from __future__ import annotations

import dataclasses
import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from alembic.script import ScriptDirectory

from app import create_app
from app.accounts.models import Account
from app.cli import start
from app.config import ROOT, Settings
from app.database import migrate
from app.database.unit import writing
from app.extensions import db
from script import compiled

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask

AT = datetime(2026, 3, 1, tzinfo=UTC)


def account(**more: object) -> Account:
    return Account(email="a@exemple.fr", name="Zoé Exemple", created_at=AT, **more)


def no_places() -> None:
    """The lists have tests of their own."""


def close(app: Flask) -> None:
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def test_a_new_installation_is_migrated_and_nothing_else(tmp_path: Path) -> None:
    settings = Settings(instance=tmp_path / "new", secret_key="x", testing=True)  # noqa: S106  # a test's
    app = start.ready(settings, create_app, load_places=no_places)
    with app.app_context():
        assert migrate.is_current(db.engine)
        assert db.session.query(Account).count() == 0
    close(app)


def test_real_data_is_never_opened_as_a_demonstration(settings: Settings, app: Flask) -> None:
    with writing() as session:
        session.add(account(is_instance_administrator=True))
    db.session.remove()
    served = start.ready(replace(settings, demonstration=True), create_app, load_places=no_places)
    assert served.config["SETTINGS"].demonstration is False
    close(served)
    del app


def test_a_demonstration_is_never_served_as_a_real_installation(settings: Settings, app: Flask) -> None:
    with writing() as session:
        session.add(account(is_persona=True))
    db.session.remove()
    with pytest.raises(start.StartError, match="set-aside"):
        start.ready(settings, create_app, load_places=no_places)
    del app


def test_a_demonstration_is_set_aside_and_loses_nothing(tmp_path: Path) -> None:
    settings = Settings(instance=tmp_path, secret_key="x", testing=True)  # noqa: S106  # a test's
    app = start.ready(settings, create_app, load_places=no_places)
    (settings.files).mkdir()
    (settings.files / "scan.pdf").write_bytes(b"%PDF")
    with app.app_context():
        assert start.set_aside(settings) is None  # nobody's demonstration yet
        with writing() as session:
            session.add(account(is_persona=True))
        place = start.set_aside(settings)
        assert place is not None
        assert sorted(path.name for path in place.iterdir()) == ["files", "traitdunion.sqlite3"]
        assert not (tmp_path / "traitdunion.sqlite3").exists()
        assert start.set_aside(settings) is None
    close(app)
    again = start.ready(settings, create_app, load_places=no_places)
    close(again)
    kept = create_app(replace(settings, database_url=f"sqlite:///{place / 'traitdunion.sqlite3'}"))
    with kept.app_context():
        assert db.session.query(Account).one().is_persona
    close(kept)


def test_a_database_that_cannot_be_opened_is_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "folder.sqlite3").mkdir()
    settings = Settings(instance=tmp_path, secret_key="x", database_url=f"sqlite:///{tmp_path / 'folder.sqlite3'}")  # noqa: S106  # a test's
    with pytest.raises(start.StartError, match="ne peut pas être ouverte : unable to open database file"):
        start.ready(settings, create_app, load_places=no_places)


def test_the_newest_revision_is_told_as_alembic_would_tell_it() -> None:
    told = ScriptDirectory.from_config(migrate.configuration())
    assert migrate.head() == told.get_current_head()
    assert migrate.revisions() == {script.revision for script in told.walk_revisions()}


def test_a_database_newer_than_the_software_is_left_alone(settings: Settings, app: Flask) -> None:
    with db.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '999_later'")
    with pytest.raises(start.StartError, match="plus récente du logiciel"):
        start.bring_up_to_date(settings)
    del app


def test_a_revision_that_nobody_knows_is_told_and_changes_nothing(app: Flask) -> None:
    refused = app.test_cli_runner().invoke(args=["database", "downgrade", "zzz"])
    assert refused.exit_code == 2
    assert "n’est pas une révision" in refused.output
    assert migrate.head() in refused.output
    assert migrate.is_current(db.engine)


def test_what_was_compiled_is_kept_and_a_spoilt_copy_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compiled, "FOLDER", tmp_path / "kept")
    monkeypatch.setattr(compiled, "TEXTS", tmp_path / "kept" / "texts")
    built_in = compile
    for spoils in (False, True, False):
        re.purge()
        with compiled.Texts().kept():
            made = dataclasses.make_dataclass("Made", [("commune", str)], frozen=True)
            found = re.compile(r"(?P<code>\d{5})\s+[A-Zé-]+", re.IGNORECASE).fullmatch("59390 sailly-lez-lannoy")
            shouted = eval(compile("'Semenivka'.upper()", "<test>", "eval"))  # noqa: S307  # a test's own
        assert made("Sailly") == made("Sailly") != made("Semenivka")
        assert found is not None
        assert found["code"] == "59390"
        assert shouted == "SEMENIVKA"
        kept = compiled.TEXTS.read_bytes()
        assert b"commune" in kept
        assert b"Semenivka" in kept
        if spoils:
            compiled.TEXTS.write_bytes(b"spoilt")
    assert "exec" not in vars(dataclasses)
    assert compile is built_in


STARTS = """
import sys
from script import modules
folder, town = sys.argv[1:]
modules.FOLDER, modules.PACK = folder, folder + "/pack"
kept = modules.Modules()
sys.meta_path.insert(0, kept)
sys.path.insert(0, town)
from said import name
import inspect
kept.note()
kept.keep()
print(name.TOWN, type(name.__spec__.loader).__name__, inspect.getsource(name).strip())
"""


def test_modules_are_kept_until_one_is_edited_or_another_stands_in_its_place(tmp_path: Path) -> None:
    def town(folder: str, name: str) -> Path:
        said = tmp_path / folder / "said"
        said.mkdir(parents=True, exist_ok=True)
        (said / "__init__.py").touch()
        (said / "name.py").write_text(f"TOWN = {name!r}", "utf-8")
        return said.parent

    def start(where: Path) -> str:
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        run = [sys.executable, "-P", "-c", STARTS, str(tmp_path), str(where)]
        return subprocess.run(
            run, capture_output=True, text=True, check=True, cwd=ROOT, env=environment | {"PYTHONPATH": str(ROOT)}
        ).stdout

    here = town("here", "Sailly")
    assert start(here) == "Sailly SourceFileLoader TOWN = 'Sailly'\n"
    assert start(here) == "Sailly Kept TOWN = 'Sailly'\n"
    assert start(town("there", "Semenivka")) == "Semenivka SourceFileLoader TOWN = 'Semenivka'\n"
    assert start(town("there", "Großkirchen")) == "Großkirchen SourceFileLoader TOWN = 'Großkirchen'\n"
    assert start(tmp_path / "there") == "Großkirchen Kept TOWN = 'Großkirchen'\n"
    (tmp_path / "pack").write_bytes(b"spoilt")
    assert start(here) == "Sailly SourceFileLoader TOWN = 'Sailly'\n"
