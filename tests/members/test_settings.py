"""A committee's own lists: categories, questions, groups; and who finds its members elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from app.access.roles import Role
from app.members.models import Member, MemberField, MemberGroup
from tests.factories.accounts import make_adviser, make_member
from tests.factories.bodies import make_body
from tests.factories.members import enrol, make_committee, make_group

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.bodies.models import Body

    SignIn = Callable[[Account], FlaskClient]


def test_a_committee_asks_its_own_questions(session: Session, keeper: FlaskClient, committee: Body) -> None:
    where = f"/membres/{committee.id}/reglages"
    for label, kind, choices in (
        ("Peut héberger", "yes_no", ""),
        ("Instrument", "choice", "Flûte\nTambour"),
        ("Lits", "number", ""),
        ("Né le", "date", ""),
    ):
        keeper.post(f"{where}/question", data={"label": label, "kind": kind, "choices": choices})
    assert "au moins deux choix" in keeper.post(f"{where}/question", data={"label": "x", "kind": "choice"}).text
    assert "déjà posée" in keeper.post(f"{where}/question", data={"label": "Lits", "kind": "number"}).text
    assert "déjà posée" in keeper.post(f"{where}/question", data={"label": "lits ?", "kind": "number"}).text
    sizes = {"label": "Taille", "kind": "choice"}
    assert "au moins deux choix" in keeper.post(f"{where}/question", data=sizes | {"choices": "M\nm"}).text
    for name, told in (("Cuisine", False), ("cuisine", True)):
        assert (
            "porte déjà ce nom" in keeper.post(f"/membres/{committee.id}/groupes", data={"name": name}).text
        ) is told
    host, instrument, beds, born = session.scalars(select(MemberField).order_by(MemberField.id))
    data = {"family_name": "Essai", f"answer_{host.id}": "oui", f"answer_{instrument.id}": "Flûte"}
    data |= {f"answer_{beds.id}": "2,5", f"answer_{born.id}": "12/06/1950"}
    refused = keeper.post(f"/membres/{committee.id}/ajouter", data=data | {f"answer_{beds.id}": "deux"})
    assert "n’est pas un nombre" in refused.text
    page = keeper.get(keeper.post(f"/membres/{committee.id}/ajouter", data=data).location).text
    for answer in ("oui", "Flûte", "2,5", "12/06/1950"):
        assert answer in page
    keeper.post(f"{where}/question", data={"label": "Groupe sanguin", "kind": "choice", "choices": "A+\nA-"})
    blood = session.scalars(select(MemberField).where(MemberField.label == "Groupe sanguin")).one()
    second = keeper.post(f"/membres/{committee.id}/ajouter", data={"family_name": "Autre", f"answer_{blood.id}": "A-"})
    assert "A-" in keeper.get(second.location).text
    keeper.post(f"{where}/retirer/question/{beds.id}")
    assert f"answer_{beds.id}" not in keeper.get(f"/membres/{committee.id}/ajouter").text
    assert "2,5" in keeper.get(f"/membres/fiche/{session.scalars(select(Member.id).order_by(Member.id)).first()}").text


def test_a_committee_has_its_own_categories(keeper: FlaskClient, committee: Body) -> None:
    where = f"/membres/{committee.id}/reglages"
    keeper.post(f"{where}/categorie", data={"name": "Jeune", "is_voting": ""})
    page = keeper.get(where).text
    assert "Jeune" in page
    assert "Membre actif" in page
    assert "porte déjà ce nom" in keeper.post(f"{where}/categorie", data={"name": "jeune"}).text
    assert "n’a pas de balise" in keeper.post(f"{where}/categorie", data={"name": "<b>Jeune</b>"}).text


def test_a_working_party_has_members_and_somebody_who_leads_it(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    member, other = enrol(session, committee, "Ana"), enrol(session, committee, "Zoé")
    made = keeper.post(f"/membres/{committee.id}/groupes", data={"name": "Cuisine", "purpose": "Les repas"}).location
    keeper.post(made, data={"member": str(member.id), "is_lead": "y"})
    assert "anime le groupe" in keeper.get(made).text
    group = session.scalars(select(MemberGroup)).one()
    listed = keeper.get(f"/membres/{committee.id}?groupe={group.id}").text
    assert ("Ana Essai" in listed, "Zoé Essai" in listed) == (True, False)
    keeper.post(f"/membres/groupes/{group.id}/quitter/{member.id}")
    assert "anime le groupe" not in keeper.get(made).text
    foreign = make_group(session, enrol(session, make_committee(session, name="Autre comité")))
    assert keeper.get(f"/membres/groupes/{foreign.id}").status_code == 404
    assert other.body_id == committee.id


def test_members_are_found_nowhere_else_by_the_town_an_adviser_or_a_mere_member(
    session: Session, sign_in: SignIn
) -> None:
    town = make_body(session, "Exempleville")
    committee = make_committee(session, town, kept_by_id=town.id)
    secret = enrol(session, committee, "Jeanne", "Secrète", email="jeanne@exemple.fr")
    for account, sees in (
        (make_member(session, committee, Role.SECRETARY), True),
        (make_member(session, committee, Role.MEMBER), False),
        (make_member(session, town, Role.CLERK), False),
        (make_adviser(session, committee), False),
    ):
        client = sign_in(account)
        assert client.get(f"/personnes/{secret.person_id}").status_code == (200 if sees else 404)
        assert ("Secrète" in client.get("/personnes/").text) is sees
        assert ("Secrète" in client.get("/recherche?q=jeanne").text) is sees
