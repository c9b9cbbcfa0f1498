"""« Tout exporter »: what leaves, what stays, and that it comes back the same."""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import create_engine, func, select, update
from sqlalchemy.orm import Session

from app import create_app
from app.accounts.models import Account, RoleGrant
from app.audit.models import JournalEntry
from app.audit.services import record
from app.bodies.models import Body, Function, Mandate
from app.conventions import services as texts
from app.conventions.models import ConventionScan, ConventionVersion
from app.conventions.queries import document_of
from app.conventions.queries.words import words_of
from app.database import migrate
from app.database.base import Base
from app.database.connection import prepare
from app.extensions import db
from app.people.models import Person
from app.places.models import Place
from app.shared.actor import Actor
from app.shared.fuzzydate import FuzzyDate
from app.texts import seal
from app.twinnings.models import Twinning, TwinningEvent, TwinningKind, TwinningParty
from app.web.takeaway.pack import pack
from app.web.takeaway.parts import LEFT_OUT, PARTS
from app.web.takeaway.unpack import BadArchive, NotEmpty, unpack
from tests.factories.conventions import AT, BY, make_convention
from tests.factories.samples import World
from tests.support.release import another_release

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from flask import Flask

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
CLERK = Actor(1, "Secrétariat de Fictiville")


def _town(session: Session, name: str, **more: object) -> Body:
    body = Body(uid=f"uid-{name}", kind="commune", name=name, folded=name.lower(), created_at=NOON, **more)
    session.add(body)
    session.flush()
    return body


@pytest.fixture
def town(app: object, session: Session) -> Body:
    """A commune with a place, an officer, an account, a twinning with history and a partner it keeps."""
    del app
    place = Place(kind="commune", country="FR", code="59332", name="Fictiville", folded="fictiville", population=1800)
    kind = session.scalars(select(TwinningKind).where(TwinningKind.code == "jumelage")).first()
    kind = kind or TwinningKind(code="jumelage", label="Jumelage")
    session.add_all([place, kind])
    session.flush()
    here = _town(session, "Fictiville", place_id=place.id)
    there = _town(session, "Weitweg", country="DE", kept_by_id=here.id)
    _town(session, "Ailleurs")
    mayor = Person(given_name="Camille", family_name="Exemple", kept_by_body_id=here.id, created_at=NOON)
    twinning = Twinning(uid="tw-1", kind_id=kind.id, stage="active", languages=["fr", "de"], created_at=NOON)
    account = Account(email="mairie@fictiville.example", name="Mairie", password_hash="never", created_at=NOON)  # noqa: S106
    session.add_all([mayor, twinning, account])
    session.flush()
    history = TwinningEvent(twinning_id=twinning.id, kind="note", title="Premiers moines", created_at=NOON)
    history.set_when(FuzzyDate("0836"))
    session.add_all(
        [
            Mandate(
                body_id=here.id,
                person_id=mayor.id,
                function=Function.MAYOR,
                since=FuzzyDate("2020-05"),
                created_at=NOON,
            ),
            TwinningParty(twinning_id=twinning.id, body_id=here.id, side=1),
            TwinningParty(twinning_id=twinning.id, body_id=there.id, side=2),
            history,
            RoleGrant(account_id=account.id, body_id=here.id, role="maire", since=date(2026, 1, 1), created_at=NOON),
        ]
    )
    record(session, "body.created", by=CLERK, at=NOON, body_id=here.id, subject=("body", here.id), name=here.name)
    session.commit()
    return here


@pytest.fixture
def empty(migrated: Path, tmp_path: Path) -> Iterator[Session]:
    """An empty installation."""
    engine = create_engine(f"sqlite:///{shutil.copy(migrated, tmp_path / 'empty.sqlite3')}")
    prepare(engine)
    with Session(engine) as fresh:
        yield fresh
    engine.dispose()


