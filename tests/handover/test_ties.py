"""An account signs for somebody only by the record it is tied to; what its holder is named is nothing."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.accounts.models import Role
from app.bodies.models import Function
from app.handover import services
from app.handover.models import Handover, HandoverRight, Signed, Stage
from app.mail.models import OutboxMessage
from app.shared import clock
from app.shared.actor import Actor
from tests.factories.accounts import make_account, make_grant, make_member
from tests.factories.assemblies import BY
from tests.factories.bodies import make_mandate
from tests.factories.members import enrol, make_period
from tests.factories.people import make_person
from tests.handover.boards import a_pdf, line_of, make_boards, make_sealed, printed, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account

    SignIn = Callable[[Account], FlaskClient]

CONTEST = re.compile(r"https?://[^/\s]+(/passations/contester/\S+)")


def _letters(session: Session) -> list[OutboxMessage]:
    return list(session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))


def test_somebody_who_takes_the_name_of_a_signatory_neither_reads_nor_signs(session: Session, sign_in: SignIn) -> None:
    boards = make_boards(session)
    handover = make_sealed(session, boards)
    boards.old.person_id = None
    session.commit()
    stranger = make_member(session, boards.body, Role.READER, name="Max Exemple")
    browser = sign_in(stranger)
    for name in ("Max Exemple", "Ancienne Présidente", "Nouvelle Présidente"):
        browser.post("/compte", data={"name": name, "language": "fr"})
        session.expire_all()
        assert stranger.name == name
        assert browser.get(f"/passations/{handover.id}").status_code == 404
        assert browser.get(f"/passations/{handover.id}/dossier.pdf").status_code == 404
        assert name not in words(browser.get("/passations/").text).replace("Max Exemple", "")
        for line in handover.people:
            assert browser.post(f"/passations/signatures/{line.id}").status_code in {403, 404}
            assert browser.post(f"/passations/signatures/{line.id}/contester").status_code in {403, 404}
    session.expire_all()
    assert [one.signed_how for one in handover.people] == ["", ""]


def test_an_account_tied_to_nobody_is_tied_by_who_administers_and_then_signs_with_the_copy_of_the_paper(
    session: Session, sign_in: SignIn
) -> None:
    boards = make_boards(session)
    person_id, boards.new.person_id = boards.new.person_id, None
    make_member(session, boards.body, Role.TREASURER, is_administrator=True, person_id=None)
    handover = make_sealed(session, boards)
    line = next(one for one in handover.people if one.person_id == person_id)
    grant = boards.new.grants[-1]
    browser = sign_in(boards.old)
    page = browser.get(f"/passations/{handover.id}")
    assert "Comptes reliés à aucune fiche" in words(page.text)
    role = f"/organismes/{boards.body.id}/acces/{grant.id}"
    assert f"{role}#fiche" in page.text
    shown = browser.get(role).text
    assert f'<option value="{person_id}">Nouvelle Présidente' in shown
    done = browser.post(f"{role}/fiche", data={"person": person_id}, follow_redirects=True)
    assert "est relié à la fiche de Nouvelle Présidente" in words(done.text)
    journal = words(browser.get("/journal", follow_redirects=True).text)
    assert "a relié le compte de Nouvelle Présidente à la fiche de Nouvelle Présidente" in journal
    browser = sign_in(boards.new)
    refused = browser.post(f"/passations/signatures/{line.id}")
    assert refused.status_code == 422
    assert "par Ancienne Présidente. Signez le dossier imprimé" in words(refused.text)
    paper = f"/passations/signatures/{line.id}/papier"
    told = {"how": "paper", "day": f"{boards.day:%d/%m/%Y}", "proof": (BytesIO(a_pdf()), "copie.pdf")}
    assert "La signature de Nouvelle Présidente est notée" in words(
        browser.post(paper, data=told, follow_redirects=True).text
    )


def test_who_signs_is_told_at_the_address_of_the_record_too_and_may_say_that_it_was_somebody_else(
    session: Session, sign_in: SignIn, client: FlaskClient
) -> None:
    boards = make_boards(session)
    handover = make_sealed(session, boards)
    line = line_of(handover, boards.old)
    line.person.email = "ancienne@exemple.test"
    boards.old.name = "Max Exemple"
    session.commit()
    browser = sign_in(boards.old)
    browser.post(f"/passations/signatures/{line.id}")
    session.expire_all()
    assert (line.signed_how, line.signed_by) == (Signed.ACCOUNT, "Max Exemple")
    letters = _letters(session)
    assert {one.to_address for one in letters} == {"ancienne@exemple.test", boards.old.email}
    told = next(one for one in letters if one.to_address == "ancienne@exemple.test")
    assert "Le compte « Max Exemple », relié à votre fiche, a signé pour vous" in words(told.text)
    assert "Signé depuis le compte « Max Exemple »" in printed(browser, handover)
    assert "Reprendre ma signature" in browser.get(f"/passations/{handover.id}").text
    client.post("/deconnexion")
    link = CONTEST.search(told.text)
    assert link is not None
    assert "a signé le dossier pour vous, Ancienne Présidente" in words(client.get(link[1]).text)
    assert "la signature donnée à votre place est retirée" in words(client.post(link[1]).text)
    session.expire_all()
    assert (line.signed_how, handover.stage) == ("", Stage.SEALED)
    assert boards.old.person_id is None, "the record's own address says that this account is somebody else's"
    newcomer = sign_in(boards.new)
    assert "la signature donnée depuis un compte à son nom" in words(newcomer.get(f"/passations/{handover.id}").text)
    assert "Passation contestée par Ancienne Présidente" in words(newcomer.get("/").text)
    assert sign_in(boards.old).post(f"/passations/signatures/{line.id}").status_code == 403


def test_who_signed_by_mistake_takes_it_back_and_stays_tied(session: Session, sign_in: SignIn) -> None:
    boards = make_boards(session)
    handover = make_sealed(session, boards)
    line, browser = line_of(handover, boards.old), sign_in(boards.old)
    browser.post(f"/passations/signatures/{line.id}")
    browser.post(f"/passations/signatures/{line.id}/contester")
    session.expire_all()
    assert (line.signed_how, line.contested_on, boards.old.person_id) == ("", None, line.person_id)
    journal = words(sign_in(boards.old).get("/journal", follow_redirects=True).text)
    assert "a repris la signature d’Ancienne Présidente" in journal
    browser = sign_in(boards.old)
    browser.post(f"/passations/signatures/{line.id}")
    session.expire_all()
    assert line.signed_how == Signed.ACCOUNT


def test_a_role_of_who_leaves_ends_though_its_account_was_tied_after_the_handover_was_begun(
    session: Session, sign_in: SignIn
) -> None:
    boards = make_boards(session)
    person_id, boards.old.person_id, boards.old.name = boards.old.person_id, None, "Mamie"
    keeper = make_member(session, boards.body, Role.SECRETARY, is_administrator=True)
    session.commit()
    handover = services.prepare(session, boards.body, boards.day, by=BY, at=clock.now())
    session.commit()
    assert not handover.rights
    boards.old.person_id = person_id
    session.commit()
    browser = sign_in(keeper)
    assert "Mamie" in words(browser.get(f"/passations/{handover.id}").text)
    assert "cet accès prendra fin aussi" in words(browser.get(f"/passations/{handover.id}").text)
    browser.post(f"/passations/{handover.id}/figer", data={"sure": "1"})
    session.expire_all()
    right = session.scalars(select(HandoverRight).where(HandoverRight.handover_id == handover.id)).one()
    assert right.grant.account_id == boards.old.id
    assert right.grant.until == handover.access_ends_on


def test_a_note_that_is_refused_leaves_no_copy_of_the_paper(session: Session, sign_in: SignIn, app: Flask) -> None:
    boards = make_boards(session)
    handover = make_sealed(session, boards)
    files, browser = Path(app.config["SETTINGS"].files), sign_in(boards.new)
    day = f"{boards.day:%d/%m/%Y}"

    def note(account: Account, content: bytes, **more: object) -> int:
        told = {"how": "paper", "day": day, "proof": (BytesIO(content), "copie.pdf")} | more
        return browser.post(f"/passations/signatures/{line_of(handover, account).id}/papier", data=told).status_code

    later = f"{boards.day + timedelta(days=3):%d/%m/%Y}"
    assert note(boards.new, a_pdf()) == 422
    assert note(boards.old, a_pdf(), day=later) == 422
    assert note(boards.old, a_pdf(), how="waived", remark=" ") == 422
    assert not list(files.glob("passation-*"))
    assert note(boards.old, a_pdf()) == 302
    kept = [one.name for one in files.glob("passation-*")]
    session.expire_all()
    assert kept == [line_of(handover, boards.old).proof_file]
    sign_in(boards.old).post(f"/passations/signatures/{line_of(handover, boards.old).id}/contester")
    browser = sign_in(boards.new)
    assert note(boards.old, a_pdf("") + b"\n% again") == 422
    assert [one.name for one in files.glob("passation-*")] == kept


def test_what_somebody_contested_stays_told_when_the_other_side_notes_that_they_will_not_sign(
    session: Session, sign_in: SignIn
) -> None:
    boards = make_boards(session)
    handover = make_sealed(session, boards)
    line, browser = line_of(handover, boards.old), sign_in(boards.new)
    paper = f"/passations/signatures/{line.id}/papier"
    day = f"{boards.day:%d/%m/%Y}"
    browser.post(paper, data={"how": "paper", "day": day, "proof": (BytesIO(a_pdf()), "copie.pdf")})
    sign_in(boards.old).post(f"/passations/signatures/{line.id}/contester")
    browser = sign_in(boards.new)
    browser.post(paper, data={"how": "waived", "day": day, "remark": "Refuse"})
    page, pdf = words(browser.get(f"/passations/{handover.id}").text), printed(browser, handover)
    for told in (page, pdf):
        assert "a contesté le" in told
        assert "ce que Nouvelle Présidente avait noté à sa place" in told
    assert "Ne signe pas : Refuse" in pdf


def test_a_sealed_handover_that_is_there_twice_goes_to_the_trash_and_no_other(
    session: Session, sign_in: SignIn
) -> None:
    boards = make_boards(session)
    first = make_sealed(session, boards)
    second = Handover(
        uid="double",
        body_id=first.body_id,
        takes_over_on=first.takes_over_on,
        access_ends_on=first.access_ends_on,
        stage=Stage.SEALED,
        sealed_at=clock.now(),
        created_at=clock.now(),
        content=[],
    )
    second.people = [type(one)(person_id=one.person_id, side=one.side) for one in first.people]
    session.add(second)
    session.commit()
    browser = sign_in(boards.old)
    browser.post(f"/passations/signatures/{line_of(first, boards.old).id}")
    refused = browser.post(f"/passations/{first.id}/corbeille")
    assert refused.status_code == 422
    assert "avec au moins autant de signatures" in words(refused.text)
    assert "C’est un double" not in browser.get(f"/passations/{first.id}").text
    assert "C’est un double" in browser.get(f"/passations/{second.id}").text
    assert browser.post(f"/passations/{second.id}/corbeille").status_code == 302
    session.expire_all()
    assert (first.trashed_at, second.trashed_at is not None) == (None, True)
    assert browser.post(f"/passations/{first.id}/corbeille").status_code == 422
    double = line_of(second, boards.old)
    assert "à la corbeille" in words(browser.post(f"/passations/signatures/{double.id}").text)
    assert "Signer : j’ai lu" not in browser.get(f"/passations/{second.id}").text


def test_dues_long_past_their_day_are_told_late_and_an_agenda_that_ends_as_such(
    session: Session, sign_in: SignIn
) -> None:
    boards = make_boards(session)
    enrol(session, boards.body)
    period = make_period(session, boards.body, boards.day.year)
    period.starts_on, period.ends_on = boards.day - timedelta(days=300), boards.day + timedelta(days=40)
    period.due_on = boards.day - timedelta(days=60)
    session.commit()
    handover = services.prepare(session, boards.body, boards.day, by=BY, at=clock.now())
    session.commit()
    browser = sign_in(boards.old)
    for told in (words(browser.get(f"/passations/{handover.id}").text), printed(browser, handover)):
        assert re.search(r"Cotisations.*de 1 foyer.*en retard, c’était pour le", told)


def test_an_untied_account_needs_the_copy_for_everybody(session: Session) -> None:
    boards = make_boards(session)
    handover = make_sealed(session, boards)
    alike = make_account(session, name="Nouvelle Présidente")
    make_grant(session, alike, boards.body, Role.SECRETARY)
    for line in handover.people:
        command = services.Signing(how=Signed.PAPER, on=boards.day)
        try:
            services.sign(session, line, command, by=Actor(alike.id, alike.name), at=clock.now())
        except services.BadHandover as refused:
            assert "Joignez la copie" in str(refused)  # noqa: PT017  # both are refused
        assert line.signed_how == ""


def test_two_records_united_later_rename_nobody_in_a_sealed_handover(session: Session, sign_in: SignIn) -> None:
    boards = make_boards(session)
    handover = make_sealed(session, boards)
    handover.content = [{"title": "Les documents", "empty": "Aucun document.", "lines": []}]
    session.commit()
    line, browser = line_of(handover, boards.old), sign_in(boards.old)
    browser.post(f"/passations/signatures/{line.id}")
    other = make_person(session, given_name="Autre", family_name="Fiche", kept_by_body_id=boards.body.id)
    line.person_id = boards.old.person_id = other.id
    session.commit()
    pdf, page = printed(browser, handover), words(browser.get(f"/passations/{handover.id}").text)
    assert "Ancienne Présidente" in pdf
    assert "Autre Fiche" not in pdf
    assert "sa fiche dit aujourd’hui Autre Fiche" in page


def test_an_address_changed_after_the_sealing_does_not_hide_the_signature_from_its_person(
    session: Session, sign_in: SignIn
) -> None:
    boards = make_boards(session)
    line = line_of(draft := services.prepare(session, boards.body, boards.day, by=BY, at=clock.now()), boards.old)
    line.person.email = "ancienne@exemple.test"
    services.seal(session, draft, [], by=BY, at=clock.now())
    line.person.email = boards.old.email
    session.commit()
    sign_in(boards.old).post(f"/passations/signatures/{line.id}")
    assert {one.to_address for one in _letters(session)} == {"ancienne@exemple.test", boards.old.email}


def test_who_comes_is_invited_from_their_line_at_the_address_of_their_record(session: Session, sign_in: SignIn) -> None:
    boards = make_boards(session)
    person_id, boards.new.person_id, boards.new.name = boards.new.person_id, None, "Quelqu’un d’Autre"
    make_member(session, boards.body, Role.TREASURER, is_administrator=True)
    handover = make_sealed(session, boards)
    line = next(one for one in handover.people if one.person_id == person_id)
    line.person.email = "nouvelle@exemple.test"
    session.commit()
    browser = sign_in(boards.old)
    invite = f"/organismes/{boards.body.id}/acces/inviter?fiche={person_id}"
    assert invite in browser.get(f"/passations/{handover.id}").text
    shown = browser.get(invite).text
    assert 'value="nouvelle@exemple.test"' in shown
    assert 'value="Nouvelle Présidente"' in shown
    assert re.search(r'<option selected value="(\w+)"', shown)[1] == "presidente", "the role goes with the office"
    board = make_person(session, given_name="Sacha", family_name="Fictive", kept_by_body_id=boards.body.id)
    make_mandate(session, boards.body, board, Function.BOARD_MEMBER, since=boards.day.isoformat())
    session.commit()
    shown = browser.get(f"/organismes/{boards.body.id}/acces/inviter?fiche={board.id}").text
    assert re.search(r'<option selected value="(\w+)"', shown)[1] == "membre"
    stranger = make_person(session, given_name="Tout", family_name="Autre", email="autre@exemple.test")
    assert (
        "autre@exemple.test" not in browser.get(f"/organismes/{boards.body.id}/acces/inviter?fiche={stranger.id}").text
    )
    assert browser.get(f"/organismes/{boards.body.id}/acces/inviter?fiche=99999999999999999999").status_code == 200
