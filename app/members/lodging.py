"""Who lodges whom during a stay, and what speaks against it; values in, findings out."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.members.ages import is_minor
from app.shared.clock import day_of
from app.shared.saying import said

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from app.members.models import HostFamily, Stay, Traveller


def lodged_with(traveller: Traveller, stay: Stay) -> HostFamily | None:
    """The family that lodges somebody; none that withdrew before the stay was over."""
    family = traveller.host_family
    if family is None or (family.trashed_at is not None and day_of(family.trashed_at) < stay.ends_on):
        return None
    return family


def is_without_roof(traveller: Traveller, stay: Stay, *, on: date) -> bool:
    """Whether a family is still to be found: for a guest, and for a minor who stays in France without a parent."""
    alone = is_minor(traveller, stay) and not traveller.with_parent and not stay.leaves_france
    is_wanted = traveller.is_guest or alone
    return is_wanted and stay.ends_on >= on and lodged_with(traveller, stay) is None


def objections(stay: Stay, travellers: Sequence[Traveller], *, on: date) -> list[object]:
    """What speaks against where people are to lodge; nothing once the stay is over."""
    if stay.ends_on < on:
        return []
    lodging: dict[HostFamily, list[Traveller]] = defaultdict(list)
    for one in travellers:
        if one.host_family is not None:
            lodging[one.host_family].append(one)
    held = {family: guests for family, guests in lodging.items() if lodged_with(guests[0], stay) is not None}
    found: list[object] = [
        _l(
            "%(family)s n’accueille plus. À loger ailleurs : %(names)s.",
            family=family.person.name,
            names=_named(guests),
        )
        for family, guests in lodging.items()
        if family not in held
    ]
    found += _of_minors(stay, held)
    crowded = [
        f"{family.person.name} ({len(guests)} / {family.beds})"
        for family, guests in held.items()
        if family.beds is not None and len(guests) > family.beds
    ]
    if crowded:
        found.append(_l("Plus de personnes que de lits : %(families)s.", families=", ".join(crowded)))
    found += [
        _l(
            "L’assurance de %(family)s est connue jusqu’au %(until)s, le séjour finit le %(ends)s.",
            family=family.person.name,
            until=said(family.insured_until),
            ends=said(stay.ends_on),
        )
        for family in held
        if family.insured_until is not None and family.insured_until < stay.ends_on
    ]
    return found


def _of_minors(stay: Stay, held: dict[HostFamily, list[Traveller]]) -> list[object]:
    """Families that said no to minors; of those who said nothing it is asked."""
    found: list[object] = []
    unknown: list[Traveller] = []
    for family, guests in held.items():
        alone = [one for one in guests if is_minor(one, stay) and not one.with_parent]
        if alone and family.takes_minors is False:
            found.append(
                _l(
                    "%(family)s n’accepte pas de mineurs, d’après sa fiche : choisissez une autre famille pour "
                    "%(names)s, ou corrigez la fiche.",
                    family=family.person.name,
                    names=_named(alone),
                )
            )
        elif family.takes_minors is None:
            unknown += alone
    if unknown:
        found.append(_l("Famille d’accueil à confirmer pour des mineurs : %(names)s.", names=_named(unknown)))
    return found


def _named(travellers: Iterable[Traveller]) -> str:
    return ", ".join(one.person.name for one in travellers)
