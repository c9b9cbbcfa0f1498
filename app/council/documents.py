"""The printed documents of the council, written from what was recorded; nobody types them again.

Their words stand in ``data/documents.toml``: an act of a council is French whatever the language of the screen.
"""

from __future__ import annotations

import hashlib
import io
import json
import tomllib
import zipfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import current_app, render_template
from flask_babel import lazy_gettext as _l

from app.bodies.queries import signatory_on
from app.conventions.documents import MEDIA, CannotPrint, Print
from app.conventions.documents import write as write_text
from app.conventions.models import PrintKind
from app.conventions.queries import document_of
from app.council import drafting
from app.council.meter import meter_of
from app.council.models import ActStatus, Attendance, MeetingStatus, Outcome
from app.council.queries import council_of, overrides_of, point_of_act, register_of
from app.council.reckoning import last_dispatch, standing_at
from app.documents.errors import DocumentError
from app.documents.page import PrintPage
from app.documents.textdoc import (
    Emblem,
    Heading,
    ItemList,
    PageBreak,
    Paragraph,
    Run,
    Signature,
    Signatures,
    Table,
    TextDocument,
)
from app.documents.workshop import PdfWorkshop
from app.law.words import french, full_day
from app.shared.clock import PARIS, day_of
from app.shared.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from app.bodies.models import Body
    from app.council.models import Act, AgendaPoint, CheckOverride, Meeting, Proxy, Seat
    from app.council.reckoning import Standing
    from app.documents.textdoc import Block

_WORDS = Path(__file__).with_name("data") / "documents.toml"


class NotYet(DomainError):
    """The document certifies what has not happened."""


@cache
def _tables() -> dict[str, dict[str, str]]:
    return tomllib.loads(_WORDS.read_text("utf-8"))


def say(where: str, what: str, /, **values: object) -> str:
    """A sentence of the documents, filled in and set as French is set."""
    return french(_tables()[where][what].format(**{name: _shown(value) for name, value in values.items()}))


def _shown(value: object) -> str:
    from datetime import date  # noqa: PLC0415  # the name is taken by the type above

    return full_day(value) if isinstance(value, date) else str(value)


@dataclass(frozen=True)
class Paper:
    """A document before it is printed: what it is, of which commune, in which state, its blocks."""

    title: str
    body: Body
    created: datetime
    blocks: tuple[Block, ...]
    subtitle: str = ""
    state: str = ""
    running: str = ""


def print_pdf(paper: Paper) -> bytes:
    """Print a document: PDF/A-3a and PDF/UA-1 in one file."""
    document = TextDocument(
        title=paper.title,
        lang="fr",
        created=paper.created,
        blocks=paper.blocks,
        author=paper.body.name,
        subtitles=(("fr", paper.subtitle),) if paper.subtitle else (),
        emblems=(Emblem(name=paper.body.name, under=say("common", "council")),),
        running=(paper.running or f"{paper.body.name} – {paper.title}")[:140],
        footer=say("common", "made_on", day=day_of(paper.created)),
        state=paper.state,
    )
    page = PrintPage(
        html=render_template("documents/text.html", document=document),
        title=document.title,
        lang="fr",
        created=paper.created,
        author=paper.body.name,
    )
    try:
        return _workshop().write(page)
    except DocumentError as error:
        raise CannotPrint(error.sentence("fr")) from error


def _workshop() -> PdfWorkshop:
    """The workshop that the rooms share; in tests the calling process writes."""
    made = current_app.extensions.get("pdf_workshop")
    if made is None:
        made = PdfWorkshop(workers=0 if current_app.testing else 1)
        current_app.extensions["pdf_workshop"] = made
    if not isinstance(made, PdfWorkshop):
        raise CannotPrint(_l("L’atelier des documents n’est pas prêt. Recommencez dans un instant."))
    return made


def _commune(body: Body) -> str:
    return drafting.of_name(body.name)


def _hour(meeting: Meeting) -> str:
    return _clock(f"{meeting.starts_at.astimezone(PARIS):%H:%M}")


def _clock(text: str) -> str:
    """« 18:30 » as « 18 h 30 »."""
    hours, _colon, minutes = text.partition(":")
    rest = f"\N{NO-BREAK SPACE}{minutes}" if minutes and minutes != "00" else ""
    return f"{int(hours)}\N{NO-BREAK SPACE}h{rest}"


