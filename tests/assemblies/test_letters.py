"""The convocations that leave by post."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from pypdf import PdfReader

from app.accounts.models import Role
from tests.factories.accounts import make_member
from tests.factories.assemblies import make_assembly, make_association, record_statutes

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account

    SignIn = Callable[[Account], FlaskClient]


def test_each_convocation_that_is_posted_is_whole_with_its_own_form_of_a_proxy(
    session: Session, sign_in: SignIn
) -> None:
    body = make_association(session, name="Comité fictif", phone="03 20 00 00 00", email="comite@exemple.test")
    body.address = "1 place de l’Essai\n59000 Ville"
    record_statutes(session, body)
    assembly = make_assembly(session, body, people=3)
    for seat in assembly.seats:
        seat.email, seat.address = "", "3 rue de l’Essai\n59000 Exempleville"
    session.commit()
    browser = sign_in(make_member(session, body, Role.PRESIDENT))
    content = browser.get(f"/assemblees/{assembly.id}/courriers.pdf").data
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages]
    assert len(pages) == 6
    head = "Comité fictif 1 place de l’Essai · 59000 Ville · 03 20 00 00 00 · comite@exemple.test Convocation"
    seats = sorted(assembly.seats, key=lambda one: one.id)
    for letter, proxy, seat in zip(pages[::2], pages[1::2], seats, strict=True):
        assert letter.startswith(head)
        assert f"{seat.name} 3 rue de l’Essai 59000 Exempleville" in letter
        assert "Pouvoir" in proxy
        assert proxy.endswith(" 2")
        assert "/ 6" not in letter + proxy
