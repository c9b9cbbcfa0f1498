"""Former deliberations for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from app.council.models import PastDeliberation
from app.council.pastlists import read_list
from app.council.services.past import write_import
from app.documents.sheets import read_sheet
from tests.factories.council import BY, LONG_AGO

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.bodies.models import Body


def make_past(session: Session, body: Body, title: str = "Jumelage avec Misto", **given: Any) -> PastDeliberation:
    """A deliberation of a list of one line."""
    told = {"number": "2013-42", "day": "2013-05-06", **given}
    text = f"Numéro;Date;Objet;Rapporteur\n{told['number']};{told['day']};{title};Camille Fictive\n"
    read = read_list(read_sheet(text.encode(), "liste.csv"))
    write_import(session, body.id, read.records, file="liste.csv", by=BY, at=LONG_AGO)
    session.commit()
    return session.scalars(select(PastDeliberation).order_by(PastDeliberation.id.desc()).limit(1)).one()
