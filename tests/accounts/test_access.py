"""« Accès » of a body: inviting, changing, ending, handing over, recovering."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from flask_babel import refresh
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from app.access.roles import Role
from app.accounts import credentials
from app.accounts.models import Account, RoleGrant, Token
from app.audit.models import JournalEntry
from app.bodies.models import Body, BodyKind
from app.database import migrate
from app.database.connection import prepare
from app.extensions import db
from app.mail.models import OutboxMessage
from app.shared import clock
from app.shared.saying import said
from tests.factories.accounts import make_account, make_grant, make_member, make_own_body
from tests.factories.bodies import make_body

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient

    SignIn = Callable[[Account], FlaskClient]


def letters(session: Session) -> list[OutboxMessage]:
    session.rollback()
    return list(session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))


def link_in(letter: OutboxMessage) -> str:
    return re.search(r"https?://[^/]+(/(?:invitation|adresse)/\S+)", letter.text)[1]


def holds(session: Session, account: Account, body: Body) -> list[str]:
    session.rollback()
    found = session.scalars(select(RoleGrant).where(RoleGrant.account_id == account.id, RoleGrant.body_id == body.id))
    return [grant.role for grant in found if grant.until is None or grant.until >= clock.today()]


INVITATION = {"name": "Olena Fictive", "email": "olena@exemple.test", "role": "coordinatrice", "language": "en"}


def test_somebody_invited_accepts_and_is_in(session: Session, sign_in: SignIn) -> None:
    body = make_own_body(session, name="Sailly-Essai")
    client = sign_in(make_member(session, body, Role.CLERK, is_administrator=True, name="Anne Fictive"))
    assert client.post(f"/organismes/{body.id}/acces/inviter", data=INVITATION).status_code == 302
    (letter,) = letters(session)
    assert letter.language == "en"
    assert "Sailly-Essai" in letter.subject
    page = client.get(f"/organismes/{body.id}/acces").text
    assert "olena@exemple.test" in page
    guest, way_in = client.application.test_client(), link_in(letter)
    shown = guest.get(way_in)
    assert shown.status_code == 200
    assert '<html lang="en"' in shown.text
    assert session.scalar(select(Token).where(Token.used_at.is_(None))) is not None
    assert guest.post(way_in).status_code == 302
    session.rollback()
    olena = session.scalar(select(Account).where(Account.email == "olena@exemple.test"))
    assert (olena.language, olena.name) == ("en", "Olena Fictive")
    assert holds(session, olena, body) == ["coordinatrice"]
    assert guest.get("/compte").status_code == 200
    assert guest.get(f"/organismes/{body.id}/acces").status_code in {403, 404}
    olena.language = "fr"
    session.commit()
    refresh()  # a request of its own asks anew which language it is in; those of a test share what was asked
    again = guest.post(way_in)
    assert again.status_code == 410
    assert "Cette invitation a déjà été acceptée" in again.text


def test_a_newer_or_withdrawn_invitation_closes_the_older_one(session: Session, sign_in: SignIn) -> None:
    body = make_own_body(session)
    client = sign_in(make_member(session, body, is_administrator=True))
    links = []
    for _ in range(2):
        client.post(f"/organismes/{body.id}/acces/inviter", data=INVITATION)
        (letter,) = letters(session)  # the letter before has not left: what it opens is closed, it is called off
        links.append(link_in(letter))
    replaced = client.get(links[0])
    assert replaced.status_code == 410
    assert "Une invitation plus récente remplace celle-ci" in replaced.text
    token = session.scalar(select(Token).where(Token.used_at.is_(None)))
    client.post(f"/organismes/{body.id}/acces/invitations/{token.id}/retirer")
    withdrawn = client.get(links[1])
    assert withdrawn.status_code == 410
    assert "Cette invitation a été retirée. Demandez-en une nouvelle à" in withdrawn.text
    assert letters(session) == []


def test_an_expired_invitation_says_so_and_whom_to_ask_and_nothing_of_the_body(
    session: Session, sign_in: SignIn, client: FlaskClient
) -> None:
    body = make_own_body(session, name="Commune discrète")
    sign_in(make_member(session, body, is_administrator=True, name="Irène Invitante")).post(
        f"/organismes/{body.id}/acces/inviter", data=INVITATION
    )
    (letter,) = letters(session)
    way_in = link_in(letter)
    token = session.scalars(select(Token)).one()
    token.language = "fr"
    token.expires_at = datetime(2026, 3, 3, 12, tzinfo=UTC)
    session.commit()
    client.post("/deconnexion")
    for answer in (client.get(way_in), client.post(way_in)):
        assert answer.status_code == 410
        assert "Cette invitation a expiré le" in answer.text
        assert "Demandez-en une nouvelle à Irène Invitante, qui vous l’avait envoyée." in answer.text
        assert "Demander un autre message" not in answer.text
        for secret in ("Commune discrète", token.email, token.name):
            assert secret not in answer.text
    guessed = client.get(way_in[:-4])
    assert guessed.status_code == 410
    assert "il n’a pas été copié en entier" in guessed.text
    assert "Irène" not in guessed.text


def test_the_first_person_of_a_partner_administers_it_and_it_keeps_itself(session: Session, sign_in: SignIn) -> None:
    keeper = make_own_body(session)
    partner = make_own_body(session, kind=BodyKind.FOREIGN_AUTHORITY, country="UA", kept_by_id=keeper.id)
    client = sign_in(make_member(session, keeper, is_administrator=True))
    assert "La première personne" in client.get(f"/organismes/{partner.id}/acces/inviter").text
    client.post(f"/organismes/{partner.id}/acces/inviter", data=INVITATION)
    guest = client.application.test_client()
    guest.post(link_in(letters(session)[0]))
    session.rollback()
    assert session.get(Body, partner.id).kept_by_id is None
    assert guest.get(f"/organismes/{partner.id}/acces").status_code == 200
    assert client.get(f"/organismes/{partner.id}/acces").status_code in {403, 404}


def test_the_installation_opens_the_first_door_only(session: Session, sign_in: SignIn) -> None:
    body = make_own_body(session)
    client = sign_in(make_account(session, is_instance_administrator=True))
    assert client.get(f"/organismes/{body.id}/acces/inviter").status_code == 200
    make_member(session, body, is_administrator=True)
    assert client.get(f"/organismes/{body.id}/acces/inviter").status_code in {403, 404}


def test_who_opens_an_installation_invites_herself_and_is_in_at_once(session: Session, sign_in: SignIn) -> None:
    body = make_own_body(session, name="Sailly-Essai")
    founder = make_account(session, email="anne@exemple.test", name="Anne@exemple.test", is_instance_administrator=True)
    client = sign_in(founder)
    given = INVITATION | {"name": "Anne Fictive", "email": " Anne@Exemple.test", "language": "fr"}
    page = client.post(f"/organismes/{body.id}/acces/inviter", data=given, follow_redirects=True)
    assert "Vous voici dans cet organisme." in page.text
    assert letters(session) == []
    assert holds(session, founder, body) == ["coordinatrice"]
    assert session.get(Account, founder.id).name == "Anne Fictive"
    assert "Commençons par votre organisme" not in client.get("/").text


def test_nobody_is_invited_to_a_role_already_held_but_may_be_invited_to_administer(
    session: Session, sign_in: SignIn
) -> None:
    body = make_own_body(session)
    client = sign_in(make_member(session, body, Role.CLERK, is_administrator=True))
    make_member(session, body, Role(INVITATION["role"]), email=INVITATION["email"])
    page = client.post(f"/organismes/{body.id}/acces/inviter", data=INVITATION)
    assert page.status_code == 422
    assert "Cette personne a déjà ce rôle" in page.text
    assert INVITATION["email"] in page.text, "nothing typed is lost"
    assert letters(session) == []
    more = INVITATION | {"is_administrator": "y"}
    assert client.post(f"/organismes/{body.id}/acces/inviter", data=more).status_code == 302
    assert len(letters(session)) == 1


def test_without_a_mail_server_an_invitation_is_said_to_wait_and_is_handed_over_by_the_command_line(
    session: Session, sign_in: SignIn
) -> None:
    body = make_own_body(session, name="Sailly-Essai")
    client = sign_in(make_member(session, body, Role.CLERK, is_administrator=True))
    said = client.post(f"/organismes/{body.id}/acces/inviter", data=INVITATION, follow_redirects=True).text
    assert "attend : aucun serveur de courrier n’est réglé" in said
    printed = client.application.test_cli_runner().invoke(args=["accounts", "link", "olena@exemple.test"])
    way_in = re.search(r"https?://[^/]+(/invitation/\S+)", printed.output)[1]
    assert letters(session) == [], "what is handed over by hand is not sent as well"
    assert client.application.test_client().post(way_in).location == "/"
    session.rollback()
    account = session.scalar(select(Account).where(Account.email == "olena@exemple.test"))
    assert holds(session, account, body) == ["coordinatrice"]


def test_an_invitation_waits_on_the_home_page_of_the_account_it_was_sent_to(session: Session, sign_in: SignIn) -> None:
    body, other = make_own_body(session, name="Sailly-Essai"), make_own_body(session, name="Loin-Essai")
    client = sign_in(make_member(session, body, Role.CLERK, is_administrator=True, name="Anne Fictive"))
    client.post(f"/organismes/{body.id}/acces/inviter", data=INVITATION)
    waiting = session.scalar(select(Token).where(Token.body_id == body.id))
    stranger = sign_in(make_member(session, other, Role.CLERK, email="autre@exemple.test"))
    assert "vous invite pour" not in stranger.get("/").text
    assert stranger.post(f"/invitations/{waiting.id}/accepter").status_code == 404
    olena = make_member(session, other, Role.READER, email="olena@exemple.test")
    client = sign_in(olena)
    assert "Anne Fictive vous invite pour Sailly-Essai" in client.get("/").text
    assert client.post(f"/invitations/{waiting.id}/accepter").location == "/"
    assert holds(session, olena, body) == ["coordinatrice"]
    assert client.post(f"/invitations/{waiting.id}/accepter").status_code == 404


def test_a_single_administrator_is_warned_of(session: Session, sign_in: SignIn) -> None:
    body = make_own_body(session)
    client = sign_in(make_member(session, body, is_administrator=True))
    warning = "Une seule personne administre cet organisme"
    assert warning in client.get(f"/organismes/{body.id}/acces").text
    make_member(session, body, is_administrator=True)
    assert warning not in client.get(f"/organismes/{body.id}/acces").text


@pytest.mark.parametrize("way", ["terminer", "quitter", "change", "date"])
def test_the_last_administrator_cannot_leave_the_body_alone(session: Session, sign_in: SignIn, way: str) -> None:
    body = make_own_body(session)
    account = make_member(session, body, Role.MAYOR, is_administrator=True)
    make_member(session, body, Role.READER)
    client = sign_in(account)
    number = session.scalar(select(RoleGrant.id).where(RoleGrant.account_id == account.id))
    address = f"/organismes/{body.id}/acces/{number}"
    data = {"role": "maire"} if way == "change" else {"role": "maire", "is_administrator": "y", "until": "2031-01-01"}
    answer = client.post(address if way in {"change", "date"} else f"{address}/{way}", data=data)
    assert answer.status_code == 422
    assert "Nommez d’abord une deuxième personne" in answer.text
    assert holds(session, account, body) == ["maire"]


def test_a_role_ends_on_a_day_or_at_once(session: Session, sign_in: SignIn) -> None:
    body = make_own_body(session)
    client = sign_in(make_member(session, body, is_administrator=True))
    leaving = make_member(session, body, Role.TREASURER)
    number = session.scalar(select(RoleGrant.id).where(RoleGrant.account_id == leaving.id))
    address = f"/organismes/{body.id}/acces/{number}"
    last_day = clock.today() + timedelta(days=30)
    assert client.post(address, data={"role": "tresorier", "until": last_day.isoformat()}).status_code == 302
    assert holds(session, leaving, body) == ["tresorier"]
    assert client.post(address, data={"role": "tresorier", "until": "2019-01-01"}).status_code == 422
    client.post(f"{address}/terminer")
    assert holds(session, leaving, body) == []
    assert client.get(address).status_code == 404
    assert "Anciens rôles" in client.get(f"/organismes/{body.id}/acces").text


def test_a_role_is_handed_over_and_the_work_stays(session: Session, sign_in: SignIn) -> None:
    body = make_own_body(session)
    leaving = make_member(session, body, Role.PRESIDENT, is_administrator=True)
    heir = make_member(session, body, Role.MEMBER)
    outsider = make_account(session)
    client = sign_in(leaving)
    number = session.scalar(select(RoleGrant.id).where(RoleGrant.account_id == leaving.id))
    address = f"/organismes/{body.id}/acces/{number}/transmettre"
    assert client.post(address, data={"heir": outsider.id}).status_code == 422
    left = client.post(address, data={"heir": heir.id}, follow_redirects=True)
    assert left.status_code == 200, "who gives the role away does not land on a page that is closed from now on"
    assert "reprend le rôle de" in left.text
    assert sorted(holds(session, heir, body)) == ["membre", "presidente"]
    assert holds(session, leaving, body) == []
    assert sign_in(heir).get(f"/organismes/{body.id}/acces").status_code == 200
    told = session.scalars(select(JournalEntry.action).where(JournalEntry.body_id == body.id)).all()
    assert "accounts.role_handed_over" in told


def as_read(day: date) -> str:
    return said(day).replace("\N{NO-BREAK SPACE}", " ")


def past_roles(client: FlaskClient, body: Body) -> str:
    page = client.get(f"/organismes/{body.id}/acces").text
    return re.sub(r"[ \n]+", " ", page.partition("Anciens rôles")[2])


def test_a_role_of_less_than_a_day_is_told_with_the_day_it_was_held(session: Session, sign_in: SignIn) -> None:
    body = make_own_body(session)
    client = sign_in(make_member(session, body, Role.PRESIDENT, is_administrator=True))
    short = make_member(session, body, Role.READER, name="Lou Essai")
    longer = make_member(session, body, Role.TREASURER, name="Ivan Essai")
    today = clock.today()
    for account, begun in ((short, today), (longer, today - timedelta(days=40))):
        grant = session.scalar(select(RoleGrant).where(RoleGrant.account_id == account.id))
        grant.since = begun
        session.commit()
        assert client.post(f"/organismes/{body.id}/acces/{grant.id}/terminer").status_code == 302
        assert holds(session, account, body) == []
    page = past_roles(client, body)
    assert f"Lou Essai, Lecteur, le {as_read(today)}" in page
    assert f"Ivan Essai, Trésorier, du {as_read(today - timedelta(days=40))} au {as_read(today)}" in page


def test_the_register_of_older_installations_tells_the_day_a_short_role_was_held(database_url: str) -> None:
    engine = create_engine(database_url)
    prepare(engine)
    given = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)  # the 23rd in Paris
    grant = RoleGrant.__table__
    with Session(engine) as session:
        body, account = make_own_body(session), make_account(session)
        for day in (date(2026, 11, 22), date(2026, 11, 23)):
            make_grant(session, account, body, since=day, until=day, created_at=given)
    migrate.downgrade(engine, "040_town_name")
    migrate.upgrade(engine, "041_role_end")
    read = select(grant.c.since, grant.c.until, grant.c.ended_on).order_by(grant.c.id)
    with engine.connect() as connection:
        assert connection.execute(read).all() == [
            (date(2026, 11, 23), date(2026, 11, 22), date(2026, 11, 23)),
            (date(2026, 11, 23), date(2026, 11, 23), None),
        ]
    engine.dispose()


def test_the_journal_says_who_begins_and_ceases_to_administer(session: Session, sign_in: SignIn) -> None:
    body = make_own_body(session)
    client = sign_in(make_member(session, body, Role.CLERK, is_administrator=True, name="Gilles Essai"))
    helene = make_member(session, body, Role.MAYOR, name="Hélène Essai")
    number = session.scalar(select(RoleGrant.id).where(RoleGrant.account_id == helene.id))
    address, journal = f"/organismes/{body.id}/acces/{number}", f"/organismes/{body.id}/journal"
    client.post(address, data={"role": "maire", "is_administrator": "y"})
    told = client.get(journal).text
    assert "a confié à Hélène Essai l’administration de l’organisme" in told
    assert "a modifié le rôle" not in told, "nothing else of the role changed"
    client.post(address, data={"role": "maire"})
    assert client.get(journal).text.count("a retiré à Hélène Essai l’administration de l’organisme") == 1
    client.post(address, data={"role": "maire", "is_administrator": "y"})
    client.post(f"{address}/terminer")
    told = client.get(journal).text
    assert told.count("a confié à Hélène Essai") == told.count("a retiré à Hélène Essai") == 2
    assert "a mis fin au rôle" in told


def test_a_lost_mailbox_is_replaced_by_a_second_administrator(session: Session, sign_in: SignIn) -> None:
    body = make_own_body(session)
    lost = make_member(
        session, body, Role.SECRETARY, email="vieille@exemple.test", password_hash=credentials.hash_password("x" * 12)
    )
    number = session.scalar(select(RoleGrant.id).where(RoleGrant.account_id == lost.id))
    theirs = sign_in(lost).application.test_client()
    with theirs.session_transaction() as cookie:
        cookie["_user_id"] = f"{lost.id}:{lost.session_epoch}"
    assert theirs.get("/compte").status_code == 200
    client = sign_in(make_member(session, body, is_administrator=True))
    address = f"/organismes/{body.id}/acces/{number}/nouvelle-adresse"
    assert client.post(address, data={"email": "neuve@exemple.test"}).status_code == 422  # nobody was asked
    assert client.post(address, data={"email": "neuve@exemple.test", "is_sure": "y"}).status_code == 302
    session.rollback()
    kept = session.get(Account, lost.id)
    assert (kept.email, kept.password_hash) == ("neuve@exemple.test", "")
    assert theirs.get("/compte").status_code == 302  # the old sessions are over
    assert [letter.to_address for letter in letters(session)] == ["vieille@exemple.test", "neuve@exemple.test"]
    entry = session.scalar(select(JournalEntry).where(JournalEntry.action == "accounts.mailbox_recovered"))
    assert entry.body_id == body.id


def test_nobody_takes_over_an_account_that_opens_other_bodies(session: Session, sign_in: SignIn) -> None:
    body, other = make_own_body(session), make_own_body(session)
    victim = make_member(session, body, Role.MEMBER)
    make_grant(session, victim, other, Role.MAYOR)
    number = session.scalar(select(RoleGrant.id).where(RoleGrant.account_id == victim.id, RoleGrant.body_id == body.id))
    client = sign_in(make_member(session, body, is_administrator=True))
    answer = client.post(
        f"/organismes/{body.id}/acces/{number}/nouvelle-adresse", data={"email": "moi@exemple.test", "is_sure": "y"}
    )
    assert answer.status_code == 403
    session.rollback()
    assert session.get(Account, victim.id).email == victim.email != "moi@exemple.test"


def test_an_installation_administrator_is_not_taken_over_either(session: Session, sign_in: SignIn) -> None:
    body = make_own_body(session)
    victim = make_member(session, body, Role.MEMBER, is_instance_administrator=True)
    number = session.scalar(select(RoleGrant.id).where(RoleGrant.account_id == victim.id))
    client = sign_in(make_member(session, body, is_administrator=True))
    address = f"/organismes/{body.id}/acces/{number}/nouvelle-adresse"
    answer = client.post(address, data={"email": "moi@exemple.test", "is_sure": "y"})
    assert answer.status_code == 403
    told = client.get(address)
    assert told.status_code == 403, "said before the form is filled"
    before = client.get(f"/organismes/{body.id}/acces/{number}").text
    assert "administre l’installation" in before
    assert "/nouvelle-adresse" not in before
    assert "administre l’installation" in told.text
    assert f"script/flask accounts link {victim.email}" in told.text


def test_nobody_repairs_their_own_access_this_way(session: Session, sign_in: SignIn) -> None:
    body = make_own_body(session)
    account = make_member(session, body, is_administrator=True)
    number = session.scalar(select(RoleGrant.id).where(RoleGrant.account_id == account.id))
    client = sign_in(account)
    assert client.get(f"/organismes/{body.id}/acces/{number}/nouvelle-adresse").status_code == 403


def test_a_role_is_reached_through_its_own_body_only(session: Session, sign_in: SignIn) -> None:
    mine, other = make_own_body(session), make_own_body(session)
    client = sign_in(make_member(session, mine, is_administrator=True))
    stranger = make_member(session, other)
    number = session.scalar(select(RoleGrant.id).where(RoleGrant.account_id == stranger.id))
    for body in (mine, other):
        assert client.get(f"/organismes/{body.id}/acces/{number}").status_code == 404
        assert client.post(f"/organismes/{body.id}/acces/{number}/terminer").status_code == 404


def test_letters_are_seen_by_those_who_administer_the_body(session: Session, sign_in: SignIn) -> None:
    body, other = make_own_body(session), make_own_body(session)
    client = sign_in(make_member(session, body, is_administrator=True))
    client.post(f"/organismes/{body.id}/acces/inviter", data=INVITATION)
    page = client.get("/courriers").text
    assert "olena@exemple.test" in page
    assert "/invitation/" not in page  # what opens something is for its reader alone
    assert "olena" not in sign_in(make_member(session, other, is_administrator=True)).get("/courriers").text
    assert sign_in(make_member(session, body)).get("/courriers").status_code == 403


def test_who_keeps_a_body_sees_the_invitation_of_its_first_person_until_that_person_has_come(
    app: Flask, session: Session, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], demonstration=True))
    town = make_own_body(session)
    committee = make_body(session, "Comité fictif", BodyKind.COMMITTEE, parent_id=town.id, kept_by_id=town.id)
    session.commit()
    client = sign_in(make_member(session, town, Role.CLERK, is_administrator=True))
    assert client.post(f"/organismes/{committee.id}/acces/inviter", data=INVITATION).status_code == 302
    page = client.get("/courriers").text
    assert "olena@exemple.test" in page
    assert "/invitation/" in page, "the demonstration sends nothing: the link is read here"
    committee.kept_by_id = None
    session.commit()
    assert "olena@exemple.test" not in client.get("/courriers").text


def test_who_runs_the_installation_sees_that_letters_leave_not_whom_a_body_writes_to(
    session: Session, sign_in: SignIn
) -> None:
    body = make_own_body(session)
    sign_in(make_member(session, body, is_administrator=True)).post(
        f"/organismes/{body.id}/acces/inviter", data=INVITATION
    )
    (letter,) = letters(session)
    letter.to_name, letter.state, letter.last_error = "Olena Fictive", "failed", "550 <olena@exemple.test> unknown"
    session.commit()
    page = sign_in(make_account(session, is_instance_administrator=True)).get("/courriers").text
    assert "À une adresse d’exemple.test" in page
    assert re.search(r"Le serveur a répondu\s*: 550\s*<", page)
    assert "olena" not in page.partition("<article")[2].lower()


def test_a_refused_letter_may_be_tried_again(session: Session, sign_in: SignIn) -> None:
    body = make_own_body(session)
    client = sign_in(make_member(session, body, is_administrator=True))
    client.post(f"/organismes/{body.id}/acces/inviter", data=INVITATION)
    (letter,) = letters(session)
    letter.state, letter.last_error = "failed", "550 no such person"
    session.commit()
    assert "550 no such person" in client.get("/courriers").text
    number = letter.id
    assert client.post(f"/courriers/{number}/renvoyer").status_code == 302
    session.rollback()
    assert session.get(OutboxMessage, number).state == "waiting"
    stranger = sign_in(make_member(session, make_own_body(session), is_administrator=True))
    assert stranger.post(f"/courriers/{number}/renvoyer").status_code == 404
    db.session.rollback()


def test_an_invitation_tells_all_that_is_wrong_at_once(session: Session, sign_in: SignIn) -> None:
    body = make_own_body(session)
    client = sign_in(make_member(session, body, is_administrator=True))
    told = INVITATION | {"name": "", "email": "personne@"}
    page = client.post(f"/organismes/{body.id}/acces/inviter", data=told)
    assert page.status_code == 422
    assert "Écrivez le nom de la personne." in page.text
    assert "n’est pas une adresse électronique" in page.text
    assert "personne@" in page.text
