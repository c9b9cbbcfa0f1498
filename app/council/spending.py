"""What the law asks around an aid: the year's total, convention, republican contract, SIRET, report, open data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.council.drafting import cited
from app.council.models import ActModel, ActStatus
from app.council.reckoning import setting_of
from app.law import tables
from app.law.days import end_of_year
from app.law.money import is_siret, open_data_due_on, report_due_on, yearly_aid
from app.shared.saying import full_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from app.council.models import Council, Subsidy
    from app.law.money import YearlyAid


_GRANTING = frozenset({ActModel.SUBSIDY, ActModel.FREE, ActModel.TRAVEL})


@dataclass(frozen=True)
class Duty:
    """One thing the law asks: ``state`` is done, wait, stop or unknown."""

    check_id: str
    label: object
    state: str
    sentence: object
    article: object


def year_of(aids: Sequence[Subsidy], *, on: date) -> YearlyAid:
    """The total of a year, cash and in kind at its value, against the threshold."""
    return yearly_aid([amount for one in aids for amount in (one.cash, one.in_kind) if amount is not None], on=on)


def lacks_in_kind(aids: Iterable[Subsidy]) -> bool:
    """Whether the value of what is given in kind, nothing perhaps, was not told for one of the aids."""
    return any(one.in_kind is None for one in aids)


def report_due(subsidy: Subsidy) -> date:
    """The last day of the financial report of an aid."""
    return report_due_on(subsidy.year_ends_on or end_of_year(subsidy.year))


def duties_of(
    subsidy: Subsidy, aids: Sequence[Subsidy], earlier: Sequence[Subsidy], council: Council | None, today: date
) -> list[Duty]:
    """Everything that stands around one aid, in the order in which it is due."""
    return [
        *papers_of(subsidy),
        *_convention(subsidy, aids, council, today),
        _report(subsidy, today),
        *_late_reports(subsidy, earlier, today),
    ]


def papers_of(subsidy: Subsidy) -> list[Duty]:
    """What an aid of any amount takes before it is paid: its vote, the SIRET, the republican contract."""
    return [_distinct_vote(subsidy), _siret(subsidy), _contract(subsidy)]


def _distinct_vote(subsidy: Subsidy) -> Duty:
    act = subsidy.act
    voted = act is not None and act.status == ActStatus.ADOPTED
    if act is not None and voted and act.model not in _GRANTING:
        voted = False
        sentence = _l(
            "La délibération %(number)s n’accorde pas de subvention\N{NO-BREAK SPACE}: choisissez celle qui l’accorde.",
            number=act.number,
        )
    elif act is not None and act.status == ActStatus.REJECTED:
        sentence = _l(
            "Le conseil a rejeté la délibération %(number)s\N{NO-BREAK SPACE}: l’aide n’est pas accordée.",
            number=act.number,
        )
    elif act is not None and voted:
        sentence = _l("Votée par la délibération %(number)s.", number=act.number)
    elif subsidy.paid_on:
        sentence = _l(
            "Versée sans qu’une délibération soit notée\N{NO-BREAK SPACE}: choisissez celle qui l’accorde, "
            "distincte du budget."
        )
    else:
        sentence = _l("Une aide se vote par une délibération distincte du budget\N{NO-BREAK SPACE}: choisissez-la.")
    state = "done" if voted else "stop" if subsidy.paid_on else "wait"
    law = cited("L1612-25", (act.voted_on if act else None) or date(subsidy.year, 12, 31))
    return Duty("C38", _l("Délibération distincte"), state, sentence, f"CGCT, art. {law}")


def _siret(subsidy: Subsidy) -> Duty:
    number = subsidy.beneficiary.siret
    if not number:
        sentence, state = _l("Le SIRET de l’association n’est pas noté\N{NO-BREAK SPACE}: complétez sa fiche."), "stop"
    elif is_siret(number):
        sentence, state = _l("SIRET %(number)s, exact.", number=number), "done"
    else:
        sentence, state = _l("Le SIRET %(number)s est faux\N{NO-BREAK SPACE}: vérifiez-le.", number=number), "stop"
    return Duty("C39", _l("SIRET du bénéficiaire"), state, sentence, _l("décret nᵒ 2017-779"))


def _contract(subsidy: Subsidy) -> Duty:
    signed, voted_on = subsidy.contract_signed_on, subsidy.act.voted_on if subsidy.act else None
    awarded_on = voted_on or subsidy.paid_on or end_of_year(subsidy.year)
    is_due = tables.figure("debut_contrat_republicain", awarded_on) is not None
    if not signed and not is_due:
        sentence = _l("Pas exigé\N{NO-BREAK SPACE}: l’aide a été attribuée avant que ce contrat existe.")
    elif signed and voted_on and voted_on < signed:
        sentence = _l(
            "Signé le %(day)s, après l’attribution du %(voted)s\N{NO-BREAK SPACE}: il se signe avant.",
            day=full_day(signed),
            voted=full_day(voted_on),
        )
        signed = None
    elif signed and (signed.year > subsidy.year or (subsidy.paid_on and subsidy.paid_on < signed)):
        sentence = _l(
            "Signé le %(day)s, après l’aide de %(year)s\N{NO-BREAK SPACE}: il se signe avant l’attribution.",
            day=full_day(signed),
            year=subsidy.year,
        )
        signed = None
    elif signed:
        sentence = _l("Signé le %(day)s.", day=full_day(signed))
    else:
        sentence = _l("L’association le signe avant l’attribution, même d’une aide en nature.")
    return Duty(
        "C41",
        _l("Contrat d’engagement républicain"),
        "done" if signed or not is_due else "stop",
        sentence,
        _l("loi nᵒ 2000-321, art. 10-1"),
    )


def _convention(subsidy: Subsidy, aids: Sequence[Subsidy], council: Council | None, today: date) -> Iterator[Duty]:
    year, article = year_of(aids, on=date(subsidy.year, 12, 31)), _l("loi nᵒ 2000-321, art. 10 ; décret nᵒ 2001-495")
    label = _l("Convention avec l’association")
    signed = subsidy.convention_signed_on
    if not year.needs_convention:
        sentence, state = _l("Pas obligatoire\N{NO-BREAK SPACE}: le total de l’année ne dépasse pas le seuil."), "done"
        if lacks_in_kind(aids):
            sentence, state = (
                _l(
                    "Notez la valeur de ce qui est donné en nature, 0 si rien ne l’est\N{NO-BREAK SPACE}: salles, "
                    "personnel ou impressions comptent aussi dans le total de l’année."
                ),
                "wait",
            )
        yield Duty("C42", label, state, sentence, article)
        return
    paid_before = signed is not None and subsidy.paid_on is not None and subsidy.paid_on < signed
    if paid_before:
        yield Duty("C42", label, "stop", _l("L’aide a été versée avant la signature de la convention."), article)
    elif signed is None:
        sentence = _l(
            "Obligatoire\N{NO-BREAK SPACE}: le total de l’année dépasse le seuil. Signez-la avant tout versement."
        )
        yield Duty("C42", label, "stop", sentence, article)
    else:
        yield Duty("C42", label, "done", _l("Signée le %(day)s.", day=full_day(signed)), article)
        yield from _open_data(subsidy, signed, council, today)


def _open_data(subsidy: Subsidy, signed: date, council: Council | None, today: date) -> Iterator[Duty]:
    population = setting_of(subsidy.body, council).current_population(signed)
    label, article = _l("Données essentielles en ligne"), _l("décret nᵒ 2017-779")
    if population is None or population <= tables.number("seuil_open_data_population", today):
        return
    due = open_data_due_on(signed)
    if subsidy.convention_published_on:
        sentence, state = _l("Publiées le %(day)s.", day=full_day(subsidy.convention_published_on)), "done"
    else:
        sentence, state = _l("À publier au plus tard le %(day)s.", day=full_day(due)), "stop" if due < today else "wait"
    yield Duty("C43", label, state, sentence, article)


def _report(subsidy: Subsidy, today: date) -> Duty:
    due = report_due(subsidy)
    received = subsidy.report_received_on
    if received:
        sentence, state = _l("Reçu le %(day)s.", day=full_day(received)), "done" if received <= due else "wait"
    elif due < today:
        sentence, state = _l("En retard\N{NO-BREAK SPACE}: il était dû le %(day)s.", day=full_day(due)), "stop"
    else:
        sentence, state = _l("Dû au plus tard le %(day)s.", day=full_day(due)), "wait"
    return Duty("C44", _l("Compte rendu financier"), state, sentence, _l("loi nᵒ 2000-321, art. 10"))


def _late_reports(subsidy: Subsidy, earlier: Sequence[Subsidy], today: date) -> Iterator[Duty]:
    late = [
        one for one in earlier if one.year < subsidy.year and one.report_received_on is None and report_due(one) < today
    ]
    if late:
        years = ", ".join(str(one.year) for one in late)
        sentence = _l(
            "Le compte rendu manque pour\N{NO-BREAK SPACE}: %(years)s. Demandez-le avant une nouvelle aide.",
            years=years,
        )
        yield Duty("C45", _l("Comptes rendus des années passées"), "wait", sentence, "CGCT, art. L. 1611-4")
