"""What was frozen is what is printed, compared and sealed, whatever a later release says otherwise."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader
from sqlalchemy import create_engine, select

from app.conventions import fixed, services
from app.conventions.models import ConventionVersion
from app.conventions.queries import document_of
from app.conventions.queries.words import words_of
from app.database import migrate
from app.database.connection import prepare
from app.texts import seal
from app.texts.document import Kind
from app.texts.merge import plain
from tests.conventions.test_views import COMPLETE, complete_oath
from tests.factories.conventions import AT, BY, make_convention
from tests.support.forms import filled
from tests.support.release import another_release

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.conventions.fixed import FixedWords

    SignIn = Callable[[Account], FlaskClient]

FORMS = ("pdf", "docx", "odt", "json")
CLEARED = {"granted_by": "Camille Exemple, maire", "reason": "délibération transmise et publiée"}


def prints(client: FlaskClient, home: str, number: int) -> dict[str, bytes]:
    return {form: client.get(f"{home}/versions/{number}.{form}").data for form in FORMS}


def read(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def shape(words: FixedWords) -> list[object]:
    """Every part with its number, its heading, its lines, whether they are items, and its blanks."""
    return [
        (text.language, part.id, part.level, part.number, plain(part.heading), part.blanks)
        for text in words.texts
        for part in text.parts
    ] + [
        (part.id, said.items, *map(plain, said.lines))
        for text in words.texts
        for part in text.parts
        for said in part.paragraphs
    ]


def test_a_release_changes_no_word_of_what_was_frozen(
    session: Session, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    convention, account = complete_oath(session)
    client, home = sign_in(account), f"/conventions/{convention.id}"
    assert client.post(f"{home}/projet", data={"reason": "séance"}).status_code == 302
    before, _greeted = prints(client, home, 1), client.get(home)
    page = client.get(home).text
    assert "Nous, " in page
    assert "Fait à Semenivka" in page
    with another_release(monkeypatch, tmp_path):
        assert prints(client, home, 1) == before
        assert client.get(home).text == page, "the text that nobody touched stands in the words it was frozen with"
        compared = client.get(f"{home}/comparer?de=1&a=0").text
        assert "Les deux versions disent exactement la même chose" in compared
        assert "Fait à Semenivka" in read(client.get(f"{home}/brouillon.pdf").data)
        asked = client.get(f"{home}/projet").text
        sealed = session.scalars(select(ConventionVersion.sha256)).one()
        assert seal.grouped(sealed) in asked

        assert client.post(f"{home}/versions/1/original", data=CLEARED).status_code == 302
        original = read(client.get(f"{home}/versions/2.pdf").data)
        assert "Fait à Semenivka" in original
        assert "Pour la commune de Sailly-lez-Lannoy" in original
        for other in ("Établi à", "Au nom de la"):
            assert other not in original, other

        words = {"revision": "9", "heading_fr": "", "body_fr": "Tout autre chose.", "body_en": "Something else."}
        article = convention.document["articles"][0]["id"]
        assert client.post(f"{home}/articles/{article}", data=words).status_code == 302
        changed = client.get(home).text
        assert "Établi à Semenivka" in changed, "a draft is worded by today’s phrases"
        compared = client.get(f"{home}/comparer?de=1&a=0").text
        for said in ("<del>Fait</del>", "<ins>Établi</ins>", "Tout"):
            assert said in compared, said
        assert client.post(f"{home}/projet", data={"reason": "séance suivante"}).status_code == 302
        renewed = read(client.get(f"{home}/versions/3.pdf").data)
        assert "Établi à Semenivka" in renewed
        assert "Texte pour le conseil" in renewed
        assert prints(client, home, 1) == before


def test_what_a_body_writes_in_its_models_since_changes_no_frozen_text(session: Session, sign_in: SignIn) -> None:
    convention, account = complete_oath(session)
    client, home = sign_in(account), f"/conventions/{convention.id}"
    client.post(f"{home}/projet", data={"reason": ""})
    before = prints(client, home, 1)
    article = convention.document["articles"][0]["id"]
    address = f"/conventions/modeles/{convention.owner_body_id}/oath/{article}"
    typed = filled(client.get(address).text) | {"body_fr": "{nous}, à notre manière de dire,"}
    assert client.post(address, data=typed).status_code == 302
    assert "à notre manière" in client.get(address).text
    assert prints(client, home, 1) == before
    assert "Les deux versions disent exactement la même chose" in client.get(f"{home}/comparer?de=1&a=0").text


@pytest.mark.parametrize("languages", [("fr",), ("fr", "en"), ("fr", "de", "it", "uk")])
def test_a_version_from_before_words_were_kept_is_given_those_of_the_text_that_was(
    session: Session,
    app: Flask,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    database_url: str,
    languages: tuple[str, ...],
) -> None:
    texts = [make_convention(session, kind, languages, COMPLETE)[0] for kind in (Kind.OATH, Kind.CONVENTION)]
    versions = [services.keep_version(session, text, "", by=BY, at=AT).id for text in texts]
    session.commit()
    kept = {one: session.get_one(ConventionVersion, one).words for one in versions}
    session.expire_all()
    session.rollback()
    engine = create_engine(database_url)
    prepare(engine)
    migrate.downgrade(engine, "035_letters")
    migrate.upgrade(engine)
    engine.dispose()
    assert session.scalars(select(ConventionVersion.words)).all() == [None, None]
    session.rollback()
    with another_release(monkeypatch, tmp_path):
        for number in versions:
            version = session.get_one(ConventionVersion, number)
            words = words_of(session, version)
            signing = seal.signatory_lines(document_of(version))
            assert seal.canonical(words.texts, signing) == version.text
            assert shape(words) == shape(fixed.read(kept[number])), "headings, items and blanks are where they were"
    assert app.test_cli_runner().invoke(args=["database", "upgrade"]).exit_code == 0
    session.expire_all()
    assert {one: session.get_one(ConventionVersion, one).words for one in versions} == kept
