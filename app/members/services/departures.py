"""Who left as a list tells it: who comes in all the same, and which members are to leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.members.headings import Meaning
from app.members.labels import STATUS_NAMES
from app.members.lines import BadLine
from app.members.models import Leaving, MemberStatus
from app.members.services.leaving import objection_to_leaving
from app.members.services.plan import Departure
from app.members.situations import kind_of
from app.shared.folding import fold

if TYPE_CHECKING:
    from datetime import date

    from app.members.lines import ReadLine
    from app.members.models import Member
    from app.members.services.plan import Plan
    from app.shared.fuzzydate import FuzzyDate


def without_a_day(line: ReadLine, ranks: list[int], plan: Plan) -> tuple[list[int], MemberStatus]:
    """Who comes in of a line that says that somebody left and not when: nobody as a member who is none.

    The one who died is left out and the others come in. Where it may be said of several, all of them come in without
    vote nor dues. Somebody alone is left aside.
    """
    text = line.cell(Meaning.STATUS) or line.cell(Meaning.LEAVING)
    plan.lacks_a_day = True
    others = [rank for rank in ranks if rank not in line.gone]
    if others:
        sentence = _l(
            "« %(text)s », sans la date : %(gone)s n’est pas inscrit, %(others)s l’est comme membre. Écrivez la date "
            "du départ ci-dessus pour inscrire aussi l’ancien membre.",
            text=text[:40],
            gone=line.names_of(sorted(line.gone)),
            others=line.names_of(others),
        )
        plan.doubts.append(BadLine(line.line, sentence))
        return others, line.situation.status
    if len(ranks) > 1:
        sentence = _l(
            "« %(text)s », sans la date du départ : %(names)s sont inscrits comme suspendus, sans vote ni cotisation. "
            "Écrivez la date ci-dessus, ou corrigez leurs fiches.",
            text=text[:40],
            names=line.names_of(ranks),
        )
        plan.doubts.append(BadLine(line.line, sentence))
        return ranks, MemberStatus.SUSPENDED
    sentence = _l(
        "%(name)s : « %(text)s », sans la date du départ. Écrivez-la ci-dessus pour l’inscrire comme ancien membre, "
        "ou laissez cette ligne",
        text=text[:40],
        name=line.names_of(ranks),
    )
    plan.bad.append(BadLine(line.line, sentence))
    return [], line.situation.status


def tell_survivors(line: ReadLine, plan: Plan) -> None:
    """Say who of a line died and who stays a member."""
    others = [rank for rank in range(len(line.people)) if rank not in line.gone]
    sentence = _l(
        "lu comme : %(gone)s est parti·e, %(others)s reste membre. Est-ce bien cela ?",
        gone=line.names_of(sorted(line.gone)),
        others=line.names_of(others),
    )
    plan.doubts.append(BadLine(line.line, sentence))


def _unchanged(line: ReadLine, member: Member, text: str, kept: object) -> BadLine:
    sentence = _l(
        "%(name)s (no %(number)s) : la liste dit « %(text)s », la fiche « %(status)s ». Rien n’est changé : "
        "corrigez la fiche",
        name=member.name,
        number=member.number,
        text=text[:40],
        status=kept,
    )
    return BadLine(line.line, sentence)


def tell_category(line: ReadLine, member: Member, plan: Plan) -> None:
    """Another category than the record's: vote and dues hang on it, so that no list changes it by itself."""
    text, kept = line.cell(Meaning.CATEGORY), member.category.name
    if not text or fold(text) == fold(kept):
        return
    kind = kind_of(text)
    if fold(text) in plan.wording.names or (kind is not None and kind != kind_of(kept)):
        plan.doubts.append(_unchanged(line, member, text, kept))


def tell_departure(  # who, and what the list says of them
    line: ReadLine, rank: int, member: Member, plan: Plan, left_on: FuzzyDate | None, *, on: date
) -> None:
    """What the list says of a member's standing that the record does not: a departure, a return, a suspension."""
    if rank not in line.gone:
        if member.until_sort is not None and member.until_sort < on:
            sentence = _l(
                "%(name)s (no %(number)s) est parti·e d’après sa fiche : si c’est un retour, ouvrez-la et choisissez "
                "« Revient »",
                name=member.name,
                number=member.number,
            )
            plan.doubts.append(BadLine(line.line, sentence))
        elif line.cell(Meaning.STATUS) and not line.gone and line.situation.status != member.status:
            plan.doubts.append(
                _unchanged(line, member, line.cell(Meaning.STATUS), STATUS_NAMES[MemberStatus(member.status)])
            )
        return
    if member.until is not None:
        return
    until, why = line.until or left_on, line.situation.leaving or Leaving.NOT_RENEWED
    plan.lacks_a_day = plan.lacks_a_day or line.until is None
    if until is not None and (reason := objection_to_leaving(member, until, why, on=on)) is not None:
        plan.doubts.append(BadLine(line.line, reason))
        until = None
    said = line.cell(Meaning.STATUS) or line.cell(Meaning.LEAVING) or line.cell(Meaning.UNTIL)
    plan.departures.append(Departure(line.line, member.id, member.name, said[:60], until, why))
