"""One search over all that a person may see; a slip is forgiven, a stranger finds nothing."""

from __future__ import annotations

import re
import uuid
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event

from app.access.roles import Role
from app.bodies.models import Body, BodyKind
from app.shared import clock
from app.web.latin import in_latin_letters
from tests.factories.accounts import make_member
from tests.factories.bodies import make_body, make_mandate
from tests.factories.mailing import make_mailing
from tests.factories.members import enrol, make_household
from tests.factories.people import make_person
from tests.factories.samples import World
from tests.factories.twinnings import make_twinning

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account

    SignIn = Callable[[Account], FlaskClient]


_PAPERS = ("convention_id", "ceremony_id", "act_id", "meeting_id", "project_id", "assembly_id", "person_id")


@contextmanager
def asked_of(session: Session) -> Iterator[list[str]]:
    """What the database is asked within the block."""
    asked: list[str] = []

    def keep(*said: object) -> None:
        asked.append(str(said[2]))

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", keep)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", keep)


def partner(keeper: Body, name: str) -> Body:
    """A town abroad whose record another body keeps."""
    return Body(
        uid=str(uuid.uuid4()), name=name, kind="foreign_authority", kept_by_id=keeper.id, created_at=clock.now()
    )


@pytest.fixture
def world(session: Session) -> World:
    """A town and its committee with something in every room, a partner, and a stranger."""
    return World(session)


def found(client: FlaskClient, words: str) -> str:
    answer = client.get("/recherche", query_string={"q": words})
    assert answer.status_code == 200
    return answer.text.partition("<h1")[2].partition("</main>")[0].partition("</form>")[2]


def links(page: str) -> list[str]:
    return re.findall(r'<li><a href="([^"]+)"', page)


def test_what_is_found_opens_for_whoever_found_it(world: World, sign_in: SignIn) -> None:
    for name in (*_PAPERS, "founding_id", "mailing_id", "member_id"):
        world.value("search", name)
    client = sign_in(world.clerk)
    seen = set()
    for word in ("a", "e", "aide", "délibération", "séance", "création comité", "fête", "regie"):
        for link in links(found(client, word)):
            seen.add(re.sub(r"/\d+$", "", link))
            assert client.get(link, follow_redirects=True).status_code == 200, link
    assert seen >= {
        *("/jumelages", "/organismes", "/personnes", "/conventions", "/ceremonies", "/projets"),
        *("/conseil/deliberations", "/conseil/seances", "/membres/fiche", "/lettres", "/comites-en-creation"),
    }


def test_a_committee_s_letters_and_members_are_found_by_those_who_keep_the_list(
    session: Session, world: World, sign_in: SignIn
) -> None:
    committee = make_body(session, "Comité-Essai", BodyKind.COMMITTEE, parent_id=world.own.id)
    enrol(
        session, committee, "Anatole", "CROQUIS", household=make_household(session, committee, town="Vaucresson-Essai")
    )
    make_mailing(session, committee, subject="Grande tombola d’automne")
    keeper, reader = (make_member(session, committee, role) for role in (Role.SECRETARY, Role.READER))
    for word in ("croquis", "croqius", "tombola", "vaucresson"):
        assert links(found(sign_in(keeper), word)), word
        assert not links(found(sign_in(reader), word)), word
        assert not links(found(sign_in(world.clerk), word)), word


def test_the_last_of_thousands_is_found_with_as_many_questions_as_the_only_one(
    session: Session, world: World, sign_in: SignIn
) -> None:
    client = sign_in(world.clerk)
    with asked_of(session) as few:
        assert not links(found(client, "zzyzivka"))
    for number in range(1200):
        session.add(partner(world.own, f"Aubourg {number}"))
    last = partner(world.own, "Ющенківка")
    session.add(last)
    session.flush()
    dossier = make_twinning(session, world.own, last)
    for typed in ("ющенківка", "yushchenkivka", "yuschenkivka"):
        assert {f"/organismes/{last.id}", f"/jumelages/{dossier.id}"} <= set(links(found(client, typed))), typed
    with asked_of(session) as many:
        assert not links(found(client, "zzyzivka"))
    assert len(many) <= len(few)


@pytest.mark.parametrize(
    "typed", ["semenivka", "Семенивка", "семенівка рівні", "semenivk", "vassuer", "10600", "maire"]
)
def test_a_slip_another_alphabet_and_a_postcode_are_understood(
    session: Session, world: World, sign_in: SignIn, typed: str
) -> None:
    world.own.name, world.own.folded = "Семенівка на Рівні", "семенівка на рівні"
    world.own.names = {"fr": "Mairie de Vasseur 10600"}
    session.commit()
    assert f'href="/organismes/{world.own.id}"' in found(sign_in(world.clerk), typed)


def test_what_comes_near_is_told_apart_from_what_was_typed(world: World, session: Session, sign_in: SignIn) -> None:
    world.own.name, world.own.folded = "Sailly-Essai", "sailly essai"
    session.commit()
    client = sign_in(world.clerk)
    assert "voici ce qui s’en approche" in found(client, "saily")
    assert "voici ce qui s’en approche" not in found(client, "sailly")


@pytest.mark.parametrize("typed", ["🎉", "%", "_", "' OR qqzz=qqzz --", "x" * 5000, "\x00", "zzzzqqqq"])
def test_words_that_say_nothing_find_nothing(world: World, sign_in: SignIn, typed: str) -> None:
    assert links(found(sign_in(world.clerk), typed)) == []


def test_a_stranger_finds_nothing_of_this_town(session: Session, world: World, sign_in: SignIn) -> None:
    world.value("search", "convention_id")
    world.own.name, world.own.folded = "Sailly-Essai", "sailly essai"
    session.commit()
    theirs = sign_in(make_member(session, world.stranger, Role.CLERK))
    assert "Sailly" not in found(theirs, "essai")
    assert "Sailly" in found(sign_in(world.clerk), "essai")


def test_an_office_elsewhere_is_not_guessed_by_searching_for_it(
    session: Session, world: World, sign_in: SignIn
) -> None:
    known = make_person(session, family_name="CONNUE", kept_by_body_id=world.own.id)
    make_mandate(session, world.own, known, wording="Archiviste d’ici")
    make_mandate(session, world.stranger, known, wording="Fauconnière ailleurs")
    client = sign_in(world.clerk)
    assert "CONNUE" in found(client, "archiviste")
    assert "CONNUE" not in found(client, "fauconnière")


@pytest.mark.parametrize(
    ("written", "latin"),
    [("Семенівка", "semenivka"), ("Згорани", "zghorany"), ("Юрій Їжакевич", "yurii yizhakevych"), ("Łódź", "Łódź")],
)
def test_cyrillic_is_read_as_a_passport_writes_it(written: str, latin: str) -> None:
    assert in_latin_letters(written) == latin
