"""One board hands over to the next, on the pages where it happens."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from app.accounts.models import Role, RoleGrant
from app.assemblies.models import AssemblyKind
from app.assemblies.services import statutes
from app.bodies.models import Function
from app.handover import services
from app.handover.models import Handover, Signed, ThingKind
from app.mail.services import Letter, enqueue
from app.shared import clock
from tests.factories.accounts import make_account, make_grant, make_member, make_own_body
from tests.factories.assemblies import BY, STATUTES, make_association
from tests.factories.bodies import make_body, make_mandate
from tests.factories.ceremonies import make_feed
from tests.factories.council import make_commune
from tests.factories.founding import make_founded
from tests.factories.members import enrol, make_period
from tests.factories.people import make_person
from tests.factories.twinnings import make_twinning
from tests.handover.boards import make_boards, make_sealed, printed, words
from tests.support.together import another_browser, at_the_same_moment

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account

    SignIn = Callable[[Account], FlaskClient]


def _role(session: Session, account: Account, role: Role) -> RoleGrant | None:
    session.expire_all()
    return session.scalar(select(RoleGrant).where(RoleGrant.account_id == account.id, RoleGrant.role == role))


def test_both_sides_sign_a_pack_and_the_rights_pass_without_a_password(session: Session, sign_in: SignIn) -> None:
    boards = make_boards(session)
    browser, day = sign_in(boards.old), f"{boards.day:%d/%m/%Y}"
    page = browser.post(f"/passations/preparer/{boards.body.id}", data={"on": day}, follow_redirects=True)
    handover = session.scalars(select(Handover)).one()
    url = f"/passations/{handover.id}"
    said = words(page.text)
    assert "passe à Nouvelle Présidente" in said
    assert "Rien ne reste attaché au compte ou au nom d’une personne qui part." in said
    assert "Nouvelle Présidente" in said
    secret = {"kind": "access", "label": "Site", "detail": "mot de passe : jumelage2026"}
    wrong = browser.post(f"{url}/transmettre", data=secret)
    assert wrong.status_code == 422
    assert "N’écrivez pas de mot de passe ici" in words(wrong.text)
    assert "jumelage2026" in wrong.text
    for lock in ("Code 1234 du coffre", "Code du coffre : 1234", "code d’accès 98765"):
        assert browser.post(f"{url}/transmettre", data=secret | {"detail": lock}).status_code == 422
    bank = {
        "kind": "access",
        "label": "Signature à la banque",
        "detail": "Rendez-vous à l’agence, code postal 59390",
        "goes_to": "Nouvelle",
    }
    assert browser.post(f"{url}/transmettre", data=bank).status_code == 302
    last = boards.day + timedelta(days=30)
    told = {"message": "Appelez Olena le jeudi.", "access_ends_on": f"{last:%d/%m/%Y}", "revision": 1}
    assert browser.post(f"{url}/modifier", data=told).status_code == 302
    page = browser.post(f"{url}/figer", data={"sure": "1"}, follow_redirects=True)
    assert "Il manque 2 signatures" in words(page.text)
    kept, given = _role(session, boards.old, Role.PRESIDENT), _role(session, boards.new, Role.PRESIDENT)
    assert kept is not None
    assert (kept.until, kept.is_administrator) == (last, True)
    assert given is not None
    assert (given.until, given.is_administrator) == (None, True)
    lines = {one.person_id: one.id for one in handover.people}
    old_line, new_line = lines[boards.old.person_id], lines[boards.new.person_id]
    assert browser.post(f"/passations/signatures/{new_line}").status_code == 403
    paper = f"/passations/signatures/{new_line}/papier"
    alone = browser.post(paper, data={"how": "paper", "day": day})
    assert "une seule personne ne signe pas pour les deux" in words(alone.text)
    browser.post(f"/passations/signatures/{old_line}", data={"remark": "Bon vent."})
    newcomer = sign_in(boards.new)
    assert "Signer la passation du bureau" in newcomer.get("/").text
    page = newcomer.post(f"/passations/signatures/{new_line}", follow_redirects=True)
    assert "signée des deux côtés" in words(page.text)
    text = printed(newcomer, handover)
    for known in ("Signature à la banque", "Appelez Olena le jeudi", "Signé depuis son compte"):
        assert known in text
    assert newcomer.post(f"{url}/transmettre", data=bank).status_code == 422


def test_beside_who_comes_without_an_account_the_page_says_who_notes_their_signature(
    session: Session, sign_in: SignIn
) -> None:
    boards = make_boards(session)
    handover = make_sealed(session, boards)
    for grant in session.scalars(select(RoleGrant).where(RoleGrant.account_id == boards.new.id)):
        grant.until = boards.day - timedelta(days=30)
    treasurer = make_member(session, boards.body, Role.TREASURER)
    session.commit()
    url, access = f"/passations/{handover.id}", f"/organismes/{boards.body.id}/acces"
    page = sign_in(boards.old).get(url).text
    side = page[page.index("Arrivants") :]
    side = side[: side.index("</section>")]
    assert "Nouvelle Présidente n’a pas de compte ici" in words(side)
    assert "notez sa signature avec la copie du papier signé" in words(side)
    assert access in side
    assert "/papier" in side
    side = words(sign_in(treasurer).get(url).text)
    assert "Nouvelle Présidente signe le dossier imprimé ; qui préside, tient le secrétariat" in side
    assert "Ancienne Présidente a son propre compte ici : à cette personne de signer." in side


def test_the_last_administrator_cannot_leave_everybody_outside(session: Session) -> None:
    boards = make_boards(session)
    handover = services.prepare(session, boards.body, boards.day, by=BY, at=clock.now())
    right = handover.rights[0]
    services.choose_rights(session, handover, {right.id: (services.Fate.ENDS, None)}, by=BY, at=clock.now())
    with pytest.raises(services.roles.LastAdministrator):
        services.seal(session, handover, [], by=BY, at=clock.now())
    with pytest.raises(services.BadHandover, match="Choisissez à qui passe le rôle"):
        services.choose_rights(session, handover, {right.id: (services.Fate.PASSES, None)}, by=BY, at=clock.now())
    signing = services.Signing(how=Signed.PAPER, on=boards.day)
    with pytest.raises(services.BadHandover, match="pas encore figé"):
        services.sign(session, handover.people[0], signing, by=BY, at=clock.now())


def test_nobody_hands_over_where_nobody_left(session: Session) -> None:
    body = make_association(session)
    with pytest.raises(services.BadHandover, match="Personne n’a quitté ni pris une fonction"):
        services.prepare(session, body, clock.today(), by=BY, at=clock.now())


def test_a_pack_is_for_the_board_and_for_nobody_else(session: Session, sign_in: SignIn) -> None:
    boards = make_boards(session)
    handover = services.prepare(session, boards.body, boards.day, by=BY, at=clock.now())
    facts = services.ThingFacts(kind=ThingKind.OBJECT, label="Clé du local")
    services.add_thing(session, handover, facts, by=BY, at=clock.now())
    session.commit()
    url = f"/passations/{handover.id}"
    assert sign_in(make_member(session, boards.body, Role.MEMBER)).get(url).status_code == 404
    assert sign_in(make_member(session, make_own_body(session), Role.MAYOR)).get(url).status_code == 404
    treasurer = sign_in(make_member(session, boards.body, Role.TREASURER))
    assert "Clé du local" in treasurer.get(url).text
    assert treasurer.post(f"{url}/figer").status_code == 403


def test_an_office_left_vacant_is_handed_to_who_stays_and_from_them_to_who_comes_later(
    session: Session, sign_in: SignIn
) -> None:
    body, today = make_association(session, name="Comité fictif"), clock.today()
    chair, gone, heir = (
        make_person(session, given_name=name, family_name="Fictif", kept_by_body_id=body.id)
        for name in ("Paule", "Titouan", "Hermine")
    )
    left, taken = today - timedelta(days=20), today - timedelta(days=2)
    make_mandate(session, body, chair, Function.PRESIDENT, since="2024-10")
    make_mandate(session, body, gone, Function.TREASURER, since="2024-10", until=left.isoformat())
    president = make_account(session, name="Paule Fictif", person_id=chair.id)
    make_grant(session, president, body, Role.PRESIDENT, is_administrator=True)
    treasurer = make_account(session, name="Titouan Fictif", person_id=gone.id)
    make_grant(session, treasurer, body, Role.TREASURER)
    session.commit()
    browser = sign_in(president)
    assert "Préparer la passation : Titouan Fictif" in words(browser.get("/").text)
    assert "préparer la passation de Titouan Fictif" in words(browser.get("/passations/").text)
    where = f"/passations/preparer/{body.id}"
    page = words(browser.post(where, data={"on": f"{left:%d/%m/%Y}"}, follow_redirects=True).text)
    assert "Présidente ou président, reçoit en attendant" in page
    assert "Reçoit le dossier Paule Fictif" in page
    first = session.scalars(select(Handover)).one()
    assert [right.grant.account_id for right in first.rights] == [treasurer.id]
    browser.post(f"/passations/{first.id}/figer", data={"sure": "1"})
    line = next(one for one in first.people if one.person_id == gone.id)
    told = {"how": "waived", "day": f"{today:%d/%m/%Y}"}
    assert browser.post(f"/passations/signatures/{line.id}/papier", data=told).status_code == 422
    browser.post(f"/passations/signatures/{line.id}/papier", data=told | {"remark": "Décédé le mois dernier."})
    receiver = next(one for one in first.people if one.person_id == chair.id)
    page = words(browser.post(f"/passations/signatures/{receiver.id}", follow_redirects=True).text)
    assert "close sans la signature des sortants" in page
    assert "ne signe pas" in page
    assert "Ne signe pas : Décédé le mois dernier." in printed(browser, first)
    assert _role(session, president, Role.PRESIDENT) is not None
    assert "Préparer la passation" not in words(browser.get("/").text)
    make_mandate(session, body, heir, Function.TREASURER, since=taken.isoformat())
    body.created_at -= timedelta(days=400)
    session.commit()
    assert "Préparer la passation : Hermine Fictif" in words(browser.get("/").text)
    page = words(browser.post(where, data={"on": f"{taken:%d/%m/%Y}"}, follow_redirects=True).text)
    assert "Présidente ou président, remet au nom du bureau" in page
    second = session.scalars(select(Handover).order_by(Handover.id.desc())).first()
    assert second is not None
    assert not second.rights
    assert "remis à qui prend la suite" in printed(browser, second)


def test_who_takes_office_on_the_morrow_and_a_first_board_are_understood(session: Session, sign_in: SignIn) -> None:
    body, today = make_association(session, name="Comité fictif"), clock.today()
    old, new = (
        make_person(session, given_name=name, family_name="Fictif", kept_by_body_id=body.id)
        for name in ("Ancien", "Nouvelle")
    )
    left = today - timedelta(days=8)
    first = left - timedelta(days=90)
    body.created_at -= timedelta(days=400)
    make_mandate(session, body, old, Function.TREASURER, since=first.isoformat(), until=left.isoformat())
    make_mandate(session, body, new, Function.TREASURER, since=(left + timedelta(days=1)).isoformat())
    session.commit()
    browser = sign_in(make_member(session, body, Role.PRESIDENT))
    page = words(browser.get("/passations/").text)
    assert page.count("préparer la passation du bureau") == 1
    assert "D’après les mandats notés, personne n’était en fonction la veille." in page
    where = f"/passations/preparer/{body.id}"
    refused = browser.post(where, data={"on": f"{first:%d/%m/%Y}"})
    assert "il n’y a encore rien à remettre" in words(refused.text)
    page = words(browser.post(where, data={"on": f"{left:%d/%m/%Y}"}, follow_redirects=True).text)
    assert "Sortants Ancien Fictif" in page
    assert "Arrivants Nouvelle Fictif" in page


def test_the_pack_lists_statutes_registration_dues_and_what_the_foundation_left_undone(
    session: Session, sign_in: SignIn
) -> None:
    commune = make_commune(session, code="67482", name="Dorf-Fictif")
    founding = make_founded(session, commune, founders=7)
    founding.registered_on, founding.register_reference = date(2026, 5, 4), "Tribunal fictif, volume 61, folio 12"
    committee, today = founding.committee, clock.today()
    enrol(session, committee)
    period = make_period(session, committee)
    period.starts_on, period.ends_on = today - timedelta(days=90), today + timedelta(days=90)
    future = statutes.RecordRule(kind=AssemblyKind.BOARD, since=date(2090, 1, 1), statutes=STATUTES, may_forget=True)
    statutes.record_rule(session, committee.id, future, by=BY, at=clock.now())
    coming = make_person(session, given_name="Nouvelle", family_name="Présidente", kept_by_body_id=committee.id)
    make_mandate(session, committee, coming, Function.VICE_PRESIDENT, since=today.isoformat())
    session.commit()
    browser = sign_in(make_member(session, committee, Role.PRESIDENT))
    session.commit()
    day = f"{today:%d/%m/%Y}"
    page = browser.post(f"/passations/preparer/{committee.id}", data={"on": day}, follow_redirects=True)
    said = words(page.text)
    assert "Statuts adoptés le vendredi 20 mars 2026" in said, said
    assert "Inscription au registre du tribunal" in said
    assert "volume 61, folio 12" in said
    assert f"Cotisations : {period.name}" in said
    assert "à recevoir, de 1 foyer." in said
    assert "Création de l’association : La convention" in said
    assert "Ce que disent les statuts en vigueur depuis le 20 mars 2026" in said
    assert "Ce que disent les statuts une version vaudra à partir du 1er janvier 2090" in said


def test_an_office_inside_a_line_begins_small(session: Session, sign_in: SignIn) -> None:
    boards = make_boards(session)
    browser = sign_in(boards.old)
    person = make_person(session, "Ada", "Fictive", kept_by_body_id=boards.body.id, title="Mme")
    for function in (Function.SECRETARY, Function.BOARD_MEMBER):
        make_mandate(session, boards.body, person, function, since="2020")
    session.commit()
    data = {"on": f"{boards.day:%d/%m/%Y}"}
    said = words(browser.post(f"/passations/preparer/{boards.body.id}", data=data, follow_redirects=True).text)
    assert "Ada Fictive, secrétaire" in said
    assert "Ada Fictive, Secrétaire" not in said


def test_the_pack_says_what_is_late_what_waits_and_which_agendas_end(session: Session, sign_in: SignIn) -> None:
    boards = make_boards(session)
    body, today = boards.body, clock.today()
    enrol(session, body)
    period = make_period(session, body, 2020)
    period.starts_on, period.ends_on = today - timedelta(days=400), today - timedelta(days=40)
    twinning = make_twinning(session, body, make_body(session, "Semenivka", country="UA"))
    given = {"twinning_id": twinning.id, "body_id": body.id, "created_by_id": boards.old.id}
    make_feed(session, label="Équipe", created_by_name=boards.old.name, **given)
    letter = Letter(to="lou@exemple.test", subject="Fête", text="Bonjour", body_id=body.id)
    enqueue(session, letter, at=clock.now())
    session.commit()
    browser = sign_in(boards.old)
    page = browser.post(f"/passations/preparer/{body.id}", data={"on": f"{boards.day:%d/%m/%Y}"}, follow_redirects=True)
    said = words(page.text)
    assert f"Cotisations : {period.name}" in said
    assert "de 1 foyer" in said, "what is still to receive of a year that is just over"
    assert "1 courrier n’est pas parti" in said
    assert "Agenda à suivre « Équipe »" in said
    assert "il ne montre plus rien dès la fin de cet accès" in said
    assert "« Équipe », qui ne montre plus rien dès la fin de son accès" in said
    assert "qui reste lisible" not in said
    handover = session.scalars(select(Handover)).one()
    task = {"kind": ThingKind.TASK.value, "label": "Assurance", "due_on": f"{today - timedelta(days=3):%d/%m/%Y}"}
    browser.post(f"/passations/{handover.id}/transmettre", data=task)
    assert "en retard, c’était pour le" in words(browser.get(f"/passations/{handover.id}").text)


def test_a_handover_that_two_people_begin_is_begun_once(app: Flask, session: Session) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    boards = make_boards(session)
    url, data = f"/passations/preparer/{boards.body.id}", {"on": f"{boards.day:%d/%m/%Y}"}
    first, second = (another_browser(app, boards.old) for _ in range(2))
    made, late = at_the_same_moment(
        app, Handover, lambda: first.post(url, data=data), lambda: second.post(url, data=data)
    )
    assert (made.status_code, late.status_code) == (302, 302)
    assert late.location == made.location
    assert "déjà commencé, entre les mêmes personnes" in words(second.get(late.location).text)
    session.rollback()
    assert len(session.scalars(select(Handover)).all()) == 1
