"""The papers of a founding: statutes, convocation, sheet, minutes, officers, mandate, list. They are French acts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.orm import object_session

from app.assemblies.documents import MEETING
from app.documents.docx import write_docx
from app.documents.odt import write_odt
from app.documents.textdoc import (
    Heading,
    ItemList,
    Paragraph,
    Run,
    Signature,
    Signatures,
    Table,
)
from app.founding import statutes
from app.founding.models import Attendance
from app.founding.papers import officers_of, papers_of
from app.founding.queries import is_local
from app.founding.reckoning import figure, founders_needed
from app.founding.services.meeting import papers_in_room
from app.founding.services.statutes import clauses_of
from app.law.sentences import Sentences, hour_said
from app.law.words import euros, french, full_day
from app.printing import Paper, document_of, print_paper
from app.shared.clock import PARIS, day_of

if TYPE_CHECKING:
    from datetime import date

    from app.documents.textdoc import Block
    from app.founding.models import Founder, Founding

_SENTENCES = Sentences(Path(__file__).with_name("data") / "documents.toml")
say = _SENTENCES.say
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_ODT = "application/vnd.oasis.opendocument.text"


def paper_pdf(founding: Founding, name: str, *, today: date) -> bytes:
    """One of the papers as PDF/A-3a and PDF/UA-1; those of the assembly are written in its own room."""
    session = object_session(founding)
    if founding.meeting is not None and session is not None and name in papers_in_room(founding):
        return print_paper(MEETING[name](session, founding.meeting))
    return print_paper(_PAPERS[name](founding, today))


def word_file(founding: Founding, form: str, *, today: date) -> tuple[bytes, str]:
    """The statutes for a word processor, and what kind of file that is."""
    write, media_type = (write_docx, _DOCX) if form == "docx" else (write_odt, _ODT)
    return write(document_of(_statutes(founding, today))), media_type


def _paper(founding: Founding, title: str, blocks: list[Block], *, subtitle: str = "", state: str = "") -> Paper:
    exists = founding.registered_on or founding.published_on
    return Paper(
        title=title,
        body=founding.committee.name,
        created=founding.changed_at,
        blocks=tuple(blocks),
        subtitle=subtitle,
        under="" if exists else say("common", "under"),
        footer=say("common", "made_on", day=full_day(day_of(founding.changed_at))),
        state=state,
    )


def _statutes(founding: Founding, today: date) -> Paper:
    del today
    blocks: list[Block] = []
    for article in statutes.articles(clauses_of(founding), founding.fields, founding.own_words):
        blocks.append(Heading(say("statutes", "article", number=article.number, heading=article.heading)))
        for paragraph in article.body:
            lines = tuple(_runs(line) for line in paragraph.lines)
            blocks += [ItemList(lines)] if paragraph.is_list else [Paragraph(line) for line in lines]
    done = founding.held_on
    blocks.append(Paragraph(say("statutes", "done_at", day=full_day(done)) if done else say("statutes", "done_blank")))
    blocks.append(_signed_by(officers_of(founding)[:2], founding))
    return _paper(founding, say("statutes", "title"), blocks, state="" if done else say("common", "project"))


def _runs(line: tuple[tuple[str, bool], ...]) -> tuple[Run, ...]:
    return tuple(Run(statutes.label_of(text, "fr") if blank else text, blank=blank) for text, blank in line)


def _signed_by(officers: list[Founder], founding: Founding) -> Signatures:
    caption = say("common", "signature")
    if is_local(founding.body):
        people = founding.founders_now
        return Signatures(tuple(Signature(party=one.person.name, name="", caption=caption) for one in people[:8]))
    if not officers:
        blank = Signature(party=say("common", "function"), name="", caption=caption)
        return Signatures((blank, blank))
    return Signatures(
        tuple(Signature(party=say("offices", one.office), name=one.person.name, caption=caption) for one in officers)
    )


def _convocation(founding: Founding, today: date) -> Paper:
    name, moment = founding.committee.name, founding.assembly_at
    needed = founders_needed(founding.body, today)
    unknown = say("common", "unknown")
    local = moment.astimezone(PARIS) if moment else None
    values = {
        "day": full_day(local.date()) if local else unknown,
        "hour": hour_said(f"{local:%H:%M}") if local else unknown,
        "place": founding.assembly_place or unknown,
    }
    blocks: list[Block] = [
        Paragraph(say("convocation", "lead"), manner="lead"),
        Paragraph(say("convocation", "body", name=name, **values)),
        Heading(say("convocation", "agenda")),
        ItemList(tuple(_SENTENCES.listed("convocation", "points")), ordered=True),
        Paragraph(say("convocation", "statutes")),
        Paragraph(say("convocation", "needed", count=needed.value, article=needed.article)),
        Heading(say("convocation", "proxy")),
        Paragraph(say("convocation", "proxy_text", name=name)),
    ]
    if founding.convened_on:
        blocks.append(Paragraph(say("convocation", "sent", day=full_day(founding.convened_on)), manner="note"))
    return _paper(founding, say("convocation", "title"), blocks)


def _sheet(founding: Founding, today: date) -> Paper:
    del today
    header = (say("common", "name"), say("sheet", "represented"), say("common", "signature"))
    rows = tuple(
        (one.person.name, one.represented_by if one.attendance == Attendance.REPRESENTED else "", "")
        for one in founding.founders_now
    )
    moment = founding.assembly_at
    day = founding.held_on or (moment.astimezone(PARIS).date() if moment else None)
    blocks: list[Block] = [
        Table(header, (*rows, *(((" \n ", "", ""),) * max(0, 12 - len(rows))))),
        Paragraph(say("sheet", "certified")),
        _chairs(founding),
        Paragraph(say("sheet", "note"), manner="note"),
    ]
    subtitle = say("sheet", "subtitle", day=full_day(day) if day else say("common", "unknown"))
    return _paper(founding, say("sheet", "title"), blocks, subtitle=subtitle)


def _chairs(founding: Founding) -> Signatures:
    caption = say("common", "signature")
    return Signatures(
        (
            Signature(party=say("common", "president"), name=founding.chaired_by, caption=caption),
            Signature(party=say("common", "secretary"), name=founding.written_by, caption=caption),
        )
    )


def _minutes(founding: Founding, today: date) -> Paper:
    del today
    unknown = say("common", "unknown")
    there = [one for one in founding.founders_now if one.attendance == Attendance.PRESENT]
    far = [one for one in founding.founders_now if one.attendance == Attendance.REPRESENTED]
    blocks: list[Block] = [
        Paragraph(
            say(
                "minutes",
                "lead",
                day=full_day(founding.held_on) if founding.held_on else unknown,
                name=founding.committee.name,
                place=founding.assembly_place or unknown,
            )
        ),
        Paragraph(
            say("minutes", "present", names=", ".join(one.person.name for one in there) or say("common", "none"))
        ),
    ]
    if far:
        names = ", ".join(say("minutes", "by", name=one.person.name, holder=one.represented_by) for one in far)
        blocks.append(Paragraph(say("minutes", "represented", names=names)))
    chair, secretary = founding.chaired_by or unknown, founding.written_by or unknown
    blocks.append(Paragraph(say("minutes", "bureau", chair=chair, secretary=secretary)))
    blocks += _resolutions(founding)
    if founding.assembly_note:
        blocks.append(Heading(say("minutes", "other")))
        blocks += [Paragraph(text) for text in founding.assembly_note.splitlines() if text.strip()]
    blocks += [Paragraph(say("minutes", "end")), _chairs(founding)]
    state = "" if founding.held_on else say("minutes", "project")
    return _paper(founding, say("minutes", "title"), blocks, state=state)


def _resolutions(founding: Founding) -> list[Block]:
    counts = {"for": founding.votes_for, "against": founding.votes_against, "abstentions": founding.abstentions}
    unknown = say("common", "unknown")
    told = {name: unknown if value is None else value for name, value in counts.items()}
    fee = say("minutes", "fee_text", amount=euros(founding.fee)) if founding.fee else say("minutes", "no_fee")
    declarant = founding.declarant
    mandate = say("minutes", "mandate_text", name=declarant.name) if declarant else say("minutes", "mandate_none")
    lines = tuple(_officer_line(one) for one in officers_of(founding)) or (unknown,)
    return [
        Heading(say("minutes", "statutes")),
        Paragraph(say("minutes", "statutes_text", **told)),
        Heading(say("minutes", "fee")),
        Paragraph(fee),
        Heading(say("minutes", "officers")),
        Paragraph(say("minutes", "officers_text")),
        ItemList(lines),
        Heading(say("minutes", "mandate")),
        Paragraph(mandate),
    ]


def _officer_line(founder: Founder) -> str:
    values = {"function": say("offices", founder.office), "name": founder.person.name}
    if founder.votes is None:
        return say("minutes", "officer", **values)
    return say("minutes", "officer_votes", votes=founder.votes, **values)


def _officers(founding: Founding, today: date) -> Paper:
    del today
    local = is_local(founding.body)
    columns = ["name", "function", "occupation", "address", "nationality", *(["birth"] if local else [])]
    rows = [
        (
            one.person.name,
            say("offices", one.office),
            one.occupation,
            one.address,
            one.nationality,
            *([""] if local else []),
        )
        for one in officers_of(founding)
    ]
    seat = founding.fields.get("siege_adresse") or say("common", "unknown")
    blocks: list[Block] = [
        Paragraph(say("officers", "lead", name=founding.committee.name, seat=seat)),
        Table(tuple(say("common", column) for column in columns), tuple(rows or [("",) * len(columns)])),
        _signed_by(officers_of(founding)[:1], founding) if not local else _chairs(founding),
    ]
    return _paper(founding, say("officers", "title"), blocks)


def _mandate(founding: Founding, today: date) -> Paper:
    del today
    unknown = "………………………………"
    president = next((one for one in officers_of(founding) if one.office == "president"), None)
    text = say(
        "mandate",
        "body",
        president=president.person.name if president else unknown,
        name=founding.committee.name,
        declarant=founding.declarant.name if founding.declarant else unknown,
        day=full_day(founding.held_on) if founding.held_on else unknown,
    )
    blocks: list[Block] = [Paragraph(text), _signed_by([president] if president else [], founding)]
    return _paper(founding, say("mandate", "title"), blocks)


def _pieces(founding: Founding, today: date) -> Paper:
    local = is_local(founding.body)
    court = founding.fields.get("tribunal") or say("common", "unknown")
    name = founding.committee.name
    lead = say("papers", "lead_local", name=name, court=court) if local else say("papers", "lead", name=name)
    rows = tuple(
        (
            french(str(one.title)),
            "\n".join(french(str(said)) for said in (one.reason, *one.wrong)),
            say("papers", "complete" if one.is_complete else "incomplete"),
        )
        for one in papers_of(founding, on=today)
    )
    changes = figure("delai_declaration_association_mois", today)
    blocks: list[Block] = [
        Paragraph(lead, manner="lead"),
        Table((say("papers", "piece"), say("papers", "asked"), say("papers", "ready")), rows),
        Paragraph(say("papers", "told")),
    ]
    if local:
        law = founders_needed(founding.body, today).article
        blocks.append(Paragraph(say("papers", "published_local", article=law)))
        blocks.append(Paragraph(say("papers", "after_local")))
    else:
        blocks.append(Paragraph(say("papers", "after", months=changes.value, article=changes.article)))
    return _paper(founding, say("papers", "title"), blocks)


def _registration(founding: Founding, today: date) -> Paper:
    """What the board asks of the court; its own form, where it has one, comes first."""
    del today
    unknown = say("common", "unknown")
    values = {
        "name": founding.committee.name,
        "seat": founding.fields.get("siege_adresse") or unknown,
        "court": founding.fields.get("tribunal") or unknown,
        "day": full_day(founding.held_on) if founding.held_on else unknown,
    }
    caption = say("common", "signature")
    signed = [
        Signature(party=say("offices", one.office), name=one.person.name, caption=caption)
        for one in officers_of(founding)
    ]
    blank = Signature(party=say("common", "function"), name="", caption=caption)
    blocks: list[Block] = [
        Paragraph(say("registration", "to", **values), manner="lead"),
        Paragraph(say("registration", "body", **values)),
        Paragraph(say("registration", "joined")),
        ItemList(tuple(say("registration", f"joined_{number}") for number in range(1, 5))),
        Signatures(tuple(signed or [blank, blank])),
        Paragraph(say("registration", "check"), manner="note"),
    ]
    return _paper(founding, say("registration", "title"), blocks)


_PAPERS = {
    "inscription": _registration,
    "statuts": _statutes,
    "convocation": _convocation,
    "feuille-de-presence": _sheet,
    "proces-verbal": _minutes,
    "dirigeants": _officers,
    "mandat": _mandate,
    "pieces": _pieces,
}