def _data(archive: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {name: opened.read(name) for name in opened.namelist() if name != "manifeste.json"}


def _packed(session: Session, body: Body, tmp_path: Path) -> bytes:
    return pack(session, body.id, files=tmp_path, at=NOON, revision="r")


def test_an_archive_imported_into_an_empty_installation_gives_the_same_archive_again(
    session: Session, town: Body, empty: Session, tmp_path: Path
) -> None:
    archive = _packed(session, town, tmp_path)
    unpack(empty, io.BytesIO(archive), revision="r")
    empty.commit()
    assert _data(pack(empty, town.id, files=tmp_path, at=NOON, revision="r")) == _data(archive)


def test_an_installation_that_knows_its_administrator_only_takes_an_archive_in(
    session: Session, town: Body, empty: Session, tmp_path: Path
) -> None:
    taken = session.scalars(select(JournalEntry.id).where(JournalEntry.body_id == town.id)).one()
    record(empty, "accounts.administrator_named", by=Actor(None, "Trait d’union"), at=NOON, subject=("account", 1))
    empty.flush()
    empty.execute(update(JournalEntry).values(id=taken))
    empty.commit()
    archive = _packed(session, town, tmp_path)
    unpack(empty, io.BytesIO(archive), revision="r")
    empty.commit()
    assert _data(pack(empty, town.id, files=tmp_path, at=NOON, revision="r")) == _data(archive)
    assert empty.scalar(select(func.count()).where(JournalEntry.action == "accounts.administrator_named")) == 1


def test_the_archive_holds_no_secret_and_no_stranger(session: Session, town: Body, tmp_path: Path) -> None:
    content = _data(_packed(session, town, tmp_path))
    everything = b"".join(content.values())
    assert b"never" not in everything
    assert b"Ailleurs" not in everything
    assert b"Weitweg" in everything


def test_of_who_shares_a_twinning_the_archive_takes_officers_by_name_and_function_alone(
    session: Session, town: Body, tmp_path: Path
) -> None:
    twinning = session.scalars(select(Twinning)).one()
    committee = _town(session, "Comité de Fictiville", parent_id=town.id, email="bureau@comite.example")
    partner = _town(session, "Comité de Weitweg", country="DE")
    committee.kind, partner.kind = "committee", "partner_committee"
    for body, side in ((committee, 1), (partner, 2)):
        session.add(TwinningParty(twinning_id=twinning.id, body_id=body.id, side=side))
    for body, name, function in (
        (committee, "Présidente", Function.PRESIDENT),
        (committee, "Adhérente", Function.OTHER),
        (partner, "Vorsitzender", Function.PRESIDENT),
        (town, "Agente", Function.OTHER),
    ):
        reach = {"email": f"{name}@chez-moi.example", "phone": f"06 {name}"}
        person = Person(family_name=name, kept_by_body_id=body.id, created_at=NOON, **reach)
        session.add(person)
        session.flush()
        wording = "bénévole" if function == Function.OTHER else ""
        session.add(Mandate(body_id=body.id, person_id=person.id, function=function, wording=wording, created_at=NOON))
    session.commit()

    def taken(body: Body) -> str:
        return "\n".join(part.decode() for part in _data(_packed(session, body, tmp_path)).values())

    hall, own = taken(town), taken(committee)
    for name in ("Présidente", "Vorsitzender", "bureau@comite.example", "Agente@chez-moi.example", "06 Agente"):
        assert name in hall, name
    for private in ("Présidente@chez-moi.example", "06 Présidente", "Vorsitzender@chez-moi.example", "Adhérente"):
        assert private not in hall, private
    for name in ("Présidente@chez-moi.example", "06 Présidente", "Adhérente@chez-moi.example", "Agente"):
        assert name in own, name
    for private in ("Agente@chez-moi.example", "06 Agente", "Vorsitzender@chez-moi.example"):
        assert private not in own, private


def test_the_archive_keeps_a_date_no_more_precise_than_it_was(session: Session, town: Body, tmp_path: Path) -> None:
    content = _data(_packed(session, town, tmp_path))
    (event,) = [json.loads(line) for line in content["donnees/twinning_event.jsonl"].splitlines()]
    assert event["when_text"] == "0836"


def test_a_tampered_archive_is_refused_and_writes_nothing(
    session: Session, town: Body, empty: Session, tmp_path: Path
) -> None:
    archive = _packed(session, town, tmp_path)
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data.replace(b"Weitweg", b"Woanders") if "donnees/body" in name else data)
    with pytest.raises(BadArchive, match="donnees/body"):
        unpack(empty, io.BytesIO(target.getvalue()), revision="r")
    assert empty.scalars(select(Body)).all() == []


