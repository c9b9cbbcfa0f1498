"""Two customers of one installation come to one shared dossier, though one of them had opened a record of the other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from app.access.roles import Role
from app.accounts.models import RoleGrant
from app.bodies.models import Function
from app.mail.models import OutboxMessage
from app.shared import clock
from app.shared.saying import said
from app.twinnings.models import Duty, TwinningParty, TwinningPerson
from tests.factories.accounts import make_account, make_grant, make_member
from tests.factories.bodies import make_body, make_mandate
from tests.factories.people import make_person
from tests.factories.places import make_place
from tests.factories.twinnings import make_dossier_person, make_twinning

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.bodies.models import Body
    from app.twinnings.models import Twinning

    SignIn = Callable[[Account], FlaskClient]

TODAY = said(clock.today()).replace("\xa0", " ")
STEP = "mettre Sailly-lez-Lannoy à la place de cette fiche"


def spaced(page: str) -> str:
    """The text of a page, in which one space is like another."""
    return page.replace("\xa0", " ")


@dataclass
class Pair:
    """Mathieu and Sailly-lez-Lannoy both live here; Mathieu does not know, and opened a second record of Sailly."""

    mathieu: Body
    sailly: Body
    record: Body
    twinning: Twinning
    lou: Account
    dominique: Account

    def step(self, session: Session) -> str:
        party = session.scalars(select(TwinningParty).where(TwinningParty.body_id == self.record.id)).one()
        return f"/jumelages/organismes/{party.id}/remplacer"

    @property
    def dossier(self) -> str:
        return f"/jumelages/{self.twinning.id}"


@pytest.fixture
def pair(session: Session) -> Pair:
    place = make_place(session, "Sailly-lez-Lannoy", code="59522")
    mathieu, sailly = make_body(session, "Mathieu"), make_body(session, place_id=place.id)
    record = make_body(session, place_id=place.id, kept_by_id=mathieu.id)
    return Pair(
        mathieu,
        sailly,
        record,
        make_twinning(session, mathieu, record),
        make_member(session, mathieu, Role.PRESIDENT, name="Lou Voisin", is_administrator=True),
        make_member(session, sailly, Role.CLERK, name="Dominique Fictive", is_administrator=True),
    )


def invited(session: Session, pair: Pair, sign_in: SignIn) -> FlaskClient:
    """Dominique, let into the record by Lou's invitation; where the invitation led is kept on the client."""
    lou = sign_in(pair.lou)
    typed = {"email": pair.dominique.email, "name": "Dominique Fictive", "role": Role.CLERK.value, "language": "fr"}
    lou.post(f"/organismes/{pair.record.id}/acces/inviter", data=typed)
    session.rollback()
    letter = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id.desc())).first()
    guest = lou.application.test_client()
    answer = guest.post(re.search(r"https?://[^/]+(/invitation/\S+)", letter.text)[1])
    assert answer.headers["Location"].endswith(f"/organismes/{pair.record.id}")
    session.rollback()
    return guest


def test_who_is_invited_to_a_second_record_of_their_town_takes_their_place_in_the_dossier(
    session: Session, pair: Pair, sign_in: SignIn
) -> None:
    coordinator = make_dossier_person(session, pair.twinning, pair.record, make_person(session, "Alix", "Coordination"))
    lone = make_member(session, pair.sailly, Role.MAYOR)  # of the town, not of the record
    assert sign_in(lone).get(pair.dossier).status_code == 404
    guest = invited(session, pair, sign_in)
    step = pair.step(session)

    page = guest.get(f"/organismes/{pair.record.id}").text
    assert "Deux fiches du même organisme" in page
    assert f"accès ouvert le {TODAY} par Lou Voisin" in spaced(page)
    assert step in page
    offered = guest.get(pair.dossier).text
    assert STEP in offered
    assert step in offered
    asked = guest.get(step)
    assert asked.status_code == 200
    assert "Ce qui va se passer" in asked.text
    assert "une seule restera dans ce dossier, celle qui y entre" in asked.text
    assert "la vôtre" not in asked.text  # whoever writes for both holds both
    session.rollback()
    assert session.get(TwinningPerson, coordinator.id).body_id == pair.record.id  # nothing is done by looking

    answer = guest.post(step, follow_redirects=True)
    assert answer.status_code == 200
    assert "Sailly-lez-Lannoy est dans le dossier avec la fiche que vous avez choisie" in answer.text
    assert STEP not in answer.text
    assert "Sailly-lez-Lannoy a mis sa propre fiche dans ce dossier" in answer.text  # the timeline
    assert "à la place d’une autre fiche du même organisme" in answer.text  # the journal
    assert "parti le" in answer.text
    session.rollback()
    parties = {one.body_id: (one.side, one.left_on) for one in pair.twinning.parties}
    assert parties == {
        pair.mathieu.id: (1, None),
        pair.record.id: (2, clock.today()),
        pair.sailly.id: (2, None),
    }
    assert session.get(TwinningPerson, coordinator.id).body_id == pair.sailly.id
    assert "Alix Coordination" in answer.text
    assert sign_in(lone).get(pair.dossier).status_code == 200
    left = guest.get(f"/organismes/{pair.record.id}").text
    assert "Cette fiche n’est dans aucun jumelage." in left
    assert guest.get(step).status_code in {403, 404}  # it is done once
    assert f'href="/organismes/{pair.record.id}"' in guest.get(pair.dossier).text
    theirs = sign_in(pair.lou).get(pair.dossier).text
    assert "parti le" in theirs
    assert f'href="/organismes/{pair.record.id}"' not in theirs  # it would lead to a refusal


