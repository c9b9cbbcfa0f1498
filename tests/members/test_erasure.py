"""What an erasure really leaves: nobody lodged with nobody, receipts with what the law keeps, no byte of the rest."""

from __future__ import annotations

import io
import os
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from app.access.roles import Role
from app.bodies.models import Function
from app.extensions import db
from app.forms.dates import parse
from app.mail.models import MessageState, OutboxMessage
from app.mail.services import Letter, enqueue
from app.members.models import ConsentKind, HostFamily, Member, Traveller
from app.members.queries.care import persons_who_agree, proposals
from app.members.queries.voters import voters
from app.shared import clock
from app.shared.saying import said
from app.shared.typography import NO_BREAK
from tests.factories.accounts import make_member
from tests.factories.bodies import make_mandate
from tests.factories.members import (
    enrol,
    make_consent,
    make_household,
    make_payment,
    make_period,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.bodies.models import Body

    SignIn = Callable[[Account], FlaskClient]


@pytest.fixture
def keeper(session: Session, sign_in: SignIn, committee: Body) -> FlaskClient:
    return sign_in(make_member(session, committee, Role.PRESIDENT))


def test_a_child_is_not_left_with_a_family_that_was_erased(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    member = enrol(session, committee, "Ana", "Accueillante")
    where = f"/membres/{committee.id}/accueil"
    keeper.post(f"{where}/famille", data={"member": member.id, "beds": "2", "takes_minors": "oui"})
    family = session.scalars(select(HostFamily)).one()
    days = {"starts_on": "10/06/2027", "ends_on": "14/06/2027"}
    page = keeper.post(f"{where}/sejour", data={"title": "Visite", "place": "Ici", **days}).location
    for name, is_guest in (("Olena", "y"), ("Mina", "")):
        child = {"given_name": name, "family_name": "Pryklad", "is_guest": is_guest, "born_on": "01/03/2012"}
        keeper.post(f"{page}/voyageur", data={**child, "host": family.id})
    assert "famille à trouver" not in keeper.get(page).text
    keeper.post(f"/membres/fiche/{member.id}/depart", data={"until": "2025", "why": "moved", "revision": "1"})
    keeper.post(f"{page}/voyageur", data={"member": member.id})
    told = keeper.get(f"/membres/fiche/{member.id}/effacer").text
    assert "Elle participe à un séjour à venir" in told
    assert "2 personnes logent ici pendant un séjour à venir" in told
    assert "Mina Pryklad, séjour « Visite »" in told
    assert "Les sauvegardes déjà faites" in told
    keeper.post(f"/membres/fiche/{member.id}/effacer")
    stay = keeper.get(page).text
    assert stay.count("famille à trouver") == 2
    assert "Personne effacée" not in stay
    session.expire_all()
    assert {one.host_family_id for one in session.scalars(select(Traveller))} == {None}
    assert session.scalars(select(Traveller.person_id).where(Traveller.trashed_at.is_not(None))).all()


def test_receipts_keep_what_the_law_asks_and_the_page_says_so(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    home = make_household(session, committee)
    jeanne = enrol(session, committee, "Jeanne", "Fictive", household=home, until="2026-03-31")
    paul = enrol(session, committee, "Paul", "Fictif", household=home, until="2026-03-31")
    period = make_period(session, committee)
    alone = make_payment(session, period, jeanne)
    data = {"members": [str(jeanne.id), str(paul.id)], "amount": "10", "gift": "", "paid_on": "05/03/2026"}
    keeper.post(
        f"/membres/cotisations/{period.id}/paiement/{jeanne.id}",
        data={**data, "means": "cheque", "reference": "Chèque 0012345"},
    )
    told = keeper.get(f"/membres/fiche/{jeanne.id}/effacer").text
    assert "la référence (numéro du chèque ou du virement) ; l’adresse en est ôtée" in told
    keeper.post(f"/membres/fiche/{jeanne.id}/effacer")
    session.refresh(alone)
    assert (alone.receipt["payer"], alone.receipt["address"]) == ("Jeanne Fictive", [])
    pdf = keeper.get(f"/membres/cotisations/paiement/{alone.id}")
    assert "3 rue de l’Essai" not in pdf.text


def test_who_died_or_is_suspended_has_no_vote_and_is_told_as_such(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    dead = enrol(session, committee, "Jeanne", "Fictive", until="2025-12-31", leaving="deceased")
    idle = enrol(session, committee, "Paul", "Fictif", status="suspended")
    here = enrol(session, committee, "Ana", "Active")
    today = clock.today()
    last = enrol(session, committee, "Zita", "Partante", until=today.isoformat(), leaving="moved")
    gone = enrol(session, committee, "Oda", "Morte", until=today.isoformat(), leaving="deceased")
    leaving = keeper.get(f"/membres/fiche/{last.id}").text
    day = said(last.until).replace(NO_BREAK, " ")
    assert f"oui, jusqu’à son départ : {day}, ce jour compris" in leaving
    assert f"part le {day}" in leaving
    names = [one.member_id for one in voters(session, committee.id, today)]
    assert last.id in names, "somebody is a member until the end of the last day"
    assert gone.id not in names
    for member, votes, standing in (
        (dead, "non : plus membre", "Décès"),
        (idle, "non : suspendu", "Suspendu"),
        (here, "oui", "Membre"),
    ):
        page = keeper.get(f"/membres/fiche/{member.id}").text
        assert votes in page.partition("Droit de vote en assemblée")[2][:200]
        assert keeper.get(f"/membres/fiche/{member.id}/tout.json").json["Adhésion"]["Situation"] == standing
    exported = keeper.post(
        f"/membres/{committee.id}/exporter?situation=all", data={"form": "csv", "column": ["family", "given", "status"]}
    )
    assert "Fictive;Jeanne;Décès" in exported.data.decode("utf-8-sig")


def test_a_death_ends_what_was_agreed_and_nobody_leaves_without_a_reason(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    member = enrol(session, committee, "Jeanne", "Fictive")
    for kind in ("newsletter", "partner", "keep"):
        make_consent(session, member, kind)
    where = f"/membres/fiche/{member.id}"
    assert "checked" not in keeper.get(f"{where}/depart").text
    today = clock.today()
    left = {"until": today.isoformat(), "revision": str(member.revision)}
    refused = keeper.post(f"{where}/depart", data=left)
    assert refused.status_code == 422
    assert "Dites pourquoi cette personne n’est plus membre" in refused.text
    assert keeper.post(f"{where}/depart", data=left | {"why": "deceased"}).status_code == 302
    page = keeper.get(f"{where}/accords").text
    assert page.count("a pris fin avec le décès") == 2
    assert page.count("/reprendre") == 1
    agreed = {kind: persons_who_agree(session, committee.id, kind, on=today) for kind in ConsentKind}
    assert {kind for kind, persons in agreed.items() if persons} == {ConsentKind.KEEP}
    years = today.replace(year=today.year + 9)
    assert "newsletter" not in {one.rule for one in proposals(session, committee.id, on=years)}


def test_a_list_that_nobody_imports_is_thrown_away_after_a_day_and_the_register_says_so(
    app: Flask, keeper: FlaskClient, committee: Body
) -> None:
    sent = keeper.post(
        f"/membres/{committee.id}/importer", data={"list": (io.BytesIO(b"Nom;Courriel\nX;x@exemple.fr\n"), "l.csv")}
    )
    assert keeper.get(sent.location).status_code == 200
    folder = Path(app.config["SETTINGS"].instance) / "imports"
    token = sent.location.rpartition("/")[2]
    kept = next(folder.glob(f"*{token}*"))
    old = (clock.now() - timedelta(days=1, minutes=1)).timestamp()
    os.utime(kept, (old, old))
    assert keeper.get(sent.location).status_code == 404
    assert not kept.exists()
    assert "après un jour" in keeper.get(f"/membres/{committee.id}/importer").text
    assert "un jour après l’envoi" in keeper.get(f"/membres/{committee.id}/donnees").text


def test_what_was_erased_is_no_byte_of_the_database_once_the_worker_came_by(
    app: Flask, session: Session, keeper: FlaskClient, committee: Body
) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL sees to its own log")
    home = make_household(session, committee, street="77 chemin Introuvable", email="zzintrouvable@exemple.fr")
    member = enrol(session, committee, "Zébulon", "Introuvablesson", household=home, note="Zibeline")
    member.person.phone = "0698765432"
    session.commit()
    keeper.post(f"/membres/fiche/{member.id}/depart", data={"until": "2025", "why": "moved", "revision": "1"})
    keeper.post(f"/membres/fiche/{member.id}/effacer")
    session.close()
    app.test_cli_runner().invoke(args=["worker", "--once"])
    path = Path(str(db.engine.url.database))
    held = path.read_bytes() + Path(f"{path}-wal").read_bytes()
    for secret in ("77 chemin Introuvable", "zzintrouvable", "Introuvablesson", "Zibeline", "0698765432"):
        assert secret.encode() not in held, secret


@pytest.mark.parametrize("state", [MessageState.WAITING, MessageState.SENT, MessageState.FAILED])
def test_at_an_address_that_two_people_read_nothing_is_left_or_leaves_in_the_name_of_who_is_erased(
    session: Session, keeper: FlaskClient, committee: Body, state: MessageState
) -> None:
    home = make_household(session, committee, email="Foyer@exemple.test")
    gone, stays = (enrol(session, committee, name, "Fictif", household=home) for name in ("Quasimo", "Esmera"))
    for name in ("Quasimo Fictif", "Esmera Fictif", "Quasimo et Esmera Fictif"):
        letter = Letter(to=home.email, name=name, subject="Assemblée", text=f"Bonjour {name},", body_id=committee.id)
        enqueue(session, letter, at=clock.now()).state = state
    session.commit()
    keeper.post(f"/membres/fiche/{gone.id}/depart", data={"until": "2025", "why": "resigned", "revision": "1"})
    keeper.post(f"/membres/fiche/{gone.id}/effacer")
    session.expire_all()
    left = [(one.to_name, one.text) for one in session.scalars(select(OutboxMessage).order_by(OutboxMessage.id))]
    hers = (stays.name, f"Bonjour {stays.name},")
    assert left == ([hers, hers] if state == MessageState.WAITING else [hers])


def test_all_records_of_one_person_go_together_and_none_of_them_votes_without_a_name(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    kept = enrol(session, committee, "Ana", "Essai", since="2012")
    double = enrol(session, committee, "Ana", "Essai", since="2020", note="Flûte")
    thrown = enrol(session, committee, "Ana", "Essai", note="Chorale")
    for other in (double, thrown):
        keeper.post(f"/personnes/{kept.person_id}/reunir", data={"other": other.person_id})
    keeper.post(f"/membres/fiche/{thrown.id}/corbeille")
    numbers = kept.id, double.id, thrown.id
    _leave(keeper, kept.id)
    told = keeper.get(f"/membres/fiche/{kept.id}/effacer").text
    assert f"encore membre sous le no {double.number}" in told
    assert f"/membres/fiche/{double.id}/depart" in told
    assert keeper.post(f"/membres/fiche/{kept.id}/effacer").status_code == 422
    session.expire_all()
    assert session.get_one(Member, numbers[0]).erased_at is None
    _leave(keeper, numbers[1])
    assert keeper.post(f"/membres/fiche/{numbers[0]}/effacer").status_code == 302
    session.expire_all()
    records = [session.get_one(Member, number) for number in numbers]
    assert all(one.erased_at is not None and not one.note for one in records)
    assert voters(session, committee.id, clock.today()) == []


def test_who_spoke_for_an_organisation_that_is_erased_stays_a_member(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    person = enrol(session, committee, "Ana", "Essai")
    club = enrol(session, committee, "Ana", "Essai")
    club.person_id, club.organisation = person.person_id, "Club fictif"
    session.commit()
    number, club_id = person.id, club.id
    _leave(keeper, club_id)
    assert keeper.post(f"/membres/fiche/{club_id}/effacer").status_code == 302
    session.expire_all()
    assert session.get_one(Member, number).name == "Ana Essai"
    assert session.get_one(Member, club_id).person_id is None


def _leave(keeper: FlaskClient, number: int) -> None:
    """Note that a member left in 2025."""
    revision = db.session.get_one(Member, number).revision
    left = {"until": "2025", "why": "resigned", "revision": str(revision)}
    assert keeper.post(f"/membres/fiche/{number}/depart", data=left).status_code == 302


def test_nobody_is_erased_who_still_holds_an_office(session: Session, keeper: FlaskClient, committee: Body) -> None:
    member = enrol(session, committee, "Ana", "Partante", until="2026-03-31")
    mandate = make_mandate(session, committee, member.person, Function.BOARD_MEMBER, since="2025")
    session.commit()
    where = f"/membres/fiche/{member.id}/effacer"
    told = keeper.get(where).text
    assert "Cette personne est encore notée en fonction" in told
    assert f"/organismes/mandats/{mandate.id}" in told
    assert keeper.post(where).status_code == 422
    mandate.until, mandate.until_sort = parse("2026-03-31"), date(2026, 3, 31)
    session.commit()
    assert keeper.post(where).status_code == 302
