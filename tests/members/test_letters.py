"""The letters that remind of dues by post."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from pypdf import PdfReader
from sqlalchemy import select

from app.accounts.models import Account
from tests.factories.members import enrol, make_household, make_period

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.bodies.models import Body


def test_each_letter_that_is_posted_is_whole_and_says_where_an_answer_arrives(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    committee.address, committee.phone, committee.email = "1 place de l’Essai\n59000 Ville", "03 20 00 00 00", ""
    period = make_period(session, committee)
    for name in ("Paule", "Quentin", "Rose"):
        enrol(session, committee, name, "Sansadresse", household=make_household(session, committee))
    content = keeper.get(f"/membres/cotisations/{period.id}/lettres.pdf").data
    letters = [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages]
    assert len(letters) == 3
    sender = session.scalars(select(Account)).one().email
    for letter, name in zip(letters, ("Paule", "Quentin", "Rose"), strict=True):
        head, _title, text = letter.partition(f"Cotisation 2026 – {committee.name}")
        assert head.split() == f"{committee.name} 1 place de l’Essai · 59000 Ville · 03 20 00 00 00 · {sender}".split()
        assert text.split()[:2] == [name, "Sansadresse"]
        assert text.endswith(f"pour {committee.name}")