def test_a_town_that_came_here_after_the_record_takes_its_place_all_the_same(
    session: Session, pair: Pair, sign_in: SignIn
) -> None:
    guest = invited(session, pair, sign_in)
    session.scalars(select(RoleGrant).where(RoleGrant.body_id == pair.sailly.id)).one().created_at += timedelta(
        days=400
    )
    session.commit()
    step = pair.step(session)
    assert step in guest.get(f"/organismes/{pair.record.id}").text
    assert "Cette fiche n’est dans aucun jumelage." in guest.get(f"/organismes/{pair.sailly.id}").text
    answer = guest.post(step, follow_redirects=True)
    assert "Sailly-lez-Lannoy est dans le dossier avec la fiche que vous avez choisie" in answer.text
    session.rollback()
    assert [one.body_id for one in pair.twinning.parties if one.left_on is None] == [pair.mathieu.id, pair.sailly.id]


def test_nothing_more_than_the_dossier_shares_is_seen_of_the_town_that_took_its_place(
    session: Session, pair: Pair, sign_in: SignIn
) -> None:
    mayor = make_person(session, "Erika", "Maire", kept_by_body_id=pair.sailly.id, email="erika@sailly.test")
    make_mandate(session, pair.sailly, mayor)
    make_mandate(session, pair.sailly, make_person(session, "Jadis", "Partie"), Function.COUNCILLOR, until="2021-01-01")
    other = make_twinning(session, pair.sailly, make_body(session, "Semenivka", country="UA"))
    guest = invited(session, pair, sign_in)
    lou = sign_in(pair.lou)
    assert lou.get(f"/organismes/{pair.sailly.id}").status_code == 404
    assert guest.post(pair.step(session)).status_code == 302

    page = lou.get(f"/organismes/{pair.sailly.id}")
    assert page.status_code == 200
    assert "Erika" in page.text
    assert "Jadis" not in page.text
    assert "erika@sailly.test" not in lou.get(f"/personnes/{mayor.id}").text
    for address in (f"/jumelages/{other.id}", f"/organismes/{pair.sailly.id}/acces", f"/organismes/{pair.record.id}"):
        assert lou.get(address).status_code in {403, 404}


def test_only_who_writes_for_both_records_may_take_the_place(session: Session, pair: Pair, sign_in: SignIn) -> None:
    step = pair.step(session)
    reader = make_member(session, pair.sailly, Role.MAYOR, name="Lectrice de la fiche")
    make_grant(session, reader, pair.record, Role.READER)
    record_only = make_member(session, pair.record, Role.CLERK)
    reads_own = make_member(session, pair.record, Role.CLERK)
    make_grant(session, reads_own, pair.sailly, Role.READER)
    stranger = make_member(session, make_body(session, "Ailleurs"), Role.MAYOR)
    administration = make_account(session, is_instance_administrator=True)
    for account in (pair.lou, pair.dominique, reader, record_only, reads_own, stranger, administration):
        client = sign_in(account)
        assert client.get(step).status_code in {403, 404, 422}, account.name
        assert client.post(step).status_code in {403, 404, 422}, account.name
        assert STEP not in client.get(pair.dossier).text
        assert "Deux fiches" not in client.get(f"/organismes/{pair.record.id}").text
        assert "deuxième fiche" not in client.get("/organismes/").text
    session.rollback()
    assert {one.body_id for one in pair.twinning.parties} == {pair.mathieu.id, pair.record.id}


