"""A database that somebody else keeps for longer than anybody waits: nothing is lost, and it is said."""

from __future__ import annotations

import re
import sqlite3
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine, event
from sqlalchemy.exc import OperationalError

from app.accounts.models import Role
from app.extensions import db
from script import cli
from tests.factories.accounts import make_member, make_own_body
from tests.factories.twinnings import make_twinning

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account


@pytest.fixture
def impatient(app: Flask) -> Iterator[Flask]:
    """The application, which waits for another writer no longer than a moment."""
    is_sqlite = db.engine.dialect.name == "sqlite"

    def hurry(connection: object, _record: object) -> None:
        connection.execute("PRAGMA busy_timeout=20" if is_sqlite else "SET lock_timeout TO '20ms'")  # type: ignore[attr-defined]
        if not is_sqlite:
            connection.commit()  # type: ignore[attr-defined]

    db.session.remove()
    db.engine.dispose()
    event.listen(db.engine, "connect", hurry)
    yield app
    event.remove(db.engine, "connect", hurry)
    db.session.remove()
    db.engine.dispose()


@pytest.fixture
def kept(impatient: Flask) -> Iterator[Callable[[], None]]:
    """Let somebody else keep the database from now to the end of the test."""
    engine = create_engine(impatient.config["SETTINGS"].database_url)
    other = engine.connect()

    def keep() -> None:
        other.exec_driver_sql("BEGIN IMMEDIATE" if engine.dialect.name == "sqlite" else "LOCK TABLE journal_entry")

    yield keep
    other.close()
    engine.dispose()


def test_what_is_sent_while_somebody_else_writes_for_long_is_shown_again_with_what_to_do(
    kept: Callable[[], None], session: Session, sign_in: Callable[[Account], FlaskClient]
) -> None:
    town = make_own_body(session)
    client = sign_in(make_member(session, town, Role.SECRETARY, is_administrator=True))
    session.commit()
    address = f"/organismes/{town.id}/acces/inviter"
    typed = {"name": "Odile Fictive", "email": "odile@exemple.test", "role": "coordinatrice", "language": "fr"}
    kept()
    given = client.post(address, data=typed)
    assert given.status_code == 503
    assert given.headers["Retry-After"] == "5"
    assert "Ce que vous envoyiez n’est pas encore enregistré." in given.text
    assert "odile@exemple.test" in given.text


def test_several_boxes_that_were_ticked_are_given_back_in_words(
    kept: Callable[[], None], session: Session, sign_in: Callable[[Account], FlaskClient]
) -> None:
    twinning = make_twinning(session)
    client = sign_in(make_member(session, twinning.parties[0].body, Role.SECRETARY))
    session.commit()
    address, themes = f"/jumelages/{twinning.id}/modifier", {"themes": ["solidarite", "culture"]}
    revision = re.search(r'name="revision"[^>]*value="(\d+)"', client.get(address).text)[1]
    kept()
    given = client.post(address, data={"kind": twinning.kind_id, "revision": revision, **themes})
    assert given.status_code == 503
    assert "Solidarité, Art et culture" in given.text
    assert "[&#39;" not in given.text


def test_a_command_says_that_the_database_is_busy(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    busy = sqlite3.OperationalError("database is locked")
    busy.sqlite_errorcode = sqlite3.SQLITE_BUSY

    def refuse(*_: object, **__: object) -> None:
        raise OperationalError("BEGIN IMMEDIATE", {}, busy)

    monkeypatch.setattr(cli.Commands, "main", refuse)
    monkeypatch.setattr(cli.french, "speak", lambda: None)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 3
    said = capsys.readouterr().err.strip()
    assert said == "La base est occupée par une autre écriture ; rien n’a été changé. Relancez dans un instant."
