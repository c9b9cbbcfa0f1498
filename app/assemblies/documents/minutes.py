"""The minutes, complete from what was recorded: nobody types them again."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from app.assemblies import queries
from app.assemblies.course import HERE, course_of
from app.assemblies.documents.besides import apart, at_round, lost_votes, new_at_second, withdrawn
from app.assemblies.documents.carried import attending, carried_lines, counting, moves_of
from app.assemblies.documents.paper import (
    clause_of,
    heading_of,
    hour_of,
    names_of,
    paper_of,
    reserve_said,
    say,
    stamp_of,
    word,
)
from app.assemblies.models import AssemblyKind, Ballot, Channel, ItemKind, Outcome, Presence, Status
from app.assemblies.reckoning import (
    called_for,
    counted,
    election_of,
    first_officers,
    has_thinned_out,
    hour_due,
    opened_early,
    result_of,
    room_at,
)
from app.assemblies.services.convening import latest_dispatch, notice_required, notice_source
from app.documents.textdoc import Heading, ItemList, Paragraph, Signature, Signatures, Table
from app.law.assembly import notice
from app.law.hours import is_past_midnight
from app.law.sentences import hour_said
from app.law.words import counted as counted_as
from app.law.words import french
from app.shared.clock import day_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from app.assemblies.models import Assembly, AssemblyItem
    from app.assemblies.reckoning import Counted, Room
    from app.documents.textdoc import Block
    from app.law.assembly import Result
    from app.law.statutes import Statutes
    from app.printing import Paper


def minutes_paper(session: Session, assembly: Assembly) -> Paper:
    """The whole minutes; a draft as long as the assembly is not over."""
    statutes = queries.statutes_of(session, assembly, day_of(assembly.starts_at))
    blocks: list[Block] = _opening(assembly, statutes)
    if assembly.status != Status.NO_QUORUM:
        for number, item in enumerate(assembly.agenda, 1):
            blocks.append(Heading(say("minutes", "item", number=number, title=item.title)))
            blocks += _item(item, statutes)
    if assembly.minutes_text:
        blocks.append(Heading(say("minutes", "more")))
        blocks += _paragraphs(assembly.minutes_text)
    blocks += [Paragraph(text) for text in _closing(assembly)]
    blocks.append(_signed(assembly))
    state = "" if assembly.status in {Status.CLOSED, Status.NO_QUORUM} else say("minutes", "draft")
    return paper_of(
        say("minutes", "title"), assembly.body, stamp_of(assembly), tuple(blocks), heading_of(assembly), state=state
    )


def _paragraphs(text: str) -> list[Block]:
    return [Paragraph(french(line)) for line in text.splitlines() if line.strip()]


def _opening(assembly: Assembly, statutes: Statutes) -> list[Block]:
    room = room_at(assembly, statutes)
    place = assembly.place or assembly.link
    where = say("minutes", "where", place=place) if place else ""
    values = {"day": day_of(assembly.starts_at), "body": assembly.body.name, "where": where}
    if assembly.is_of_members:
        kind = word("kinds", assembly.kind)
        lines = [say("minutes", "lead", the_plain=kind[:1].lower() + kind[1:], **values)]
    else:
        the = word("the", assembly.kind)
        lines = [say("minutes", "lead_board", the=the, **values)]
    lines += _called(assembly, statutes)
    for key, names in (
        ("presides", [seat.name for seat in assembly.seats if seat.presides]),
        ("writes", [seat.name for seat in assembly.seats if seat.is_secretary]),
    ):
        lines += [say("minutes", key, name=names_of(names))] if names else []
    if tellers := [seat.name for seat in assembly.seats if seat.is_teller]:
        lines.append(say("minutes", "tellers", names=names_of(tellers)))
    if assembly.opened_at:
        key, due = "opened_early" if opened_early(assembly) else "opened", hour_said(hour_due(assembly))
        lines.append(say("minutes", key, hour=hour_said(assembly.opened_at), due=due))
    elif assembly.kind == AssemblyKind.FOUNDING and assembly.status == Status.CLOSED:
        lines.append(say("minutes", "opened", hour=hour_said(hour_due(assembly))))
    lines += _people(assembly, statutes)
    key = "entitled_opening" if course_of(assembly, statutes).changes else "entitled"
    lines.append(say("minutes", key, entitled=room.entitled, counted=room.votes))
    lines.append(_quorum(assembly, room, statutes))
    agenda = tuple(one.title for one in assembly.agenda)  # numbered as the items are below
    blocks: list[Block] = [Paragraph(line) for line in lines if line]
    if agenda:
        blocks += [Heading(say("common", "agenda")), ItemList(agenda, ordered=True)]
    return [*blocks, *(Paragraph(line) for line in (*withdrawn(assembly), *lost_votes(assembly)))]


def _called(assembly: Assembly, statutes: Statutes) -> list[str]:
    lines = []
    if assembly.second_of is not None:
        lines.append(say("minutes", "second", first=day_of(assembly.second_of.starts_at)))
    if days := sorted({seat.sent_on for seat in assembly.seats if seat.sent_on}):
        if len(days) == 1:
            lines.append(say("minutes", "convened", day=days[0]))
        else:
            lines.append(say("minutes", "convened_between", first=days[0], last=days[-1]))
    elif assembly.kind != AssemblyKind.FOUNDING:
        lines.append(say("minutes", "not_convened"))
    if (moment := called_for(assembly)) != assembly.starts_at:
        lines.append(say("minutes", "called_for", day=day_of(moment), hour=hour_of(moment)))
    asked = notice_required(assembly, statutes)
    if notice(asked, latest_dispatch(assembly), day_of(assembly.starts_at)) == "short":
        said, clause = counted_as(asked or 0, "jour"), clause_of(statutes, notice_source(assembly, statutes))
        lines.append(say("minutes", "short_notice", asked=said, clause=clause))
    return lines


def _people(assembly: Assembly, statutes: Statutes) -> list[str]:
    """Who was there at any time, in person or through somebody else."""
    lines, course = [], course_of(assembly, statutes)
    for presence, key in ((Presence.PRESENT, "present"), (Presence.REMOTE, "remote")):
        if names := [attending(course, seat) for seat in assembly.members if seat.presence == presence]:
            lines.append(say("minutes", key, number=len(names), names=names_of(names)))
    lines += carried_lines(course, clause_of(statutes, "proxies"))
    away = {one.giver_id for one, _fate in counting(course)}
    excused = [seat.name for seat in assembly.members if seat.presence == Presence.EXCUSED and seat.id not in away]
    if excused:
        lines.append(say("minutes", "excused", names=names_of(excused)))
    if guests := [seat.name for seat in assembly.seats if not seat.may_vote and seat.presence in HERE]:
        lines.append(say("minutes", "guests", names=names_of(guests)))
    return lines


def _quorum(assembly: Assembly, room: Room, statutes: Statutes) -> str:
    judged, organ = room.attendance, word("organs", assembly.kind)
    values = {"needed": judged.needed or "", "clause": clause_of(statutes, "quorum"), "organ": organ}
    if judged.needed and statutes.is_of_law("quorum"):
        return say("minutes", f"{judged.standing}_law", founders=counted_as(judged.needed, "fondateur"), **values)
    return say("minutes", judged.standing, **values)


def _item(item: AssemblyItem, statutes: Statutes) -> list[Block]:
    """All that was recorded of one item."""
    lines = [say("minutes", "added", reason=item.added_reason)] if item.added_reason else []
    is_between = course_of(item.assembly, statutes).moved_round(item) > 1
    lines += [] if is_between else _moves(item, statutes)
    lines += new_at_second(item, statutes)
    blocks: list[Block] = [Paragraph(line) for line in lines]
    if item.debate:
        blocks.append(Heading(say("minutes", "debate"), level=3))
        blocks += _paragraphs(item.debate)
    if item.kind == ItemKind.ELECTION:
        return [*blocks, *_election(item, statutes)]
    if item.resolution:
        blocks.append(Heading(say("minutes", "resolution"), level=3))
        blocks += _paragraphs(item.resolution)
    return [*blocks, *(Paragraph(line) for line in _vote(item, statutes))]


def _moves(item: AssemblyItem, statutes: Statutes) -> list[str]:
    """Who came and went, and how many there are then."""
    moves = moves_of(course_of(item.assembly, statutes), item)
    if has_thinned_out(item, statutes):
        return [*moves, _thinned(item, statutes)]
    return [*moves, say("minutes", "now", counted=room_at(item.assembly, statutes, item).votes)] if moves else []


def _thinned(item: AssemblyItem, statutes: Statutes) -> str:
    """That fewer were there for an item than at the opening."""
    judged = room_at(item.assembly, statutes, item).attendance
    values = {"counted": judged.counted, "clause": clause_of(statutes, "quorum")}
    if statutes.is_of_law("quorum"):
        return say("minutes", "thinned_law", founders=counted_as(judged.needed or 0, "fondateur"), **values)
    return say("minutes", "thinned", needed=judged.needed or "", **values)


def _vote(item: AssemblyItem, statutes: Statutes) -> Iterable[str]:
    if item.outcome in {Outcome.ADJOURNED, Outcome.WITHDRAWN, Outcome.NOTED}:
        organ = word("organs", item.assembly.kind)
        yield say("minutes", item.outcome, organ=organ[:1].upper() + organ[1:])
        return
    if item.decided_at is None:
        if item.kind == ItemKind.INFORMATION and item.assembly.status == Status.CLOSED and not item.debate:
            yield say("minutes", "nothing_told")
        return
    found, judged = counted(item), result_of(item, statutes)
    if found.voters:
        yield from _votes(item, found, judged, statutes)
    elif item.outcome in {Outcome.ADOPTED, Outcome.REJECTED}:
        yield say("minutes", "unrecorded")
    yield from _kept_elsewhere(item, statutes)
    yield say("minutes", item.outcome, number=item.number)
    if item.decided_note:
        yield say("minutes", "note", note=item.decided_note)


def _votes(item: AssemblyItem, found: Counted, judged: Result, statutes: Statutes) -> Iterable[str]:
    """How the votes fell, where they were counted."""
    votes = found.votes
    others = ""
    if found.blank or found.void:
        others = say("minutes", "others", blank=counted_as(found.blank, "blanc"), void=counted_as(found.void, "nul"))
    yield say(
        "minutes",
        "vote" if item.ballot else "vote_plain",
        ballot=word("ballots", item.ballot),
        votes_for=votes.votes_for,
        votes_against=votes.votes_against,
        abstentions=counted_as(votes.abstentions, "abstention"),
        others=others,
    )
    yield from _channels(item)
    yield from apart(item, statutes)
    if not judged.is_assumed:
        clause = clause_of(statutes, statutes.majority_source(item.decision))
        majority = word("majorities", judged.majority)
        yield say("minutes", "needed", needed=judged.needed, majority=majority, clause=clause)
    if judged.reason == "casting_vote":
        key = "casting" if judged.outcome == "rejected" else "casting_for"
        yield say("minutes", key, clause=clause_of(statutes, "casting"))
    elif judged.reason in {"tie", "tie_secret"}:
        yield say("minutes", judged.reason)


def _kept_elsewhere(item: AssemblyItem, statutes: Statutes) -> Iterable[str]:
    """That the statutes keep it for another assembly, and what this vote is worth then."""
    if not (said := reserve_said(item, statutes)):
        return
    yield said
    if item.outcome in {Outcome.ADOPTED, Outcome.ELECTED}:
        yield say("minutes", "doubtful")


def _channels(item: AssemblyItem, number: int = 1) -> Iterable[str]:
    """By which channels the votes came, when there were several."""
    parts = []
    for channel in Channel:
        voters = counted(item, number, channels=[channel]).voters
        if voters:
            parts.append((channel, say("minutes", "part", number=voters, channel=word("channels", channel))))
    if [channel for channel, _said in parts] not in ([], [Channel.ROOM]):
        yield say("minutes", "channels", parts=names_of([said for _channel, said in parts]))


def _election(item: AssemblyItem, statutes: Statutes) -> list[Block]:
    function = word("functions", item.function)
    if function:
        blocks: list[Block] = [Paragraph(say("minutes", "places", places=item.places, function=function))]
    else:
        blocks = [Paragraph(say("minutes", "places_none", places=item.places))]
    names = {str(one.id): one.name for one in item.candidates}
    blocks.append(Paragraph(say("minutes", "candidates", names=names_of([*names.values()]))))
    moved = course_of(item.assembly, statutes).moved_round(item)
    between = [Paragraph(line) for line in _moves(item, statutes)] if moved > 1 else []
    for number in range(1, item.closed_round + 1):
        blocks += between if number == moved else []
        found = counted(item, number)
        blocks.append(Paragraph(_round(item, number, found)))
        blocks += [Paragraph(line) for line in (*at_round(item, statutes, number), *_channels(item, number))]
        rows = tuple(
            (names.get(choice, ""), str(votes), _issue(item, choice, number))
            for choice, votes in sorted(found.choices.items(), key=lambda pair: -int(pair[1]))
        )
        header = (say("minutes", "candidate"), say("minutes", "votes"), say("minutes", "result"))
        if rows:
            blocks.append(Table(header, rows, numeric=frozenset({1})))
        if said := _tie(item, statutes, number):
            blocks.append(Paragraph(said))
    blocks += between if moved > item.closed_round else []
    if first_officers(item.assembly, statutes) is item:
        blocks.append(Paragraph(say("minutes", "first_officers", clause=clause_of(statutes, "board_officers"))))
    for lines in (apart, _not_secret, _kept_elsewhere, _elected):
        blocks += [Paragraph(line) for line in lines(item, statutes)]
    return blocks


def _tie(item: AssemblyItem, statutes: Statutes, number: int) -> str:
    """Who stood level after a round, and to whom the place went by what the statutes say of it."""
    tied = election_of(item, statutes, upto=number).tied
    level = [one for one in item.candidates if one.id in tied]
    if not level:
        return ""
    names, won = names_of([one.name for one in level]), _won(item, statutes, number)
    if not won:
        return say("minutes", "tied", names=names)
    key = "tied_settled" if len(won) == 1 else "tied_settled_more"
    clause = clause_of(statutes, "election")
    return say("minutes", key, names=names, chosen=names_of(won), note=item.decided_note, clause=clause)


def _won(item: AssemblyItem, statutes: Statutes, number: int) -> list[str]:
    """Who took a place in a round though others stood level."""
    tied = election_of(item, statutes, upto=number).tied
    return [one.name for one in item.candidates if one.id in tied and one.elected_round == number]


def _not_secret(item: AssemblyItem, statutes: Statutes) -> Iterable[str]:
    """That hands were raised where the statutes want papers: whoever reads the minutes must see it."""
    if item.closed_round and item.ballot == Ballot.SHOW_OF_HANDS and statutes.clause("ballot"):
        yield say("minutes", "not_secret", clause=clause_of(statutes, "ballot"))


def _round(item: AssemblyItem, number: int, found: Counted) -> str:
    """What was counted in a round beside the votes: papers of a secret ballot; hands have none.

    Of an assembly that was held on paper nothing but the votes obtained was noted here.
    """
    ballot = word("ballots", item.ballot)
    if item.ballot != Ballot.UNSAID and not item.assembly.opened_at:
        return say("minutes", "round_hands", number=number, ballot=ballot, told="")
    if item.ballot == Ballot.UNSAID:
        return say("minutes", "round_plain", number=number)
    if item.ballot == Ballot.SHOW_OF_HANDS:
        voters = counted_as(found.papers, "votant") if item.places > 1 else ""
        away = counted_as(found.blank, "abstention") if found.blank else ""
        told = ", ".join(part for part in (voters, away) if part)
        return say("minutes", "round_hands", number=number, ballot=ballot, told=f" : {told}" if told else "")
    return say(
        "minutes",
        "round",
        number=number,
        ballot=ballot,
        papers=counted_as(found.papers, "bulletin valable"),
        blank=counted_as(found.blank, "blanc"),
        void=counted_as(found.void, "nul"),
    )


def _issue(item: AssemblyItem, choice: str, number: int) -> str:
    candidate = next((one for one in item.candidates if str(one.id) == choice), None)
    if candidate is not None and candidate.withdrew_round == number:
        return say("minutes", "withdrew")
    if candidate is None or candidate.elected_round != number:
        return ""
    return say("minutes", "proposed_in" if item.outcome == Outcome.PROPOSED else "elected_in", number=number)


def _elected(item: AssemblyItem, statutes: Statutes) -> Iterable[str]:
    names = [one.name for one in item.candidates if one.elected_round]
    if item.outcome == Outcome.ELECTED:
        yield say("minutes", "elected", names=names_of(names), number=item.number)
        if (left := item.places - len(names)) > 0:
            yield say("minutes", "left_open", left=left)
    elif item.outcome == Outcome.PROPOSED:
        yield say("minutes", "proposed_names", names=names_of(names))
    elif item.outcome in {Outcome.NOT_ELECTED, Outcome.ADJOURNED, Outcome.WITHDRAWN}:
        yield say("minutes", item.outcome)
    if item.decided_note and not _won(item, statutes, item.closed_round):
        yield say("minutes", "note", note=item.decided_note)


def _closing(assembly: Assembly) -> Iterable[str]:
    if assembly.offices_on is not None:
        yield say("minutes", "offices", day=assembly.offices_on)
    if assembly.status == Status.CLOSED:
        if assembly.closed_at:
            is_next = is_past_midnight(assembly.closed_at, assembly.opened_at)
            day = day_of(assembly.starts_at) + timedelta(days=1)
            yield say("minutes", "closed_next" if is_next else "closed", hour=hour_said(assembly.closed_at), day=day)
        else:
            yield say("minutes", "closed_plain")
    if assembly.minutes_approved_on is not None:
        yield say("minutes", "approved", day=assembly.minutes_approved_on)


def _signed(assembly: Assembly) -> Signatures:
    caption = say("common", "signature")
    presides = next((seat.name for seat in assembly.seats if seat.presides), "")
    writes = next((seat.name for seat in assembly.seats if seat.is_secretary), "")
    return Signatures(
        (
            Signature(party=say("common", "president"), name=presides, caption=caption),
            Signature(party=say("common", "secretary"), name=writes, caption=caption),
        )
    )
