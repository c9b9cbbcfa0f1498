"""What is said where somebody who is known to be a minor is to hold an office: counsel with its article, no refusal.

Loi du 1er juillet 1901, art. 2 bis (loi 2017-86, art. 43): from sixteen a minor may administer an association, and it
tells one of the legal representatives, who may oppose; a younger one needs their written agreement first; neither
may dispose of what the association owns. The local law of Alsace-Moselle has no such article.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _

from app.assemblies.registry import is_local
from app.members.queries.minors import minors_among

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from sqlalchemy.orm import Session

    from app.bodies.models import Body

_FREE = 16


def minors_told(session: Session, body: Body, people: Iterable[int | None], *, on: date) -> list[str]:
    """A sentence for each of the people who is known to be a minor on a day."""
    local = is_local(body)
    told = []
    for one in minors_among(session, body.id, {person for person in people if person}, on=on):
        if local:
            said = _(
                "%(name)s est mineur·e, d’après ses papiers de voyage : la loi de 1901 ne s’applique pas ici.",
                name=one.name,
            )
        elif one.age < _FREE:
            said = _(
                "%(name)s a moins de seize ans, d’après ses papiers de voyage : il faut d’abord l’accord écrit de son "
                "représentant légal, et aucun acte de disposition (loi du 1er juillet 1901, art. 2 bis).",
                name=one.name,
            )
        else:
            said = _(
                "%(name)s est mineur·e, d’après ses papiers de voyage : informez sans délai son représentant légal, "
                "qui peut s’y opposer ; aucun acte de disposition (loi du 1er juillet 1901, art. 2 bis).",
                name=one.name,
            )
        told.append(said)
    return told
