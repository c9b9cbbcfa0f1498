"""Letters to the members of a committee: one for each address, once, to those who may have it; on a real SMTP peer."""

from __future__ import annotations

import random
import re
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from app.accounts.models import Role
from app.database.unit import writing
from app.mail import worker
from app.mail.models import MessageState, OutboxMessage
from app.mail.smtp import SmtpPostman
from app.mailing.models import AudienceKind, Delivery, KnownAddress, MailingKind
from app.mailing.queries import Somebody, audience_of, together
from app.members.models import Consent, HostFamily
from app.shared import clock
from tests.factories.accounts import make_member
from tests.factories.bodies import make_mandate
from tests.factories.mailing import agree, make_mailing, make_model
from tests.factories.members import (
    enrol,
    make_committee,
    make_consent,
    make_group,
    make_household,
    make_payment,
    make_period,
)
from tests.support.forms import filled

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.bodies.models import Body
    from app.config import Settings
    from tests.support.smtp import Mailbox

    SignIn = Callable[[Account], FlaskClient]


def _words(page: str) -> str:
    text = re.sub(r"<[^>]+>", " ", page).replace("\N{NO-BREAK SPACE}", " ").replace("&#39;", "’")
    return re.sub(r"\s+", " ", text)


def _postman(settings: Settings, port: int) -> SmtpPostman:
    return SmtpPostman(
        replace(
            settings, mail_from="jumelages@exemple.test", mail_host="127.0.0.1", mail_port=port, mail_security="none"
        )
    )


def _secretary(session: Session, sign_in: SignIn, body: Body) -> FlaskClient:
    client = sign_in(make_member(session, body, Role.SECRETARY))
    session.commit()
    return client


def _empty_outbox(postman: object) -> None:
    while worker.send_one(postman, now=clock.now):  # type: ignore[arg-type]  # a postman
        pass


def _couple(session: Session, body: Body) -> None:
    """Two people who share one address, each of them a member."""
    home = make_household(session, body, email="fictifs@exemple.test")
    enrol(session, body, "Ada", "Fictif", household=home)
    enrol(session, body, "Basile", "Fictif", household=home, email="")


def test_a_letter_is_written_tried_on_oneself_and_sent_once_to_each_address(
    session: Session, sign_in: SignIn, settings: Settings, mailbox: Mailbox
) -> None:
    body = make_committee(session, email="comite@exemple.test")
    _couple(session, body)
    enrol(session, body, "Céleste", "Croquis", email="Celeste@Exemple.test")
    enrol(session, body, "Denis", "Sansadresse")
    client = _secretary(session, sign_in, body)
    assert "Écrire une lettre" in client.get(f"/organismes/{body.id}").text
    url = f"/lettres/comites/{body.id}/nouvelle"
    given = {"audience": "members", "group": "", "kind": "notice", "subject": "Fête", "text": "Bonjour {prenom},"}
    wrong = client.post(url, data=given)
    assert wrong.status_code == 422
    assert "« {prenom} » ne veut rien dire ici." in _words(wrong.text)
    page = client.post(url, data={**given, "text": "Bonjour {nom},\n{comite} vous invite."}).location
    words = _words(client.get(page).text)
    assert "Elle partirait à 2 adresses, une lettre pour chacune." in words
    assert "Bonjour Ada et Basile Fictif," in words
    assert "Denis Sansadresse : sans adresse : à prévenir par courrier ou par téléphone" in words
    client.post(f"{page}/essai")
    _empty_outbox(_postman(settings, mailbox.port))
    (trial,) = mailbox.messages
    assert trial["Subject"] == "[Essai] Fête"
    assert mailbox.recipients == [session.scalars(select(OutboxMessage)).one().to_address]

    changed = client.post(f"{page}/envoyer", data={"nombre": "7", "revision": "1"})
    assert changed.status_code == 422
    assert "ils sont maintenant 2" in _words(changed.text)
    assert client.post(f"{page}/envoyer", data={"nombre": "2", "revision": "1"}).status_code == 302
    assert client.post(f"{page}/envoyer", data={"nombre": "2", "revision": "1"}).status_code == 422
    assert client.post(f"{page}/modifier", data=given).status_code == 422
    _empty_outbox(_postman(settings, mailbox.port))
    sent = mailbox.messages[1:]
    assert sorted(mailbox.recipients[1:]) == ["celeste@exemple.test", "fictifs@exemple.test"]
    for mail in sent:
        assert str(mail["To"]).count("@") == 1
        assert mail["Cc"] is None
        assert mail["Bcc"] is None
        assert mail["Reply-To"] == "comite@exemple.test"
        assert body.name in mail["From"]
        assert mail["List-Unsubscribe"] is None
        other = "fictifs@" if "celeste@" in mail["To"] else "celeste@"
        assert other not in mail.as_string()
    assert "2 parti" in _words(client.get(page).text)
    copy = client.post(f"{page}/copier").location
    assert "Elle partirait à 2 adresses" in _words(client.get(copy).text)


