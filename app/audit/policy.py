"""Who may read the journal of a body: whoever holds a role in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.access.table import Permission, condition

if TYPE_CHECKING:
    from app.access.table import Identity, Policy


@dataclass(frozen=True)
class BodyJournal:
    """The journal of one body; no row is read to know whether somebody may open it."""

    body_id: int


class AuditAction(Permission):
    """What is done with journals."""

    READ_BODY = ("audit.read_body", _l("lire le journal d’un organisme"))


@condition(_l("Le journal d’un organisme se lit par les personnes qui y ont un rôle."))
def is_of_the_body(who: Identity, thing: BodyJournal) -> bool:
    """Somebody with a role in the body."""
    return thing.body_id in who.body_ids


POLICY: Policy = {AuditAction.READ_BODY: ((is_of_the_body,),)}
VISIBLE = {BodyJournal: AuditAction.READ_BODY}
