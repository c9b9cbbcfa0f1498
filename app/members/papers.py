"""What a traveller's papers lack for the days of a stay, and what a stay with minors owes; values in, findings out.

Sources: code civil, article 371-6 and Cerfa 15646 (AST, a year at most); CASF, R227-1 (seven minors and a night: a
declared stay). Confidence as in the domain file: AST high, the others medium.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext as _ln

from app.members.ages import is_minor
from app.members.labels import PAPER_NAMES
from app.members.lodging import is_without_roof, lodged_with, objections
from app.members.models import PaperKind
from app.shared.saying import said

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from app.members.models import HostFamily, Stay, Traveller, TravelPaper

DECLARED = 7
"""So many minors with a night away make a stay that is declared to the State (CASF, R227-1)."""
DECLARED_BEFORE = timedelta(days=61)
"""About two months, as the declaration is usually asked; to be checked with the service (medium)."""


@dataclass(frozen=True)
class Missing:
    """What a traveller lacks; ``blocks`` when the law stops them at the border."""

    sentence: object
    blocks: bool = False


def missing_of(traveller: Traveller, stay: Stay, *, on: date) -> list[Missing]:
    """What a traveller lacks for a stay on a day; nothing is asked once what was delicate is erased."""
    if traveller.cleared_at is not None:
        return []
    papers = {paper.kind: paper for paper in traveller.papers}
    found = []
    if traveller.born_on is None and not traveller.is_guest:
        found.append(Missing(_l("date de naissance : pour savoir si les papiers d’un mineur sont nécessaires")))
    if is_without_roof(traveller, stay, on=on):
        found.append(Missing(_l("famille d’accueil : à trouver")))
    for kind, blocks in _needed(traveller, stay):
        if (sentence := _lack(papers.get(kind), kind, traveller, stay)) is not None:
            found.append(Missing(sentence, blocks=blocks))
    return found


def _lack(paper: TravelPaper | None, kind: PaperKind, traveller: Traveller, stay: Stay) -> object | None:
    """Why a paper that is needed does not do; None when it does."""
    name, sentence = PAPER_NAMES[kind], None
    family = lodged_with(traveller, stay)
    if paper is None:
        sentence = _l("à voir : %(paper)s", paper=name)
    elif kind == PaperKind.HOST and family is not None and paper.host_family_id != family.id:
        sentence = _for_another(paper, family)
    elif paper.valid_until is not None and paper.valid_until < stay.ends_on:
        sentence = _l(
            "%(paper)s : valable jusqu’au %(until)s, le séjour finit le %(ends)s",
            paper=name,
            until=said(paper.valid_until),
            ends=said(stay.ends_on),
        )
    return sentence


def _for_another(paper: TravelPaper, family: HostFamily) -> object:
    """The parents agreed to one family, not to whichever comes after it."""
    if paper.host_family is None:
        return _l(
            "à voir : accord des parents sur %(family)s (celui qui est noté ne dit pas pour quelle famille)",
            family=family.person.name,
        )
    return _l(
        "à voir : accord des parents sur %(family)s (celui vu le %(day)s était pour %(other)s)",
        family=family.person.name,
        day=said(paper.seen_on),
        other=paper.host_family.person.name,
    )


def _needed(traveller: Traveller, stay: Stay) -> list[tuple[PaperKind, bool]]:
    needed: list[tuple[PaperKind, bool]] = []
    if stay.leaves_france and not traveller.is_guest:
        needed.append((PaperKind.IDENTITY, True))
    if not is_minor(traveller, stay):
        return needed
    needed.append((PaperKind.PARENTAL, False))
    if stay.leaves_france and not traveller.with_parent and not traveller.is_guest:
        needed += [(PaperKind.EXIT, True), (PaperKind.SIGNATORY, True)]
    if lodged_with(traveller, stay) is not None and not traveller.with_parent:
        needed.append((PaperKind.HOST, False))
    needed.append((PaperKind.INSURANCE, False))
    return needed


def duties_of(stay: Stay, travellers: Sequence[Traveller], *, on: date, abroad: str = "") -> list[object]:
    """What a stay as a whole owes on a day; ``abroad``: the country in which its place is known to lie."""
    here = [one for one in travellers if one.trashed_at is None]
    minors = [one for one in here if is_minor(one, stay) and not one.with_parent]
    nights = (stay.ends_on - stay.starts_on).days
    found: list[object] = []
    if abroad and not stay.leaves_france and any(not one.is_guest for one in here):
        found.append(
            _l(
                "%(place)s est hors de France (%(country)s) d’après vos jumelages : cochez « On sort "
                "de France ». Sans cela, ni pièce d’identité ni autorisation de sortie du territoire n’est demandée.",
                place=stay.place,
                country=abroad,
            )
        )
    if len(minors) >= DECLARED and nights:
        found.append(
            _l(
                "%(number)s mineurs sans leurs parents et %(nights)s : le séjour se déclare au SDJES environ "
                "deux mois avant, puis huit jours avant (code de l’action sociale, R227-1 ; à vérifier avec lui).",
                number=len(minors),
                nights=_ln("%(num)s nuit", "%(num)s nuits", nights),
            )
        )
        if stay.starts_on - DECLARED_BEFORE < on < stay.starts_on:
            found.append(
                _l(
                    "Les deux mois avant le départ sont entamés depuis le %(day)s : si le séjour n’est "
                    "pas déclaré, appelez le SDJES sans attendre.",
                    day=said(stay.starts_on - DECLARED_BEFORE),
                )
            )
    return [*found, *objections(stay, here, on=on)]