def _named(seats: Iterable[Seat]) -> str:
    return ", ".join(seat.name for seat in seats) or say("common", "none")


def _mayor(session: Session, body: Body, on: date) -> str:
    mandate = signatory_on(session, body.id, on)
    return mandate.person.name if mandate else ""


def _signed_by_mayor(session: Session, body: Body, on: date) -> Signatures:
    return Signatures(
        (Signature(party=say("common", "mayor"), name=_mayor(session, body, on), caption=say("common", "signature")),)
    )


def _signed_by_both(session: Session, meeting: Meeting) -> Signatures:
    secretary = next((seat.name for seat in meeting.seats if seat.is_secretary), "")
    caption = say("common", "signature")
    presiding = next((seat.name for seat in meeting.seats if seat.presides), "")
    mayor = presiding or _mayor(session, meeting.body, day_of(meeting.starts_at))
    return Signatures(
        (
            Signature(party=say("common", "mayor"), name=mayor, caption=caption),
            Signature(party=say("common", "secretary"), name=secretary, caption=caption),
        )
    )


def _stamp(meeting: Meeting) -> datetime:
    """The moment that dates a document of a meeting: the same content gives the same bytes."""
    moments = [meeting.convened_at, *(point.voted_at for point in meeting.agenda)]
    return max([meeting.created_at, *(one for one in moments if one is not None)])


# --- the meeting ---


def meeting_paper(session: Session, meeting: Meeting, document: str) -> Paper:
    """One of the documents of a meeting, by the word in its address."""
    return _MEETING[document](session, meeting)


def _convocation(session: Session, meeting: Meeting) -> Paper:
    held_on, sent = day_of(meeting.starts_at), last_dispatch(meeting)
    blocks: list[Block] = [
        Paragraph(say("convocation", "lead", commune=_commune(meeting.body)), manner="lead"),
        Paragraph(say("convocation", "body", day=held_on, hour=_hour(meeting), place=meeting.place)),
    ]
    if meeting.is_urgent:
        blocks.append(Paragraph(say("convocation", "urgent", reason=meeting.urgency_reason)))
    if meeting.second_of is not None:
        blocks.append(Paragraph(say("convocation", "second", first=day_of(meeting.second_of.starts_at))))
    titles = [str(row["title"]) for row in meeting.convened_agenda] or [point.title for point in meeting.agenda]
    blocks += [Heading(say("common", "agenda")), ItemList(tuple(titles), ordered=True)]
    if any(point.note for point in meeting.agenda):
        blocks.append(Paragraph(say("convocation", "notes")))
    blocks.append(Paragraph(say("convocation", "proxy")))
    if sent is not None:
        blocks.append(Paragraph(say("convocation", "sent", day=sent), manner="note"))
    blocks.append(_signed_by_mayor(session, meeting.body, held_on))
    state = say("convocation", "urgent_state") if meeting.is_urgent else ""
    return Paper(say("convocation", "title"), meeting.body, _stamp(meeting), tuple(blocks), state=state)


def _note(session: Session, meeting: Meeting) -> Paper:
    del session
    blocks: list[Block] = []
    for number, point in enumerate(meeting.agenda, 1):
        blocks.append(Heading(say("minutes", "point", number=number, title=point.title)))
        if point.rapporteur:
            blocks.append(Paragraph(say("note", "rapporteur", name=point.rapporteur), manner="note"))
        texts = [text for text in point.note.split("\n") if text.strip()]
        blocks += [Paragraph(text) for text in texts] or [Paragraph(say("note", "missing"))]
        if point.act is not None and point.act.articles:
            blocks.append(Paragraph(say("note", "proposal")))
            blocks.append(ItemList(tuple(point.act.articles), ordered=True))
    subtitle = say("common", "meeting", day=day_of(meeting.starts_at))
    return Paper(say("note", "title"), meeting.body, _stamp(meeting), tuple(blocks), subtitle)


