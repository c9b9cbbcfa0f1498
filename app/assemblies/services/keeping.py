"""What was voted keeps its count: who comes, leaves, gives or takes back a proxy changes what follows.

And nobody counts more votes than the room may give.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext as _ln

from app.assemblies.course import VOTED
from app.assemblies.models import Channel
from app.assemblies.reckoning import counted, room_at, votes_in_room
from app.assemblies.services.settling import BadVote, statutes_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from app.assemblies.models import Assembly, AssemblyItem


class ChangesVote(BadVote):
    """What is noted would change who could vote on something that was voted already."""


@contextmanager
def votes_kept(session: Session, assembly: Assembly) -> Iterator[None]:
    """Do what is done inside, and refuse it where it changes who voted, or through whom."""
    before = _voters(session, assembly)
    yield
    session.flush()
    after = _voters(session, assembly)
    for item in assembly.agenda:
        if item.id in before and before[item.id] != after.get(item.id):
            raise ChangesVote(
                _l(
                    "Le vote de « %(title)s » est proclamé avec ses présents et ses représentés : ils ne changent "
                    "plus. Notez une arrivée ou un départ sous « Arrivées et départs », à partir d’un point qui "
                    "suit. Si ce vote était mal compté, ouvrez ce point et choisissez d’abord « Corriger le vote ».",
                    title=item.title,
                )
            )


def refuse_more_than_there_are(session: Session, item: AssemblyItem, voters: int) -> None:
    """Refuse more votes of the room than it may give."""
    most = votes_in_room(item, room_at(item.assembly, statutes_for(session, item.assembly), item))
    if voters > most:
        raise BadVote(
            _l(
                "%(votes)s pour %(most)s voix dans la salle (présents et pouvoirs, moins qui a déjà voté "
                "autrement). Recomptez, ou corrigez les présences et les pouvoirs.",
                votes=_ln("%(num)s vote", "%(num)s votes", voters),
                most=most,
            )
        )


def check_room(session: Session, item: AssemblyItem) -> None:
    """Hold what was counted in the room against who is there and carried now: somebody may have left since."""
    refuse_more_than_there_are(session, item, counted(item, item.round, channels=[Channel.ROOM]).voters)


def _voters(session: Session, assembly: Assembly) -> dict[int, tuple[frozenset[int], frozenset[tuple[int, int]]]]:
    """Who was there and who was carried by whom, at each item that was voted."""
    voted = [item for item in assembly.items if item.outcome in VOTED]
    if not voted:
        return {}
    statutes = statutes_for(session, assembly)
    rooms = {item.id: room_at(assembly, statutes, item) for item in voted}
    return {
        number: (
            frozenset(seat.id for seat in room.present),
            frozenset((one.giver_id, one.holder_id) for one in room.represented),
        )
        for number, room in rooms.items()
    }
