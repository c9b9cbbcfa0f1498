"""The address book of persons, as people meet it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from app.audit.models import JournalEntry
from app.bodies.models import Function
from app.people.models import Person
from app.people.naming import clean, read_languages
from tests.factories.accounts import Role, make_member
from tests.factories.bodies import make_body, make_mandate
from tests.factories.people import make_person
from tests.factories.twinnings import make_dossier_person, make_twinning

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.bodies.models import Body

    SignIn = Callable[[Account], FlaskClient]


@pytest.fixture
def town(session: Session) -> Body:
    return make_body(session)


def test_a_person_is_noted_with_the_name_as_they_write_it(session: Session, town: Body, sign_in: SignIn) -> None:
    client = sign_in(make_member(session, town))

    answer = client.post(
        "/personnes/nouvelle",
        data={
            "given_name": "Sándor",
            "family_name": "Orbán",
            "name_as_written": "ORBÁN Sándor",
            "languages": "hongrois",
        },
        follow_redirects=True,
    )

    person = session.scalar(select(Person))
    assert "ORBÁN Sándor" in answer.get_data(as_text=True)
    assert (person.name, person.languages, person.kept_by_body_id) == ("ORBÁN Sándor", ["hu"], town.id)


def test_one_single_name_is_enough_and_none_is_not(session: Session, town: Body, sign_in: SignIn) -> None:
    client = sign_in(make_member(session, town))

    assert client.post("/personnes/nouvelle", data={"name_as_written": "Suharto"}).status_code == 302
    assert client.post("/personnes/nouvelle", data={"title": "Mme", "family_name": "\x00 \u200b"}).status_code == 422


@pytest.mark.parametrize(
    "name", ["<img src=x onerror=alert(1)>", "x" * 10_000, "a\x00b\x1f", "{{ 7*7 }}", "\u202etxt.exe", "Robert'); DROP"]
)
def test_hostile_names_do_no_harm(session: Session, town: Body, sign_in: SignIn, name: str) -> None:
    client = sign_in(make_member(session, town))

    answer = client.post("/personnes/nouvelle", data={"family_name": name}, follow_redirects=True)

    page = answer.get_data(as_text=True)
    assert answer.status_code in {200, 422}
    assert "<img src=x" not in page
    assert client.get("/personnes/").status_code == 200


def test_a_double_is_proposed_and_never_merged(session: Session, town: Body, sign_in: SignIn) -> None:
    make_person(session, "Sándor", "Orbán", kept_by_body_id=town.id)
    client = sign_in(make_member(session, town))
    told = {"given_name": "sandor", "family_name": "ORBAN"}

    assert "peut-être déjà" in client.post("/personnes/nouvelle", data=told).get_data(as_text=True)
    assert len(session.scalars(select(Person)).all()) == 1
    client.post("/personnes/nouvelle", data={**told, "confirmed": "1"})

    assert len(session.scalars(select(Person)).all()) == 2


def test_two_people_who_edit_the_same_person_see_both_texts(session: Session, town: Body, sign_in: SignIn) -> None:
    person = make_person(session, kept_by_body_id=town.id)
    client = sign_in(make_member(session, town))
    address = f"/personnes/{person.id}/modifier"
    assert client.post(address, data={"family_name": "Un", "revision": "1"}).status_code == 302

    answer = client.post(address, data={"family_name": "Deux", "revision": "1"})

    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "Enregistré entre-temps" in page
    assert 'value="Deux"' in page
    session.refresh(person)
    assert person.family_name == "Un"


def test_the_trash_is_a_way_back(session: Session, town: Body, sign_in: SignIn) -> None:
    person = make_person(session, "Camille", "Essai", kept_by_body_id=town.id)
    client = sign_in(make_member(session, town))

    client.post(f"/personnes/{person.id}/corbeille")
    assert "Camille Essai" not in client.get("/personnes/").get_data(as_text=True)
    assert "Camille Essai" in client.get("/personnes/?corbeille=1").get_data(as_text=True)
    client.post(f"/personnes/{person.id}/restaurer")

    assert "Camille Essai" in client.get("/personnes/").get_data(as_text=True)


def test_nobody_else_knows_the_person_and_a_reader_changes_nothing(
    session: Session, town: Body, sign_in: SignIn
) -> None:
    person = make_person(session, kept_by_body_id=town.id)
    stranger = make_member(session, make_body(session, "Ailleurs"))
    reader = make_member(session, town, Role.READER)

    assert sign_in(stranger).get(f"/personnes/{person.id}").status_code == 404
    client = sign_in(reader)
    assert client.get(f"/personnes/{person.id}").status_code == 200
    assert client.get(f"/personnes/{person.id}/modifier").status_code == 403
    assert client.post(f"/personnes/{person.id}/corbeille").status_code == 403


def test_a_search_finds_the_words_in_any_order(session: Session, town: Body, sign_in: SignIn) -> None:
    make_person(session, "Sándor", "Orbán", kept_by_body_id=town.id)
    client = sign_in(make_member(session, town))

    assert "Sándor Orbán" in client.get("/personnes/?q=sandor orban").get_data(as_text=True)
    assert "Personne ne porte ce nom" in client.get("/personnes/?q=zzz").get_data(as_text=True)


@pytest.mark.usefixtures("app")
def test_languages_are_read_as_people_write_them() -> None:
    assert read_languages("français, ukrainien et Anglais; de") == (["fr", "uk", "en", "de"], [])
    assert read_languages("Deutsch, klingonais") == (["de"], ["klingonais"])


def test_a_name_is_one_line_of_letters() -> None:
    assert clean(" a\r\n b\x00\u202e ") == "a b"


class TestOneHumanBeingNotedTwice:
    def test_the_double_is_shown_beside_the_kept_one_then_everything_of_it_moves(
        self, session: Session, town: Body, sign_in: SignIn
    ) -> None:
        kept = make_person(session, "Camille", "Essai", kept_by_body_id=town.id, email="")
        double = make_person(session, "camille", "ESSAI", kept_by_body_id=town.id, email="c@exemple.fr")
        mandate = make_mandate(session, town, double)
        twinning = make_twinning(session, town, make_body(session, "Gerbrunn", "foreign_authority", country="DE"))
        named = make_dossier_person(session, twinning, town, double)
        session.commit()
        client, address = sign_in(make_member(session, town)), f"/personnes/{kept.id}/reunir"

        assert f"autre={double.id}" in client.get(address).text
        assert "Est-ce bien la même personne" in client.get(f"{address}?autre={double.id}").text
        assert client.post(address, data={"other": str(double.id)}).status_code == 302

        session.expire_all()
        assert (mandate.person_id, named.person_id, kept.email) == (kept.id, kept.id, "c@exemple.fr")
        assert double.trashed_at is not None
        entry = session.scalars(select(JournalEntry).where(JournalEntry.action == "person.merged")).one()
        assert (entry.details["other_id"], entry.details["moved"]) == (double.id, 2)

    def test_mandates_that_would_overlap_are_told_before_and_after(
        self, session: Session, town: Body, sign_in: SignIn
    ) -> None:
        kept = make_person(session, "Camille", "Essai", kept_by_body_id=town.id)
        double = make_person(session, "camille", "ESSAI", kept_by_body_id=town.id)
        make_mandate(session, town, kept, Function.COUNCILLOR, since="2025-09-20")
        shorter = make_mandate(session, town, double, Function.COUNCILLOR, since="2026-01-01", until="2026-06-01")
        make_mandate(session, town, double, Function.COUNCILLOR, since="2020-05-25", until="2025-09-20")
        client, address = sign_in(make_member(session, town)), f"/personnes/{kept.id}"
        told = "La même fonction est notée deux fois pour les mêmes jours."

        assert told not in client.get(address).text
        page = client.get(f"{address}/reunir?autre={double.id}").text
        assert page.count("depuis le 20 septembre 2025 ; 1er janvier 2026 – 1er juin 2026") == 1
        assert f"/organismes/mandats/{shorter.id}/modifier" in page
        client.post(f"{address}/reunir", data={"other": str(double.id)})
        assert told in client.get(address).text
        client.post(f"/organismes/mandats/{shorter.id}/corbeille")
        assert told not in client.get(address).text

    def test_a_person_is_not_merged_with_themselves_nor_with_one_in_the_trash(
        self, session: Session, town: Body, sign_in: SignIn
    ) -> None:
        kept = make_person(session, "Camille", "Essai", kept_by_body_id=town.id)
        gone = make_person(session, "Camille", "Essai", kept_by_body_id=town.id)
        gone.trashed_at = kept.created_at
        session.commit()
        client, address = sign_in(make_member(session, town)), f"/personnes/{kept.id}/reunir"

        assert "C’est la même fiche" in client.post(address, data={"other": str(kept.id)}).text
        assert "à la corbeille" in client.post(address, data={"other": str(gone.id)}).text

    def test_a_person_of_another_body_is_not_found(self, session: Session, town: Body, sign_in: SignIn) -> None:
        kept = make_person(session, "Camille", "Essai", kept_by_body_id=town.id)
        far = make_person(session, "Camille", "Essai", kept_by_body_id=make_body(session, "Ailleurs").id)
        session.commit()
        client = sign_in(make_member(session, town))

        for other in (str(far.id), "x", "99999999999"):
            assert client.post(f"/personnes/{kept.id}/reunir", data={"other": other}).status_code == 404
