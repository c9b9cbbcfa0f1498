"""One search over all that a person may see; a slip is forgiven, a stranger finds nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from app.access.roles import Role
from app.web.latin import in_latin_letters
from tests.factories.accounts import make_member
from tests.factories.bodies import make_mandate
from tests.factories.people import make_person
from tests.factories.samples import World

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account

    SignIn = Callable[[Account], FlaskClient]


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
    for name in ("convention_id", "ceremony_id", "act_id", "project_id", "assembly_id", "person_id"):
        world.value("search", name)
    client = sign_in(world.clerk)
    seen = set()
    for word in ("a", "e", "aide", "délibération"):
        for link in links(found(client, word)):
            seen.add(link.split("/")[1])
            assert client.get(link, follow_redirects=True).status_code == 200, link
    assert {"jumelages", "organismes", "conventions", "ceremonies", "financements", "conseil", "projets"} <= seen


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
