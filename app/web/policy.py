"""Who may leave with everything, and who may use the hall."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.access.table import Permission, condition

if TYPE_CHECKING:
    from app.access.table import Identity, Policy
    from app.bodies.models import Body


class HallAction(Permission):
    """What can be done in the hall."""

    TAKE_AWAY = ("web.take_away", _l("emporter tout ce que possède et partage un organisme"))


@condition(_l("Seules les personnes qui administrent l’organisme peuvent tout exporter : demandez-leur."))
def administers_the_body(who: Identity, body: Body) -> bool:
    """An administrator of the body's accounts: the archive holds what the whole body owns."""
    return body.id in who.administered_body_ids


POLICY: Policy = {HallAction.TAKE_AWAY: ((administers_the_body,),)}