def _forged(archive: bytes, table: str, change: Callable[[list[dict[str, Any]]], None]) -> bytes:
    """The same archive with other rows of a table, its manifest agreeing."""
    with zipfile.ZipFile(io.BytesIO(archive)) as old:
        content = {name: old.read(name) for name in old.namelist()}
    name = f"donnees/{table}.jsonl"
    rows = [json.loads(line) for line in content[name].splitlines()]
    change(rows)
    content[name] = "".join(json.dumps(row) + "\n" for row in rows).encode()
    manifest = json.loads(content["manifeste.json"])
    manifest["files"][name] = {"bytes": len(content[name]), "sha256": hashlib.sha256(content[name]).hexdigest()}
    content["manifeste.json"] = json.dumps(manifest).encode()
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as new:
        for one, data in content.items():
            new.writestr(one, data)
    return target.getvalue()


@pytest.mark.parametrize(
    ("table", "change", "told"),
    [
        ("body", lambda rows: rows.append({**rows[0], "id": 99}), "« body » de l’archive se contredisent"),
        ("role_grant", lambda rows: rows[0].update(role="empereur"), "« role_grant » ne peut pas être lue"),
        ("mandate", lambda rows: rows[0].update(person_id=12345), "« mandate »"),
    ],
)
def test_an_archive_made_by_hand_is_refused_with_the_table_that_is_wrong(
    session: Session, town: Body, empty: Session, tmp_path: Path, table: str, change: Any, told: str
) -> None:
    forged = _forged(_packed(session, town, tmp_path), table, change)
    with pytest.raises(BadArchive) as refused:
        unpack(empty, io.BytesIO(forged), revision="r")
    assert told in str(refused.value).replace("\u00a0", " ")
    empty.rollback()
    assert empty.scalars(select(Body)).all() == []


@pytest.mark.parametrize("hostile", [b"", b"PK\x03\x04 not a zip", b"{}"])
def test_a_file_that_is_no_archive_is_told_so(empty: Session, hostile: bytes) -> None:
    with pytest.raises(BadArchive, match="archive"):
        unpack(empty, io.BytesIO(hostile), revision="r")


def test_a_bomb_is_not_opened(empty: Session) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("donnees/body.jsonl", b"0" * 50_000_000)
    with pytest.raises(BadArchive, match="démesurée"):
        unpack(empty, io.BytesIO(target.getvalue()), revision="r")


def test_an_archive_goes_into_an_empty_installation_only(session: Session, town: Body, tmp_path: Path) -> None:
    with pytest.raises(NotEmpty, match="vide"):
        unpack(session, io.BytesIO(_packed(session, town, tmp_path)), revision="r")


def test_every_table_is_a_part_or_is_left_out_for_a_reason() -> None:
    assert {part.table.name for part in PARTS} | set(LEFT_OUT) == set(Base.metadata.tables) - {"alembic_version"}


def test_the_commands_take_a_body_out_and_into_an_empty_installation(app: Flask, town: Body, tmp_path: Path) -> None:
    file = tmp_path / "archive.zip"
    done = app.test_cli_runner().invoke(args=["archive", "export", str(town.id), str(file)])
    assert done.exit_code == 0, done.output
    fresh = create_app(
        replace(app.config["SETTINGS"], instance=tmp_path, database_url=f"sqlite:///{tmp_path / 'fresh.sqlite3'}")
    )
    runner = fresh.test_cli_runner()
    with fresh.app_context():
        assert runner.invoke(args=["database", "upgrade"]).exit_code == 0
        done = runner.invoke(args=["archive", "import", str(file)])
        assert done.exit_code == 0, done.output
        assert "Fictiville" in runner.invoke(args=["archive", "bodies"]).output
        again = runner.invoke(args=["archive", "import", str(file)])
        assert again.exit_code == 2
        assert "vide" in again.output
        db.engine.dispose()


