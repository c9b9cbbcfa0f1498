"""Whose record an account is: said by one address of both, or by somebody else who administers the body."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from app.accounts.models import Role
from app.accounts.services import invitations, own_account, signing_in, ties
from app.audit.models import JournalEntry
from app.mail.models import OutboxMessage
from app.people.models import Person
from app.shared import clock
from app.shared.actor import Actor
from tests.factories.accounts import make_account, make_grant, make_member, make_own_body
from tests.factories.bodies import make_mandate
from tests.factories.people import make_person

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.bodies.models import Body

    SignIn = Callable[[Account], FlaskClient]


def _invited(session: Session, body: Body, email: str, name: str) -> Account:
    command = invitations.Invite(
        body_id=body.id,
        email=email,
        name=name,
        role=Role.READER,
        language="fr",
        is_administrator=False,
        link_hash=f"hash of {email}",
        letter=None,
    )
    token = invitations.invite(session, command, by=Actor(None, "Camille"), at=clock.now())
    account = invitations.take_up(session, token, at=clock.now())
    session.commit()
    return account


def _record(session: Session, body: Body, name: str, email: str = "") -> int:
    given, family = name.split()
    return make_person(session, given_name=given, family_name=family, email=email, kept_by_body_id=body.id).id


def test_an_invitation_to_the_address_of_a_record_ties_the_account_to_it(session: Session) -> None:
    body = make_own_body(session)
    number = _record(session, body, "Ana Fictive", "Ana@Exemple.test")
    assert _invited(session, body, "ana@exemple.test", "Ana Fictive").person_id == number


def test_of_a_couple_with_one_address_the_name_tells_who_and_else_a_human_does(session: Session) -> None:
    body, other = make_own_body(session), make_own_body(session)
    ana = _record(session, body, "Ana Fictive", "nous@exemple.test")
    _record(session, body, "Max Fictif", "nous@exemple.test")
    for _alike in range(2):
        _record(session, body, "Jean Homonyme", "jean@exemple.test")
    _record(session, body, "Lou Fictive", "lou@exemple.test")
    _record(session, other, "Zoé Fictive", "zoe@exemple.test")
    assert _invited(session, body, "nous@exemple.test", "Ana Fictive").person_id == ana
    assert _invited(session, body, "jean@exemple.test", "Jean Homonyme").person_id is None
    assert _invited(session, body, "lou@exemple.test", "Son Mari").person_id is None
    assert _invited(session, body, "zoe@exemple.test", "Zoé Fictive").person_id is None, "a record of others"


def test_an_account_of_long_ago_is_tied_when_it_comes_in_and_never_by_its_name_alone(session: Session) -> None:
    body = make_own_body(session)
    number = _record(session, body, "Ana Fictive", "ana@exemple.test")
    _record(session, body, "Max Fictif")
    mine = make_member(session, body, name="Ana Fictive", email="ana@exemple.test")
    alike = make_member(session, body, name="Max Fictif", email="quelqu-un@exemple.test")
    for account in (mine, alike):
        signing_in.note_sign_in(session, account, how="link", at=clock.now())
    assert (mine.person_id, alike.person_id) == (number, None)
    told = session.scalars(select(JournalEntry).where(JournalEntry.action == "accounts.tied")).one()
    assert (told.body_id, told.details["person"]) == (body.id, "Ana Fictive")


def test_a_name_chosen_since_or_a_tie_undone_leaves_it_to_a_human(session: Session) -> None:
    body = make_own_body(session)
    make_member(session, body, is_administrator=True)
    _record(session, body, "Ana Fictive", "max@exemple.test")  # written there by whoever wants to be her
    account = make_member(session, body, name="Max Fictif", email="max@exemple.test")
    own_account.rename(session, account, name="Ana Fictive", language="fr", at=clock.now())
    signing_in.note_sign_in(session, account, how="link", at=clock.now())
    assert account.person_id is None, "somebody else administers, and knows who it is"
    number = _record(session, body, "Cléa Fictive", "clea@exemple.test")
    other = make_member(session, body, name="Cléa Fictive", email="clea@exemple.test")
    signing_in.note_sign_in(session, other, how="link", at=clock.now())
    assert other.person_id == number
    ties.loosen(session, other, body_id=body.id, by=Actor(None, "Cléa Fictive"), at=clock.now())
    signing_in.note_sign_in(session, other, how="link", at=clock.now())
    assert other.person_id is None, "what was contested does not come back by itself"


def test_who_administers_ties_an_account_in_one_step_and_undoes_it(session: Session, sign_in: SignIn) -> None:
    body = make_own_body(session)
    number = _record(session, body, "Ana Fictive")
    keeper = make_member(session, body, is_administrator=True)
    account = make_member(session, body, Role.READER, name="Ana Fictive")
    page = f"/organismes/{body.id}/acces/{account.grants[0].id}"
    browser = sign_in(keeper)
    assert f"{page}#fiche" in browser.get(f"/organismes/{body.id}/acces").text
    assert "il ne peut pas signer une passation" in browser.get(page).text
    done = browser.post(f"{page}/fiche", data={"person": number}, follow_redirects=True)
    assert "est relié à la fiche d’Ana Fictive" in done.text.replace("&#39;", "’")
    session.expire_all()
    assert account.person_id == number
    second = make_member(session, body, Role.READER, name="Ana Fictive")
    refused = browser.post(f"/organismes/{body.id}/acces/{second.grants[0].id}/fiche", data={"person": number})
    assert refused.status_code == 422
    assert "est déjà reliée au compte" in refused.text
    browser.post(f"{page}/fiche/defaire")
    session.expire_all()
    assert account.person_id is None
    assert sign_in(account).post(f"{page}/fiche", data={"person": number}).status_code in {403, 404}


def test_nobody_chooses_their_own_record(session: Session, sign_in: SignIn) -> None:
    body = make_own_body(session)
    number = _record(session, body, "Ana Fictive", "ana@exemple.test")
    keeper = make_member(session, body, is_administrator=True, name="Ana Fictive")
    page = f"/organismes/{body.id}/acces/{keeper.grants[0].id}"
    refused = sign_in(keeper).post(f"{page}/fiche", data={"person": number})
    assert refused.status_code == 422
    assert "Personne ne choisit sa propre fiche" in refused.text
    session.expire_all()
    assert keeper.person_id is None


def test_who_administers_one_body_ties_nobody_to_a_record_that_counts_in_another(session: Session) -> None:
    association, commune = make_own_body(session), make_own_body(session)
    number = _record(session, commune, "Ana Fictive")
    keeper = make_member(session, association, is_administrator=True)
    account = make_account(session, name="Ana Fictive")
    grant = make_grant(session, account, association)
    make_grant(session, account, commune)
    by = Actor(keeper.id, keeper.name)
    mine = frozenset({association.id})
    with pytest.raises(ties.NotTied, match="une fiche de cet organisme"):
        ties.tie(session, grant, ties.Tie(person_id=number, administered=mine), by=by, at=clock.now())
    person = session.get_one(Person, number)
    make_mandate(session, association, person, since="2024-10")
    with pytest.raises(ties.NotTied, match="que vous n’administrez pas"):
        ties.tie(session, grant, ties.Tie(person_id=number, administered=mine), by=by, at=clock.now())
    both = mine | {commune.id}
    ties.tie(session, grant, ties.Tie(person_id=number, administered=both), by=by, at=clock.now())
    assert account.person_id == number


def test_who_left_and_comes_back_with_another_mailbox_takes_their_record_over(
    session: Session, sign_in: SignIn
) -> None:
    body = make_own_body(session)
    keeper = make_member(session, body, is_administrator=True)
    number = _record(session, body, "Ana Fictive")
    before = make_member(session, body, Role.READER, name="Ana Fictive", person_id=number)
    again = make_member(session, body, Role.READER, name="Ana Fictive", email="ana2@exemple.test")
    role = f"/organismes/{body.id}/acces/{again.grants[0].id}"
    browser = sign_in(keeper)
    assert f'<option value="{number}"' not in browser.get(role).text
    assert browser.post(f"{role}/fiche", data={"person": number}).status_code == 422
    before.grants[0].until = clock.today() - timedelta(days=30)
    session.commit()
    assert f'<option value="{number}"' in browser.get(role).text
    browser.post(f"{role}/fiche", data={"person": number})
    session.expire_all()
    assert (before.person_id, again.person_id) == (None, number)
    told = set(session.scalars(select(OutboxMessage.to_address)))
    assert told == {before.email, again.email}