def test_news_go_to_those_who_agreed_and_one_click_ends_them(
    app: Flask, session: Session, sign_in: SignIn, settings: Settings, mailbox: Mailbox
) -> None:
    body = make_committee(session)
    agreed = enrol(session, body, "Ada", "Fictif", email="ada@exemple.test")
    enrol(session, body, "Basile", "Fictif", email="basile@exemple.test")
    agree(session, agreed)
    client = _secretary(session, sign_in, body)
    mailing = make_mailing(session, body, kind=MailingKind.NEWS)
    page = f"/lettres/{mailing.id}"
    assert "Basile Fictif : n’a pas accepté la lettre d’information" in _words(client.get(page).text)
    client.post(f"{page}/envoyer", data={"nombre": "1", "revision": "1"})
    _empty_outbox(_postman(settings, mailbox.port))
    (mail,) = mailbox.messages
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["Auto-Submitted"] is None
    link = str(mail["List-Unsubscribe"]).strip("<>")
    assert f"\r\nList-Unsubscribe: <{link}>\r\n".encode() in mailbox.received[0], "as it is, not encoded nor folded"
    assert link in mail.get_content().replace("\r\n", "\n")
    path = link.removeprefix(settings.base_url)

    nobody = app.test_client()
    app.config["WTF_CSRF_ENABLED"] = True
    asked = nobody.get(path)
    assert "Ne plus recevoir ces nouvelles ?" in _words(asked.text)
    session.expire_all()
    assert session.scalars(select(Consent)).one().withdrawn_on is None
    done = nobody.post(path, data={"List-Unsubscribe": "One-Click"})
    assert done.status_code == 200
    assert "Vous ne recevrez plus ces nouvelles" in _words(done.text)
    assert nobody.post(path, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    session.expire_all()
    assert session.scalars(select(Consent)).one().withdrawn_on == clock.today()
    assert nobody.get(path[:-3] + "abc").status_code == 404
    assert nobody.post(path + "x").status_code == 404
    app.config["WTF_CSRF_ENABLED"] = False
    again = make_mailing(session, body, kind=MailingKind.NEWS)
    assert audience_of(session, again, on=clock.today()).recipients == ()
    agree(session, agreed)
    assert dict(audience_of(session, again, on=clock.today()).left_out)["Ada Fictif"] == "opposed"
    nobody.post(path, data={"revenir": "1"})
    session.expire_all()
    assert [one.address for one in audience_of(session, again, on=clock.today()).recipients] == ["ada@exemple.test"]


def test_news_that_still_wait_do_not_leave_once_nobody_at_the_address_agrees(
    app: Flask, session: Session, sign_in: SignIn, settings: Settings
) -> None:
    body = make_committee(session)
    home = make_household(session, body, email="foyer@exemple.test")
    ada, luc = (enrol(session, body, name, "Fictif", household=home) for name in ("Ada", "Luc"))
    ida = enrol(session, body, "Ida", "Fictive", email="Ida@exemple.test")
    consents = [make_consent(session, one, "newsletter") for one in (ada, luc, ida)]
    client = _secretary(session, sign_in, body)
    mailing, notice = make_mailing(session, body, kind=MailingKind.NEWS), make_mailing(session, body)
    client.post(f"/lettres/{mailing.id}/envoyer", data={"nombre": "2", "revision": "1"})
    client.post(f"/lettres/{notice.id}/envoyer", data={"nombre": "2", "revision": "1"})

    def waiting() -> list[str]:
        session.expire_all()
        found = session.scalars(select(OutboxMessage).where(OutboxMessage.unsubscribe_url != ""))
        return sorted(one.to_address.lower() for one in found)

    assert waiting() == ["foyer@exemple.test", "ida@exemple.test"]
    client.post(f"/membres/fiche/{ada.id}/accords/{consents[0].id}/reprendre")
    assert waiting() == ["foyer@exemple.test", "ida@exemple.test"], "Luc reads there and still agrees"
    client.post(f"/membres/fiche/{luc.id}/accords/{consents[1].id}/reprendre")
    assert waiting() == ["ida@exemple.test"]
    link = session.scalars(select(OutboxMessage.unsubscribe_url).where(OutboxMessage.unsubscribe_url != "")).one()
    app.test_client().post(link.removeprefix(settings.base_url), data={"List-Unsubscribe": "One-Click"})
    assert waiting() == []
    assert session.scalar(select(func.count(OutboxMessage.id))) == 2, "what concerns members leaves"


def test_news_that_still_wait_at_the_address_of_a_couple_go_with_who_is_erased_unless_the_other_agrees(
    session: Session, sign_in: SignIn
) -> None:
    body = make_committee(session)
    client = _secretary(session, sign_in, body)
    erased = []
    for name, others_agree in (("seul", False), ("deux", True)):
        home = make_household(session, body, email=f"Foyer.{name}@exemple.test")
        gone, stays = (enrol(session, body, given, name, household=home) for given in ("Ada", "Luc"))
        erased.append(gone)
        make_consent(session, gone, "newsletter")
        if others_agree:
            make_consent(session, stays, "newsletter")
    mailing = make_mailing(session, body, kind=MailingKind.NEWS)
    client.post(f"/lettres/{mailing.id}/envoyer", data={"nombre": "2", "revision": "1"})
    for one in erased:
        client.post(f"/membres/fiche/{one.id}/depart", data={"until": "2025", "why": "resigned", "revision": "1"})
        client.post(f"/membres/fiche/{one.id}/effacer")
    session.expire_all()
    waiting = session.scalars(select(OutboxMessage.to_address).where(OutboxMessage.unsubscribe_url != "")).all()
    assert waiting == ["foyer.deux@exemple.test"], "Luc agrees there"


def test_each_audience_is_who_it_says(session: Session) -> None:
    body = make_committee(session)
    paid = enrol(session, body, "Ada", "Fictif", email="ada@exemple.test")
    enrol(session, body, "Basile", "Croquis", email="basile@exemple.test")
    enrol(session, body, "Zoé", "Partie", email="zoe@exemple.test", until="2025-12-31")
    enrol(session, body, "Tordu", "Fictif", email="pas une adresse")
    year = clock.today().year
    make_payment(session, make_period(session, body, year), paid)
    group = make_group(session, paid)
    make_mandate(session, body, paid.person, "president", since="2024-01-01")
    session.add(HostFamily(body_id=body.id, person_id=paid.person_id, created_at=clock.now()))
    session.commit()
    found = {}
    for audience in AudienceKind:
        mailing = make_mailing(session, body, audience=audience, group_id=group.id)
        found[audience] = sorted(one.address for one in audience_of(session, mailing, on=clock.today()).recipients)
    one, two = ["ada@exemple.test"], ["ada@exemple.test", "basile@exemple.test"]
    assert found == {kind: two if kind == AudienceKind.MEMBERS else one for kind in AudienceKind}
    mailing = make_mailing(session, body)
    assert dict(audience_of(session, mailing, on=clock.today()).left_out) == {"Tordu Fictif": "bad_address"}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_mail_server_that_comes_and_goes_loses_nothing_and_doubles_nothing(
    session: Session, sign_in: SignIn, settings: Settings, mailbox: Mailbox, seed: int
) -> None:
    """The server is down, busy or away at random; a worker dies after the server took a letter."""
    chance = random.Random(seed)  # noqa: S311  # a trial, no secret
    body = make_committee(session)
    addresses = {f"membre{number}@exemple.test" for number in range(8)}
    for number, address in enumerate(sorted(addresses)):
        enrol(session, body, f"Membre{number}", "Fictif", email=address)
    client = _secretary(session, sign_in, body)
    mailing = make_mailing(session, body)
    client.post(f"/lettres/{mailing.id}/envoyer", data={"nombre": "8", "revision": "1"})
    up, down = _postman(settings, mailbox.port), _postman(settings, 9)

    class Killed(BaseException):
        """The worker is gone."""

    class Mortal:
        """Hands the letter over, then dies before anything is written down."""

        def send(self, message: OutboxMessage) -> None:
            up.send(message)
            raise Killed

    now, kills = clock.now(), 0
    for _ in range(400):
        mailbox.answers = [chance.choice(["250 OK", "451 later", "421 going away"])]
        postman = chance.choice([up, up, down, Mortal() if kills < 3 else up])
        try:
            busy = worker.send_one(postman, now=lambda moment=now: moment)
        except Killed:
            kills, busy = kills + 1, True
        if not busy:
            now += timedelta(minutes=chance.choice([1, 5, 60, 240]))
        session.rollback()
        states = session.scalars(select(OutboxMessage.state)).all()
        if set(states) == {MessageState.SENT}:
            break
    assert set(states) == {MessageState.SENT}
    assert set(mailbox.recipients) == addresses
    by_id = {(mail["Message-ID"], mail["To"]) for mail in mailbox.messages}
    assert len(by_id) == len(addresses)
    doubled = sum(number - 1 for number in Counter(mailbox.recipients).values())
    assert doubled <= kills


def test_an_address_that_was_refused_is_left_out_until_it_is_good(
    session: Session, sign_in: SignIn, settings: Settings, mailbox: Mailbox
) -> None:
    body = make_committee(session)
    enrol(session, body, "Ada", "Fictif", email="ada@exemple.test")
    enrol(session, body, "Basile", "Croquis", email="basile@exemple.test")
    client = _secretary(session, sign_in, body)
    first = make_mailing(session, body)
    client.post(f"/lettres/{first.id}/envoyer", data={"nombre": "2", "revision": "1"})
    mailbox.recipient_answer = "550 unknown"
    worker.send_one(_postman(settings, mailbox.port), now=clock.now)
    mailbox.recipient_answer = None
    _empty_outbox(_postman(settings, mailbox.port))
    words = _words(client.get(f"/lettres/{first.id}").text)
    assert "1 refusé" in words
    assert "550 unknown" in words
    later = make_mailing(session, body)
    (refused,) = [name for name, why in audience_of(session, later, on=clock.today()).left_out if why == "refused"]
    session.rollback()
    deliveries = {one.name: one for one in session.scalars(select(Delivery))}
    (other,) = [one for name, one in deliveries.items() if name != refused]
    number = deliveries[refused].id
    assert client.post(f"/lettres/envois/{other.id}/revenu", data={"why": ""}).status_code == 422
    client.post(f"/lettres/envois/{other.id}/revenu", data={"why": "boîte pleine"})
    assert "boîte pleine" in client.get(f"/lettres/{first.id}").text
    session.expire_all()
    assert audience_of(session, later, on=clock.today()).recipients == ()
    client.post(f"/lettres/envois/{number}/bonne")
    session.expire_all()
    assert [one.names for one in audience_of(session, later, on=clock.today()).recipients] == [refused]


def test_only_who_keeps_the_list_sees_letters(session: Session, sign_in: SignIn) -> None:
    body = make_committee(session)
    enrol(session, body, "Ada", "Fictif", email="ada@exemple.test")
    mailing, model = make_mailing(session, body), make_model(session, body)
    session.add(Delivery(mailing_id=mailing.id, address="ada@exemple.test", name="Ada Fictif"))
    session.commit()
    doors = (f"/lettres/{mailing.id}", f"/lettres/modeles/{model.id}", f"/lettres/comites/{body.id}/modeles")
    parent = body.parent
    assert parent is not None
    for account, said in (
        (make_member(session, body, Role.PRESIDENT), {200}),
        (make_member(session, body, Role.MEMBER), {403, 404}),
        (make_member(session, parent, Role.CLERK), {403, 404}),
        (make_member(session, make_committee(session, name="Autre comité"), Role.SECRETARY), {404}),
    ):
        client = sign_in(account)
        session.commit()
        assert {client.get(door).status_code for door in doors} <= said
        if 200 not in said:
            assert client.post(f"/lettres/{mailing.id}/envoyer").status_code in said
            assert "ada@exemple.test" not in client.get("/lettres/").text
    session.rollback()
    assert session.scalars(select(OutboxMessage)).all() == []


def test_models_help_to_write_and_letters_go_to_the_trash(session: Session, sign_in: SignIn) -> None:
    body = make_committee(session)
    client = _secretary(session, sign_in, body)
    url = f"/lettres/comites/{body.id}/modeles"
    assert client.post(f"{url}/nouveau", data={"name": "", "subject": "S", "text": "T"}).status_code == 422
    client.post(f"{url}/nouveau", data={"name": "Invitation", "subject": "Invitation à…", "text": "Bonjour {nom},"})
    number = int(re.search(r"/lettres/modeles/(\d+)", client.get(url).text)[1])  # type: ignore[index]  # it is there
    assert "Invitation à…" in client.get(f"/lettres/comites/{body.id}/nouvelle?modele={number}").text
    client.post(f"/lettres/modeles/{number}/corbeille")
    assert f"modeles/{number}" not in client.get(url).text
    client.post(f"/lettres/modeles/{number}/restaurer")
    assert "Invitation" in client.get(url).text
    mailing = make_mailing(session, body)
    page = f"/lettres/{mailing.id}"
    stale = {"audience": "members", "kind": "notice", "subject": "Autre", "text": "Autre", "revision": "9", "group": ""}
    conflict = client.post(f"{page}/modifier", data=stale)
    assert conflict.status_code == 409
    assert "Autre" in conflict.text
    assert client.post(f"{page}/modifier", data={**stale, "revision": "1"}).status_code == 302
    assert client.post(f"{page}/envoyer", data={"nombre": "0", "revision": "1"}).status_code == 422
    client.post(f"{page}/corbeille")
    assert "Autre" not in _words(client.get("/lettres/").text)
    assert "Autre" in _words(client.get("/lettres/?corbeille=1").text)
    client.post(f"{page}/restaurer")
    assert "Autre" in _words(client.get("/lettres/").text)
    with writing() as unit:
        assert unit.scalars(select(KnownAddress)).all() == []


def test_a_letter_that_would_reach_nobody_or_says_nothing_is_told_so(session: Session, sign_in: SignIn) -> None:
    body = make_committee(session)
    client = _secretary(session, sign_in, body)
    enrol(session, body, "Ada", "Essai", email="ada@exemple.fr")
    letter = {"kind": "news", "group": "", "audience": "members", "subject": "Nouvelles", "text": ""}
    page = _words(client.post(f"/lettres/comites/{body.id}/nouvelle", data=letter, follow_redirects=True).text)
    assert "Elle ne partirait à aucune adresse : personne n’a accepté les nouvelles." in page
    assert "La lettre n’a pas encore de texte" in page
    assert "Elle partirait à une adresse" not in page


def test_three_who_share_an_address_are_named_as_french_names_them() -> None:
    people = [Somebody(name, name, "", "", None) for name in ("Ada", "Luc", "Ida")]
    assert together(people) == "Ada, Luc et Ida"


def test_nothing_leaves_with_words_that_its_sender_has_not_read(session: Session, sign_in: SignIn) -> None:
    body = make_committee(session, email="comite@exemple.test")
    _couple(session, body)
    client, letter = _secretary(session, sign_in, body), make_mailing(session, body)
    page = f"/lettres/{letter.id}"
    shown = filled(client.get(page).text)
    changed = {**filled(client.get(f"{page}/modifier").text), "subject": "Tout autre chose"}
    assert client.post(f"{page}/modifier", data=changed).status_code == 302
    refused = client.post(f"{page}/envoyer", data=shown)
    assert refused.status_code == 422
    assert "a modifié cette lettre depuis que vous avez ouvert la page : rien n’est parti." in _words(refused.text)
    assert session.scalar(select(func.count()).select_from(OutboxMessage)) == 0
    shown = filled(client.get(page).text)
    assert client.post(f"{page}/envoyer", data=shown).status_code == 302
    binned = client.post(f"{page}/corbeille", data=shown)
    assert binned.status_code == 422
    assert "Cette lettre est déjà partie" in _words(binned.text)
    assert client.post(f"{page}/corbeille", data=filled(client.get(page).text)).status_code == 302


def test_the_subject_names_its_reader_and_the_committee_as_the_text_does(session: Session, sign_in: SignIn) -> None:
    body = make_committee(session, name="Comité fictif", email="comite@exemple.test")
    _couple(session, body)
    client, letter = _secretary(session, sign_in, body), make_mailing(session, body, subject="Vœux de {comite} à {nom}")
    page, said = f"/lettres/{letter.id}", "Vœux de Comité fictif à Ada et Basile Fictif"
    assert said in _words(client.get(page).text)
    wrong = client.post(f"{page}/modifier", data={**filled(client.get(f"{page}/modifier").text), "subject": "{mot}"})
    assert wrong.status_code == 422
    assert "« {mot} » ne veut rien dire ici." in _words(wrong.text)
    client.post(f"{page}/essai")
    client.post(f"{page}/envoyer", data=filled(client.get(page).text))
    subjects = session.scalars(select(OutboxMessage.subject)).all()
    assert said in subjects
    assert not [one for one in subjects if "{" in one]


def test_a_letter_to_the_host_families_is_for_who_places_guests(
    session: Session, sign_in: Callable[[Account], FlaskClient]
) -> None:
    body = make_committee(session)
    letter = make_mailing(session, body, audience=AudienceKind.HOSTS, subject="Avant la visite")
    president, treasurer = (make_member(session, body, role) for role in (Role.PRESIDENT, Role.TREASURER))
    for account, sees in ((president, True), (treasurer, False)):
        client = sign_in(account)
        assert ("Avant la visite" in client.get("/lettres/").text) is sees
        assert ("Avant la visite" in client.get("/recherche?q=visite").text) is sees
        assert client.get(f"/lettres/{letter.id}").status_code == (200 if sees else 404)
        assert ('value="hosts"' in client.get(f"/lettres/comites/{body.id}/nouvelle").text) is sees
