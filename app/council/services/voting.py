"""Recording a vote: the counts add up, the result is the law's, and the text that was voted is sealed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext as _ln

from app.council.models import ActStatus, BallotKind, MeetingStatus, Outcome
from app.council.queries import council_of
from app.council.reckoning import article_for, standing_at, urgency_article
from app.council.services.convening import NotLawful
from app.council.services.meetings import BadMeeting, NotPossibleNow
from app.council.services.numbering import take_next_number
from app.council.services.overriding import is_overridden
from app.council.services.telling import tell_act, tell_meeting
from app.council.services.weighing import holding_back
from app.law.votes import vote_result
from app.shared.clock import day_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.council.models import Act, AgendaPoint
    from app.council.reckoning import Standing
    from app.shared.actor import Actor

_SENSES = {"for": "votes_for", "against": "votes_against", "abstained": "abstentions", "none": "not_voting"}


@dataclass(frozen=True, kw_only=True)
class RecordVote:
    """A ballot as it was held. ``votes`` names the sense of each seat, in a public ballot."""

    ballot: str
    votes_for: int = 0
    votes_against: int = 0
    abstentions: int = 0
    blank: int = 0
    void: int = 0
    not_voting: int = 0
    votes: Mapping[int, str] = field(default_factory=dict)
    president_vote: str = ""
    asked_public: int | None = None
    asked_secret: int | None = None
    debate: str = ""
    revision: int = 0

    @property
    def counted(self) -> int:
        """Everybody whose vote, or refusal to vote, was counted."""
        return self.votes_for + self.votes_against + self.abstentions + self.blank + self.void + self.not_voting


def record_vote(session: Session, point: AgendaPoint, command: RecordVote, *, by: Actor, at: datetime) -> str:
    """Record the vote of an item; gives the outcome.

    :raises NotLawful: without quorum (C11), for an item that was not on the agenda sent (C03), counts that do not
        add up (C14), a tie whose president's vote is not told (C15).
    """
    meeting = point.meeting
    if meeting.status != MeetingStatus.OPEN:
        raise NotPossibleNow(_l("On vote en séance\N{NO-BREAK SPACE}: ouvrez d’abord la séance, avec ses présences."))
    if point.voted_at is not None:
        raise NotPossibleNow(
            _l("Ce vote est déjà consigné\N{NO-BREAK SPACE}: il ne change plus. Une erreur se corrige avec sa trace.")
        )
    standing = standing_at(meeting, point)
    command = _counted_by_name(command, standing)
    require_lawful(session, point, standing)
    _check_counts(command, standing)
    outcome = _outcome(command)
    for name in ("votes_for", "votes_against", "abstentions", "blank", "void", "not_voting", "asked_public",
                 "asked_secret", "ballot", "president_vote"):  # fmt: skip
        setattr(point, name, getattr(command, name))
    point.votes = {str(seat): sense for seat, sense in command.votes.items()}
    point.debate = command.debate.strip() or point.debate
    point.outcome, point.voted_at = outcome, at
    point.revision += 1
    if point.act is not None:
        decide(session, point.act, outcome, point, by=by, at=at)
    tell_meeting(session, "council.voted", meeting, by=by, at=at, title=point.title)
    return outcome


def record_votes(  # one ballot for several items
    session: Session,
    point: AgendaPoint,
    others: Sequence[AgendaPoint],
    command: RecordVote,
    *,
    by: Actor,
    at: datetime,
) -> str:
    """Record one ballot for items of a common object, when nobody objects (CE, 5 July 2021, nᵒ 433537).

    :raises BadMeeting: when the same people do not vote on all of them.
    """
    first = _voting(point)
    for other in others:
        if other.meeting_id != point.meeting_id or other.id == point.id or _voting(other) != first:
            raise BadMeeting(
                _l(
                    "« %(title)s » n’a pas les mêmes présents, représentés et "
                    "déports\N{NO-BREAK SPACE}: votez-le à part.",
                    title=other.title,
                ),
                field="together",
            )
    outcome = record_vote(session, point, command, by=by, at=at)
    for other in others:
        record_vote(session, other, replace(command, debate=other.debate), by=by, at=at)
        other.voted_with_id = point.id
    return outcome


def _voting(point: AgendaPoint) -> tuple[object, ...]:
    """Who votes on an item."""
    standing = standing_at(point.meeting, point)
    return {seat.id for seat in standing.present}, {proxy.giver_id for proxy in standing.represented}


def set_aside(session: Session, point: AgendaPoint, outcome: str, debate: str, *, by: Actor, at: datetime) -> None:
    """An item that is not voted: adjourned, withdrawn, or information taken note of."""
    if point.meeting.status != MeetingStatus.OPEN or point.voted_at is not None:
        raise NotPossibleNow(_l("Ce point n’est pas en discussion."))
    if outcome not in {Outcome.ADJOURNED, Outcome.WITHDRAWN, Outcome.NOTED}:
        raise BadMeeting(_l("Choisissez\N{NO-BREAK SPACE}: ajourné, retiré ou pris acte."))
    if outcome == Outcome.NOTED and point.act is not None:
        raise BadMeeting(
            _l("Une délibération se vote, s’ajourne ou se retire\N{NO-BREAK SPACE}: on n’en prend pas acte.")
        )
    point.outcome, point.debate = outcome, debate.strip() or point.debate
    point.revision += 1
    if point.act is not None:
        status = ActStatus.ADJOURNED if outcome == Outcome.ADJOURNED else ActStatus.WITHDRAWN
        point.act.status, point.act.changed_at, point.act.changed_by = status, at, by.name
        point.act.give_number_back()
    tell_meeting(session, "council.recorded", point.meeting, by=by, at=at)


def keep_debate(session: Session, point: AgendaPoint, debate: str, *, by: Actor, at: datetime) -> None:
    """Write down the substance of the debate; it may be completed until the minutes are adopted."""
    if point.meeting.minutes_adopted_on is not None:
        raise NotPossibleNow(_l("Le procès-verbal est arrêté\N{NO-BREAK SPACE}: il ne change plus."))
    point.debate = debate.strip()
    tell_meeting(session, "council.recorded", point.meeting, by=by, at=at)


def _counted_by_name(command: RecordVote, standing: Standing) -> RecordVote:
    """In a public ballot the names make the counts."""
    if command.ballot != BallotKind.PUBLIC or not command.votes:
        return command
    allowed = {seat.id for seat in standing.present} | {proxy.giver_id for proxy in standing.represented}
    named = {seat: sense for seat, sense in command.votes.items() if seat in allowed and sense in _SENSES}
    missing = allowed - set(named)
    if missing:
        names = [seat.name for seat in standing.present if seat.id in missing]
        names += [proxy.giver.name for proxy in standing.represented if proxy.giver_id in missing]
        raise BadMeeting(
            _l(
                "Au scrutin public, le sens du vote de chacun s’inscrit (CGCT, "
                "art. L. 2121-15). Manque\N{NO-BREAK SPACE}: %(names)s.",
                names=", ".join(names[:6]),
            )
        )
    counts = dict.fromkeys(_SENSES.values(), 0)
    for sense in named.values():
        counts[_SENSES[sense]] += 1
    _require_one_count(command, counts)
    presiding = standing.chair.id if standing.chair else None
    if presiding in named and command.president_vote not in {"", named[presiding]}:
        raise BadMeeting(
            _l(
                "Ce que le président a voté n’est pas le même dans la liste des noms et ici\N{NO-BREAK SPACE}: "
                "corrigez l’un des deux."
            ),
            field="president_vote",
        )
    values = {**vars(command), **counts, "votes": named, "blank": 0, "void": 0}
    values["president_vote"] = named.get(presiding, command.president_vote) if presiding else command.president_vote
    return RecordVote(**values)


def _require_one_count(command: RecordVote, counts: Mapping[str, int]) -> None:
    """Numbers that were typed beside the names say the same, or one of the two is a slip."""
    typed = {name: int(getattr(command, name)) for name in (*counts, "blank", "void")}
    if any(typed.values()) and typed != {**typed, **counts, "blank": 0, "void": 0}:
        raise BadMeeting(
            _l(
                "Les noms font %(named_for)s pour et %(named_against)s contre\N{NO-BREAK SPACE}; "
                "les nombres écrits au-dessus disent %(typed_for)s pour et %(typed_against)s contre, ou comptent "
                "autrement le reste. Corrigez ce qui est faux, ou videz les nombres\N{NO-BREAK SPACE}: "
                "au scrutin public, les noms suffisent.",
                named_for=counts["votes_for"],
                named_against=counts["votes_against"],
                typed_for=typed["votes_for"],
                typed_against=typed["votes_against"],
            ),
            field="votes_for",
        )


def require_lawful(session: Session, point: AgendaPoint, standing: Standing) -> None:
    """Refuse a vote on what was not convened, in an urgency not admitted, without quorum, or too late.

    :raises NotLawful: the first that stands in the way.
    """
    for hindrance in hindrances(session, point, standing):
        raise hindrance


def hindrances(session: Session, point: AgendaPoint, standing: Standing) -> Iterator[NotLawful]:
    """What stands in the way of a vote, as the law has it; nobody answered for it."""
    meeting = point.meeting
    sent = {row.get("point") for row in meeting.convened_agenda}
    if point.id not in sent and not is_overridden(session, "C03", point_id=point.id):
        yield NotLawful(
            _l(
                "Ce point n’était pas à l’ordre du jour envoyé\N{NO-BREAK SPACE}: le conseil n’en délibère pas "
                "(CGCT, art. %(article)s). Inscrivez-le à la prochaine séance.",
                article=article_for(meeting.body, "L2121-10"),
            ),
            "C03",
        )
    if meeting.is_urgent and meeting.urgency_accepted is False and not is_overridden(session, "C02", point_id=point.id):
        yield NotLawful(
            _l(
                "Le conseil n’a pas admis l’urgence\N{NO-BREAK SPACE}: ce point se renvoie à une autre séance, "
                "convoquée dans le délai ordinaire (CGCT, art. %(article)s). Ajournez-le.",
                article=urgency_article(meeting, council_of(session, meeting.body_id)),
            ),
            "C02",
        )
    if not standing.has_quorum and not is_overridden(session, "C11", point_id=point.id):
        yield NotLawful(
            _l(
                "Le quorum n’est plus réuni pour ce point\N{NO-BREAK SPACE}: "
                "%(present)s, il en faut %(quorum)s "
                "(CGCT, art. L. 2121-17). Ajournez-le.",
                present=_ln("%(num)s présent", "%(num)s présents", len(standing.present)),
                quorum=standing.quorum,
            ),
            "C11",
        )
    if point.act is not None:
        for fault in holding_back(session, point.act, day_of(meeting.starts_at), point=point, meeting=meeting):
            yield NotLawful(fault.sentence, fault.check_id)


def _check_counts(command: RecordVote, standing: Standing) -> None:
    figures = (command.votes_for, command.votes_against, command.abstentions, command.blank, command.void,
               command.not_voting)  # fmt: skip
    if any(number < 0 for number in figures):
        raise NotLawful(_l("Un nombre de voix n’est jamais négatif."), "C14")
    if command.ballot != BallotKind.SECRET and (command.blank or command.void):
        raise NotLawful(
            _l(
                "Il n’y a de bulletins blancs ou nuls qu’au scrutin "
                "secret\N{NO-BREAK SPACE}: comptez-les en abstentions."
            ),
            "C14",
        )
    for asked in (command.asked_public, command.asked_secret):
        if asked is not None and asked > len(standing.present):
            raise BadMeeting(
                _l(
                    "%(asked)s pour %(present)s\N{NO-BREAK SPACE}: corrigez le nombre.",
                    asked=_ln("%(num)s demande de scrutin", "%(num)s demandes de scrutin", asked),
                    present=_ln("%(num)s présent", "%(num)s présents", len(standing.present)),
                ),
                field="asked_public" if asked == command.asked_public else "asked_secret",
            )
    if command.counted != standing.voters:
        raise NotLawful(
            _l(
                "Le compte n’y est pas\N{NO-BREAK SPACE}: %(counted)s pour %(voters)s "
                "(présents\N{NO-BREAK SPACE}: %(present)s, représentés\N{NO-BREAK SPACE}: %(represented)s). "
                "Corrigez les nombres.",
                counted=_ln("%(num)s voix comptée", "%(num)s voix comptées", command.counted),
                voters=_ln("%(num)s votant", "%(num)s votants", standing.voters),
                present=len(standing.present),
                represented=len(standing.represented),
            ),
            "C14",
        )


def _outcome(command: RecordVote) -> str:
    result = vote_result(
        command.votes_for,
        command.votes_against,
        ballot=command.ballot,  # type: ignore[arg-type]  # one of the words
        president=command.president_vote or None,  # type: ignore[arg-type]  # the same
    )
    if result.outcome == "unknown":
        raise NotLawful(
            _l(
                "Les voix sont à égalité\N{NO-BREAK SPACE}: la voix du "
                "président est prépondérante, sauf au scrutin secret "
                "(CGCT, art. L. 2121-20). Notez ce que le président a voté."
            ),
            "C15",
        )
    return Outcome.ADOPTED if result.outcome == "adopted" else Outcome.REJECTED


def decide(session: Session, act: Act, outcome: str, point: AgendaPoint, *, by: Actor, at: datetime) -> None:
    """Give the act its number and seal the text annexed; from now on nothing in it is edited."""
    day = day_of(point.meeting.starts_at)
    act.status = ActStatus.ADOPTED if outcome == Outcome.ADOPTED else ActStatus.REJECTED
    act.voted_on = day
    take_next_number(session, act, day.year)
    if act.version is not None:
        act.sealed_sha256 = act.version.sha256
    act.changed_at, act.changed_by = at, by.name
    act.revision += 1
    session.flush()
    tell_act(session, "council.voted", act, by=by, at=at)