def test_the_archive_keeps_the_words_and_the_arms_of_what_was_frozen(
    session: Session, empty: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text, _account = make_convention(session)
    body = text.bodies[0].body
    (tmp_path / "arms-old.png").write_bytes(b"a picture")
    body.arms_file = "arms-old.png"
    texts.keep_version(session, text, "", by=BY, at=AT)
    body.arms_file = ""
    session.commit()
    version = session.scalars(select(ConventionVersion)).one()
    archive = pack(session, body.id, files=tmp_path, at=NOON, revision=migrate.head())
    with another_release(monkeypatch, tmp_path):
        files = unpack(empty, io.BytesIO(archive), revision=migrate.head())
        assert files["arms-old.png"] == b"a picture"
        taken = empty.scalars(select(ConventionVersion)).one()
        assert words_of(empty, taken) == words_of(session, version)


def test_an_archive_from_before_words_were_kept_is_read_and_its_versions_get_theirs(
    session: Session, empty: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text, _account = make_convention(session)
    texts.keep_version(session, text, "", by=BY, at=AT)
    session.commit()
    archive = pack(session, text.bodies[0].body_id, files=tmp_path, at=NOON, revision="034_dates")
    older = _forged(archive, "convention_version", lambda rows: [row.pop("words") for row in rows])  # type: ignore[arg-type, return-value]
    with another_release(monkeypatch, tmp_path):
        unpack(empty, io.BytesIO(older), revision=migrate.head())
        assert texts.fix_words(empty) == 1
        assert texts.fix_words(empty) == 0
        taken = empty.scalars(select(ConventionVersion)).one()
        signing = seal.signatory_lines(document_of(taken))
        assert seal.canonical(words_of(empty, taken).texts, signing) == taken.text
    stranger = pack(session, text.bodies[0].body_id, files=tmp_path, at=NOON, revision="033_terms")
    with pytest.raises(BadArchive, match="033_terms"):
        unpack(Session(empty.get_bind()), io.BytesIO(stranger), revision=migrate.head())


def test_the_commands_say_what_is_wrong(app: Flask, tmp_path: Path) -> None:
    runner = app.test_cli_runner()
    unknown = runner.invoke(args=["archive", "export", "999", str(tmp_path / "x.zip")])
    assert unknown.exit_code == 2
    assert "999" in unknown.output
    assert "archive bodies" in " ".join(unknown.output.split())
    (tmp_path / "bad.zip").write_bytes(b"rien")
    bad = runner.invoke(args=["archive", "import", str(tmp_path / "bad.zip")])
    assert (bad.exit_code, "ZIP" in bad.output) == (2, True)
    with zipfile.ZipFile(tmp_path / "backup.zip", "w") as backup:
        backup.writestr("manifest.json", "{}")
        backup.writestr("tables/body.jsonl", "")
    mistaken = runner.invoke(args=["archive", "import", str(tmp_path / "backup.zip")])
    assert (mistaken.exit_code, "flask restore" in mistaken.output) == (2, True)


def test_an_archive_that_cannot_be_written_is_told_in_french(app: Flask, town: Body, tmp_path: Path) -> None:
    refused = app.test_cli_runner().invoke(args=["archive", "export", str(town.id), str(tmp_path / "nulle-part/x.zip")])
    assert refused.exit_code == 2
    assert "vérifiez que son dossier existe" in refused.output
    assert "No such file" not in refused.output


def test_the_archive_s_page_names_all_that_it_holds_and_links_its_files(session: Session, tmp_path: Path) -> None:
    world = World(session)
    for name in ("convention_id", "ceremony_id", "act_id", "meeting_id", "project_id", "founding_id", "event_id"):
        world.value("takeaway", name)
    scan = session.scalars(select(ConventionScan)).first()
    assert scan is not None
    (tmp_path / scan.file).write_bytes(b"%PDF-1.7")
    held = _data(pack(session, world.own.id, files=tmp_path, at=NOON, revision="r"))
    page = held["index.html"].decode()
    links = set(re.findall(r'href="([^"#]+)"', page))
    assert links <= set(held)
    assert {f"fichiers/{scan.file}", "donnees/convention.jsonl", "donnees/council_act.jsonl"} <= links
    for title in ("Convention d’essai", "Rencontre d’essai", "Délibérations", "Séances du conseil", "Cérémonies"):
        assert title in page, title
    assert not re.findall(r">[^<]*\b[a-z]+_[a-z]+\b[^<]*<", re.sub(r"<a .*?</a>", "", page))
