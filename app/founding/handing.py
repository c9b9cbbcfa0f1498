"""What the foundation of an association hands on to each new board: its statutes, its registration, what is undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _

from app.founding import queries
from app.founding.labels import STAGES
from app.founding.models import Stage
from app.founding.queries import is_local
from app.founding.steps import steps_of
from app.handover.sources import HandedOn, Line
from app.shared.saying import full_day

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from sqlalchemy.orm import Session

    from app.bodies.models import Body
    from app.founding.models import Founding


def handed_on(session: Session, body: Body, on: date) -> HandedOn:
    """What a committee that was founded here leaves to whoever leads it next."""
    found = next((one for one in queries.foundings_of_body(session, body.id) if one.committee_id == body.id), None)
    founding = queries.association_by_id(session, found.id) if found is not None else None
    if founding is None:
        return HandedOn()
    return HandedOn(waiting=tuple(_undone(founding, on)), documents=tuple(_kept(founding)))


def _undone(founding: Founding, on: date) -> Iterator[Line]:
    url = url_for("founding.page", founding_id=founding.id)
    for step in steps_of(founding, on=on):
        if not step.is_over:
            reason = str(step.hindrances[0] if step.hindrances else step.sentence)
            yield Line(title=_("Création de l’association : %(step)s", step=step.title), reason=reason, url=url)


def _kept(founding: Founding) -> Iterator[Line]:
    if founding.held_on is not None:
        yield Line(
            title=_("Statuts"),
            reason=_("adoptés le %(day)s", day=full_day(founding.held_on)),
            url=url_for("founding.document", founding_id=founding.id, document="statuts"),
        )
    if is_local(founding.body) and (founding.registered_on or founding.register_reference):
        yield Line(
            title=_("Inscription au registre du tribunal"),
            reason=founding.register_reference,
            date=full_day(founding.registered_on) if founding.registered_on else "",
            url=url_for("founding.declaration", founding_id=founding.id),
        )
    for proof in founding.proofs:
        if proof.trashed_at is None:
            stage = STAGES[Stage(proof.stage)]
            yield Line(title=_("Preuve : %(what)s", what=proof.about or proof.filename), reason=str(stage))