def _sheet(session: Session, meeting: Meeting) -> Paper:
    """The sheet to fill in by hand on the evening."""
    del session
    opening = standing_at(meeting, None)
    header = tuple(say("sheet", key) for key in ("present", "absent", "moves", "proxy", "sign"))
    rows = tuple((seat.name, "☐", "☐", "", "", "") for seat in meeting.seats)
    blocks: list[Block] = [
        Paragraph(say("sheet", "lead"), manner="note"),
        Paragraph(say("sheet", "opening")),
        Paragraph(say("sheet", "quorum", in_office=opening.in_office, quorum=opening.quorum)),
        Table((say("common", "name"), *header), rows),
    ]
    for number, point in enumerate(meeting.agenda, 1):
        blocks.append(Heading(say("sheet", "point", number=number, title=point.title)))
        blocks += [Paragraph(say("sheet", key)) for key in ("vote", "counts", "debate")]
    blocks.append(Paragraph(say("sheet", "closing")))
    subtitle = say("common", "meeting", day=day_of(meeting.starts_at))
    return Paper(say("sheet", "title"), meeting.body, _stamp(meeting), tuple(blocks), subtitle)


def _minutes(session: Session, meeting: Meeting) -> Paper:
    held_on = day_of(meeting.starts_at)
    blocks = [*_opening(meeting)]
    overrides = overrides_of(session, meeting_id=meeting.id)
    for number, point in enumerate(meeting.agenda, 1):
        blocks.append(Heading(say("minutes", "point", number=number, title=point.title)))
        blocks += _item(meeting, point)
        blocks += _mentions(one for one in overrides if one.point_id == point.id)
    if meeting.minutes_text:
        blocks += [Paragraph(text) for text in meeting.minutes_text.split("\n") if text.strip()]
    if meeting.status == MeetingStatus.CLOSED:
        at = say("minutes", "at", hour=_clock(meeting.closed_at)) if meeting.closed_at else ""
        blocks.append(Paragraph(say("minutes", "closed", at=at)))
    blocks += _mentions(one for one in overrides if one.point_id is None)
    if meeting.minutes_adopted_on:
        blocks.append(Paragraph(say("minutes", "adopted", day=meeting.minutes_adopted_on)))
    blocks.append(_signed_by_both(session, meeting))
    state = "" if meeting.minutes_adopted_on else say("minutes", "state")
    return Paper(say("minutes", "title", day=held_on), meeting.body, _stamp(meeting), tuple(blocks), state=state)


def _opening(meeting: Meeting) -> list[Block]:
    sent, standing = last_dispatch(meeting), standing_at(meeting, None)
    presiding = next((seat.name for seat in meeting.seats if seat.presides), "")
    lines = [
        say(
            "minutes",
            "called",
            day=day_of(meeting.starts_at),
            hour=_hour(meeting),
            commune=_commune(meeting.body),
            sent=sent or "…",
            place=meeting.place,
            presided=say("minutes", "presided", name=presiding) if presiding else "",
        )
    ]
    if meeting.posted_on:
        lines.append(say("minutes", "posted", day=meeting.posted_on))
    secretary = next((seat.name for seat in meeting.seats if seat.is_secretary), "")
    if secretary:
        lines.append(say("minutes", "secretary", name=secretary))
    if meeting.opened_at:
        lines.append(say("minutes", "opened", hour=_clock(meeting.opened_at)))
    lines.append(_quorum_line(standing))
    lines.append(say("minutes", "present", names=_named(standing.present)))
    for attendance, key in ((Attendance.EXCUSED, "excused"), (Attendance.ABSENT, "absent")):
        found = [seat for seat in meeting.seats if seat.attendance == attendance]
        if found:
            lines.append(say("minutes", key, names=_named(found)))
    lines += _proxies(meeting.proxies)
    if meeting.is_urgent:
        verdict = say("minutes", "urgent_yes" if meeting.urgency_accepted else "urgent_no")
        lines.append(say("minutes", "urgent", reason=meeting.urgency_reason, verdict=verdict))
    agenda = ItemList(tuple(str(row["title"]) for row in meeting.convened_agenda), ordered=True)
    blocks: list[Block] = [Paragraph(line) for line in lines]
    if meeting.convened_agenda:
        blocks += [Heading(say("common", "agenda")), agenda]
    return blocks


def _proxies(proxies: Sequence[Proxy]) -> list[str]:
    if not proxies:
        return []
    pairs = [say("minutes", "proxy", giver=one.giver.name, holder=one.holder.name) for one in proxies]
    return [say("minutes", "proxies", names=" ; ".join(pairs))]


