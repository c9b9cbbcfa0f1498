"""C52 to C57: member lists, kept data, missions, journeys, stays of minors."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from app.law import tables
from app.law.days import add_months, age_on
from app.law.findings import apart, broken, check, ok, unknown, within
from app.law.words import counted, full_day, listed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from app.law.findings import Finding
    from app.law.situation import Situation
    from app.law.vocabulary.people import KeptData, Mission, Participant, Stay, Tour

_MONTHS_A_YEAR = 12


@check("C52")
def member_list(situation: Situation) -> Iterator[Finding]:
    """Refuse the commune a list of names."""
    for index, told in enumerate(situation.case.member_lists or ()):
        at = f"member_lists[{index}]"
        if told.content == "totals":
            yield ok("Des nombres seulement : la commune peut les demander.", at=at)
        elif told.content is None or told.recipient is None:
            lacks = [f"{at}.{name}" for name in ("content", "recipient") if getattr(told, name) is None]
            yield unknown("Dites ce que contient la liste et à qui elle va.", *lacks, at=at)
        elif told.recipient == "commune":
            yield broken("La commune ne peut pas demander la liste nominative des membres ; donnez des nombres.", at=at)
        else:
            yield ok("La liste nominative ne va pas à la commune.", at=at)


@check("C53")
def retention(situation: Situation) -> Iterator[Finding]:
    """Judge how long data is kept."""
    for index, told in enumerate(situation.case.kept_data or ()):
        yield _kept(told, situation.case.on, f"kept_data[{index}]")


def _kept(told: KeptData, on: date | None, at: str) -> Finding:
    if told.kind is None or (told.since is None and told.kind != "identity_document"):
        lacks = [f"{at}.{name}" for name in ("kind", "since") if getattr(told, name) is None]
        return unknown("Dites quelle donnée, et depuis quand.", *lacks, at=at)
    if told.kind == "identity_document":
        return _identity(told, at)
    if told.kind in {"accounts", "assembly_papers"}:
        return _kept_long_enough(told, on, at)
    if told.agreement:
        return ok("La personne a donné son accord exprès.", at=at)
    return _kept_too_long(told, on, at)


def _identity(told: KeptData, at: str) -> Finding:
    if told.deleted_on:
        return ok("Copie effacée.", at=at)
    if told.deleted_on is None:
        return unknown("Copie d'une pièce d'identité : dites si elle est effacée.", f"{at}.deleted_on", at=at)
    return broken("La copie d'une pièce d'identité se vérifie et ne se garde pas.", at=at)


def _kept_long_enough(told: KeptData, on: date | None, at: str) -> Finding:
    assert told.since is not None  # noqa: S101  # asked by the caller
    name = "conservation_comptes_ans" if told.kind == "accounts" else "conservation_assemblees_ans"
    until = add_months(told.since, tables.number(name) * _MONTHS_A_YEAR)
    dates = {"keep_until": until}
    if told.deleted_on and told.deleted_on < until:
        return broken(f"Effacé trop tôt : à garder jusqu'au {full_day(until)}.", at=at, dates=dates)
    if told.deleted_on is None and (on is None or on >= until):
        return unknown(
            f"À garder jusqu'au {full_day(until)} ; dites si c'est effacé.", f"{at}.deleted_on", at=at, dates=dates
        )
    return ok(f"À garder jusqu'au {full_day(until)}.", at=at, dates=dates)


def _kept_too_long(told: KeptData, on: date | None, at: str) -> Finding:
    since = told.since
    assert since is not None  # noqa: S101  # asked by the caller
    months = {
        "former_member": 0,
        "newsletter": tables.number("conservation_lettre_ans") * _MONTHS_A_YEAR,
        "stay_sheet": tables.number("conservation_fiche_sejour_mois"),
    }[told.kind or "former_member"]
    until = add_months(since, months)
    end = told.deleted_on or on
    dates = {"delete_by": until}
    if told.agreement is None and end and end > until:
        sentence = f"Gardé après le {full_day(until)} : la personne a-t-elle donné son accord exprès ?"
        return unknown(sentence, f"{at}.agreement", at=at, dates=dates)
    if end is None and told.kind == "former_member" and told.deleted_on is False:
        return broken("Ancien membre toujours dans les fichiers sans son accord exprès.", at=at, dates=dates)
    if end is None:
        return unknown(
            f"À effacer le {full_day(until)} ; dites quand, ou le jour où l'on juge.",
            f"{at}.deleted_on",
            "on",
            at=at,
            dates=dates,
        )
    if end > until:
        return broken(f"Gardé sans accord exprès après le {full_day(until)}.", at=at, dates=dates)
    return ok(f"À effacer au plus tard le {full_day(until)}.", at=at, dates=dates)


@check("C54")
def special_mandate(situation: Situation) -> Iterator[Finding]:
    """Judge whether the council voted the mission before the journey."""
    for index, told in enumerate(situation.case.missions or ()):
        at = f"missions[{index}]"
        if told.traveller in {"employee", "other"}:
            yield apart("Le mandat spécial ne concerne que les élus ; un agent a un ordre de mission.", at=at)
        elif told.traveller is None:
            yield unknown("Dites si le voyageur est un élu.", f"{at}.traveller", at=at)
        else:
            yield _mandate(told, at)


def _mandate(told: Mission, at: str) -> Finding:
    voted, departs = told.mandate_voted_on, told.departs_on
    severity = "warning" if told.reimbursed is False else None
    dates = {"mandate_voted_on": voted or None, "departs_on": departs}
    if voted is False:
        return broken("Aucun mandat spécial : les frais ne peuvent pas être remboursés.", at=at, severity=severity)  # type: ignore[arg-type]  # one of the severities
    if voted is None or departs is None:
        lacks = [f"{at}.{name}" for name in ("mandate_voted_on", "departs_on") if getattr(told, name) is None]
        return unknown("Donnez la date du vote du mandat spécial et celle du départ.", *lacks, at=at, dates=dates)
    if voted > departs:
        return broken(
            f"Mandat spécial voté le {full_day(voted)}, après le départ : il se vote avant.",
            at=at,
            dates=dates,
            severity=severity,  # type: ignore[arg-type]  # one of the severities
        )
    if voted == departs:
        return unknown("Mandat voté le jour du départ : vérifiez que le vote a précédé le départ.", at=at, dates=dates)
    return ok(f"Mandat spécial voté le {full_day(voted)}, avant le départ.", at=at, dates=dates)


@check("C55")
def journeys(situation: Situation) -> Iterator[Finding]:
    """Judge whether the committee sells journeys as an agency would."""
    for index, told in enumerate(situation.case.tours or ()):
        yield _journey(told, f"tours[{index}]")


def _journey(told: Tour, at: str) -> Finding:
    limit = tables.number("voyages_exceptionnels_par_an")
    if told.registered or told.sold is False:
        return ok("Voyage vendu par un opérateur immatriculé, ou non vendu par l'association.", at=at)
    is_long = None if told.nights is None and told.hours is None else (told.nights or 0) > 0 or (told.hours or 0) > 24  # noqa: PLR2004  # a day
    if (told.services is not None and told.services < 2) or is_long is False:  # noqa: PLR2004  # two services make a package
        return apart("Moins de deux prestations, ou moins de 24 heures sans nuit : ce n'est pas un forfait.", at=at)
    is_exceptional = None if told.per_year is None else told.per_year <= limit
    if told.sold and (told.members_only is False or is_exceptional is False):
        return broken(
            f"Forfait vendu hors du cadre exceptionnel et réservé aux membres (souvent lu : {limit} par an au plus) : "
            "immatriculation à Atout France, ou paiement direct à une agence immatriculée.",
            at=at,
        )
    if told.members_only and is_exceptional and is_long is not None:
        return ok(f"{counted(told.per_year or 0, 'voyage')} par an, réservés aux membres : exceptionnel.", at=at)
    lacks = [
        f"{at}.{name}"
        for name in ("services", "nights", "per_year", "members_only", "sold")
        if getattr(told, name) is None
    ]
    return unknown("Voyages : donnez prestations, nuits, nombre par an et public.", *lacks, at=at)


@check("C56")
def minors_stay(situation: Situation) -> Iterator[Finding]:
    """Judge the declaration of a stay of minors."""
    for index, told in enumerate(situation.case.stays or ()):
        yield from _declared(situation, told, f"stays[{index}]")


def _declared(situation: Situation, told: Stay, at: str) -> Iterator[Finding]:
    least = tables.number("seuil_mineurs_sejour")
    if told.school_trip or told.family_stay:
        yield apart("Voyage scolaire ou séjour en famille : hors des accueils collectifs.", at=at)
    elif (told.minors is not None and told.minors < least) or told.nights == 0:
        yield apart(f"Moins de {least} mineurs, ou pas de nuit : pas de déclaration.", at=at)
    elif told.minors is None or told.nights is None or told.starts_on is None:
        lacks = [f"{at}.{name}" for name in ("minors", "nights", "starts_on") if getattr(told, name) is None]
        yield unknown("Donnez le nombre de mineurs, les nuits et le début.", *lacks, at=at)
    else:
        short = told.nights <= tables.number("nuits_sejour_court")
        kind = "séjour court" if short else "séjour de vacances"
        due = add_months(told.starts_on, -tables.number("delai_declaration_sejour_mois"))
        on = situation.case.on
        yield within(told.declared_on, due, on=on, what=f"Déclaration du {kind}", path=f"{at}.declared_on", at=at)
        second = told.starts_on - timedelta(days=tables.number("delai_fiche_complementaire_jours"))
        path = f"{at}.completed_on"
        yield within(told.completed_on, second, on=on, what="Fiche complémentaire", path=path, at=at)


@check("C57")
def leaving(situation: Situation) -> Iterator[Finding]:
    """Judge the papers of the minors who leave France without a parent."""
    for index, told in enumerate(situation.case.stays or ()):
        at = f"stays[{index}]"
        if told.leaves_france is False:
            yield apart("Le groupe ne quitte pas la France.", at=at)
        elif told.leaves_france is None:
            if told.participants:
                yield unknown("Dites si le groupe quitte la France.", f"{at}.leaves_france", at=at)
        elif told.participants is None:
            if told.minors != 0:
                yield unknown("Donnez la liste de départ, avec les âges.", f"{at}.participants", at=at)
        else:
            for place, one in enumerate(told.participants):
                yield _leaver(one, told.starts_on, f"{at}.participants[{place}]")


def _age(one: Participant, day: date | None) -> int | None:
    if one.age is not None or one.born_on is None or day is None:
        return one.age
    return age_on(one.born_on, day)


def _leaver(one: Participant, day: date | None, at: str) -> Finding:
    name = one.name or "Ce participant"
    age = _age(one, day)
    if age is not None and age >= tables.number("majorite_ans"):
        return apart(f"{name} est majeur.", at=at)
    if one.with_parent:
        return apart(f"{name} voyage avec un parent.", at=at)
    papers = {
        "exit_authorisation": "l'autorisation de sortie du territoire",
        "parent_identity_copy": "la copie de la pièce du parent",
        "own_identity": "sa pièce d'identité",
    }
    faults = [word for key, word in papers.items() if getattr(one, key) is False]
    if faults and age is not None and one.with_parent is False:
        return broken(f"{name} ne peut pas partir : il manque {listed(faults)}.", at=at)
    lacks = [f"{at}.age"] if age is None else []
    lacks += [f"{at}.{key}" for key in ("with_parent", *papers) if getattr(one, key) is None]
    if lacks:
        return unknown(f"{name} : âge, parent, autorisation et pièces à donner.", *lacks, at=at)
    return ok(f"{name} a tous ses papiers.", at=at)
