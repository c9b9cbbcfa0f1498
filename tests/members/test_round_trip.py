"""A list that is exported with all its columns and read again unchanged: everybody is known, nothing is corrected."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pytest

from app.members.models import MemberField
from tests.factories.members import enrol, make_category, make_household
from tests.support.pages import as_read

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.bodies.models import Body

KINDS = {"Instrument": "text", "Distance": "number", "Arrivée": "date", "Chante": "yes_no", "Taille": "choice"}
ANSWERS = ("flûte", "3.5", "2020-01-05", True, "M")


@pytest.fixture
def members(session: Session, committee: Body) -> int:
    """Everything that a record can hold."""
    questions = [
        MemberField(body_id=committee.id, label=label, kind=kind, position=rank, choices=["S", "M"])
        for rank, (label, kind) in enumerate(KINDS.items())
    ]
    session.add_all(questions)
    session.flush()
    answers = {str(one.id): said for one, said in zip(questions, ANSWERS, strict=True)}
    home = make_household(
        session, committee, street="Résidence A\n3 rue de l’Essai", phone="03 20 00 01 56", email="foyer@exemple.fr"
    )
    enrol(session, committee, "Jean", "Essai", household=home, note="un\ndeux", answers=answers)
    other = enrol(session, committee, "Marie", "Essai", household=home, email="marie@exemple.fr")
    other.person.phone, other.person.title = "+33 6 12 34 56 78", "Mme"
    enrol(session, committee, "Jean", "Essai", household=make_household(session, committee, street="9 rue Autre"))
    far = {"street": "Musterstr. 1", "postcode": "50667", "town": "Köln", "country": "Allemagne", "phone": "0049 221 1"}
    enrol(session, committee, "Ida", "Muster", household=make_household(session, committee, **far))
    school = make_household(session, committee, email="ecole@exemple.fr", phone="0320000000")
    named = {"organisation": "École Fictive", "organisation_folded": "ecole fictive"}
    enrol(session, committee, "Zoé", "Porte", household=school, **named)
    nobody = {"organisation": "Club fictif", "organisation_folded": "club fictif", "person": None}
    enrol(session, committee, household=make_household(session, committee, email="club@exemple.fr"), **nobody)
    enrol(session, committee, "Parti", "Loin", until="2025-06-30", leaving="resigned")
    enrol(session, committee, "Feu", "Loin", until="2025", leaving="deceased")
    enrol(session, committee, "Luc", "Suspendu", status="suspended")
    enrol(session, committee, "Léa", "Candidate", status="applicant", since="2026-11")
    honour = make_category(session, committee, "Membre d’honneur", is_voting=False)
    enrol(session, committee, "Ada", "Honorée", category=honour)
    return 11


@pytest.mark.parametrize("form", ["csv", "ods", "xlsx"])
def test_all_columns_come_back_and_correct_nothing(
    keeper: FlaskClient, committee: Body, members: int, form: str
) -> None:
    page, url = f"/membres/{committee.id}", f"/membres/{committee.id}/exporter?situation=all"
    boxes = re.findall(r"<input[^>]*name=\"column\"[^>]*>", keeper.get(url).text)
    columns = [re.search(r'value="([^"]+)"', box)[1] for box in boxes]
    assert len(columns) > 20
    exported = keeper.post(url, data={"form": form, "column": columns}).data
    sent = keeper.post(f"{page}/importer", data={"list": (io.BytesIO(exported), f"liste.{form}")})
    told = as_read(keeper.post(sent.location, data={"do": "check", "update": "1", "together": "1"}).text)
    assert f"Membres à inscrire : 0. Déjà là : {members}. Lignes laissées de côté : 0." in told
    assert "À corriger" not in told