def _quorum_line(standing: Standing) -> str:
    if not standing.needs_quorum:
        verdict = say("minutes", "not_needed")
    else:
        verdict = say("minutes", "reached" if standing.has_quorum else "missed")
    return say(
        "minutes",
        "in_office",
        in_office=standing.in_office,
        present=len(standing.present),
        quorum=standing.quorum,
        verdict=verdict,
    )


def _item(meeting: Meeting, point: AgendaPoint) -> list[Block]:
    """All that was recorded of one item, in the order in which it happened."""
    standing = standing_at(meeting, point)
    lines = []
    if point.added_reason:
        lines.append(say("minutes", "added", reason=point.added_reason))
    if point.rapporteur:
        lines.append(say("minutes", "rapporteur", name=point.rapporteur))
    lines += _comings(meeting, point)
    blocks: list[Block] = [Paragraph(line) for line in lines]
    if point.debate:
        blocks.append(Heading(say("minutes", "debate"), level=3))
        blocks += [Paragraph(text) for text in point.debate.split("\n") if text.strip()]
    blocks += [Paragraph(line) for line in _vote_lines(point, standing, meeting)]
    if point.act is not None and point.voted_at is not None and point.outcome == Outcome.ADOPTED:
        blocks.append(Paragraph(say("minutes", "decided", number=point.act.number)))
        blocks.append(ItemList(tuple(french(text) for text in point.act.articles), ordered=True))
    return blocks


def _comings(meeting: Meeting, point: AgendaPoint) -> list[str]:
    """Who came, left and withdrew before an item."""
    lines = []
    for seat in meeting.seats:
        for move in seat.movements:
            if move.point_id == point.id:
                at = f" {say('minutes', 'at', hour=_clock(move.at)).strip()}" if move.at else ""
                lines.append(say("minutes", move.kind, name=seat.name, at=at))
    for one in point.recusals:
        reason = f" {say('minutes', 'because', reason=one.reason).strip()}" if one.reason else ""
        lines.append(say("minutes", "recusal", name=one.seat.name, reason=reason))
    return lines


def _vote_lines(point: AgendaPoint, standing: Standing, meeting: Meeting) -> list[str]:
    if point.voted_at is None:
        return [say("minutes", "unvoted", outcome=say("outcomes", point.outcome))] if point.outcome else []
    lines = [
        say(
            "minutes",
            "standing",
            present=len(standing.present),
            represented=len(standing.represented),
            voters=standing.voters,
            quorum=standing.quorum,
        )
    ]
    for asked, key in ((point.asked_public, "asked_public"), (point.asked_secret, "asked_secret")):
        if asked:
            lines.append(say("minutes", key, count=asked))
    lines.append(result_line(point))
    if point.votes_for == point.votes_against and point.outcome == Outcome.ADOPTED:
        lines.append(say("minutes", "casting"))
    return [*lines, *_voices(point, meeting)]


def result_line(point: AgendaPoint) -> str:
    """« Vote à main levée : 12 pour, 1 contre, 2 abstentions. La délibération est adoptée. »."""
    others = ""
    if point.blank or point.void or point.not_voting:
        others = say(
            "minutes", "others", blank=point.blank or 0, void=point.void or 0, not_voting=point.not_voting or 0
        )
    return say(
        "minutes",
        "result" if point.act_id else "result_point",
        ballot=say("ballots", point.ballot),
        votes_for=point.votes_for,
        votes_against=point.votes_against,
        abstentions=point.abstentions,
        others=others,
        outcome=say("outcomes", point.outcome),
    )


def _voices(point: AgendaPoint, meeting: Meeting) -> list[str]:
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


def _mentions(overrides: Iterable[CheckOverride]) -> list[Block]:
    return [
        Paragraph(
            say(
                "common", "override", check=one.check_id, day=day_of(one.made_at), author=one.author, reason=one.reason
            ),
            manner="note",
        )
        for one in overrides
    ]


def _list(session: Session, meeting: Meeting) -> Paper:
    """Every deliberation examined, adopted or not (CGCT, L2121-25)."""
    rows = [
        (point.act.number if point.act else "", point.title, say("outcomes", point.outcome) if point.outcome else "")
        for point in meeting.agenda
        if point.act is not None or point.voted_at is not None
    ]
    held_on = day_of(meeting.starts_at)
    header = tuple(say("list", key) for key in ("number", "subject", "outcome"))
    content: Block = Table(header, tuple(rows)) if rows else Paragraph(say("list", "none"))
    blocks = (
        Paragraph(say("list", "lead", day=held_on), manner="lead"),
        content,
        Paragraph(say("list", "basis"), manner="note"),
        _signed_by_mayor(session, meeting.body, held_on),
    )
    return Paper(say("list", "title"), meeting.body, _stamp(meeting), blocks)


