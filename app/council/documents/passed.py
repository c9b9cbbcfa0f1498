"""The rules that somebody went past, told in words: what was not observed, its article, who decided, when and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.council.contests import contest_of
from app.council.documents.paper import counted, say, whom
from app.council.forecast import BEFORE_THE_VOTE, faults_of_act
from app.council.powers import hold_together
from app.council.publicity import owed_instead
from app.council.queries import council_of, is_cleared, overrides_of
from app.council.reckoning import (
    article_for,
    delay_of,
    last_dispatch,
    needs_note,
    setting_of,
    standing_at,
    urgency_article,
)
from app.council.sealing import seal_of
from app.documents.textdoc import Paragraph
from app.law import tables
from app.law.words import article, cited, french, listed
from app.law.words import counted as numbered
from app.shared.clock import day_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sqlalchemy.orm import Session

    from app.bodies.models import Body
    from app.council.models import Act, AgendaPoint, CheckOverride, Meeting, Proxy, Seat
    from app.council.reckoning import Delay
    from app.documents.textdoc import Block

_AT_THE_VOTE = frozenset({"C02", "C03", "C11"})
"""Gone past for a vote: without the vote there is nothing to tell."""


def mentions(
    session: Session, overrides: Iterable[CheckOverride], *, meeting: Meeting | None = None, act: Act | None = None
) -> list[Block]:
    """One paragraph for each whose fault stood in the end; with an act, what its meeting went past is told for it."""
    lines = []
    for one in overrides:
        if not _stood(session, one, meeting, act):
            continue
        point = next((point for point in meeting.points if point.id == one.point_id), None) if meeting else None
        if point is not None and point.voted_at is None and one.check_id in _AT_THE_VOTE:
            continue
        told = [french(what) for what in _told(session, one, meeting, point, act)]
        reason = one.reason.strip().rstrip(".")
        line = say("passed", "decided", author=one.author, day=day_of(one.made_at), reason=reason)
        lines.append(" ".join([*told, line]))
    return [Paragraph(line, manner="note") for line in dict.fromkeys(lines)]


def _stood(session: Session, one: CheckOverride, meeting: Meeting | None, act: Act | None) -> bool:
    """Whether what somebody went past before a vote, or to publish, is what came of it: a fault may be mended since."""
    if one.check_id == "C32" and act is not None:
        setting = setting_of(act.body, council_of(session, act.body_id))
        return owed_instead(setting, act.published_on, act.publication_mode) is not None
    if one.check_id not in BEFORE_THE_VOTE:
        return True
    asked = [act] if act is not None else [point.act for point in meeting.agenda if point.voted_at] if meeting else []
    on = day_of(one.made_at)
    found = [faults_of_act(session, each, each.voted_on or on) for each in asked if each is not None]
    return any(fault.check_id == one.check_id for faults in found for fault in faults)


def before_the_vote(session: Session, point: AgendaPoint) -> list[CheckOverride]:
    """What somebody went past so that the act of an item came to its vote."""
    if point.act_id is None or point.voted_at is None:
        return []
    return [one for one in overrides_of(session, act_id=point.act_id) if one.check_id in BEFORE_THE_VOTE]


def _told(
    session: Session, one: CheckOverride, meeting: Meeting | None, point: AgendaPoint | None, act: Act | None
) -> list[str]:
    """What was not observed, from what was recorded; the bare rule where nothing more is known."""
    found: list[str] = []
    if meeting is not None and one.check_id in _OF_THE_MEETING:
        found = _OF_THE_MEETING[one.check_id](session, one, meeting, point)
    elif act is not None and one.check_id == "C25":
        found = [_unenforceable(act, one)]
    elif act is not None and one.check_id == "SEAL":
        labels = list(dict.fromkeys(change.label for change in seal_of(session, act).changes))
        said = "seal_kept" if is_cleared(session, act) else "seal"
        found = [say("passed", said, changes=f" ({listed(labels)})" if labels else "")]
    body = meeting.body if meeting is not None else act.body if act is not None else None
    return found or _rule(one.check_id, body)


def _unenforceable(act: Act, one: CheckOverride) -> str:
    """Why the text was not to be signed, as whoever went past it knew: not yet in force, or no more."""
    stopped = contest_of(act).stopped_by
    if stopped is None or stopped.created_at > one.made_at:
        return say("passed", "unenforceable", article=article("L2131-1"))
    what, law = say("events", stopped.kind), article("L2131-1")
    return say("passed", "unenforceable_ended", what=what[:1].lower() + what[1:], day=stopped.happened_on, article=law)


def _rule(check_id: str, body: Body | None) -> list[str]:
    is_local = body is not None and setting_of(body, None).is_local_law
    rule = (tables.local_check_rules() if is_local else tables.check_rules()).get(check_id)
    if rule is None:
        return []
    return [say("passed", "rule", title=rule.title[:1].lower() + rule.title[1:], article=cited(rule.article))]


def _delay(session: Session, one: CheckOverride, meeting: Meeting, point: AgendaPoint | None) -> list[str]:
    """How many days there were, for whom, and how many the law asks."""
    del one, point
    setting = setting_of(meeting.body, council_of(session, meeting.body_id))
    delay = delay_of(meeting, setting, last_dispatch(meeting))
    word = "jour franc" if delay.notice.is_clear else "jour"
    late: dict[int, list[Seat]] = {}
    for seat in meeting.seats:
        if seat.sent_on is not None and delay.notice.judge(seat.sent_on, delay.held_on) != "met":
            late.setdefault(_days(delay, seat), []).append(seat)
    required = numbered(delay.notice.required, word)
    return [
        say(
            "passed",
            "delay_all" if len(seats) == len(meeting.seats) else "delay_one" if len(seats) == 1 else "delay",
            whom=whom(seats),
            sent=seats[0].sent_on,
            days=numbered(days, word),
            required=required,
            article=delay.article,
        )
        for days, seats in sorted(late.items())
    ]


def _days(delay: Delay, seat: Seat) -> int:
    sent = seat.sent_on or delay.held_on
    return max((delay.held_on - sent).days - (1 if delay.notice.is_clear else 0), 0)


def _urgency(session: Session, one: CheckOverride, meeting: Meeting, point: AgendaPoint | None) -> list[str]:
    law = urgency_article(meeting, council_of(session, meeting.body_id))
    if point is not None:
        if meeting.urgency_accepted:
            return []
        return [say("passed", "urgency_refused", article=law)]
    return _delay(session, one, meeting, None) or [say("passed", "urgency_unruled", article=law)]


def _agenda(session: Session, one: CheckOverride, meeting: Meeting, point: AgendaPoint | None) -> list[str]:
    del session, one
    law = article_for(meeting.body, "L2121-10")
    return [say("passed", "not_convened" if point is not None else "agenda", article=law)]


def _notes(session: Session, one: CheckOverride, meeting: Meeting, point: AgendaPoint | None) -> list[str]:
    del one, point
    setting = setting_of(meeting.body, council_of(session, meeting.body_id))
    sent = {row.get("point") for row in meeting.convened_agenda if not row.get("has_note")}
    titles = [f"« {held.title} »" for held in meeting.points if held.id in sent and held.act_id]
    if not needs_note(setting, day_of(meeting.starts_at)) or not titles:
        return []
    return [say("passed", "notes", titles=listed(titles), article=article("L2121-12"))]


def _addressees(session: Session, one: CheckOverride, meeting: Meeting, point: AgendaPoint | None) -> list[str]:
    del session, one, point
    missing = [seat for seat in meeting.seats if seat.sent_on is None]
    if not missing:
        return []
    law = article_for(meeting.body, "L2121-10")
    return [say("passed", "addressees", names=listed(seat.name for seat in missing), article=law)]


def _quorum(session: Session, one: CheckOverride, meeting: Meeting, point: AgendaPoint | None) -> list[str]:
    del session, one
    standing = standing_at(meeting, point)
    if len(standing.present) >= standing.quorum:
        return []
    return [
        say(
            "passed",
            "quorum" if point is None else "quorum_item",
            present=counted(len(standing.present), "member_present"),
            in_office=standing.in_office,
            quorum=standing.quorum,
            article=article("L2121-17"),
        )
    ]


def _second(session: Session, one: CheckOverride, meeting: Meeting, point: AgendaPoint | None) -> list[str]:
    first = meeting.second_of
    if first is None:
        return []
    known = {held.title for held in first.agenda} | {held.act_id for held in first.agenda if held.act_id}
    new = [held for held in meeting.agenda if held.title not in known and held.act_id not in known]
    told = _delay(session, one, meeting, point)
    if new:
        titles = listed(f"« {held.title} »" for held in new)
        law = article_for(meeting.body, "L2121-17 al. 2")
        told.append(say("passed", "second_items", titles=titles, article=law))
    return told


def _proxies(session: Session, one: CheckOverride, meeting: Meeting, point: AgendaPoint | None) -> list[str]:
    del session, point
    admitted = [proxy for proxy in meeting.proxies if proxy.is_admitted]
    matched = [proxy for proxy in admitted if proxy.created_at == one.made_at] or admitted
    law = article("L2121-20")
    return [
        say(
            "passed",
            "proxy",
            giver=proxy.giver.name,
            holder=proxy.holder.name,
            why=say("passed", _fault(meeting, proxy), holder=proxy.holder.name),
            article=law,
        )
        for proxy in matched
    ]


def _fault(meeting: Meeting, proxy: Proxy) -> str:
    if not proxy.is_written:
        return "proxy_unwritten"
    shared = [one for one in meeting.proxies if one.holder_id == proxy.holder_id and hold_together(proxy, one)]
    return "proxy_second" if len(shared) > 1 else "proxy_long"


_OF_THE_MEETING: dict[str, Callable[[Session, CheckOverride, Meeting, AgendaPoint | None], list[str]]] = {
    "C01": _delay,
    "C02": _urgency,
    "C03": _agenda,
    "C05": _notes,
    "C06": _addressees,
    "C10": _quorum,
    "C11": _quorum,
    "C12": _second,
    "C13": _proxies,
}