def test_a_record_of_another_place_or_kind_is_never_offered(session: Session, pair: Pair, sign_in: SignIn) -> None:
    far = make_body(session, place_id=make_place(session, "Sailly-lez-Lannoy", code="62735").id)
    account = make_member(session, pair.record, Role.CLERK)
    make_grant(session, account, far, Role.CLERK)
    make_grant(session, account, make_body(session, kind="committee"), Role.CLERK)
    client = sign_in(account)
    assert client.get(pair.step(session)).status_code == 422
    assert client.post(pair.step(session)).status_code == 422
    assert STEP not in client.get(pair.dossier).text


def test_a_name_and_a_country_are_enough_where_a_record_is_at_no_place(
    session: Session, pair: Pair, sign_in: SignIn
) -> None:
    pair.record.place_id, pair.record.name = None, "SAILLY LEZ LANNOY"
    session.commit()
    guest = invited(session, pair, sign_in)
    assert guest.post(pair.step(session)).status_code == 302
    assert "Sailly-lez-Lannoy – Mathieu" in guest.get(pair.dossier).text.split("</title>", maxsplit=1)[0]


def test_the_list_says_which_record_is_which(session: Session, pair: Pair, sign_in: SignIn) -> None:
    guest = invited(session, pair, sign_in)
    page = guest.get("/organismes/").text
    assert page.count("deuxième fiche") == 1
    assert "accès ouvert le 1er janvier 2020" in spaced(page)
    assert f"accès ouvert le {TODAY} par Lou Voisin" in spaced(page)
    assert "n’en garder qu’une dans les dossiers" in page
    assert guest.get("/jumelages/nouveau").text.count("Sailly-lez-Lannoy (deuxième fiche)") == 1


def test_the_usual_way_leads_back(session: Session, pair: Pair, sign_in: SignIn) -> None:
    guest = invited(session, pair, sign_in)
    guest.post(pair.step(session))
    assert guest.get(f"{pair.dossier}/organismes/nouveau").text.count("Sailly-lez-Lannoy (deuxième fiche)") == 1
    typed = {"known": str(pair.record.id), "side": "2"}
    assert guest.post(f"{pair.dossier}/organismes/nouveau", data=typed).status_code == 302
    session.rollback()
    own = session.scalars(select(TwinningParty).where(TwinningParty.body_id == pair.sailly.id)).one()
    left = guest.post(f"/jumelages/organismes/{own.id}/depart", data={"agreed": "y", "on": clock.today().isoformat()})
    assert left.status_code == 302
    page = guest.get(pair.dossier).text
    assert "a mis sa propre fiche dans ce dossier" not in page
    assert STEP in page
    assert guest.post(pair.step(session)).status_code == 302  # and once more: it comes back to its place
    assert "a mis sa propre fiche dans ce dossier" in guest.get(pair.dossier).text


def test_somebody_named_for_both_records_is_named_once_more_for_none(
    session: Session, pair: Pair, sign_in: SignIn
) -> None:
    guest = invited(session, pair, sign_in)
    guest.post(pair.step(session))
    alix = make_person(session, "Alix", "Coordination")
    make_dossier_person(session, pair.twinning, pair.sailly, alix)
    make_dossier_person(session, pair.twinning, pair.record, alix)
    signs = make_dossier_person(session, pair.twinning, pair.record, alix, duty=Duty.SIGNATORY.value)
    for party in pair.twinning.parties:
        if party.body_id != pair.mathieu.id:
            party.left_on = clock.today() if party.body_id == pair.sailly.id else None
    session.commit()
    assert guest.post(pair.step(session)).status_code == 302
    session.rollback()
    named = session.scalars(select(TwinningPerson).where(TwinningPerson.body_id == pair.sailly.id)).all()
    assert sorted(one.duty for one in named) == ["coordinator", "signatory"]
    assert session.get(TwinningPerson, signs.id).body_id == pair.sailly.id


def test_the_page_that_adds_a_party_says_how_one_who_is_here_already_comes_in(
    session: Session, pair: Pair, sign_in: SignIn
) -> None:
    del session
    client = sign_in(pair.lou)
    page = client.get(f"{pair.dossier}/organismes/nouveau").text
    assert "Votre partenaire est peut-être déjà sur cette installation" in page
    assert "il pourra mettre la sienne à la place" in client.get(f"/organismes/{pair.record.id}").text
