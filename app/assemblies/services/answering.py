"""What somebody answers to the convocation by their personal link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.assemblies.course import HERE
from app.assemblies.models import Channel, Presence, Status
from app.assemblies.services.calling import need
from app.assemblies.services.holding import BadProxy, give_proxy
from app.assemblies.services.telling import tell
from app.shared.errors import DomainError

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.assemblies.models import AssemblySeat
    from app.shared.actor import Actor


class AlreadyHere(DomainError):
    """Whoever is there is not away."""


def answer(
    session: Session, seat: AssemblySeat, presence: Presence, holder: AssemblySeat | None, *, by: Actor, at: datetime
) -> None:
    """Note that somebody is excused or will come; a new answer takes the place of the one before.

    What was noted in the room stands: a link does not turn who came into somebody away.

    :raises BadProxy: when the proxy is one too many, or a paper one was noted already.
    :raises AlreadyHere: when somebody was noted as present meanwhile, and says now that they are not.
    """
    assembly = seat.assembly
    need(assembly, {Status.CONVENED}, _l("La réunion a commencé : adressez-vous à qui la préside."))
    if seat.presence in HERE:
        if presence == Presence.EXCUSED:
            raise AlreadyHere(
                _l(
                    "La feuille de présence vous note déjà comme présent·e. Si c’est une erreur ou si vous partez, "
                    "dites-le à qui la tient : rien n’a changé."
                )
            )
        return
    for proxy in [one for one in assembly.proxies if one.giver_id == seat.id]:
        if proxy.channel == Channel.PAPER:
            raise BadProxy(_l("Un pouvoir sur papier est déjà noté pour vous : le secrétariat peut le changer."))
        assembly.proxies.remove(proxy)
        session.delete(proxy)
    session.flush()
    seat.presence, seat.answered_at = presence, at
    if holder is not None:
        give_proxy(session, assembly, seat, holder, channel=Channel.ELECTRONIC, by=by, at=at)
    tell(session, "answered", assembly, by=by, at=at)
