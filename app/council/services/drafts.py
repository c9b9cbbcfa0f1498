"""What is typed at an item and not recorded yet: kept on the way to every other thing that is noted there.

``AgendaPoint.draft`` holds ``number``, which grows with each change, ``typed``, the fields as they were sent, and
``debate``, the number at which the debate was last written: who notes a withdrawal has not written the debate.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.council.models import MeetingStatus
from app.council.services.evening import NotedMeanwhile
from app.council.services.meetings import BadMeeting
from app.council.services.telling import tell_meeting
from app.council.services.voting import keep_debate

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.council.models import AgendaPoint
    from app.shared.actor import Actor

LONGEST = 20_000
_WAITING = {
    "mover": _l("une arrivée ou un départ"),
    "recused": _l("un déport"),
    "giver": _l("une procuration"),
    "chair": _l("qui préside"),
    "secretary": _l("qui tient le secrétariat"),
    "register_number": _l("le numéro au registre"),
}
_COUNTS = {
    "votes_for": _l("pour"),
    "votes_against": _l("contre"),
    "abstentions": _l("abstentions"),
    "not_voting": _l("ne prennent pas part au vote"),
    "blank": _l("bulletins blancs"),
    "void": _l("bulletins nuls"),
    "cast": _l("bulletins exprimés"),
    "asked_public": _l("demandes de scrutin public"),
    "asked_secret": _l("demandes de scrutin secret"),
}
_VOICES = ("candidate_", "vote_")


def number_of(point: AgendaPoint) -> int:
    """Which state of the draft this is."""
    return int(point.draft.get("number", 0))


def _debate_number(point: AgendaPoint) -> int:
    return int(point.draft.get("debate", number_of(point)))


def _advance(point: AgendaPoint, typed: Mapping[str, Sequence[str]], *, has_new_debate: bool = False) -> None:
    """The next state of the draft."""
    number = number_of(point) + 1
    point.draft = {"number": number, "typed": typed, "debate": number if has_new_debate else _debate_number(point)}


def typed_at(point: AgendaPoint) -> dict[str, list[str]]:
    """The fields as they were typed."""
    return dict(point.draft.get("typed", {}))


def keep_draft(
    session: Session,
    point: AgendaPoint,
    typed: Mapping[str, Sequence[str]],
    debate: str,
    number: int,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Keep what is typed; where somebody else wrote since ``number`` was read, a field left empty keeps theirs.

    :raises NotedMeanwhile: when both wrote a debate, or both counted otherwise, with what the other wrote.
    """
    if point.voted_at is not None or point.meeting.status not in {MeetingStatus.CONVENED, MeetingStatus.OPEN}:
        return
    text = merged_debate(point, debate, number)
    fields = {name: list(values) for name, values in typed.items() if any(values)}
    if number != number_of(point):
        _require_same_counts(typed_at(point), fields)
        fields = {**typed_at(point), **fields}
    if text == point.debate and fields == typed_at(point):
        return
    has_new_debate = text != point.debate
    point.debate = text
    _advance(point, fields, has_new_debate=has_new_debate)
    session.flush()
    if has_new_debate:
        tell_meeting(session, "council.recorded", point.meeting, by=by, at=at)


def _require_same_counts(theirs: Mapping[str, Sequence[str]], own: Mapping[str, Sequence[str]]) -> None:
    """Two clerks who counted otherwise hear of each other; only what people type is compared, not a ready choice."""
    counted = [name for name in theirs if name in _COUNTS or name.startswith(_VOICES)]
    apart = [name for name in counted if name in own and list(own[name]) != list(theirs[name])]
    if not apart:
        return
    told = [f"{_COUNTS[name]} {', '.join(theirs[name])}" for name in apart if name in _COUNTS]
    if len(told) < len(apart):
        told.append(str(_l("les voix de chacun")))
    raise NotedMeanwhile(
        _l(
            "Quelqu’un d’autre a compté autrement entre-temps\N{NO-BREAK SPACE}: %(told)s. Rien n’est enregistré. "
            "Comparez avec vos nombres, puis pressez de nouveau\N{NO-BREAK SPACE}: ceux de cette page seront gardés.",
            told=", ".join(told),
        )
    )


def merged_debate(point: AgendaPoint, debate: str, number: int) -> str:
    """The debate to keep; an empty one that was sent from an older page takes nothing away.

    :raises NotedMeanwhile: when somebody else wrote another one since ``number`` was read.
    """
    text = debate.strip()[:LONGEST]
    if number >= _debate_number(point) or text == point.debate:
        return text
    if text and point.debate:
        raise NotedMeanwhile(
            _l(
                "Quelqu’un d’autre a écrit la teneur des débats entre-temps\N{NO-BREAK SPACE}: « %(text)s ». "
                "Rien n’est enregistré. Reprenez-en ce qu’il faut dans votre texte, puis enregistrez de nouveau.",
                text=point.debate,
            )
        )
    return text or point.debate


def complete_debate(session: Session, point: AgendaPoint, debate: str, number: int, *, by: Actor, at: datetime) -> None:
    """Write the debate of an item that is voted, until the minutes are adopted.

    :raises NotedMeanwhile: as above.
    """
    text = merged_debate(point, debate, number)
    if text != point.debate:
        keep_debate(session, point, text, by=by, at=at)
        _advance(point, typed_at(point), has_new_debate=True)


def drop_from_draft(point: AgendaPoint, names: Collection[str] | None = None) -> None:
    """Forget what has been recorded since; without names, all of it."""
    kept = {name: values for name, values in typed_at(point).items() if names is not None and name not in names}
    if kept != typed_at(point):
        _advance(point, kept)


def require_nothing_waiting(typed: Mapping[str, Sequence[str]]) -> None:
    """A vote is not counted while an arrival or a withdrawal is chosen on the page and not noted.

    :raises BadMeeting: it names the first one.
    """
    waiting = next((told for name, told in _WAITING.items() if any(typed.get(name, ()))), None)
    if waiting is not None:
        raise BadMeeting(
            _l(
                "Vous avez choisi %(what)s sans le noter\N{NO-BREAK SPACE}: le compte des votants peut en changer. "
                "Notez-le, ou remettez « à choisir », puis recommencez.",
                what=waiting,
            )
        )
