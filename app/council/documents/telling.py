"""The sentences that minutes, act and extract share: how the council was called, who was there, how it voted."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from app.council.documents.paper import counted, named, say, whom
from app.council.models import Attendance, BallotKind, MeetingStatus, MovementKind, Outcome
from app.council.moving import after, has_been_there, is_there, moves_at, room_at, vacant_at, withdrawn_at
from app.council.powers import never_counted, proxies_at, proxies_served
from app.council.reckoning import article_for, standing_at, was_lost_on_the_way
from app.council.services.appointing import proclaimed, round_lines
from app.law.sentences import hour_said
from app.law.words import article, french, full_day
from app.shared.clock import day_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.council.models import AgendaPoint, Meeting, Movement, Proxy, Seat


def called(meeting: Meeting) -> str:
    """« le vendredi 13 novembre 2026 et, pour Karine Fictive, le lundi 16 novembre 2026 »; « le … » before."""
    days: dict[int, list[Seat]] = {}
    for seat in meeting.seats:
        if seat.sent_on is not None:
            days.setdefault(seat.sent_on.toordinal(), []).append(seat)
    if not days:
        return say("common", "unsent")
    main = max(days, key=lambda day: (len(days[day]), -day))
    others = [
        say("common", "sent_late", whom=whom(days[day]), day=_day(days[day])) for day in sorted(days) if day != main
    ]
    return french(f"le {_day(days[main])}" + "".join(others))


def _day(seats: Sequence[Seat]) -> str:
    sent = seats[0].sent_on
    return full_day(sent) if sent is not None else "…"


def second_lines(meeting: Meeting, *, is_act: bool = False) -> list[str]:
    """On a second convocation: after which meeting, why, and what it allows; else nothing."""
    first = meeting.second_of
    if first is None:
        return []
    if was_lost_on_the_way(first):
        affairs = "de cette affaire" if is_act or len(meeting.agenda) == 1 else "de ces affaires"
        law = article_for(meeting.body, "L2121-17 al. 2")
        return [say("minutes", "second_left", first=day_of(first.starts_at), affairs=affairs, article=law)]
    opening = standing_at(first, None)
    lacked = len(opening.present) < opening.quorum
    numbers = (
        say("minutes", "second_numbers", present=counted(len(opening.present), "present"), quorum=opening.quorum)
        if lacked
        else ""
    )
    law = article_for(meeting.body, "L2121-17 al. 2")
    return [say("minutes", "second", first=day_of(first.starts_at), numbers=numbers, article=law)]


def absent_lines(away: Sequence[Seat]) -> list[str]:
    """Who is excused, and who is away without a word of it."""
    lines = []
    for is_excused, key in ((True, "excused"), (False, "absent")):
        found = [seat for seat in away if (seat.attendance == Attendance.EXCUSED) is is_excused]
        if found:
            lines.append(say("minutes", key, names=named(found)))
    return lines


def proxy_lines(proxies: Sequence[Proxy]) -> list[str]:
    """« Procurations : A à B. », or nothing."""
    if not proxies:
        return []
    pairs = [say("minutes", "proxy", giver=one.giver.name, holder=one.holder.name) for one in proxies]
    return [say("minutes", "proxies", names=" ; ".join(pairs))]


def comings(meeting: Meeting, point: AgendaPoint) -> list[str]:
    """Who came and left before the vote of an item, by the hour, with the proxies that began or ended; who withdrew."""
    moves, told = moves_at(meeting, point), set[int]()
    before = _previous(meeting, point)
    there, vacant = room_at(meeting, before), vacant_at(meeting, before)
    ending = _ending(meeting, point, there)
    lines = [
        say("minutes", "proxy_revoked", giver=one.giver.name, holder=one.holder.name)
        for one in _revoked(meeting, point, there)
    ]
    for place, move in enumerate(moves):
        now, lost = after(there, move), vacant | ({move.seat_id} if move.kind == MovementKind.VACANCY else set())
        served = [
            [one for one in _served(meeting, point, room, moves[place:], ending) if one.giver_id not in empty]
            for room, empty in ((there, vacant), (now, lost))
        ]
        lines.append(_move_line(meeting, move, *served))
        told |= {one.id for one in served[1] if move.seat_id in {one.giver_id, one.holder_id}}
        ending = [one for one in ending if one in served[1]]
        there, vacant = now, lost
    lines += [
        say("minutes", "proxy_begun", giver=one.giver.name, holder=one.holder.name)
        for one in meeting.proxies
        if one.since_id == point.id and one.id not in told and not never_counted(one)
    ]
    return lines + withdrawn_lines(meeting, point)


def _revoked(meeting: Meeting, point: AgendaPoint, there: frozenset[int]) -> list[Proxy]:
    """The proxies that end at an item though no movement ends them, and no other one simply takes their place."""
    moves, before = moves_at(meeting, point), vacant_at(meeting, _previous(meeting, point))
    gone = before | {move.seat_id for move in moves if move.kind == MovementKind.VACANCY}
    came = there | {move.seat_id for move in moves if move.kind == MovementKind.ARRIVAL}
    left = {move.seat_id for move in moves if move.kind == MovementKind.DEPARTURE}
    anew = {one.giver_id for one in meeting.proxies if one.since_id == point.id and not never_counted(one)}
    return [
        one
        for one in meeting.proxies
        if one.until_id == point.id
        and not never_counted(one)
        and one.giver_id not in came | gone
        and one.holder_id not in gone
        and (one.giver_id not in anew or one.holder_id in there - left)
    ]


def _ending(meeting: Meeting, point: AgendaPoint, there: frozenset[int]) -> list[Proxy]:
    """The proxies that counted before an item and end at it because somebody comes or goes: that line says so."""
    ended = [one for one in meeting.proxies if one.until_id == point.id and not never_counted(one)]
    vacant, revoked = vacant_at(meeting, _previous(meeting, point)), _revoked(meeting, point, there)
    return [one for one in proxies_served(ended, there) if one.giver_id not in vacant and one not in revoked]


def _served(
    meeting: Meeting,
    point: AgendaPoint,
    there: frozenset[int],
    ahead: Sequence[Movement],
    ending: Sequence[Proxy],
) -> Sequence[Proxy]:
    """The proxies that count in a room; one noted at this item begins when its giver leaves for the last time."""
    leaving = {move.seat_id for move in ahead[1:] if move.kind != MovementKind.ARRIVAL}
    held = [one for one in proxies_at(meeting, point) if one.since_id != point.id or one.giver_id not in leaving]
    return proxies_served([*ending, *held], there)


def withdrawn_lines(meeting: Meeting, point: AgendaPoint) -> list[str]:
    """Who withdrew, from the room or from afar, and the proxies that are not exercised for it."""
    withdrawn = withdrawn_at(meeting, point)
    lines, gone = [], {one.seat_id for one in withdrawn}
    for one in withdrawn:
        reason = f" {say('minutes', 'because', reason=one.reason).strip()}" if one.reason else ""
        key = "recusal" if is_there(one.seat, meeting, point) else "recusal_away"
        lines.append(say("minutes", key, name=one.seat.name, reason=reason))
    lines += [
        say("minutes", "proxy_unused", giver=proxy.giver.name, holder=proxy.holder.name)
        for proxy in proxies_at(meeting, point)
        if {proxy.giver_id, proxy.holder_id} & gone and not is_there(proxy.giver, meeting, point)
    ]
    return lines


def _move_line(meeting: Meeting, move: Movement, before: Sequence[Proxy], now: Sequence[Proxy]) -> str:
    seat = move.seat
    begun = [one for one in now if one not in before]
    ended = [one for one in before if one not in now]
    said = [say("minutes", "proxy_given", name=one.holder.name) for one in begun if one.giver_id == seat.id]
    said += [say("minutes", "proxy_carried", name=one.giver.name) for one in begun if one.holder_id == seat.id]
    said += [say("minutes", "proxy_ended", name=one.holder.name) for one in ended if one.giver_id == seat.id]
    said += [say("minutes", "proxy_dropped", name=one.giver.name) for one in ended if one.holder_id == seat.id]
    at = say("minutes", "at", hour=hour_said(move.at)) if move.at else ""
    kind = "departure"
    if move.kind == MovementKind.VACANCY:
        kind = "vacancy"
    elif move.kind == MovementKind.ARRIVAL:
        kind = "return" if has_been_there(meeting, seat, move) else "arrival"
    return say("minutes", kind, name=seat.name, at=at, proxies="".join(said))


def _previous(meeting: Meeting, point: AgendaPoint) -> AgendaPoint | None:
    earlier = [one for one in meeting.points if (one.position, one.id) < (point.position, point.id)]
    return earlier[-1] if earlier else None


def unvoted_line(meeting: Meeting, point: AgendaPoint) -> str:
    """Why an item was not voted: the quorum lost, the urgency refused; else what became of it."""
    standing = standing_at(meeting, point)
    if point.outcome == Outcome.ADJOURNED and not standing.has_quorum:
        return say(
            "minutes",
            "unvoted_quorum",
            present=counted(len(standing.present), "member_present"),
            in_office=standing.in_office,
            quorum=standing.quorum,
            article=article("L2121-17"),
        )
    if point.outcome == Outcome.ADJOURNED and meeting.is_urgent and meeting.urgency_accepted is False:
        return say("minutes", "unvoted_urgency")
    return say("minutes", f"unvoted_{point.outcome}")


def result_lines(point: AgendaPoint, meeting: Meeting) -> list[str]:
    """« Vote à main levée : 12 pour, 1 contre. La délibération est adoptée. », and whose voice decided a tie."""
    if point.appointment.get("elected"):
        return [proclaimed(point)]
    others = [
        counted(number, what)
        for number, what in (
            (point.blank, "blank_ballot"),
            (point.void, "void_ballot"),
            (point.not_voting, "not_voting"),
        )
        if number
    ]
    outcome = say("outcomes", point.outcome)
    if point.outcome == Outcome.ADOPTED and not point.votes_against:
        outcome = say("minutes", "unanimous")
    line = say(
        "minutes",
        "result" if point.act_id else "result_point",
        ballot=say("ballots", point.ballot),
        votes_for=point.votes_for,
        votes_against=point.votes_against,
        abstentions=counted(point.abstentions, "abstention"),
        others="".join(f", {one}" for one in others),
        outcome=outcome,
    )
    return [line, *_tie_lines(point, meeting)]


def _tie_lines(point: AgendaPoint, meeting: Meeting) -> list[str]:
    if point.votes_for != point.votes_against or point.voted_at is None:
        return []
    if not point.votes_for:
        return [say("minutes", "tie_nothing")]
    law = article("L2121-20")
    if point.ballot == BallotKind.SECRET:
        return [say("minutes", "tie_secret", article=law)]
    president = standing_at(meeting, point).chair
    name = say("minutes", "tie_name", name=president.name) if president is not None else ""
    if point.president_vote in {"for", "against"}:
        return [say("minutes", f"tie_{point.president_vote}", name=name, article=law)]
    return [say("minutes", "tie_open", name=name, article=law)]


def rounds_told(point: AgendaPoint, meeting: Meeting) -> list[str]:
    """Each round of a designation; with its voters, when people came or went between two of them."""
    lines = round_lines(point)
    if not has_moving_rounds(point, meeting):
        return lines
    return [
        say("minutes", "round_voters", told=line, voters=voters)
        for line, voters in zip(lines, _voters_of_rounds(point), strict=True)
    ]


def election_lines(point: AgendaPoint, meeting: Meeting) -> list[str]:
    """How a designation was voted, in secret unless all agreed not to, then its rounds."""
    if point.appointment.get("is_waived"):
        return [say("minutes", "waived"), *rounds_told(point, meeting)]
    rounds = rounds_told(point, meeting)
    law = article_for(meeting.body, "L2121-21")
    return [say("minutes", "secret_rounds", article=law), *rounds] if rounds else []


def has_moving_rounds(point: AgendaPoint, meeting: Meeting) -> bool:
    """Whether the rounds of a designation were not all voted by as many people as the last one."""
    return bool(set(_voters_of_rounds(point)) - {standing_at(meeting, point).voters})


def _voters_of_rounds(point: AgendaPoint) -> list[int]:
    papers = ("cast", "blank", "void", "not_voting")
    return [sum(row[name] or 0 for name in papers) for row in point.appointment.get("rounds", [])]


def taken_back_lines(point: AgendaPoint) -> list[str]:
    """The votes that were written down wrongly and taken back: as they stood, by whom, when and why."""
    return [
        say(
            "minutes",
            "taken_back",
            told=row["proclaimed"].rstrip(".") or counts_taken_back(row),
            day=date.fromisoformat(row["on"]),
            author=row["author"],
            reason=row["reason"].rstrip("."),
        )
        for row in point.taken_back
    ]


def counts_taken_back(row: Mapping[str, Any]) -> str:
    """A vote as it was first written down: its ballot, its counts, what it decided; counts may be told as text."""
    others = [
        counted(int(row[name]), what)
        for name, what in (("blank", "blank_ballot"), ("void", "void_ballot"), ("not_voting", "not_voting"))
        if row.get(name) and int(row[name])
    ]
    return say(
        "minutes",
        "taken_back_counts",
        ballot=say("ballots", row["ballot"]),
        votes_for=row["votes_for"] or 0,
        votes_against=row["votes_against"] or 0,
        abstentions=counted(int(row["abstentions"] or 0), "abstention"),
        others="".join(f", {one}" for one in others),
        outcome=say("outcomes", row["outcome"]),
    )


def voice_lines(point: AgendaPoint, meeting: Meeting) -> list[str]:
    """The names and the sense of the votes, in a public ballot (CGCT, L2121-15)."""
    if not point.votes:
        return []
    names = {str(seat.id): seat.name for seat in meeting.seats}
    lines = []
    for voice in ("for", "against", "abstained", "none"):
        who = [names.get(seat, "") for seat, said in point.votes.items() if said == voice]
        if who:
            lines.append(say("minutes", "by_name", voice=say("voices", voice), names=", ".join(who)))
    return lines


def failed_lines(meeting: Meeting) -> list[str]:
    """A meeting that could not begin for lack of quorum: who was there, what follows."""
    if meeting.status != MeetingStatus.NO_QUORUM:
        return []
    opening = standing_at(meeting, None)
    return [
        say(
            "minutes",
            "failed",
            present=counted(len(opening.present), "member_present"),
            in_office=opening.in_office,
            quorum=opening.quorum,
            article=article("L2121-17"),
        ),
        say("minutes", "failed_next", article=article_for(meeting.body, "L2121-17 al. 2")),
    ]
