"""What a text waits for, or tells too early: signatories whose office is over, decisions that are still to come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import select

from app.conventions.models import Convention, ConventionBody, Status
from app.conventions.queries import document_of
from app.conventions.views.blueprint import language
from app.conventions.views.signing import departed
from app.people.naming import compared
from app.shared import clock
from app.texts import formats, pending

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from app.conventions.models import ConventionVersion
    from app.conventions.views.signing import Departed
    from app.texts.document import Document

_OPEN = (Status.DRAFT, Status.SUBMITTED, Status.CLEARED)


def signatures_awaited(session: Session, body_id: int, people: Mapping[int, str]) -> list[tuple[int, str, str]]:
    """The texts, not signed yet, that these people are to sign in the name of a body."""
    found = session.execute(
        select(Convention, ConventionBody.party)
        .join(ConventionBody, ConventionBody.convention_id == Convention.id)
        .where(ConventionBody.body_id == body_id, Convention.status.in_(_OPEN), Convention.trashed_at.is_(None))
        .order_by(Convention.id)
    )
    waiting = []
    for text, party in found:
        url = url_for("conventions.page", convention_id=text.id)
        said = _("Doit signer : %(title)s", title=text.title)
        waiting += [(person, str(said), url) for person in _signers(document_of(text), party, people)]
    return waiting


def departed_signatories(
    session: Session, convention: Convention, version: ConventionVersion | None = None
) -> list[Departed]:
    """Who is to sign a text, or one of its versions, and holds office no longer; nobody once it is signed."""
    if convention.status not in _OPEN:
        return []
    return departed(session, {one.party: one.body for one in convention.bodies}, document_of(version or convention))


def _signers(document: Document, party: str, people: Mapping[int, str]) -> list[int]:
    """Which of these people sign for a party; a text keeps names, not records."""
    names = {compared(one.name) for one in document.signatories if one.name and party in one.parties}
    return [person for person, name in people.items() if compared(name) in names]


def decisions_to_come(document: Document) -> list[str]:
    """Say which decisions the text tells as taken on a day that has not come; it warns, and never blocks."""
    return [
        str(
            _(
                "La décision de « %(party)s » est datée du %(day)s : ce jour n’est pas encore venu, et le texte la dit "
                "déjà prise. Si elle change de jour, corrigez la date et figez de nouveau avant de signer.",
                party=party,
                day=formats.dated(when, language()),
            )
        )
        for party, when in pending.decisions_to_come(document, clock.today())
    ]
