"""A committee whose board changed today, and the paper that somebody signed."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.actions import JavaScript

from app.accounts.models import Role
from app.bodies.models import Function
from app.handover import services
from app.shared import clock
from tests.factories.accounts import make_account, make_grant
from tests.factories.assemblies import BY, make_association
from tests.factories.bodies import make_mandate
from tests.factories.people import make_person

if TYPE_CHECKING:
    from datetime import date

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.bodies.models import Body
    from app.handover.models import Handover, HandoverPerson


class Boards(NamedTuple):
    """A committee whose president changed today."""

    body: Body
    day: date
    old: Account
    new: Account


def words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page).replace("\N{NO-BREAK SPACE}", " ")).replace("&#39;", "’")


def printed(browser: FlaskClient, handover: Handover) -> str:
    pages = PdfReader(BytesIO(browser.get(f"/passations/{handover.id}/dossier.pdf").data)).pages
    text = "".join(page.extract_text() for page in pages).replace("\N{NO-BREAK SPACE}", " ")
    return re.sub(r"\s+", " ", text)


def make_boards(session: Session) -> Boards:
    body, today = make_association(session, name="Comité fictif"), clock.today()
    leaving = make_person(session, given_name="Ancienne", family_name="Présidente", kept_by_body_id=body.id)
    coming = make_person(session, given_name="Nouvelle", family_name="Présidente", kept_by_body_id=body.id)
    make_mandate(session, body, leaving, Function.PRESIDENT, since="2024-10", until=today.isoformat())
    make_mandate(session, body, coming, Function.PRESIDENT, since=today.isoformat())
    old = make_account(session, name="Ancienne Présidente", person_id=leaving.id)
    make_grant(session, old, body, Role.PRESIDENT, is_administrator=True)
    new = make_account(session, name="Nouvelle Présidente", person_id=coming.id)
    make_grant(session, new, body, Role.MEMBER)
    session.commit()
    return Boards(body, today, old, new)


def make_sealed(session: Session, boards: Boards) -> Handover:
    handover = services.prepare(session, boards.body, boards.day, by=BY, at=clock.now())
    services.seal(session, handover, [], by=BY, at=clock.now())
    session.commit()
    return handover


def line_of(handover: Handover, account: Account) -> HandoverPerson:
    return next(one for one in handover.people if one.person_id == account.person_id)


def a_photo() -> bytes:
    made = BytesIO()
    Image.new("RGB", (40, 20), "white").save(made, "PNG")
    return made.getvalue()


def a_pdf(script: str = "") -> bytes:
    writer, made = PdfWriter(), BytesIO()
    writer.add_blank_page(200, 200)
    if script:
        writer.add_open_action(JavaScript(script))
    writer.write(made)
    return made.getvalue()
