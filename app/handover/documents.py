"""The pack on paper, with the places where both sides sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import force_locale
from flask_babel import gettext as _

from app.assemblies.documents import paper_of
from app.bodies.labels import office_shown
from app.documents.textdoc import Heading, ItemList, Paragraph, Run, Signature, Signatures
from app.handover.changes import missing
from app.handover.labels import SIGNING
from app.handover.models import Side, Signed
from app.handover.pack import pack_of, read
from app.law.words import french, full_day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.bodies.models import Mandate
    from app.documents.textdoc import Block, Words
    from app.handover.models import Handover, HandoverPerson
    from app.handover.pack import Section
    from app.handover.sources import Line
    from app.printing import Paper


def handover_paper(session: Session, handover: Handover, *, at: datetime) -> Paper:
    """The pack: as frozen once it is sealed, as it stands before."""
    with force_locale("fr"):
        sections = read(handover.content) if handover.content else pack_of(session, handover, at=at)
        blocks: list[Block] = [
            Paragraph(
                _lead(handover),
                manner="lead",
            )
        ]
        if handover.message:
            blocks += [Paragraph(french(line)) for line in handover.message.splitlines() if line.strip()]
        for section in sections:
            blocks += _section(section)
        signing = [(side, one) for side in Side for one in handover.side(side)]
        blocks.append(Heading(_("Signatures de la passation du %(day)s", day=full_day(handover.takes_over_on))))
        blocks += _missing(missing(session, [handover])[handover.id])
        blocks.append(Signatures(tuple(_signature(side, one) for side, one in signing)))
        state = "" if handover.content else _("Projet")
        return paper_of(
            title=_("Dossier de passation"),
            body=handover.body,
            created=handover.sealed_at or at,
            blocks=tuple(blocks),
            subtitle=french(_("Prise de fonction le %(day)s", day=full_day(handover.takes_over_on))),
            state=state,
        )


def _lead(handover: Handover) -> str:
    """What is handed to whom: a board to the next one, or one office alone."""
    if any(one.stands_in for one in handover.people):
        return french(
            _(
                "Ce qui suit est remis à qui prend la suite. Aucun mot de passe n’y figure : chacun entre avec son "
                "propre compte."
            )
        )
    return french(
        _(
            "Le bureau sortant remet au bureau entrant ce qui suit. Aucun mot de passe n’y figure : "
            "chacun entre avec son propre compte."
        )
    )


def _missing(mandates: Sequence[Mandate]) -> list[Block]:
    """Who leaves or comes that day by the mandates as they are now, and is in no handover."""
    if not mandates:
        return []
    names = ", ".join(f"{one.person.name} ({office_shown(one)})" for one in mandates)
    return [Paragraph(french(_("Change aussi ce jour-là, et n’est pas dans ce dossier : %(names)s.", names=names)))]


def _section(section: Section) -> list[Block]:
    if not section.lines:
        return [Heading(section.title), Paragraph(french(section.empty))]
    return [Heading(section.title), ItemList(tuple(_words(line) for line in section.lines))]


def _words(line: Line) -> Words:
    rest = " – ".join(part for part in (line.reason, line.date) if part)
    runs = [Run(line.title, bold=True)]
    if rest:
        runs.append(Run(f" – {rest}"))
    return tuple(runs)


def _signature(side: Side, one: HandoverPerson) -> Signature:
    caption = _("Signature")
    if one.signed_how == Signed.ACCOUNT:
        caption = _("Signé depuis son compte")
        if one.signed_by != one.name:
            caption = _("Signé depuis le compte « %(name)s », relié à sa fiche", name=one.signed_by)
        caption += _tied(one)
    elif one.signed_how == Signed.PAPER:
        caption = _on_paper(one)
    elif one.signed_how == Signed.WAIVED:
        caption = _("Ne signe pas : %(why)s (noté par %(name)s)", why=one.remark, name=one.signed_by)
        if one.is_proven:
            caption += _(", pièce jointe : %(file)s", file=one.proof_name)
    if one.contested_on is not None:
        caption += _contested(one, full_day(one.contested_on))
    return Signature(
        party=str(SIGNING[side]),
        name=one.name,
        function=one.function,
        date=full_day(one.signed_on) if one.signed_on else "",
        caption=french(caption),
    )


def _tied(one: HandoverPerson) -> str:
    """Since when the account was theirs, and who said so; of long ago nothing is known."""
    if one.tied_on is None:
        return ""
    day = full_day(one.tied_on)
    if not one.tied_by:
        if one.reached_on is None:
            return str(_(" (compte relié le %(day)s à sa fiche, qui donne son adresse)", day=day))
        since = full_day(one.reached_on)
        told = _(
            " (compte relié le %(day)s à sa fiche, qui donne son adresse depuis le %(since)s)", day=day, since=since
        )
        return str(told)
    return str(_(" (compte relié à sa fiche le %(day)s par %(name)s)", day=day, name=one.tied_by))


def _contested(one: HandoverPerson, day: str) -> str:
    """What this person once struck, whatever was noted since."""
    if not one.contested_noter:
        return str(_(" ; a contesté le %(day)s une signature donnée depuis un compte à son nom", day=day))
    return str(_(" ; a contesté le %(day)s ce que %(noter)s avait noté à sa place", day=day, noter=one.contested_noter))


def _on_paper(one: HandoverPerson) -> str:
    """Who noted it, when, and whether a copy of the paper is joined; lines of long ago know neither."""
    if one.noted_on is None:
        return str(_("Signature sur papier, notée par %(name)s", name=one.signed_by))
    day = full_day(one.noted_on)
    if one.is_proven:
        told = _(
            "Signature sur papier, notée par %(name)s le %(day)s, pièce jointe : %(file)s",
            name=one.signed_by,
            day=day,
            file=one.proof_name,
        )
        return str(told)
    return str(_("Signature sur papier, notée par %(name)s le %(day)s", name=one.signed_by, day=day))
