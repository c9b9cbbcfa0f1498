"""Texts for tests: a twinning ready for one, and one that is begun."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from app.accounts.models import Role
from app.bodies.models import BodyKind, Function
from app.conventions import prefill, services
from app.shared.actor import Actor
from app.texts import drafting
from app.texts.document import Kind
from tests.factories.accounts import make_member
from tests.factories.bodies import make_body, make_mandate
from tests.factories.people import make_person
from tests.factories.twinnings import make_twinning

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.conventions.models import Convention
    from app.texts.drafting import Answers
    from app.twinnings.models import Twinning

AT = datetime(2027, 2, 1, 10, tzinfo=UTC)
BY = Actor(1, "Camille Fictive")


def make_pair(session: Session) -> tuple[Twinning, Account]:
    """Sailly-lez-Lannoy and Semenivka with fictitious mayors, and a secretary of the French town hall."""
    ours = make_body(session, "Sailly-lez-Lannoy")
    theirs = make_body(
        session,
        "Semenivka",
        BodyKind.FOREIGN_AUTHORITY,
        country="UA",
        languages=["uk"],
        names={"uk": "Семенівка"},
        division="oblast de Jytomyr",
        kept_by_id=ours.id,
    )
    for body, given, family in ((ours, "Camille", "Exemple"), (theirs, "Olena", "Zrazok")):
        person = make_person(session, given_name=given, family_name=family, kept_by_body_id=body.id)
        make_mandate(session, body, person, Function.MAYOR)
    twinning = make_twinning(session, ours, theirs, languages=["fr", "uk"], themes=["education"])
    session.commit()
    return twinning, make_member(session, ours, Role.CLERK)


def make_convention(
    session: Session,
    kind: Kind = Kind.CONVENTION,
    languages: tuple[str, ...] = ("fr", "en"),
    answers: Answers | None = None,
) -> tuple[Convention, Account]:
    """A text that is begun, with a secretary who may write it."""
    twinning, account = make_pair(session)
    bodies = {f"partie-{number}": body for number, body in enumerate(prefill.parties_of(kind, [twinning]), 1)}
    signing = [prefill.signatory(session, body, name, on=AT.date()) for name, body in bodies.items()]
    beginning = drafting.Beginning(
        id=f"essai-{twinning.id}",
        kind=kind,
        languages=languages,
        parties=tuple(prefill.party(body, name) for name, body in bodies.items()),
        signatories=tuple(one for one in signing if one is not None),
    )
    answers = answers or drafting.Answers(clauses={}, fields={})
    owner = bodies["partie-1"].id
    command = services.StartConvention(
        beginning, answers, {name: body.id for name, body in bodies.items()}, [twinning], owner
    )
    convention = services.start_convention(session, command, by=BY, at=AT)
    session.commit()
    return convention, account
