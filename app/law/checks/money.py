"""C38 and C41 to C48: subsidies, and the wording of what is voted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.law import money, tables, visas
from app.law.findings import apart, broken, check, ok, unknown, within
from app.law.words import counted, euros, full_day, listed
from app.shared.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from decimal import Decimal

    from app.law.findings import Finding
    from app.law.situation import Situation
    from app.law.vocabulary.money import EarlierSubsidy, Subsidy


def _each(situation: Situation) -> Iterator[tuple[str, Subsidy]]:
    for index, subsidy in enumerate(situation.subsidies):
        yield f"subsidies[{index}]", subsidy


def year_of(subsidy: Subsidy) -> int | None:
    """Return the year of award: told, else that of the vote."""
    return subsidy.year or (subsidy.awarded_on.year if subsidy.awarded_on else None)


def amounts_of(subsidy: Subsidy) -> tuple[list[Decimal], list[str]]:
    """Return the aids of the year that are known, and the names of those that are not."""
    if subsidy.aids is not None:
        lacks = [f"aids[{index}].amount" for index, aid in enumerate(subsidy.aids) if aid.amount is None]
        return [aid.amount for aid in subsidy.aids if aid.amount is not None], lacks
    told = {"cash": subsidy.cash, "in_kind": subsidy.in_kind}
    return [amount for amount in told.values() if amount is not None], [k for k, v in told.items() if v is None]


def needs_convention(subsidy: Subsidy) -> bool | None:
    """Say whether the yearly total goes over the threshold; None while an unknown aid could change that."""
    known, lacks = amounts_of(subsidy)
    if money.yearly_aid(known, on=subsidy.awarded_on).needs_convention:
        return True
    return None if lacks else False


@check("C38")
def distinct(situation: Situation) -> Iterator[Finding]:
    """Judge whether the subsidy was voted apart from the budget."""
    for at, told in _each(situation):
        code = visas.in_force("L1612-25", told.awarded_on or situation.law_day)
        if told.paid_on and told.awarded_on and told.paid_on < told.awarded_on:
            paid, voted = full_day(told.paid_on), full_day(told.awarded_on)
            yield broken(f"Versée le {paid}, avant le vote du {voted} : rien ne se paie avant le vote.", at=at)
        elif told.distinct_deliberation:
            yield ok(f"Délibération distincte du budget ({code}).", at=at, article=f"CGCT {code}")
        elif told.distinct_deliberation is None:
            yield unknown("Dites si la subvention a sa propre délibération.", f"{at}.distinct_deliberation", at=at)
        else:
            yield _with_budget(told, code, at)


def _with_budget(told: Subsidy, code: str, at: str) -> Finding:
    article = f"CGCT {code}"
    if told.conditions_attached or told.listed_in_budget is False:
        return broken(
            "Votée avec le budget : il faut une délibération distincte, sauf subvention sans condition dont les "
            "crédits sont individualisés.",
            at=at,
            article=article,
        )
    lacks = [f"{at}.{name}" for name in ("conditions_attached", "listed_in_budget") if getattr(told, name) is None]
    if lacks:
        return unknown("Votée avec le budget : sans condition, et individualisée ?", *lacks, at=at)
    return ok("Sans condition et individualisée au budget : pas de délibération distincte.", at=at, article=article)


@check("C41")
def republican_contract(situation: Situation) -> Iterator[Finding]:
    """Judge whether the contract was signed before the award."""
    for at, told in _each(situation):
        signed, awarded = told.cer_signed_on, told.awarded_on
        if awarded and tables.figure("debut_contrat_republicain", awarded) is None:
            yield apart("Subvention antérieure au contrat d'engagement républicain.", at=at)
        elif signed is False:
            yield broken("Le contrat d'engagement républicain se signe avant l'attribution.", at=at)
        elif signed is None or awarded is None:
            lacks = [f"{at}.{name}" for name in ("cer_signed_on", "awarded_on") if getattr(told, name) is None]
            yield unknown("Donnez la date du contrat d'engagement républicain et celle du vote.", *lacks, at=at)
        else:
            dates = {"cer_signed_on": signed, "awarded_on": awarded}
            if signed > awarded:
                yield broken(f"Contrat signé le {full_day(signed)}, après l'attribution.", at=at, dates=dates)
            else:
                yield ok(f"Contrat signé le {full_day(signed)}.", at=at, dates=dates)


@check("C42")
def convention(situation: Situation) -> Iterator[Finding]:
    """Judge whether a convention is due, and signed before the payment."""
    for at, told in _each(situation):
        known, lacks = amounts_of(told)
        aid = money.yearly_aid(known, on=told.awarded_on)
        is_needed = needs_convention(told)
        if is_needed is None and told.convention_signed_on and _is_paid_after(told, told.convention_signed_on):
            yield ok(
                f"{euros(aid.total)} connus : obligatoire ou non, la convention est signée le "
                f"{full_day(told.convention_signed_on)}, avant le paiement.",
                at=at,
            )
        elif is_needed is None:
            yield unknown(
                f"{euros(aid.total)} connus pour un seuil de {euros(aid.threshold)} : donnez toutes les aides de "
                "l'année, en numéraire et en nature (0 s'il n'y en a pas).",
                *(f"{at}.{name}" for name in lacks),
                at=at,
            )
        elif not is_needed:
            yield apart(
                f"{euros(aid.total)} dans l'année, pas plus de {euros(aid.threshold)} : pas d'obligation.", at=at
            )
        else:
            yield _signed_before_payment(told, f"{euros(aid.total)} dans l'année, plus de {euros(aid.threshold)}", at)


def _is_paid_after(told: Subsidy, signed: date) -> bool:
    return told.paid_on is False or (told.paid_on is not None and told.paid_on >= signed)


def _signed_before_payment(told: Subsidy, why: str, at: str) -> Finding:
    signed, paid = told.convention_signed_on, told.paid_on
    if signed is False:
        return broken(f"{why} : une convention écrite est obligatoire, à signer avant le paiement.", at=at)
    if signed is None or paid is None:
        lacks = [f"{at}.{name}" for name in ("convention_signed_on", "paid_on") if getattr(told, name) is None]
        return unknown(
            f"{why} : une convention écrite est obligatoire ; donnez sa date et celle du paiement.", *lacks, at=at
        )
    dates = {"convention_signed_on": signed, "paid_on": paid or None}
    if paid and paid < signed:
        return broken(f"{why} : payée le {full_day(paid)}, avant la convention.", at=at, dates=dates)
    return ok(f"{why} : convention signée le {full_day(signed)}.", at=at, dates=dates)


@check("C43")
def open_data(situation: Situation) -> Iterator[Finding]:
    """Judge the essential data put online."""
    for at, told in _each(situation):
        is_needed = needs_convention(told)
        population = situation.commune.population
        threshold = tables.number("seuil_open_data_population", told.awarded_on)
        if is_needed is False or (population is not None and population <= threshold):
            yield apart("Pas de convention obligatoire, ou commune qui ne dépasse pas 3 500 habitants.", at=at)
        elif is_needed is None or population is None:
            lacks = [] if population is not None else ["commune.population"]
            lacks += [f"{at}.{name}" for name in amounts_of(told)[1]] if is_needed is None else []
            yield unknown("L'obligation dépend de la population et du total des aides.", *lacks, at=at)
        elif not told.convention_signed_on:
            yield unknown(
                "Données essentielles : trois mois après la convention, à dater.", f"{at}.convention_signed_on", at=at
            )
        else:
            due = money.open_data_due_on(told.convention_signed_on)
            path = f"{at}.data_published_on"
            yield within(
                told.data_published_on,
                due,
                on=situation.case.on,
                what="Données essentielles en ligne",
                path=path,
                at=at,
            )


def report_due(subsidy: Subsidy) -> date | None:
    """Return the day by which the financial report is due."""
    if subsidy.financial_year_ends_on:
        return money.report_due_on(subsidy.financial_year_ends_on)
    year = year_of(subsidy)
    return money.report_due_for(year) if year else None


@check("C44")
def report(situation: Situation) -> Iterator[Finding]:
    """Judge the financial report of an earmarked subsidy."""
    for at, told in _each(situation):
        due = report_due(told)
        if told.earmarked is False:
            yield apart("La subvention n'est pas affectée à une dépense déterminée.", at=at)
        elif told.earmarked is None or due is None:
            lacks = [f"{at}.earmarked"] if told.earmarked is None else []
            lacks += [f"{at}.year"] if due is None else []
            when = f" Le compte rendu serait dû le {full_day(due)}." if due else ""
            yield unknown(f"Dites si la subvention est affectée.{when}", *lacks, at=at, dates={"due_on": due})
        else:
            path = f"{at}.report_received_on"
            yield within(
                told.report_received_on, due, on=situation.case.on, what="Compte rendu financier", path=path, at=at
            )


@check("C45")
def last_report(situation: Situation) -> Iterator[Finding]:
    """Judge a new award while an earlier report is overdue."""
    for at, told in _each(situation):
        if told.previous is None:
            yield unknown("Donnez les subventions des années passées ([] : aucune).", f"{at}.previous", at=at)
        elif told.previous == ():
            yield ok("Aucune subvention antérieure.", at=at)
        for index, one in enumerate(told.previous or ()):
            yield _earlier(one, told.awarded_on or situation.case.on, f"{at}.previous[{index}]")


def _earlier(one: EarlierSubsidy, day: date | None, at: str) -> Finding:
    if one.earmarked is False:
        return apart("Subvention antérieure non affectée.", at=at)
    lacks = [f"{at}.{name}" for name in ("year", "earmarked", "report_received_on") if getattr(one, name) is None]
    if one.report_received_on and day and one.report_received_on <= day:
        return ok("Compte rendu précédent reçu.", at=at)
    if lacks or day is None or one.year is None:
        return unknown("Compte rendu précédent : donnez l'année, l'affectation et la réception.", *lacks, at=at)
    due = money.report_due_for(one.year)
    if day > due:
        return broken(
            f"Le compte rendu de {one.year} manquait, il était dû le {full_day(due)}.", at=at, dates={"due_on": due}
        )
    return ok(f"Le compte rendu de {one.year} n'est dû que le {full_day(due)}.", at=at, dates={"due_on": due})


@check("C46")
def redistribution(situation: Situation) -> Iterator[Finding]:
    """Judge money passed on to another association."""
    for at, told in _each(situation):
        if told.redistributes is None:
            yield unknown("Dites si l'association reverse à une autre.", f"{at}.redistributes", at=at)
        elif not told.redistributes:
            yield ok("Aucun reversement.", at=at)
        elif told.redistribution_clause is None:
            yield unknown("La convention permet-elle le reversement ?", f"{at}.redistribution_clause", at=at)
        elif told.redistribution_clause:
            yield ok("Reversement expressément permis par la convention.", at=at)
        else:
            yield broken("Reversement à une autre association, que la convention ne permet pas.", at=at)


@check("C47")
def targeted(situation: Situation) -> Iterator[Finding]:
    """Judge whether the deliberation names the action, the period and the use."""
    words = {"action": "l'action financée", "period": "la période", "conditions_of_use": "les conditions d'emploi"}
    for at, told in _each(situation):
        vague = told.general_support or (isinstance(told.action, str) and _is_vague(told.action))
        if vague and told.abroad is not False:
            yield broken("Soutien général : à l'étranger, la délibération doit nommer l'action financée.", at=at)
            continue
        if faults := [word for name, word in words.items() if getattr(told, name) is False]:
            yield broken(f"La délibération doit nommer {listed(faults)}.", at=at)
        elif lacks := [f"{at}.{name}" for name in words if getattr(told, name) is None]:
            yield unknown(
                "La délibération nomme-t-elle l'action, la période et les conditions d'emploi ?", *lacks, at=at
            )
        else:
            yield ok("Action, période et conditions d'emploi nommées.", at=at)


def _is_vague(action: str) -> bool:
    return any(fold(one) in fold(action) for one in tables.load("wording")["vague"])


@check("C48")
def neutral(situation: Situation) -> Iterator[Finding]:
    """Look for words that take sides in a conflict."""
    told = [(f"acts[{index}]", act.wording) for index, act in enumerate(situation.acts)]
    told += [(f"texts[{index}]", text.wording) for index, text in enumerate(situation.texts)]
    told += [(at, subsidy.wording) for at, subsidy in _each(situation)]
    for at, wording in told:
        if wording is None:
            continue
        folded = f" {fold(wording)} "
        found = [one for one in tables.load("wording")["partisan"] if f" {fold(one)}" in folded]
        if found:
            quoted = listed(f"« {one} »" for one in found)
            yield broken(
                f"À relire, {counted(len(found), 'mot peut', 'mots peuvent')} prendre parti : {quoted}.", at=at
            )
        else:
            yield ok("Aucun mot de notre liste ; la relecture humaine reste nécessaire.", at=at)
