"""What a traveller's papers lack for the days of a stay, and what a stay with minors owes; values in, findings out.

Sources: code civil, article 371-6 and Cerfa 15646 (AST, a year at most); CASF, R227-1 (seven minors and a night: a
declared stay). Confidence as in the domain file: AST high, the others medium.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext as _ln

from app.members.labels import PAPER_NAMES
from app.members.models import PaperKind
from app.shared.saying import said

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from app.members.models import Stay, Traveller

ADULT = 18
DECLARED = 7
"""So many minors with a night away make a stay that is declared to the State (CASF, R227-1)."""
DECLARED_BEFORE = timedelta(days=61)
"""About two months, as the declaration is usually asked; to be checked with the service (medium)."""


@dataclass(frozen=True)
class Missing:
    """What a traveller lacks; ``blocks`` when the law stops them at the border."""

    sentence: object
    blocks: bool = False


def age_on(born: date, day: date) -> int:
    """How old somebody is on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def is_minor(traveller: Traveller, stay: Stay) -> bool:
    """Whether a traveller is under eighteen when the stay begins; False when the birth is not known."""
    return traveller.born_on is not None and age_on(traveller.born_on, stay.starts_on) < ADULT


def missing_of(traveller: Traveller, stay: Stay) -> list[Missing]:
    """What a traveller lacks for a stay; nothing is asked once what was delicate is erased."""
    if traveller.cleared_at is not None:
        return []
    papers = {paper.kind: paper for paper in traveller.papers}
    found = []
    if traveller.born_on is None and not traveller.is_guest:
        found.append(Missing(_l("date de naissance : pour savoir si les papiers d’un mineur sont nécessaires")))
    for kind, blocks in _needed(traveller, stay):
        paper = papers.get(kind)
        name = PAPER_NAMES[kind]
        if paper is None:
            found.append(Missing(_l("à voir : %(paper)s", paper=name), blocks=blocks))
        elif paper.valid_until is not None and paper.valid_until < stay.ends_on:
            sentence = _l(
                "%(paper)s : valable jusqu’au %(until)s, le séjour finit le %(ends)s",
                paper=name,
                until=said(paper.valid_until),
                ends=said(stay.ends_on),
            )
            found.append(Missing(sentence, blocks=blocks))
    return found


def _needed(traveller: Traveller, stay: Stay) -> list[tuple[PaperKind, bool]]:
    needed: list[tuple[PaperKind, bool]] = []
    if stay.leaves_france and not traveller.is_guest:
        needed.append((PaperKind.IDENTITY, True))
    if not is_minor(traveller, stay):
        return needed
    needed.append((PaperKind.PARENTAL, False))
    if stay.leaves_france and not traveller.with_parent and not traveller.is_guest:
        needed += [(PaperKind.EXIT, True), (PaperKind.SIGNATORY, True)]
    if traveller.host_family_id is not None and not traveller.with_parent:
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
    alone = [one for one in minors if one.host_family is not None and one.host_family.takes_minors is not True]
    if alone:
        names = ", ".join(one.person.name for one in alone)
        found.append(_l("Famille d’accueil à confirmer pour des mineurs : %(names)s.", names=names))
    if crowded := _crowded(here):
        found.append(_l("Plus de personnes que de lits : %(families)s.", families=", ".join(crowded)))
    return found


def _crowded(travellers: Sequence[Traveller]) -> list[str]:
    """The families that lodge more people than the beds they told of: « Ana Accueillante (3 / 2) »."""
    lodged = Counter(one.host_family for one in travellers if one.host_family is not None)
    return [
        f"{family.person.name} ({number} / {family.beds})"
        for family, number in lodged.items()
        if family.beds is not None and number > family.beds
    ]