def _posting(session: Session, meeting: Meeting) -> Paper:
    held_on = day_of(meeting.starts_at)
    values = {"commune": _commune(meeting.body), "day": held_on}
    if meeting.list_posted_on:
        sentence = say("posting", "list", posted=meeting.list_posted_on, **values)
    else:
        sentence = say("posting", "list_blank", **values)
    blocks: list[Block] = [Paragraph(sentence)]
    if meeting.posted_on:
        blocks.append(Paragraph(say("posting", "convocation", posted=meeting.posted_on)))
    blocks.append(_signed_by_mayor(session, meeting.body, held_on))
    return Paper(say("posting", "title"), meeting.body, _stamp(meeting), tuple(blocks))


_MEETING = {
    "convocation": _convocation,
    "note-de-synthese": _note,
    "feuille": _sheet,
    "proces-verbal": _minutes,
    "liste": _list,
    "affichage": _posting,
}


# --- the act ---


def act_paper(session: Session, act: Act, document: str, *, today: date) -> Paper:
    """One of the documents of an act, by the word in its address."""
    if document == "certificat":
        return _certificate(session, act, today)
    if document == "affichage":
        return _act_posting(session, act)
    return _act(session, act, today, is_extract=document == "extrait")


def _act(session: Session, act: Act, today: date, *, is_extract: bool) -> Paper:
    point = point_of_act(session, act.id)
    blocks = _act_blocks(session, act, point, today)
    if point is not None and act.voted_on:
        blocks.append(_signed_by_both(session, point.meeting))
    else:
        blocks.append(_signed_by_mayor(session, act.body, today))
    if is_extract:
        blocks.insert(-1, Paragraph(say("act", "certified")))
    title = say("act", "title", number=act.number) if act.number else say("act", "draft_title")
    subtitle = say("act", "extract") if act.voted_on else ""
    state = "" if act.voted_on else say("act", "state_draft")
    return Paper(title, act.body, act.changed_at, tuple(blocks), subtitle, state)


def _act_blocks(session: Session, act: Act, point: AgendaPoint | None, today: date) -> list[Block]:
    meeting = point.meeting if point is not None else None
    on = drafting.act_day(act, day_of(meeting.starts_at) if meeting else None, today)
    blocks: list[Block] = []
    if meeting is not None and point is not None and act.voted_on:
        blocks += _heading_of_act(meeting, point)
    blocks.append(Paragraph((Run(say("act", "subject", title=act.title), bold=True),)))
    if act.rapporteur:
        blocks.append(Paragraph(say("act", "rapporteur", name=act.rapporteur)))
    blocks += [Paragraph(line) for line in drafting.visa_lines(act.visas, on)]
    blocks += [Paragraph(line) for line in drafting.recital_lines(act.recitals)]
    rejected = act.status == ActStatus.REJECTED
    formula = f"{say('act', 'formula')} {say('act', 'rejects' if rejected else 'decides')}"
    blocks.append(Paragraph((Run(formula, bold=True),)))
    blocks += [
        Paragraph((Run(say("act", "article", number=number) + ". ", bold=True), Run(french(text))))
        for number, text in enumerate(act.articles, 1)
    ]
    if point is not None and act.voted_on:
        blocks.append(Paragraph(result_line(point)))
        blocks += [Paragraph(line) for line in _voices(point, point.meeting)]
        if point.recusals:
            blocks.append(Paragraph(say("act", "recused", names=_named(one.seat for one in point.recusals))))
    return [*blocks, *_mentions_of_act(session, act, point)]


