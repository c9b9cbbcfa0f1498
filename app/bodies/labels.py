"""The French words for kinds of bodies and functions, in one place; and which functions are shared or unique."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from flask_babel import force_locale, get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.bodies.inside import inside
from app.bodies.models import BodyKind, Function
from app.shared.clock import day_of
from app.shared.fuzzydate import Precision
from app.shared.saying import full_day, said

if TYPE_CHECKING:
    from datetime import date

    from app.bodies.doubles import Opening
    from app.bodies.models import Mandate

KIND_NAMES = {
    BodyKind.COMMUNE: _l("Commune"),
    BodyKind.EPCI: _l("Intercommunalité (EPCI)"),
    BodyKind.COMMITTEE: _l("Comité de jumelage (association)"),
    BodyKind.COMMITTEE_SERVICE: _l("Comité de jumelage (service municipal en régie)"),
    BodyKind.FOREIGN_AUTHORITY: _l("Collectivité étrangère"),
    BodyKind.PARTNER_COMMITTEE: _l("Comité partenaire à l’étranger"),
    BodyKind.FEDERATION: _l("Fédération ou réseau"),
}
KIND_HINTS = {
    BodyKind.COMMUNE: _l("Le conseil municipal décide, le maire signe."),
    BodyKind.EPCI: _l("Communauté de communes, d’agglomération, urbaine, ou métropole."),
    BodyKind.COMMITTEE: _l("Une association loi 1901, avec son propre bureau."),
    BodyKind.COMMITTEE_SERVICE: _l("Un service de la commune : le maire signe pour lui."),
    BodyKind.FOREIGN_AUTHORITY: _l("La ville partenaire."),
    BodyKind.PARTNER_COMMITTEE: _l("L’association qui anime le jumelage dans la ville partenaire."),
    BodyKind.FEDERATION: _l("Conseille plusieurs organismes ; créée par l’administration de l’installation."),
}
FUNCTION_NAMES = {
    Function.MAYOR: _l("Maire"),
    Function.DEPUTY_MAYOR: _l("Adjointe ou adjoint au maire"),
    Function.COUNCILLOR: _l("Conseillère ou conseiller"),
    Function.EPCI_PRESIDENT: _l("Présidente ou président de l’intercommunalité"),
    Function.PRESIDENT: _l("Présidente ou président"),
    Function.VICE_PRESIDENT: _l("Vice-présidente ou vice-président"),
    Function.SECRETARY: _l("Secrétaire"),
    Function.TREASURER: _l("Trésorière ou trésorier"),
    Function.BOARD_MEMBER: _l("Membre du conseil d’administration"),
    Function.COUNCIL_DELEGATE: _l("Délégué·e du conseil municipal"),
    Function.TOWN_CLERK: _l("Secrétaire de mairie ou direction générale"),
    Function.COORDINATOR: _l("Coordinatrice ou coordinateur"),
    Function.OTHER: _l("Autre fonction"),
}
FRENCH_AUTHORITIES = frozenset({BodyKind.COMMUNE, BodyKind.EPCI})
AUTHORITIES = FRENCH_AUTHORITIES | {BodyKind.FOREIGN_AUTHORITY, BodyKind.COMMITTEE_SERVICE}
ASSOCIATIONS = frozenset({BodyKind.COMMITTEE, BodyKind.PARTNER_COMMITTEE, BodyKind.FEDERATION})

_OF_AUTHORITIES = (
    Function.MAYOR,
    Function.DEPUTY_MAYOR,
    Function.COUNCILLOR,
    Function.COUNCIL_DELEGATE,
    Function.TOWN_CLERK,
    Function.COORDINATOR,
    Function.OTHER,
)
_OF_ASSOCIATIONS = (
    Function.PRESIDENT,
    Function.VICE_PRESIDENT,
    Function.SECRETARY,
    Function.TREASURER,
    Function.BOARD_MEMBER,
    Function.COORDINATOR,
    Function.OTHER,
)
FUNCTIONS_BY_KIND = {
    BodyKind.COMMUNE: _OF_AUTHORITIES,
    BodyKind.FOREIGN_AUTHORITY: (*_OF_AUTHORITIES[:-1], Function.PRESIDENT, Function.OTHER),
    BodyKind.EPCI: (
        Function.EPCI_PRESIDENT,
        Function.VICE_PRESIDENT,
        Function.COUNCILLOR,
        Function.TOWN_CLERK,
        Function.COORDINATOR,
        Function.OTHER,
    ),
    BodyKind.COMMITTEE_SERVICE: (Function.COUNCIL_DELEGATE, *_OF_ASSOCIATIONS),
    BodyKind.COMMITTEE: (*_OF_ASSOCIATIONS[:-1], Function.COUNCIL_DELEGATE, Function.OTHER),
    BodyKind.PARTNER_COMMITTEE: _OF_ASSOCIATIONS,
    BodyKind.FEDERATION: _OF_ASSOCIATIONS,
}
ONE_AT_A_TIME = frozenset(
    {Function.MAYOR, Function.EPCI_PRESIDENT, Function.PRESIDENT, Function.SECRETARY, Function.TREASURER}
)
"""Held by one person at a time; in law for the mayor and the president of an EPCI, by custom for the others."""

ONE_IN_LAW = frozenset({Function.MAYOR, Function.EPCI_PRESIDENT})
ORDER = {function: rank for rank, function in enumerate(Function)}


def kind_name(kind: str) -> str:
    """The kind of a body, for people."""
    return str(KIND_NAMES.get(BodyKind(kind), kind)) if kind in set(BodyKind) else kind


_FEMININE, _MASCULINE = ("Mme", "Mlle", "Madame", "Mademoiselle"), ("M.", "Monsieur")


def function_name(mandate: Mandate) -> str:
    """The function as it is written there, else its usual name."""
    return mandate.wording or str(FUNCTION_NAMES[Function(mandate.function)])


def function_in_french(mandate: Mandate) -> str:
    """The same for an act of the council, which is French whatever its clerk reads."""
    with force_locale("fr"):
        return function_name(mandate)


def office_as_signed(mandate: Mandate) -> str:
    """The office as its holder signs; nothing where only a name for both genders is known and no title says which."""
    name = function_name(mandate)
    if " ou " not in name:
        return name if mandate.wording else inside(name)
    said = _for_title(name, mandate.person.title)
    return "" if said == name else inside(said)


def _for_title(name: str, title: str) -> str:
    """The name of an office that « Mme » or « M. » chooses from « Présidente ou président »; both for another title."""
    feminine, _or, masculine = name.partition(" ou ")
    spoken = dict.fromkeys(_FEMININE, feminine) | dict.fromkeys(_MASCULINE, masculine) if masculine else {}
    said = spoken.get(title, name)
    return said[:1].upper() + said[1:]


def office_shown(mandate: Mandate) -> str:
    """The office as a page names it: « Présidente » where a title says which, else the usual name for both.

    What was written there stands, but « présidente » says nothing of its own to a reader of another language.
    """
    locale = get_locale()
    is_foreign = locale is not None and locale.language != "fr"
    if mandate.wording and not (is_foreign and mandate.wording.lower() in _usual_in_french(mandate.function)):
        return mandate.wording
    return office_for(mandate.function, mandate.person.title)


@cache
def _usual_in_french(function: str) -> frozenset[str]:
    """« présidente ou président », « présidente », « président »: the usual name of a function and its two genders."""
    with force_locale("fr"):
        name = str(FUNCTION_NAMES[Function(function)]).lower()
    feminine, _or, masculine = name.partition(" ou ")
    tail = masculine.partition(" ")[2]
    return frozenset({name, feminine, f"{feminine} {tail}".strip(), masculine} - {""})


def office_for(function: str, title: str) -> str:
    """The office as a page names it for somebody who is addressed so."""
    return _for_title(str(FUNCTION_NAMES[Function(function)]), title)


def is_officer(function: str, kind: str) -> bool:
    """Whether a mandate is public across a shared twinning.

    Whoever holds office in an authority, and the officers of an association; never its other members
    (Conseil d’État, 28 mars 1997, Solana, no 182912).
    """
    return kind not in ASSOCIATIONS or function != Function.OTHER


def due_said(mandate: Mandate, on: date) -> str:
    """Until when it is meant to last, or since when that day is past; nothing where nothing is noted."""
    if mandate.due_on is None or mandate.until is not None:
        return ""
    day = full_day(mandate.due_on)
    if mandate.due_on < on:
        return str(_("terme dépassé depuis le %(day)s", day=day))
    return str(_("terme prévu le %(day)s", day=day))


def held_dates(mandate: Mandate) -> str:
    """« depuis le 25 mai 2020 », « 2014 – mai 2020 »."""
    since, until = mandate.since, mandate.until
    if since is not None and until is not None:
        return f"{said(since)} – {said(until)}"
    if until is not None:
        return str(_("fin : %(date)s", date=said(until)))
    if since is None:
        return str(_("date de début inconnue"))
    is_day = since.precision is Precision.DAY
    return str(_("depuis le %(date)s", date=said(since)) if is_day else _("depuis %(date)s", date=said(since)))


def opening_said(opening: Opening) -> str:
    """« accès ouvert le 3 mars 2025 par Lou Voisin »: what tells two records of one body apart."""
    day = said(day_of(opening.at))
    if opening.by:
        return str(_("accès ouvert le %(day)s par %(name)s", day=day, name=opening.by))
    return str(_("accès ouvert le %(day)s", day=day))
