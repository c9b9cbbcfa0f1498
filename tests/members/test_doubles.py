"""Double records, the page of a committee, commands: what ties the room to the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from app.access.roles import Role
from app.audit.models import JournalEntry
from app.bodies.models import Function
from app.members.models import GroupMember, Member, PaymentLine
from tests.factories.accounts import make_member
from tests.factories.bodies import make_body, make_mandate
from tests.factories.members import enrol, make_committee, make_group, make_payment, make_period

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.bodies.models import Body

    SignIn = Callable[[Account], FlaskClient]


def test_two_records_of_one_member_become_one_when_a_human_says_so(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    kept = enrol(session, committee, "Jeanne", "Essai", since="2020")
    double = enrol(session, committee, "Jeanne", "Essai", since="2012", note="Flûte")
    payment = make_payment(session, make_period(session, committee), double)
    make_group(session, double)
    page = keeper.get(f"/membres/fiche/{kept.id}").text
    assert "porte le même nom" in page
    assert "deux fiches de membre" not in page
    keeper.post(f"/personnes/{kept.person_id}/reunir", data={"other": double.person_id})
    assert "deux fiches de membre" in keeper.get(f"/membres/fiche/{kept.id}").text
    keeper.post(f"/membres/fiche/{kept.id}/reunir/{double.id}")
    session.expire_all()
    assert session.scalars(select(PaymentLine.member_id).where(PaymentLine.payment_id == payment.id)).all() == [kept.id]
    assert session.scalars(select(GroupMember.member_id)).all() == [kept.id]
    assert (session.get(Member, kept.id).since.text, session.get(Member, kept.id).note) == ("2012", "Flûte")
    assert session.get(Member, double.id).trashed_at is not None
    stranger = enrol(session, make_committee(session, name="Autre"), "Ailleurs")
    keeper.post(f"/membres/fiche/{kept.id}/reunir/{stranger.id}")
    session.expire_all()
    assert session.get(Member, stranger.id).trashed_at is None


def test_the_town_reads_numbers_on_the_committee_s_page_and_no_name_in_any_journal(
    session: Session, sign_in: SignIn
) -> None:
    town = make_body(session, "Exempleville")
    committee = make_committee(session, town, kept_by_id=town.id)
    keeper = sign_in(make_member(session, committee, Role.SECRETARY))
    data = {"given_name": "Jeanne", "family_name": "Secrète", "category": "Membre actif"}
    page = keeper.post(f"/membres/{committee.id}/ajouter", data=data).location
    keeper.post(f"{page}/modifier", data=data | {"revision": "1", "person_revision": "1", "phone": "03"})
    assert "Ouvrir la liste des membres" in keeper.get(f"/organismes/{committee.id}").text
    clerk = sign_in(make_member(session, town, Role.CLERK))
    told = clerk.get(f"/organismes/{committee.id}").text
    assert "1 membre aujourd’hui" in told
    assert "Ouvrir la liste des membres" not in told
    assert "Secrète" not in str([entry.details for entry in session.scalars(select(JournalEntry))])


def test_a_group_whose_leader_left_office_is_told_to_the_committee(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    member = enrol(session, committee, "Jeanne", "Essai")
    make_mandate(session, committee, member.person, Function.SECRETARY, since="2020-01-01", until="2024-01-01")
    group = make_group(session, member, name="Cuisine")
    group.places[0].is_lead = True
    session.commit()
    assert "Anime le groupe « Cuisine »" in keeper.get(f"/organismes/{committee.id}").text.replace("\u00a0", " ")


def test_lists_come_in_and_go_out_by_command(app: Flask, session: Session, committee: Body, tmp_path: Path) -> None:
    runner = app.test_cli_runner()
    source, target = tmp_path / "membres.csv", tmp_path / "export.csv"
    source.write_bytes("Nom;CP\nM. et Mme ESSAI Jean et Ève;59390\n;59000\n".encode("cp1252"))
    told = runner.invoke(args=["members", "import", str(source), "--body", str(committee.id), "--dry-run"]).output
    assert "À inscrire : 2" in told
    assert "ligne 3 laissée de côté" in told
    done = runner.invoke(args=["members", "import", str(source), "--body", committee.name, "--yes"])
    assert "Membres inscrits : 2" in done.output
    again = runner.invoke(args=["members", "import", str(source), "--body", committee.name, "--yes"])
    assert "Rien n’est importé" in again.output
    out = runner.invoke(args=["members", "export", str(target), "--body", committee.name, "--form", "galette"])
    assert "2 fiches" in out.output
    assert "ESSAI;Jean" in target.read_text("utf-8-sig")
    lost = runner.invoke(args=["members", "export", str(target), "--body", "Nulle part"])
    assert lost.exit_code
    assert "Aucun organisme" in lost.output
    session.rollback()
