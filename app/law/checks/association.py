"""C39, C40 and C49 to C51: the committee as an association."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.law import money, tables
from app.law.days import add_months
from app.law.findings import apart, broken, check, disputed, ok, unknown, within
from app.law.words import euros, full_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.law.findings import Finding
    from app.law.situation import Situation
    from app.law.vocabulary.money import Association, Paper

_AT = "association"
_BORN = re.compile(
    r"\bn[ée]+\(?e?\)?\s+(?:le\b|(?:à|au|aux|en)\s[^.;:\n]{1,60}?\ble\s+\d)|date de naissance|\bborn on\b",
    re.IGNORECASE,
)
_CORSICAN = re.compile(r"W2[AB]\d{7}")
_EXPECTED = {
    "officers": "changement de dirigeants",
    "statutes": "changement de statuts",
    "name": "changement de nom",
    "seat": "changement de siège",
    "object": "changement d'objet",
    "dissolution": "dissolution",
}


@check("C39")
def siret(situation: Situation) -> Iterator[Finding]:
    """Judge the SIRET."""
    told = situation.case.association
    if told is None and not situation.subsidies:
        return
    if told is None or told.siret is None:
        yield unknown("Donnez le SIRET de l'association.", f"{_AT}.siret", at=_AT)
    elif told.siret is False:
        yield broken("Sans SIRET, l'association ne peut pas recevoir de subvention : le demander à l'INSEE.", at=_AT)
    elif not money.is_siret(re.sub(r"\s", "", told.siret)):
        yield broken(f"« {told.siret} » n'est pas un SIRET : 14 chiffres, dont la clé de contrôle.", at=_AT)
    else:
        yield ok("SIRET valide.", at=_AT)


@check("C40")
def rna(situation: Situation) -> Iterator[Finding]:
    """Judge the RNA number, which Alsace-Moselle does not have."""
    told = situation.case.association
    if told is None:
        return
    if situation.association_is_local:
        if told.rna is None:
            yield unknown("Alsace-Moselle : dites s'il y a un numéro RNA (false : aucun).", f"{_AT}.rna", at=_AT)
        elif told.rna:
            yield broken("Une association de droit local d'Alsace-Moselle n'a pas de numéro RNA.", at=_AT)
        else:
            yield ok("Alsace-Moselle : pas de numéro RNA.", at=_AT)
    elif told.rna is None:
        yield unknown("Donnez le numéro RNA.", f"{_AT}.rna", at=_AT)
    elif told.rna is False:
        yield broken("Une association déclarée a un numéro RNA.", at=_AT)
    else:
        yield _form_of(told.rna)


def _form_of(number: str) -> Finding:
    if money.is_rna(number):
        return ok("Numéro RNA bien formé.", at=_AT)
    if _CORSICAN.fullmatch(number):
        return disputed(
            f"« {number} » a la forme des numéros de Corse (2A, 2B), et le schéma des données ouvertes n'admet que W "
            "suivi de neuf chiffres.",
            at=_AT,
        )
    return broken(f"« {number} » n'est pas un numéro RNA : W suivi de neuf chiffres.", at=_AT)


@check("C49")
def changes(situation: Situation) -> Iterator[Finding]:
    """Judge whether changes were declared within three months."""
    told = situation.case.association
    if told is None or told.changes is None:
        return
    if not told.changes:
        yield apart("Aucun changement.", at=_AT)
    for index, one in enumerate(told.changes):
        at = f"{_AT}.changes[{index}]"
        if one.decided_on is None:
            yield unknown("Donnez la date du changement.", f"{at}.decided_on", at=at)
            continue
        due = add_months(one.decided_on, tables.number("delai_declaration_association_mois", one.decided_on))
        what = f"Déclaration du {_EXPECTED.get(one.what or '', 'changement')}"
        what = what.replace("du dissolution", "de la dissolution")
        yield within(one.declared_on, due, on=situation.case.on, what=what, path=f"{at}.declared_on", at=at)


def holds_birth_date(text: str) -> bool:
    """Whether a text tells when somebody was born."""
    return _BORN.search(text) is not None


@check("C50")
def birth_dates(situation: Situation) -> Iterator[Finding]:
    """Judge whether papers for the registry hold dates of birth."""
    told = situation.case.association
    for index, paper in enumerate(told.papers or () if told else ()):
        at = f"{_AT}.papers[{index}]"
        has = _has_birth_dates(paper)
        if paper.kind == "officer_list" and situation.association_is_local:
            yield _local_list(at, has=has)
        elif has is None:
            yield unknown("Dites si la pièce contient des dates de naissance.", f"{at}.has_birth_dates", at=at)
        elif has:
            yield broken("La pièce contient une date de naissance : le greffe peut refuser le dossier.", at=at)
        else:
            yield ok("Aucune date de naissance.", at=at)


def _has_birth_dates(paper: Paper) -> bool | None:
    if paper.has_birth_dates is not None or paper.text is None:
        return paper.has_birth_dates
    return holds_birth_date(paper.text)


def _local_list(at: str, *, has: bool | None) -> Finding:
    if has is False:
        return broken("Alsace-Moselle : la liste des dirigeants porte leurs date et lieu de naissance.", at=at)
    if has is None:
        return unknown("La liste porte-t-elle les dates de naissance ?", f"{at}.has_birth_dates", at=at)
    return ok("Alsace-Moselle : la liste des dirigeants porte leurs dates de naissance, comme il se doit.", at=at)


@check("C51")
def independence(situation: Situation) -> Iterator[Finding]:
    """Look for the signs of an association that the commune holds in its hand."""
    told = situation.case.association
    if told is None:
        return
    found = [*_money_signs(told), *_people_signs(told), *_paper_signs(situation, told)]
    if found:
        yield from found
    else:
        yield unknown("Indices d'indépendance : aucun fait donné.", f"{_AT}.resources", f"{_AT}.board_size", at=_AT)


def _money_signs(told: Association) -> Iterator[Finding]:
    if told.resources is None or told.municipal_subsidy is None or not told.resources:
        return
    share = told.municipal_subsidy * 100 / told.resources
    money_said = f"{euros(told.municipal_subsidy)} sur {euros(told.resources)}"
    alert, attention = tables.number("part_subvention_alerte"), tables.number("part_subvention_attention")
    if share > attention:
        word = "plus de" if share > alert else "au-dessus de"
        limit = alert if share > alert else attention
        yield broken(
            f"La commune apporte {money_said}, {word} {limit} % des ressources.", at=f"{_AT}.municipal_subsidy"
        )
    else:
        yield ok(
            f"La commune apporte {money_said}, pas plus de {attention} % des ressources.", at=f"{_AT}.municipal_subsidy"
        )


def _people_signs(told: Association) -> Iterator[Finding]:
    if told.board_size and told.ex_officio_members is not None:
        at = f"{_AT}.ex_officio_members"
        if told.ex_officio_members * 2 >= told.board_size:
            yield broken("Les membres de droit font la moitié du conseil d'administration ou plus.", at=at)
        else:
            yield ok("Les membres de droit sont minoritaires.", at=at)
    for name, word in (("president_is", "président"), ("treasurer_is", "trésorier")):
        who = getattr(told, name)
        if who in {"mayor", "deputy"}:
            yield broken(f"Le {word} est maire ou adjoint.", at=f"{_AT}.{name}")
        elif who:
            yield ok(f"Le {word} n'est ni maire ni adjoint.", at=f"{_AT}.{name}")


def _paper_signs(situation: Situation, told: Association) -> Iterator[Finding]:
    if told.convention_with_commune is False:
        yield broken("Aucune convention ne lie la commune et l'association.", at=f"{_AT}.convention_with_commune")
    elif told.convention_with_commune:
        yield ok("Une convention marque l'autonomie.", at=f"{_AT}.convention_with_commune")
    if told.premises_or_staff_lent and told.loan_in_writing is False:
        yield broken("Locaux ou personnel prêtés sans acte écrit.", at=f"{_AT}.loan_in_writing")
    if told.municipal_receipts:
        yield broken(
            "Les recettes d'une manifestation de la commune entrent dans ses comptes : risque de gestion de fait.",
            at=f"{_AT}.municipal_receipts",
        )
    yield from _assembly_sign(situation, told)


def _assembly_sign(situation: Situation, told: Association) -> Iterator[Finding]:
    held, at = told.last_general_meeting_on, f"{_AT}.last_general_meeting_on"
    if held is False:
        yield broken("Aucune assemblée générale.", at=at)
    elif held and situation.case.on is None:
        yield unknown("Dites le jour où l'on juge.", "on", at=at)
    elif held and situation.case.on:
        due = add_months(held, tables.number("assemblee_generale_mois"))
        if situation.case.on > due:
            yield broken(f"Pas d'assemblée générale depuis le {full_day(held)}.", at=at, dates={"due_on": due})
        else:
            yield ok(f"Dernière assemblée générale le {full_day(held)}.", at=at)
