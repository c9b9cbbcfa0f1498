"""A deliberation, its extract, its certificate, its attestation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.council import drafting, spelled
from app.council.contests import happened
from app.council.documents.paper import (
    NotYet,
    commune_of,
    named,
    on_paper,
    say,
    signed_by_both,
    signed_by_mayor,
)
from app.council.documents.passed import mentions
from app.council.documents.telling import (
    absent_lines,
    called,
    counts_taken_back,
    election_lines,
    proxy_lines,
    result_lines,
    second_lines,
    voice_lines,
)
from app.council.forecast import BEFORE_THE_VOTE
from app.council.labels import MODES
from app.council.meter import meter_of
from app.council.models import ActEventKind, ActStatus
from app.council.moving import withdrawn_at
from app.council.publicity import published_otherwise
from app.council.queries import council_of, is_cleared, overrides_of, point_of_act
from app.council.reckoning import setting_of, standing_at
from app.council.secretaries import secretary_at
from app.documents.textdoc import (
    Paragraph,
    Run,
)
from app.law import tables
from app.law.words import printed
from app.shared.clock import day_of
from app.texts import formats

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from app.council.models import Act, ActEvent, AgendaPoint, Meeting
    from app.documents.textdoc import Block
    from app.printing import Paper


def act_paper(session: Session, act: Act, document: str, *, today: date) -> Paper:
    """One of the documents of an act, by the word in its address."""
    if document == "certificat":
        return _certificate(session, act, today)
    if document == "affichage":
        return _act_posting(session, act)
    return _act(session, act, today, is_extract=document == "extrait")


def _act(session: Session, act: Act, today: date, *, is_extract: bool) -> Paper:
    point = point_of_act(session, act.id)
    blocks = act_blocks(session, act, point, today)
    if point is not None and act.voted_on:
        blocks.append(signed_by_both(session, point.meeting))
    else:
        blocks.append(signed_by_mayor(session, act.body, today))
    if is_extract:
        blocks.insert(-1, Paragraph(say("act", "certified")))
    title = say("act", "title", number=act.number) if act.number else say("act", "draft_title")
    subtitle = say("act", "extract") if act.voted_on else ""
    state = "" if act.voted_on else say("act", "state_draft")
    held = point.meeting if point is not None else act.body
    return on_paper(title, held, act.changed_at, tuple(blocks), subtitle, state=state, one_sheet=True)


def act_blocks(session: Session, act: Act, point: AgendaPoint | None, today: date) -> list[Block]:
    """The whole text of an act: who was there, visas, recitals, articles, the vote, what happened since."""
    meeting = point.meeting if point is not None else None
    on = drafting.act_day(act, day_of(meeting.starts_at) if meeting else None, today)
    blocks: list[Block] = []
    if meeting is not None and point is not None and act.voted_on:
        blocks += _heading_of_act(meeting, point)
    blocks.append(Paragraph((Run(say("act", "subject", title=act.title), bold=True),)))
    if rapporteur := (point.rapporteur if point is not None else "") or act.rapporteur:
        blocks.append(Paragraph(say("act", "rapporteur", name=rapporteur)))
    is_local = setting_of(act.body, None).is_local_law
    blocks += [Paragraph(printed(line)) for line in drafting.visa_lines(act.visas, on, is_local=is_local)]
    blocks += [Paragraph(printed(line)) for line in drafting.recital_lines(act.recitals)]
    rejected = act.status == ActStatus.REJECTED
    formula = f"{say('act', 'formula')} {say('act', 'rejects' if rejected else 'decides')}"
    blocks.append(Paragraph((Run(formula, bold=True),)))
    blocks += [
        Paragraph((Run(article_label(number) + ". ", bold=True), Run(printed(text))))
        for number, text in enumerate(act.articles, 1)
    ]
    if point is not None and act.voted_on:
        told = election_lines(point, point.meeting) if point.appointment.get("elected") else []
        if not point.appointment.get("rounds"):
            told += result_lines(point, point.meeting)
        blocks += [Paragraph(line) for line in told]
        blocks += [Paragraph(line) for line in voice_lines(point, point.meeting)]
        if withdrawn := withdrawn_at(point.meeting, point):
            blocks.append(Paragraph(say("act", "recused", names=named(one.seat for one in withdrawn))))
    return [*blocks, *_mentions_of_act(session, act, point)]


def article_label(number: int) -> str:
    """« Article 1er », « Article 2 »."""
    return say("act", "article_first") if number == 1 else say("act", "article", number=number)


def _heading_of_act(meeting: Meeting, point: AgendaPoint) -> list[Block]:
    standing = standing_at(meeting, point)
    president = standing.chair
    lines = [
        say(
            "act",
            "meeting",
            day=day_of(meeting.starts_at),
            presided=say("minutes", "presided", name=formats.of(president.name)) if president is not None else "",
            sent=called(meeting),
            posted=f" {say('act', 'posted', day=meeting.posted_on).strip()}" if meeting.posted_on else "",
        ),
        *(() if standing.needs_quorum else second_lines(meeting, is_act=True)),
        say(
            "act",
            "counts",
            in_office=standing.in_office,
            present=len(standing.present),
            represented=len(standing.represented),
            voters=standing.voters,
        ),
        say("minutes", "present", names=named(standing.present)),
    ]
    lines += proxy_lines(standing.represented)
    represented = {proxy.giver_id for proxy in standing.represented}
    absent = [seat for seat in standing.absent if seat.id not in represented]
    lines += absent_lines(absent)
    secretary = secretary_at(meeting, point) or next((seat for seat in meeting.seats if seat.is_secretary), None)
    if secretary is not None:
        lines.append(say("minutes", "secretary", name=secretary.name))
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
        months = spelled.number(tables.number("delai_recours_mois", act.published_on or act.voted_on))
        lines.append(say("act", "remedies", court=court, months=months))
    lines += [_fact_line(event) for event in act.facts]
    blocks: list[Block] = [Paragraph(line, manner="note") for line in lines]
    if point is not None and act.voted_on:
        of_meeting = [
            one
            for one in overrides_of(session, meeting_id=point.meeting_id)
            if one.point_id in {None, point.id} and one.act_id is None
        ]
        blocks += mentions(session, of_meeting, meeting=point.meeting, act=act)
    of_act = overrides_of(session, act_id=act.id)
    if not (is_cleared(session, act) or happened(act, ActEventKind.TEXT_SIGNED)):
        of_act = [one for one in of_act if one.check_id in {"C32", *BEFORE_THE_VOTE}]
    blocks += mentions(session, of_act, act=act)
    return blocks


def _fact_line(event: ActEvent) -> str:
    """What happened on a day; a vote that was written down wrongly tells what stood before."""
    what = say("events", event.kind)
    if event.is_vote_taken_back and event.before.get("proclaimed"):
        what = say("events", "appointment_corrected", told=event.before["proclaimed"].rstrip("."))
    elif event.is_vote_taken_back:
        what = say("events", "vote_corrected", told=counts_taken_back(event.before))
    text = f" ({event.text.rstrip('. ')})" if event.text else ""
    return say("act", "event", day=event.happened_on, what=what, text=text)


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
    _require_published_lawfully(act)
    meter = meter_of(act, today)
    if not meter.is_enforceable or meter.enforceable_from is None:
        raise NotYet(_l("Ce certificat ne se délivre pas encore\N{NO-BREAK SPACE}: %(reason)s", reason=meter.sentence))
    body = say(
        "certificate",
        "body",
        commune=commune_of(act.body),
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
        signed_by_mayor(session, act.body, today),
    )
    return on_paper(say("certificate", "title"), act.body, act.changed_at, blocks)


def _require_published_lawfully(act: Act) -> None:
    """An act published otherwise than its commune had to that day is not known to be enforceable (C32).

    :raises NotYet: with what to do, unless somebody answers for it.
    """
    lawful = published_otherwise(act)
    if lawful is None:
        return
    raise NotYet(
        _l(
            "Ce certificat ne se délivre pas\N{NO-BREAK SPACE}: la délibération est notée comme publiée autrement que "
            "la commune ne le devait ce jour-là, qui est\N{NO-BREAK SPACE}: %(mode)s (CGCT, art. L. 2131-1). "
            "Corrigez la publication, ou le choix du conseil et le jour depuis lequel il vaut.",
            mode=MODES[lawful],
        )
    )


def _act_posting(session: Session, act: Act) -> Paper:
    if act.voted_on is None:
        raise NotYet(_l("Cette délibération n’est pas votée\N{NO-BREAK SPACE}: rien n’est encore affiché."))
    values = {"commune": commune_of(act.body), "number": act.number, "voted": act.voted_on, "title": act.title}
    blocks: list[Block] = []
    if act.published_on:
        mode = say("modes", act.publication_mode)
        blocks.append(Paragraph(say("posting", "act", published=act.published_on, mode=mode, **values)))
        if act.published_until:
            blocks.append(Paragraph(say("posting", "until", day=act.published_until)))
    else:
        blocks.append(Paragraph(say("posting", "act_blank", **values)))
    point = point_of_act(session, act.id)
    blocks.append(signed_by_mayor(session, act.body, act.voted_on, after=point.meeting if point else None))
    return on_paper(say("posting", "title"), act.body, act.changed_at, tuple(blocks))