def _heading_of_act(meeting: Meeting, point: AgendaPoint) -> list[Block]:
    standing = standing_at(meeting, point)
    unknown = "…"
    lines = [
        say(
            "act",
            "meeting",
            day=day_of(meeting.starts_at),
            sent=last_dispatch(meeting) or unknown,
            posted=meeting.posted_on or unknown,
        ),
        say(
            "act",
            "counts",
            in_office=standing.in_office,
            present=len(standing.present),
            represented=len(standing.represented),
            voters=standing.voters,
        ),
        say("minutes", "present", names=_named(standing.present)),
    ]
    lines += _proxies(standing.represented)
    represented = {proxy.giver_id for proxy in standing.represented}
    absent = [seat for seat in standing.absent if seat.id not in represented]
    if absent:
        lines.append(say("minutes", "absent", names=_named(absent)))
    secretary = next((seat.name for seat in meeting.seats if seat.is_secretary), "")
    if secretary:
        lines.append(say("minutes", "secretary", name=secretary))
    return [Paragraph(line, manner="note") for line in lines]


def _mentions_of_act(session: Session, act: Act, point: AgendaPoint | None) -> list[Block]:
    """What stands under the text: annex, dates, remedies, facts since the vote, checks that somebody went past."""
    lines: list[str] = []
    if act.version is not None:
        sha256 = act.sealed_sha256 or act.version.sha256
        title = act.convention.title if act.convention else ""
        lines.append(say("common", "annexed", title=title, number=act.version.number, sha256=sha256))
    if act.matter:
        lines.append(say("act", "matter", code=act.matter, label=act.matter_label))
    lines += _dates_of_act(act)
    if act.voted_on:
        council = council_of(session, act.body_id)
        court = f" {say('act', 'court', court=council.court).strip()}" if council and council.court else ""
        lines.append(say("act", "remedies", court=court))
    for event in act.events:
        text = f" ({event.text})" if event.text else ""
        lines.append(say("act", "event", day=event.happened_on, what=say("events", event.kind), text=text))
    blocks: list[Block] = [Paragraph(line, manner="note") for line in lines]
    overrides = overrides_of(session, act_id=act.id)
    if point is not None:
        overrides += [
            one
            for one in overrides_of(session, meeting_id=point.meeting_id)
            if one.point_id in {None, point.id} and one.act_id is None
        ]
    return [*blocks, *_mentions(overrides)]


def _dates_of_act(act: Act) -> list[str]:
    lines = []
    if act.signed_on:
        lines.append(say("act", "signed", day=act.signed_on, names=act.signed_by))
    if act.transmitted_on:
        lines.append(say("act", "transmitted", day=act.transmitted_on, receipt=_receipt(act)))
    if act.published_on:
        lines.append(say("act", "published", day=act.published_on, mode=say("modes", act.publication_mode)))
    return lines


def _receipt(act: Act) -> str:
    return f" {say('act', 'receipt', receipt=act.receipt).strip()}" if act.receipt else ""


def _certificate(session: Session, act: Act, today: date) -> Paper:
    """Only for an act that may be executed (C37).

    :raises NotYet: with the reason.
    """
    meter = meter_of(act, today)
    if not meter.is_enforceable or meter.enforceable_from is None:
        raise NotYet(_l("Ce certificat ne se délivre pas encore\N{NO-BREAK SPACE}: %(reason)s", reason=meter.sentence))
    body = say(
        "certificate",
        "body",
        commune=_commune(act.body),
        number=act.number,
        voted=act.voted_on or today,
        title=act.title,
        transmitted=act.transmitted_on or today,
        receipt=_receipt(act),
        published=act.published_on or today,
        mode=say("modes", act.publication_mode),
    )
    blocks = (
        Paragraph(body),
        Paragraph(say("certificate", "enforceable", day=meter.enforceable_from)),
        _signed_by_mayor(session, act.body, today),
    )
    return Paper(say("certificate", "title"), act.body, act.changed_at, blocks)


def _act_posting(session: Session, act: Act) -> Paper:
    if act.voted_on is None:
        raise NotYet(_l("Cette délibération n’est pas votée\N{NO-BREAK SPACE}: rien n’est encore affiché."))
    values = {"commune": _commune(act.body), "number": act.number, "voted": act.voted_on, "title": act.title}
    blocks: list[Block] = []
    if act.published_on:
        mode = say("modes", act.publication_mode)
        blocks.append(Paragraph(say("posting", "act", published=act.published_on, mode=mode, **values)))
        if act.published_until:
            blocks.append(Paragraph(say("posting", "until", day=act.published_until)))
    else:
        blocks.append(Paragraph(say("posting", "act_blank", **values)))
    blocks.append(_signed_by_mayor(session, act.body, act.voted_on))
    return Paper(say("posting", "title"), act.body, act.changed_at, tuple(blocks))


