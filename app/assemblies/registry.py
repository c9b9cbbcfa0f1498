"""Whom an association tells of a change, and when: the registry of associations, or the court in Alsace-Moselle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _

from app.assemblies.reckoning import declaration_due
from app.law import tables
from app.law.situation import department_of

if TYPE_CHECKING:
    from datetime import date

    from app.bodies.models import Body
    from app.law.tables import LocalChange

OFFICERS = "officers"


def is_local(body: Body) -> bool:
    """Whether the local law of Alsace-Moselle applies: by the body's own code, else that of its commune."""
    code = body.code or (body.parent.code if body.parent is not None else "")
    return department_of(code) in tables.local_departments()


def local_article(body: Body, change_of: str) -> str:
    """The articles under which the court enters these changes in its register; empty elsewhere."""
    return ", ".join(change.article for change in _local_changes(body, change_of))


def local_said(body: Body, change_of: str) -> str:
    """From when the changes hold there, that no delay is known, and how sure that is; empty elsewhere."""
    changes = _local_changes(body, change_of)
    if not changes:
        return ""
    holds = {
        "at_once": _(
            "Les élus sont en fonction dès leur élection ; tant que ce n’est pas inscrit, un tiers peut l’ignorer."
        ),
        "registered": _("La modification des statuts ne vaut qu’une fois inscrite."),
    }
    said = [holds[change.effect] for change in changes]
    said.append(_("Aucun délai en mois n’est connu : faites-le sans attendre."))
    if any(change.confidence != "high" for change in changes):
        said.append(_("Non vérifié sur le texte : demandez au tribunal."))
    return " ".join(said)


def _local_changes(body: Body, change_of: str) -> list[LocalChange]:
    if not is_local(body):
        return []
    known = tables.local_changes()
    return [known[one] for one in change_of.split(",") if one in known]


def due_of(body: Body, changed_on: date) -> date | None:
    """The last day to tell them; the local law counts no months."""
    return None if is_local(body) else declaration_due(changed_on)
