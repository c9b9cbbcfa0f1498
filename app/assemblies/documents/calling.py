"""The convocation on paper and by e-mail, and the form of a proxy."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.assemblies import queries
from app.assemblies.documents.paper import (
    clause_of,
    heading_of,
    hour_of,
    names_of,
    paper_of,
    say,
    sent_stamp_of,
    word,
)
from app.assemblies.models import Dispatch, ItemKind
from app.assemblies.queries.reach import called, unreached
from app.assemblies.reckoning import called_for, new_at_second
from app.assemblies.services.convening import latest_dispatch
from app.documents.textdoc import Heading, ItemList, PageBreak, Paragraph, Signature, Signatures
from app.law.words import counted
from app.shared.clock import day_of

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from app.assemblies.models import Assembly, AssemblySeat
    from app.documents.textdoc import Block
    from app.law.statutes import Statutes
    from app.printing import Paper


def convocation_paper(session: Session, assembly: Assembly) -> Paper:
    """The convocation, addressed to nobody in particular."""
    statutes = queries.statutes_of(session, assembly, day_of(assembly.starts_at))
    blocks = _letter(assembly, statutes, None)
    if (sent := latest_dispatch(assembly)) is not None:
        blocks.append(Paragraph(say("convocation", "posted", day=sent), manner="note"))
    if statutes.proxies_per_person != 0:
        blocks += [PageBreak(), Heading(say("pouvoir", "title")), *_proxy_form(assembly, statutes)]
    stamp, heading = sent_stamp_of(assembly), heading_of(assembly, called_for(assembly))
    return paper_of(say("convocation", "title"), assembly.body, stamp, tuple(blocks), heading)


def letters_paper(session: Session, assembly: Assembly) -> Paper:
    """One letter for each person whom no e-mail reaches, each with the form of a proxy."""
    statutes = queries.statutes_of(session, assembly, day_of(assembly.starts_at))
    unread = unreached(session, assembly)
    posted = [seat for seat in called(assembly) if not seat.email or seat.dispatch == Dispatch.LETTER or seat in unread]
    stamp, heading, body = sent_stamp_of(assembly), heading_of(assembly, called_for(assembly)), assembly.body
    empty = () if posted else (Paragraph(say("common", "none")),)
    reached = (*body.address.splitlines(), body.phone, body.email)
    return replace(
        paper_of(say("convocation", "title"), body, stamp, empty, heading),
        letters=tuple(_posted(assembly, statutes, seat) for seat in posted),
        under=" · ".join(line.strip() for line in reached if line.strip()),
    )


def _posted(assembly: Assembly, statutes: Statutes, seat: AssemblySeat) -> tuple[Block, ...]:
    lines = "\n".join([seat.name, *(line for line in seat.address.splitlines() if line.strip())])
    blocks = [Paragraph(lines, manner="address"), *_letter(assembly, statutes, seat)]
    if seat.may_vote and statutes.proxies_per_person != 0:
        blocks += [PageBreak(), Heading(say("pouvoir", "title")), *_proxy_form(assembly, statutes)]
    return tuple(blocks)


def proxy_paper(session: Session, assembly: Assembly) -> Paper:
    """The form by which somebody gives a proxy."""
    statutes = queries.statutes_of(session, assembly, day_of(assembly.starts_at))
    blocks = _proxy_form(assembly, statutes)
    stamp, heading = sent_stamp_of(assembly), heading_of(assembly, called_for(assembly))
    return paper_of(say("pouvoir", "title"), assembly.body, stamp, tuple(blocks), heading)


def _proxy_form(assembly: Assembly, statutes: Statutes) -> list[Block]:
    if statutes.proxies_per_person == 0:
        return [Paragraph(say("pouvoir", "none", clause=clause_of(statutes, "proxies")))]
    blocks: list[Block] = [
        Paragraph(
            say(
                "pouvoir",
                "body",
                body=assembly.body.name,
                the=word("the", assembly.kind),
                day=day_of(called_for(assembly)),
            )
        )
    ]
    if statutes.proxies_per_person is not None:
        clause = clause_of(statutes, "proxies")
        number = counted(statutes.proxies_per_person, "pouvoir")
        blocks.append(Paragraph(say("pouvoir", "limit", number=number, clause=clause)))
    blocks += [
        Paragraph(say("pouvoir", "done")),
        Paragraph(say("pouvoir", "back"), manner="note"),
        Signatures((Signature(party=say("pouvoir", "title"), caption=say("pouvoir", "sign")),)),
    ]
    return blocks


def convocation_text(assembly: Assembly, statutes: Statutes, seat: AssemblySeat, url: str) -> tuple[str, str]:
    """The subject and the words of the e-mail to one person."""
    lines = [say("convocation", "dear", name=seat.name), "", *_sentences(assembly, statutes), ""]
    lines.append(say("common", "agenda"))
    lines += [f"{number}. {item.title}" for number, item in enumerate(assembly.agenda, 1)]
    if assembly.message:
        lines += ["", assembly.message]
    lines.append("")
    if seat.may_vote:
        lines.append(_proxy_sentence(statutes, "proxy_mail"))
    else:
        lines.append(say("convocation", "no_vote"))
    if url:
        lines += ["", say("convocation", "answer", url=url), say("convocation", "answer_hint")]
    lines += ["", say("convocation", "regards"), assembly.called_by or assembly.body.name]
    subject = say("convocation", "subject", kind=word("kinds", assembly.kind), day=day_of(assembly.starts_at))
    return f"{subject} – {assembly.body.name}", "\n".join(lines)


def _letter(assembly: Assembly, statutes: Statutes, seat: AssemblySeat | None) -> list[Block]:
    blocks: list[Block] = []
    if seat is not None:
        blocks.append(Paragraph(say("convocation", "dear", name=seat.name), manner="lead"))
    blocks += [Paragraph(text) for text in _sentences(assembly, statutes)]
    blocks.append(Heading(say("common", "agenda")))
    titles = assembly.convened_as.get("agenda") or [item.title for item in assembly.agenda]
    blocks.append(ItemList(tuple(titles) or (say("common", "none"),), ordered=True))
    blocks += [Paragraph(text) for text in assembly.message.splitlines() if text.strip()]
    if seat is not None and not seat.may_vote:
        blocks.append(Paragraph(say("convocation", "no_vote")))
    else:
        blocks.append(Paragraph(_proxy_sentence(statutes, "proxy")))
    blocks.append(Paragraph(say("convocation", "regards")))
    blocks.append(Signatures((Signature(party=say("common", "called_by"), name=assembly.called_by),)))
    return blocks


def _sentences(assembly: Assembly, statutes: Statutes) -> list[str]:
    values = {"the": word("the", assembly.kind), "body": assembly.body.name}
    moment, sent = called_for(assembly), assembly.convened_as
    said = [say("convocation", "body", day=day_of(moment), hour=hour_of(moment), **values)]
    if place := sent.get("place", assembly.place):
        said.append(say("convocation", "place", place=place))
    if link := sent.get("link", assembly.link):
        said.append(say("convocation", "link", link=link))
    if assembly.second_of is not None:
        said += _second(assembly, day_of(assembly.second_of.starts_at), statutes)
    return said


def _second(assembly: Assembly, first: date, statutes: Statutes) -> list[str]:
    """That it is a second call; what is new in it keeps the quorum that the first agenda is freed from."""
    new = [item.title for item in new_at_second(assembly) if item.kind != ItemKind.INFORMATION]
    call, freed = (
        ("second_more" if len(new) == 1 else "second_several", "second_none_but") if new else ("second", "second_none")
    )
    values = {"first": first, "titles": names_of([say("common", "quoted", title=title) for title in new])}
    said = [say("convocation", call, **values)]
    if statutes.second_quorum == "none":
        said.append(say("convocation", freed, clause=clause_of(statutes, "second"), **values))
    return said


def _proxy_sentence(statutes: Statutes, key: str) -> str:
    if statutes.proxies_per_person == 0:
        return say("convocation", "proxy_none", clause=clause_of(statutes, "proxies"))
    limit = ""
    if statutes.proxies_per_person is not None:
        clause = clause_of(statutes, "proxies")
        limit = say("convocation", "limit", number=statutes.proxies_per_person, clause=clause)
    return say("convocation", key, limit=limit)