# --- the register of a year ---


def register_paper(session: Session, body: Body, year: int, *, at: datetime) -> Paper:
    """The register of a year: table by date, table by matter, then every act."""
    acts = register_of(session, body.id, year)
    title = say("register", "title", year=year)
    if not acts:
        return Paper(title, body, at, (Paragraph(say("register", "none")),))
    blocks: list[Block] = [Heading(say("register", "by_date")), _table_by_date(acts)]
    blocks += [Heading(say("register", "by_subject")), _table_by_matter(acts)]
    meetings: dict[int, tuple[Meeting, list[str]]] = {}
    for act in acts:
        point = point_of_act(session, act.id)
        blocks.append(PageBreak())
        blocks.append(Heading(say("act", "title", number=act.number)))
        blocks += _act_blocks(session, act, point, day_of(at))
        if point is not None:
            meetings.setdefault(point.meeting_id, (point.meeting, []))[1].append(act.number)
    blocks.append(PageBreak())
    for meeting, numbers in meetings.values():
        present = [seat for seat in meeting.seats if seat.attendance == Attendance.PRESENT]
        blocks.append(
            Paragraph(
                say(
                    "register",
                    "closing",
                    day=day_of(meeting.starts_at),
                    numbers=", ".join(numbers),
                    names=_named(present),
                )
            )
        )
        blocks.append(_signed_by_both(session, meeting))
    return Paper(title, body, max(act.changed_at for act in acts), tuple(blocks))


def _table_by_date(acts: Sequence[Act]) -> Table:
    header = tuple(say("register", key) for key in ("number", "date", "subject", "outcome", "transmitted", "published"))
    rows = tuple(
        (
            act.number,
            f"{act.voted_on:%d/%m/%Y}" if act.voted_on else "",
            act.title,
            say("outcomes", act.status),
            f"{act.transmitted_on:%d/%m/%Y}" if act.transmitted_on else "",
            f"{act.published_on:%d/%m/%Y}" if act.published_on else "",
        )
        for act in acts
    )
    return Table(header, rows)


def _table_by_matter(acts: Sequence[Act]) -> Table:
    header = tuple(say("register", key) for key in ("matter", "number", "subject"))
    ordered = sorted(acts, key=lambda act: (act.matter or "~", act.register_rank or 0))
    return Table(header, tuple((f"{act.matter} {act.matter_label}".strip(), act.number, act.title) for act in ordered))


# --- the file for the State's platform ---


def package(session: Session, act: Act, *, today: date) -> bytes:
    """The files to hand to the platform of tele-transmission: the act, its annexes, what the form asks.

    :raises NotYet: for an act that was not adopted.
    """
    if act.status != ActStatus.ADOPTED or act.voted_on is None:
        raise NotYet(_l("Seule une délibération adoptée se transmet."))
    name = f"{act.register_year}_{act.register_rank:03d}"
    files = {f"{name}-deliberation.pdf": print_pdf(act_paper(session, act, "deliberation", today=today))}
    if act.version is not None:
        wanted = Print(PrintKind.SUBMITTED, act.version.made_at, act.version.number, act.version.sha256)
        files[f"{name}-annexe-1.pdf"] = write_text(document_of(act.version), wanted, "pdf", "fr")
    files["metadonnees.json"] = _metadata(act, name, files)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for filename, content in files.items():
            entry = zipfile.ZipInfo(filename, date_time=act.changed_at.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return buffer.getvalue()


def _metadata(act: Act, name: str, files: dict[str, bytes]) -> bytes:
    told: dict[str, Any] = {
        "collectivite": act.body.name,
        "siret": act.body.siret,
        "numero_interne": name,
        "numero_registre": act.number,
        "nature": "DE",
        "nature_libelle": "Délibérations",
        "date_decision": act.voted_on.isoformat() if act.voted_on else "",
        "objet": act.title,
        "matiere_code": act.matter,
        "matiere_libelle": act.matter_label,
        "fichiers": [
            {"nom": filename, "sha256": hashlib.sha256(content).hexdigest(), "media_type": MEDIA["pdf"]}
            for filename, content in files.items()
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=2).encode("utf-8")


__all__ = ["NotYet", "Paper", "act_paper", "meeting_paper", "package", "print_pdf", "register_paper"]
