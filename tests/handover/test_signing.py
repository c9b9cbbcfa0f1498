"""Both sides sign: nobody's word alone stands behind both, and whoever did not sign says so."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from sqlalchemy import select

from app.accounts.models import Role, RoleGrant
from app.bodies.models import Function
from app.handover import services
from app.handover.labels import state_of
from app.handover.models import Side, Signed, Stage
from app.mail.models import OutboxMessage
from app.shared import clock
from app.shared.actor import Actor
from tests.factories.accounts import make_account, make_grant, make_member, make_own_body
from tests.factories.assemblies import BY
from tests.factories.bodies import make_mandate
from tests.factories.people import make_person
from tests.handover.boards import a_pdf, a_photo, line_of, make_boards, make_sealed, printed, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.handover.models import Handover, HandoverPerson
    from tests.handover.boards import Boards

    SignIn = Callable[[Account], FlaskClient]

CONTEST = re.compile(r"https?://[^/\s]+(/passations/contester/\S+)")


def _paper(boards: Boards, **more: object) -> dict[str, object]:
    return {"how": "paper", "day": f"{boards.day:%d/%m/%Y}"} | more


def _with_copy(boards: Boards, content: bytes, name: str = "signatures.pdf", **more: object) -> dict[str, object]:
    return _paper(boards, proof=(BytesIO(content), name), **more)


def _noted(session: Session, boards: Boards, browser: FlaskClient) -> HandoverPerson:
    """The signature of who leaves, noted by who comes with the copy of the paper."""
    line = line_of(make_sealed(session, boards), boards.old)
    told = _with_copy(boards, a_pdf())
    assert browser.post(f"/passations/signatures/{line.id}/papier", data=told).status_code == 302
    session.expire_all()
    return line


def _letters(session: Session) -> list[OutboxMessage]:
    return list(session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))


def test_who_comes_notes_that_who_leaves_signed_only_with_the_copy_of_the_paper(
    session: Session, sign_in: SignIn
) -> None:
    boards = make_boards(session)
    handover = make_sealed(session, boards)
    browser, line = sign_in(boards.new), line_of(handover, boards.old)
    url, paper = f"/passations/{handover.id}", f"/passations/signatures/{line.id}/papier"
    page = words(browser.get(url).text)
    assert "Ancienne Présidente a son propre compte ici : à cette personne de signer. Si ce n’est pas possible" in page
    assert "Noter avec la copie du papier signé" in page
    assert "joignez la copie du papier signé : une seule personne" in words(browser.get(paper).text)
    refused = browser.post(paper, data=_paper(boards))
    assert refused.status_code == 422
    reason = "Joignez la copie du papier signé (PDF ou photo) : votre parole ne suffit pas pour Ancienne Présidente"
    assert reason in words(refused.text)
    page = words(browser.post(paper, data=_with_copy(boards, a_pdf()), follow_redirects=True).text)
    assert "noté par Nouvelle Présidente" in page
    assert "Copie du papier signé : signatures.pdf" in page
    assert "Un courriel le dit, avec de quoi le contester, à : Ancienne Présidente." in page
    session.expire_all()
    browser.post(f"/passations/signatures/{line_of(handover, boards.new).id}")
    assert "signée des deux côtés" in words(browser.get(url).text)
    text = printed(browser, handover)
    assert "Signature sur papier, notée par Nouvelle Présidente le" in text
    assert "pièce jointe : signatures.pdf" in text
    copy = browser.get(f"/passations/signatures/{line.id}/copie")
    assert copy.data.startswith(b"%PDF")
    assert copy.headers["Content-Disposition"].startswith("attachment")
    journal = words(browser.get("/journal", follow_redirects=True).text)
    assert "a noté la signature d’Ancienne Présidente" in journal
    assert "copie du papier jointe : signatures.pdf" in journal


def test_a_file_that_is_no_scan_is_no_proof_and_is_not_kept(session: Session, sign_in: SignIn, app: Flask) -> None:
    boards = make_boards(session)
    line = line_of(make_sealed(session, boards), boards.old)
    browser, paper = sign_in(boards.new), f"/passations/signatures/{line.id}/papier"
    files = Path(app.config["SETTINGS"].files)
    for content, name in (
        (b"MZ\x90\x00 a program", "signatures.pdf"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "photo.png"),
        (a_pdf("app.alert('bonjour')"), "signatures.pdf"),
        (a_photo()[:60], "photo.png"),
        (b"", "vide.pdf"),
    ):
        refused = browser.post(paper, data=_with_copy(boards, content, name))
        assert refused.status_code == 422, name
    session.expire_all()
    assert (line.signed_how, line.proof_file) == ("", None)
    assert not list(files.glob("passation-*"))
    assert browser.post(paper, data=_with_copy(boards, a_photo(), "../../photo.png")).status_code == 302
    session.expire_all()
    assert line.proof_name == "photo.png"
    assert [one.name for one in files.glob("passation-*")] == [line.proof_file]


def test_somebody_of_the_same_side_joins_the_copy_of_the_paper_too(session: Session, sign_in: SignIn) -> None:
    boards = make_boards(session)
    gone = make_person(session, given_name="Titouan", family_name="Fictif", kept_by_body_id=boards.body.id)
    make_mandate(session, boards.body, gone, Function.TREASURER, since="2024-10", until=boards.day.isoformat())
    handover = make_sealed(session, boards)
    line = next(one for one in handover.people if one.person_id == gone.id)
    browser, paper = sign_in(boards.old), f"/passations/signatures/{line.id}/papier"
    tomorrow = {"day": f"{boards.day + timedelta(days=2):%d/%m/%Y}"}
    assert browser.post(paper, data=_with_copy(boards, a_pdf(), **tomorrow)).status_code == 422
    assert "votre parole ne suffit pas" in words(browser.post(paper, data=_paper(boards)).text)
    page = browser.post(paper, data=_with_copy(boards, a_pdf(), remark="Signé à la sortie."), follow_redirects=True)
    assert "noté par Ancienne Présidente" in words(page.text)
    assert "Sans adresse électronique ici, à prévenir vous-même : Titouan Fictif." in words(page.text)
    mine = line_of(handover, boards.old)
    refused = browser.post(f"/passations/signatures/{mine.id}/papier", data=_paper(boards))
    assert "signez vous-même, sur la page du dossier" in words(refused.text)


def test_no_one_alone_signs_for_both_sides_without_a_copy(session: Session) -> None:
    boards = make_boards(session)
    both = make_person(session, given_name="Odile", family_name="Fictif", kept_by_body_id=boards.body.id)
    make_mandate(session, boards.body, both, Function.SECRETARY, since="2024-10", until=boards.day.isoformat())
    make_mandate(session, boards.body, both, Function.TREASURER, since=boards.day.isoformat())
    everywhere = make_account(session, name="Odile Fictif", person_id=both.id)
    make_grant(session, everywhere, boards.body, Role.SECRETARY)
    neither = make_member(session, boards.body, Role.SECRETARY, name="Paule Fictif")
    handover = make_sealed(session, boards)
    for one in (boards.old, boards.new, everywhere, neither):
        by = Actor(one.id, one.name)
        for line in handover.people:
            mine = line.person_id == one.person_id and one.person_id is not None
            how = Signed.ACCOUNT if mine else Signed.PAPER
            try:
                services.sign(session, line, services.Signing(how=how, on=boards.day), by=by, at=clock.now())
            except services.BadHandover as refused:
                assert "une seule personne ne signe pas pour les deux" in str(refused)  # noqa: PT017  # most are refused
        sides = {line.side for line in handover.people if line.signed_how and line.person_id != both.id}
        assert len(sides) < len(Side), one.name
        assert handover.stage == Stage.SEALED, one.name
        session.rollback()


def test_a_committee_with_one_user_still_comes_to_an_end(session: Session, sign_in: SignIn) -> None:
    boards = make_boards(session)
    handover = make_sealed(session, boards)
    for grant in session.scalars(select(RoleGrant).where(RoleGrant.account_id == boards.new.id)):
        grant.until = boards.day - timedelta(days=1)
    session.commit()
    browser = sign_in(boards.old)
    browser.post(f"/passations/signatures/{line_of(handover, boards.old).id}")
    paper = f"/passations/signatures/{line_of(handover, boards.new).id}/papier"
    assert browser.post(paper, data=_paper(boards)).status_code == 422
    page = browser.post(paper, data=_with_copy(boards, a_photo(), "photo.png"), follow_redirects=True)
    assert "signée des deux côtés" in words(page.text)


def test_who_did_not_sign_strikes_the_note_and_the_handover_is_open_again(session: Session, sign_in: SignIn) -> None:
    boards = make_boards(session)
    line = _noted(session, boards, sign_in(boards.new))
    handover = line.handover
    newcomer = sign_in(boards.new)
    newcomer.post(f"/passations/signatures/{line_of(handover, boards.new).id}")
    session.expire_all()
    assert handover.stage == Stage.SIGNED
    url, contest = f"/passations/{handover.id}", f"/passations/signatures/{line.id}/contester"
    assert newcomer.post(contest).status_code == 403
    browser = sign_in(boards.old)
    page = words(browser.get(url).text)
    assert "Nouvelle Présidente a noté que vous avez signé. Si ce n’est pas vous, dites-le" in page
    assert "Ce n’est pas ma signature" in page
    page = words(browser.post(contest, follow_redirects=True).text)
    assert "Il manque 1 signature" in page
    assert "Ancienne Présidente a contesté le" in page
    assert "Copie contestée : signatures.pdf" in page
    assert browser.post(contest).status_code == 422
    journal = words(browser.get("/journal", follow_redirects=True).text)
    assert "a contesté la note de Nouvelle Présidente à la place d’Ancienne Présidente" in journal
    assert "a rouvert la passation" in journal
    newcomer = sign_in(boards.new)
    assert "Passation contestée par Ancienne Présidente" in words(newcomer.get("/").text)
    paper = f"/passations/signatures/{line.id}/papier"
    again = newcomer.post(paper, data=_with_copy(boards, a_pdf()))
    assert "Ancienne Présidente a contesté ce qui avait été noté ou signé à sa place" in words(again.text)
    page = newcomer.post(paper, data=_paper(boards, how="waived", remark="Refuse de signer."), follow_redirects=True)
    assert "close sans la signature des sortants" in words(page.text)
    assert "Copie contestée : signatures.pdf" in words(page.text)
    assert "Copie du papier signé" not in words(page.text)
    session.expire_all()
    assert "ne signerez pas le dossier" in _letters(session)[-1].text


def test_the_letter_tells_it_and_its_link_is_enough_once_the_access_is_over(
    session: Session, sign_in: SignIn, client: FlaskClient
) -> None:
    boards = make_boards(session)
    line = _noted(session, boards, sign_in(boards.new))
    letter = _letters(session)[-1]
    assert (letter.to_address, letter.is_secret) == (boards.old.email, True)
    assert "Nouvelle Présidente a noté que vous avez signé sur papier le dossier de passation" in letter.text
    assert "Une copie du papier est gardée avec le dossier" in letter.text
    for grant in session.scalars(select(RoleGrant).where(RoleGrant.account_id == boards.old.id)):
        grant.until = boards.day - timedelta(days=1)
    session.commit()
    found = CONTEST.search(letter.text)
    assert found is not None
    client.post("/deconnexion")
    page = words(client.get(found[1]).text)
    assert "Nouvelle Présidente a noté que vous, Ancienne Présidente, avez signé le dossier sur papier" in page
    session.expire_all()
    assert line.signed_how == "paper"
    assert client.post(f"{found[1]}x").status_code == 404
    assert "est retirée, et la passation est de nouveau à signer" in words(client.post(found[1]).text)
    assert client.post(found[1]).status_code == 422
    session.expire_all()
    assert (line.signed_how, line.contested_noter) == ("", "Nouvelle Présidente")


def test_the_copy_is_for_the_board_and_for_nobody_else(session: Session, sign_in: SignIn, client: FlaskClient) -> None:
    boards = make_boards(session)
    line = _noted(session, boards, sign_in(boards.new))
    copy = f"/passations/signatures/{line.id}/copie"
    assert sign_in(make_member(session, boards.body, Role.TREASURER)).get(copy).status_code == 200
    assert sign_in(make_member(session, boards.body, Role.MEMBER)).get(copy).status_code == 404
    assert sign_in(make_member(session, make_own_body(session), Role.MAYOR)).get(copy).status_code == 404
    client.post("/deconnexion")
    assert client.get(copy).status_code == 302


def test_who_does_not_sign_is_not_told_as_signed_on_both_sides(session: Session) -> None:
    boards = make_boards(session)
    handover = make_sealed(session, boards)
    new = Actor(boards.new.id, boards.new.name)
    waived = services.Signing(how=Signed.WAIVED, on=boards.day, remark="Partie sans laisser d’adresse.")
    services.sign(session, line_of(handover, boards.old), waived, by=new, at=clock.now())
    services.sign(
        session,
        line_of(handover, boards.new),
        services.Signing(how=Signed.ACCOUNT, on=boards.day),
        by=new,
        at=clock.now(),
    )
    assert str(state_of(handover)) == "close sans la signature des sortants"


def test_copies_go_along_in_the_archive_and_may_be_erased_after_five_years(
    session: Session, sign_in: SignIn, app: Flask
) -> None:
    boards = make_boards(session)
    line = _noted(session, boards, sign_in(boards.new))
    name = line.proof_file or ""
    browser = sign_in(make_member(session, boards.body, Role.PRESIDENT, is_administrator=True))
    packed = ZipFile(BytesIO(browser.get(f"/organismes/{boards.body.id}/archive.zip").data))
    assert f"fichiers/{name}" in packed.namelist()
    url, files = f"/passations/{line.handover_id}", Path(app.config["SETTINGS"].files)
    care = f"/membres/{boards.body.id}/donnees"
    assert "Voir ce qui serait effacé" not in browser.get(care).text
    assert "elles se gardent cinq ans" in words(browser.post(f"{url}/copies/effacer").text)
    assert (files / name).is_file()
    line.handover.takes_over_on -= timedelta(days=6 * 366)
    session.commit()
    assert f"{url}#copies" in browser.get(care).text
    assert "Effacer les copies" in browser.get(url).text
    browser.post(f"{url}/copies/effacer")
    session.expire_all()
    assert (line.signed_how, line.proof_file) == ("paper", None)
    assert not (files / name).exists()
    assert browser.get(f"/passations/signatures/{line.id}/copie").status_code == 404


def test_a_copy_that_bears_two_signatures_stays_while_one_needs_it(
    session: Session, sign_in: SignIn, app: Flask
) -> None:
    boards = make_boards(session)
    line = _noted(session, boards, sign_in(boards.new))
    older, name = line.handover, str(line.proof_file)
    older.takes_over_on -= timedelta(days=6 * 366)
    session.flush()
    newer = services.prepare(session, boards.body, boards.day, by=BY, at=clock.now())
    assert newer is not older
    newer.people[0].proof_file, newer.people[0].proof_name = name, line.proof_name
    session.commit()
    sign_in(boards.new).post(f"/passations/{older.id}/copies/effacer")
    session.expire_all()
    assert (line.proof_file, newer.people[0].proof_file) == (None, name)
    assert (Path(app.config["SETTINGS"].files) / name).is_file()


def test_an_archive_of_a_member_tells_of_the_signature(session: Session, sign_in: SignIn) -> None:
    from app.handover.known import known_of  # noqa: PLC0415
    from tests.factories.members import enrol  # noqa: PLC0415

    boards = make_boards(session)
    line = _noted(session, boards, sign_in(boards.new))
    member = enrol(session, boards.body)
    member.person = line.person
    session.commit()
    told = known_of(session, member)["Passations"]
    assert told[0]["Notée par"] == "Nouvelle Présidente"
    assert told[0]["Copie du papier signé"] == "signatures.pdf"


@pytest.mark.parametrize("address", ["", "pas une adresse"])
def test_who_cannot_be_written_to_is_said(session: Session, sign_in: SignIn, address: str) -> None:
    boards = make_boards(session)
    handover: Handover = make_sealed(session, boards)
    boards.old.closed_at = clock.now()
    line = line_of(handover, boards.old)
    line.person.email = address
    session.commit()
    paper = f"/passations/signatures/{line.id}/papier"
    assert "prévenu·e par courriel" not in sign_in(boards.new).get(paper).text
    page = sign_in(boards.new).post(paper, data=_with_copy(boards, a_pdf()), follow_redirects=True)
    assert "Sans adresse électronique ici, à prévenir vous-même : Ancienne Présidente." in words(page.text)
    assert not _letters(session)


def test_a_contested_copy_does_not_prove_what_somebody_notes_later(session: Session, sign_in: SignIn) -> None:
    boards = make_boards(session)
    colleague = make_person(session, given_name="Titouan", family_name="Fictif", kept_by_body_id=boards.body.id)
    make_mandate(session, boards.body, colleague, Function.SECRETARY, since="2024-10", until=boards.day.isoformat())
    account = make_account(session, name="Titouan Fictif", person_id=colleague.id)
    make_grant(session, account, boards.body, Role.SECRETARY)
    line = _noted(session, boards, sign_in(boards.new))
    sign_in(boards.old).post(f"/passations/signatures/{line.id}/contester")
    browser = sign_in(account)
    paper = f"/passations/signatures/{line.id}/papier"
    assert browser.post(paper, data=_paper(boards)).status_code == 422
    assert "Copie contestée : signatures.pdf" in words(browser.get(f"/passations/{line.handover_id}").text)
    assert "pièce jointe" not in printed(browser, line.handover)
    browser.post(paper, data=_with_copy(boards, a_photo(), "vraie.png"))
    page = words(browser.get(f"/passations/{line.handover_id}").text)
    assert "noté par Titouan Fictif" in page
    assert "Copie du papier signé : vraie.png" in page


def test_a_letter_of_refusal_is_joined_as_what_it_is(session: Session, sign_in: SignIn) -> None:
    boards = make_boards(session)
    handover = make_sealed(session, boards)
    line = line_of(handover, boards.old)
    browser = sign_in(boards.new)
    told = _with_copy(boards, a_pdf(), "refus.pdf", how="waived", remark="A refusé par lettre.")
    browser.post(f"/passations/signatures/{line.id}/papier", data=told)
    page = words(browser.get(f"/passations/{handover.id}").text)
    assert "Pièce jointe : refus.pdf" in page
    assert "Copie du papier signé" not in page
    assert "Ne signe pas : A refusé par lettre. (noté par Nouvelle Présidente), pièce jointe : refus.pdf" in printed(
        browser, handover
    )
    assert "copie du papier" not in _letters(session)[-1].text
