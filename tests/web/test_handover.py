"""What a mayor leaves pending is shown until somebody takes it over."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, update

from app.accounts.models import Account, Role
from app.accounts.services.invitations import Invite, invite
from app.audit.models import JournalEntry
from app.audit.services import record
from app.bodies.models import Body, Function, Mandate
from app.forms.dates import parse
from app.people.models import Person
from app.shared import clock
from app.shared.actor import Actor
from app.shared.fuzzydate import FuzzyDate
from tests.factories.accounts import make_member
from tests.factories.bodies import make_mandate
from tests.factories.ceremonies import make_ceremony, make_feed
from tests.factories.conventions import make_convention
from tests.factories.council import make_act, make_meeting
from tests.factories.twinnings import make_dossier_person

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.conventions.models import Convention

    SignIn = Callable[[Account], FlaskClient]


def text(answer: object) -> str:
    return answer.get_data(as_text=True).replace("&#39;", "'")  # type: ignore[attr-defined]


@pytest.fixture
def convention(session: Session) -> Convention:
    return make_convention(session)[0]


@pytest.fixture
def town(session: Session, convention: Convention) -> Body:
    del convention
    return session.scalars(select(Body).where(Body.name == "Sailly-lez-Lannoy")).one()


@pytest.fixture
def mayor(session: Session, town: Body, convention: Convention) -> Person:
    """The mayor, who signs the convention, follows the twinning and administers the body."""
    person = session.scalars(select(Person).join(Mandate).where(Mandate.body_id == town.id)).one()
    make_dossier_person(session, convention.twinnings[0], town, person, duty="signatory")
    make_member(session, town, Role.MAYOR, name=person.name, person_id=person.id, is_administrator=True)
    return person


@pytest.fixture
def clerk(session: Session, town: Body, sign_in: SignIn) -> FlaskClient:
    return sign_in(make_member(session, town, Role.CLERK, is_administrator=True))


def end(session: Session, person: Person) -> None:
    mandate = session.scalars(select(Mandate).where(Mandate.person_id == person.id)).one()
    mandate.until = parse("2020-11-15")
    mandate.until_sort = mandate.until.latest
    session.commit()


def test_the_check_page_names_the_text_to_sign_the_account_and_the_dossier(
    town: Body, mayor: Person, clerk: FlaskClient, session: Session
) -> None:
    held = session.scalars(select(Mandate).where(Mandate.person_id == mayor.id)).one()
    page = text(
        clerk.post(
            f"/organismes/{town.id}/renouvellement/maire",
            data={"on": "15/11/2024", "check": "1", f"outcome-{held.id}": "fin"},
        )
    )

    assert "Doit signer" in page
    assert "Le compte garde le rôle « Maire » et administre l’organisme." in page
    assert "Suit le jumelage" in page


def test_after_the_renewal_home_body_dossier_text_and_access_all_say_what_is_left(
    town: Body, mayor: Person, clerk: FlaskClient, session: Session, convention: Convention
) -> None:
    end(session, mayor)

    for address in ("/", f"/organismes/{town.id}"):
        page = text(clerk.get(address))
        for left in ("Doit signer", "Le compte garde le rôle « Maire »", "Suit le jumelage"):
            assert left in page, (address, left)
    assert "mandat terminé" in text(clerk.get(f"/jumelages/{convention.twinnings[0].id}"))
    assert f"Le mandat de {mayor.name} est terminé" in text(clerk.get(f"/conventions/{convention.id}"))
    assert f"Le mandat de {mayor.name} est terminé" in text(clerk.get(f"/organismes/{town.id}/acces"))


def test_what_a_mayor_leaves_in_ceremonies_and_council_is_named_on_home_and_on_the_persons_page(
    town: Body, mayor: Person, clerk: FlaskClient, session: Session, convention: Convention
) -> None:
    twinning = convention.twinnings[0]
    account = session.scalars(select(Account).where(Account.person_id == mayor.id)).one()
    speech = {"details": {"speakers": [{"name": {"fr": mayor.name}}]}, "own_date": FuzzyDate("2099-06-12"), "day": None}
    make_ceremony(session, twinning, when="2099-06-12", title={"fr": "Serment d’été"}, items=[speech])
    make_ceremony(
        session, twinning, when="2020-06-12", title={"fr": "Vieille fête"}, items=[{"details": speech["details"]}]
    )
    make_feed(session, label="équipe", twinning_id=twinning.id, created_by_id=account.id)
    make_act(session, town, title="Achat de drapeaux", rapporteur=mayor.name, status="draft")
    make_act(session, town, title="Déjà votée", rapporteur=mayor.name, status="adopted")
    make_meeting(session, town, day=date(2099, 6, 1))
    end(session, mayor)

    for address in ("/?tout=1", f"/personnes/{mayor.id}"):
        page = text(clerk.get(address))
        for left in ("« Serment d’été »", "agenda partagé « équipe »", "« Achat de drapeaux »", "Figure au conseil du"):
            assert left in page, (address, left)
        assert "Est au programme de « Vieille fête »" not in page
        assert "la délibération « Déjà votée »" not in page


def test_as_long_as_the_mayor_is_in_office_nothing_is_said_to_be_left(
    town: Body, mayor: Person, clerk: FlaskClient, convention: Convention
) -> None:
    assert "à transmettre" not in text(clerk.get("/"))
    assert "À transmettre" not in text(clerk.get(f"/organismes/{town.id}"))
    assert f"Le mandat de {mayor.name} est terminé" not in text(clerk.get(f"/conventions/{convention.id}"))


def test_a_mayor_who_stays_in_the_council_leaves_the_mayors_things_all_the_same(
    town: Body, mayor: Person, clerk: FlaskClient, session: Session
) -> None:
    end(session, mayor)
    make_mandate(session, town, mayor, Function.COUNCILLOR, since="2020-11-16")
    session.commit()

    assert "Doit signer" in text(clerk.get("/"))


def test_who_may_not_change_the_accounts_waits_for_who_does(
    town: Body, mayor: Person, session: Session, sign_in: SignIn
) -> None:
    end(session, mayor)
    page = text(sign_in(make_member(session, town, Role.COORDINATOR)).get("/"))

    todo, waiting = page.split("En attente des autres", 1)
    assert "Doit signer" in todo
    assert "Le compte garde" not in todo
    assert "Le compte garde" in waiting


def test_the_page_where_a_role_is_handed_over_lists_what_is_left_and_who_may_take_it_over(
    town: Body, mayor: Person, clerk: FlaskClient, session: Session, convention: Convention
) -> None:
    account = session.scalars(select(Account).where(Account.person_id == mayor.id)).one()
    make_member(session, town, Role.DEPUTY, name="Adèle Reprenante")
    make_member(session, town, Role.READER, name="Luc Lisant")
    by = Actor(account.id, account.name)
    invited = {"email": "neuf@exemple.test", "name": "Nina Neuve", "role": Role.DEPUTY, "language": "fr"}
    command = Invite(body_id=town.id, is_administrator=False, link_hash="0" * 64, letter=None, **invited)
    invite(session, command, by=by, at=clock.now())
    make_feed(
        session, label="équipe", twinning_id=convention.twinnings[0].id, created_by_id=account.id, body_id=town.id
    )
    session.execute(update(JournalEntry).values(actor_id=account.id))
    session.commit()

    for page in ("", "/transmettre"):
        told = text(clerk.get(f"/organismes/{town.id}/acces/{account.grants[0].id}{page}"))
        for left in (
            "Doit signer",
            "Suit le jumelage",
            "A invité Nina Neuve",
            "agenda partagé « équipe »",
            f"Personne d’autre n’a travaillé au brouillon « {convention.title} »",
        ):
            assert left in told, (page, left)
        assert "Adèle Reprenante" in told
        assert "restent à l’organisme" in told
        assert "Le compte garde" not in told

    subject = ("convention", convention.id)
    record(session, "convention.renamed", by=Actor(account.id + 1000, "Une autre"), at=clock.now(), subject=subject)
    session.commit()
    told = text(clerk.get(f"/organismes/{town.id}/acces/{account.grants[0].id}"))
    assert "Personne d’autre n’a travaillé" not in told
