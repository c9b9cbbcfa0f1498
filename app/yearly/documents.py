"""The yearly papers: reports, budget and accounts, figures for the two forms, the list of officers."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from babel.numbers import format_decimal
from flask_babel import force_locale
from flask_babel import gettext as _

from app.assemblies.documents import paper_of
from app.assemblies.documents.paper import word
from app.bodies.labels import function_name, office_as_signed
from app.bodies.models import Function
from app.documents.textdoc import Heading as Title
from app.documents.textdoc import ItemList, Paragraph, Signature, Signatures, Table
from app.law.words import euros, french, full_day
from app.yearly.facts import by_person, dues_said, facts_of
from app.yearly.labels import HEADINGS
from app.yearly.models import CHARGES, INCOME, Heading
from app.yearly.tables import gap_table, planned_table, results, share_table, shares

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.bodies.models import Mandate
    from app.council.models import Subsidy
    from app.documents.textdoc import Block
    from app.printing import Paper
    from app.yearly.facts import YearFacts
    from app.yearly.models import YearBook

    Maker = Callable[[YearBook, YearFacts], list[Block]]


_ROOM = "\n\N{NO-BREAK SPACE}"
"""An empty cell high enough to write in."""


def yearly_paper(session: Session, book: YearBook, name: str, *, aid_id: int = 0, at: datetime) -> Paper:
    """One of the papers, by the word in its address; ``aid_id``: the aid that a financial report is about."""
    with force_locale("fr"):
        title, make = _PAPERS[name]
        blocks = make(book, replace(facts_of(session, book), aid_id=aid_id))
        return paper_of(
            title=french(title),
            body=book.body,
            created=at,
            blocks=tuple(blocks),
            subtitle=french(_("Année %(year)s", year=book.year)),
        )


def _report(book: YearBook, facts: YearFacts) -> list[Block]:
    blocks: list[Block] = []
    for title, text in ((_("Rapport moral"), book.moral), (_("Rapport d’activité"), book.activity)):
        blocks += [Title(title), *(_texts(text) or [Paragraph(_("À écrire."), manner="note")])]
    if facts.events:
        blocks += [Title(_("Ce qui a eu lieu")), ItemList(tuple(french(line) for _day, line in facts.events))]
    blocks += [Title(_("En chiffres")), ItemList(tuple(_figures(facts)))]
    if book.outlook:
        blocks += [Title(_("Perspectives")), *_texts(book.outlook)]
    return [*blocks, _signed(facts)]


def _figures(facts: YearFacts) -> list[str]:
    unknown = _("non renseigné")
    said = [
        _("Membres : %(number)s", number=unknown if facts.members is None else facts.members),
        _("Bénévoles : %(number)s", number=unknown if facts.givers is None else facts.givers),
        _("Heures de bénévolat : %(number)s", number=unknown if facts.hours is None else _plain(facts.hours)),
        _("Cotisations reçues : %(amount)s", amount=dues_said(facts)),
    ]
    if facts.gifts:
        said.append(_("Dons reçus : %(amount)s", amount=euros(facts.gifts)))
    return [french(one) for one in said]


def _budget(book: YearBook, facts: YearFacts) -> list[Block]:
    blocks: list[Block] = [
        Title(_("Charges")),
        gap_table(book, CHARGES),
        Title(_("Produits")),
        gap_table(book, INCOME),
    ]
    blocks += results(book)
    if facts.dues:
        told = _("Cotisations reçues, d’après les paiements notés : %(amount)s.", amount=dues_said(facts))
        blocks.append(Paragraph(french(told)))
    if facts.value:
        told = _("Contributions volontaires valorisées (comptes 86 et 87) : %(amount)s.", amount=euros(facts.value))
        blocks.append(Paragraph(french(told)))
    note = _("Résumé. Les comptes eux-mêmes sont tenus ailleurs par la trésorerie.")
    return [*blocks, Paragraph(note, manner="note"), _signed(facts, of_money=True)]


def _application(book: YearBook, facts: YearFacts) -> list[Block]:
    """The figures that the form Cerfa 12156 asks for, in its order."""
    body, unknown = book.body, _("non renseigné")
    rows = [
        (_("Nom"), body.name),
        (
            (_("Inscription au registre du tribunal"), facts.origin.registration or unknown)
            if facts.is_local
            else (_("Numéro RNA"), body.rna or unknown)
        ),
        (_("SIRET"), body.siret or unknown),
        (_("Adresse du siège"), body.address or facts.origin.seat or unknown),
        (_("Courriel, téléphone"), " · ".join(part for part in (body.email, body.phone) if part) or unknown),
        (_("Représentant légal"), _officer(facts.officers[0]) if facts.officers else unknown),
        (_("Adhérents"), unknown if facts.members is None else str(facts.members)),
        (_("Bénévoles"), unknown if facts.givers is None else str(facts.givers)),
        (_("Heures de bénévolat"), unknown if facts.hours is None else _plain(facts.hours)),
        *_at_work(book),
        (_("Contributions volontaires valorisées"), unknown if facts.value is None else euros(facts.value)),
        (_("Contrat d’engagement républicain signé"), _day(book.contract_signed_on) or unknown),
        (_("Dernière assemblée générale"), _day(facts.general_meeting) or unknown),
    ]
    blocks: list[Block] = [
        Paragraph(french(_("Les chiffres à reporter dans le formulaire Cerfa 12156.")), manner="lead"),
        Table((_("Rubrique"), _("Réponse")), tuple((french(what), french(said)) for what, said in rows)),
    ]
    if facts.towns:
        known = tuple((town or _("commune inconnue"), str(number)) for town, number in facts.towns)
        blocks += [
            Title(_("Adhérents par commune")),
            Table((_("Commune"), _("Nombre")), known, numeric=frozenset({1})),
            Paragraph(
                french(_("Une collectivité peut demander ces nombres, jamais les noms (CE, 28 mars 1997, Solana).")),
                manner="note",
            ),
        ]
    if facts.aids:
        rows_aids = tuple(
            (
                str(one.year),
                one.body.name,
                one.purpose,
                euros(one.cash),
                euros(one.in_kind) if one.in_kind is not None else "—",
            )
            for one in facts.aids
        )
        header = (_("Année"), _("Collectivité"), _("Objet"), _("Somme"), _("En nature"))
        blocks += [Title(_("Aides reçues")), Table(header, rows_aids, numeric=frozenset({3, 4}))]
    return [
        *blocks,
        Title(_("Charges prévues")),
        planned_table(book, CHARGES),
        Title(_("Produits prévus")),
        planned_table(book, INCOME),
        Title(_("Part de la subvention")),
        *shares(book, facts.aids, actual=False),
        _signed(facts, of_money=True),
    ]


def _at_work(book: YearBook) -> list[tuple[str, str]]:
    """Who works there on the last day of the year, as the form counts them beside the volunteers."""
    told = (
        (_("Salariés"), book.employees),
        (_("Salariés en équivalent temps plein travaillé (ETPT)"), book.full_time),
        (_("Dont emplois aidés"), book.subsidised),
        (_("Volontaires (service civique)"), book.in_service),
        (_("Agents mis à disposition ou détachés"), book.seconded),
    )
    return [(what, _("non renseigné") if number is None else _plain(Decimal(number))) for what, number in told]


def _account(book: YearBook, facts: YearFacts) -> list[Block]:
    """The figures that the form Cerfa 15059 asks for: what was planned, what it came to."""
    lead = _(
        "Les chiffres à reporter dans le formulaire Cerfa 15059, dû dans les six mois qui suivent la fin de l’année "
        "de la subvention (loi 2000-321, art. 10)."
    )
    blocks: list[Block] = [Paragraph(french(lead), manner="lead")]
    aids = [one for one in facts.aids if one.id == facts.aid_id] if facts.aid_id else list(facts.aids)
    if facts.aid_id:
        blocks += _reported(aids)
    blocks += [Title(_("Charges")), share_table(book, CHARGES), Title(_("Produits")), share_table(book, INCOME)]
    blocks += [
        *results(book),
        Title(_("Part de la subvention")),
        *shares(book, aids, actual=True, is_single=bool(facts.aid_id)),
    ]
    notes = [f"{HEADINGS[Heading(one.heading)]} : {one.note}" for one in book.lines if one.note]
    if notes:
        blocks += [Title(_("Écarts expliqués")), ItemList(tuple(french(one) for one in notes))]
    if book.activity:
        blocks += [Title(_("Ce qui a été fait")), *_texts(book.activity)]
    return [*blocks, _signed(facts, of_money=True)]


def _reported(aids: Sequence[Subsidy]) -> list[Block]:
    """The aid that is reported on; an earmarked one has a report of its own (loi 2000-321, art. 10)."""
    unknown, rows = _("non renseigné"), []
    for aid in aids:
        rows += [
            (_("Subvention de"), aid.body.name),
            (_("Objet"), aid.purpose),
            (_("Montant"), euros(aid.cash)),
            (_("Délibération"), aid.act.number if aid.act is not None and aid.act.number else unknown),
            (_("Versée le"), _day(aid.paid_on) or unknown),
            (_("Fin de l’année de la subvention"), _day(aid.year_ends_on) or unknown),
        ]
    note = _(
        "Les tableaux portent sur toute l’année de l’association. Une subvention affectée à une action se justifie par "
        "les charges et les produits de cette action : ne reportez qu’eux."
    )
    table = Table((_("Rubrique"), _("Réponse")), tuple((french(what), french(said)) for what, said in rows))
    return [table, Paragraph(french(note), manner="note")]


def _officers(book: YearBook, facts: YearFacts) -> list[Block]:
    """The list for the registry: no date of birth, but for the court of Alsace-Moselle, by hand."""
    del book
    birth = (_ROOM,) if facts.is_local else ()
    rows = tuple(
        (held[0].person.name, _offices(held), *_registered(facts, held[0]), *birth)
        for held in by_person(facts.officers)
    )
    header: tuple[str, ...] = (_("Nom"), _("Fonction"), _("Profession"), _("Adresse"), _("Nationalité"))
    if facts.is_local:
        header = (*header, _("Date et lieu de naissance"))
        note = _("À compléter à la main : le tribunal demande aussi la date et le lieu de naissance.")
    else:
        note = _("À compléter à la main. Aucune date de naissance : le greffe peut refuser le dossier.")
    lead = _("Liste arrêtée le %(day)s.", day=full_day(facts.officers_on))
    return [
        Paragraph(french(lead), manner="lead"),
        Table(header, rows or (("", "", _ROOM, _ROOM, _ROOM, *birth),)),
        Paragraph(french(note), manner="note"),
        _signed(facts),
    ]


def _registered(facts: YearFacts, mandate: Mandate) -> tuple[str, str, str]:
    """Occupation, address, nationality as they are known, else a place to write them."""
    known = facts.of_officer(mandate.person_id)
    return known.occupation or _ROOM, known.address or _ROOM, known.nationality or _ROOM


def _contract(book: YearBook, facts: YearFacts) -> list[Block]:
    """The seven commitments of décret 2021-1947, in our own words."""
    commitments = (
        _("respecter les lois de la République"),
        _("respecter la liberté de conscience"),
        _("laisser chacun libre d’adhérer et de partir"),
        _("traiter chacun à égalité, sans discrimination"),
        _("agir avec fraternité et prévenir la violence"),
        _("respecter la dignité de la personne"),
        _("respecter les symboles de la République"),
    )
    signed = _day(book.contract_signed_on)
    lines = [
        _("L’association s’engage à :"),
        _("Signé le %(day)s par %(name)s.", day=signed, name=book.contract_signed_by) if signed else "",
        _("Les membres en ont été informés : %(how)s.", how=book.informed_how) if book.informed_how else "",
    ]
    first, *rest = (french(line) for line in lines)
    note = _("Résumé du contrat d’engagement républicain (décret no 2021-1947) ; le texte officiel seul engage.")
    return [
        Paragraph(first, manner="lead"),
        ItemList(commitments, ordered=True),
        *(Paragraph(line) for line in rest if line),
        Paragraph(french(note), manner="note"),
        _signed(facts),
    ]


def _office(mandate: Mandate) -> str:
    """The office as on a paper that is signed: the holder's own word, else one without gender."""
    said = office_as_signed(mandate) or word("functions", mandate.function) or function_name(mandate)
    return said[:1].upper() + said[1:]


def _offices(held: Sequence[Mandate]) -> str:
    """« Présidente, membre du conseil d’administration »."""
    first, *others = map(_office, held)
    return ", ".join([first, *(one[:1].lower() + one[1:] for one in others)])


def _officer(mandate: Mandate) -> str:
    """« Camille Exemple, présidente », « Camille Exemple (présidence) »."""
    if signed := office_as_signed(mandate):
        return f"{mandate.person.name}, {signed}"
    return f"{mandate.person.name} ({_office(mandate).lower()})"


def _signed(facts: YearFacts, *, of_money: bool = False) -> Signatures:
    """Who signs: the first two officers; a paper on money, who presides and who keeps the accounts."""
    people = by_person(facts.officers)
    keepers = [one for held in people[1:] for one in held if one.function == Function.TREASURER]
    others = keepers[:1] if of_money and keepers else [held[0] for held in people[1:2]]
    shown = [*(held[0] for held in people[:1]), *others]
    caption = _("Signature")
    if not shown:
        return Signatures((Signature(party=_("Pour l’association"), caption=caption),))
    return Signatures(tuple(Signature(party=_office(one), name=one.person.name, caption=caption) for one in shown))


def _texts(text: str) -> list[Block]:
    return [Paragraph(french(line)) for line in text.splitlines() if line.strip()]


def _plain(number: Decimal) -> str:
    """« 10 007,5 »: as papers in French write it, whoever reads the page."""
    return str(format_decimal(number, "#,##0.##", locale="fr"))


def _day(day: object) -> str:
    from datetime import date  # noqa: PLC0415  # the check alone needs it

    return full_day(day) if isinstance(day, date) else ""


_PAPERS: dict[str, tuple[str, Maker]] = {
    "rapport": ("Rapport moral et d'activité", _report),
    "budget": ("Budget et comptes en résumé", _budget),
    "demande": ("Demande de subvention : les chiffres", _application),
    "compte-rendu": ("Compte rendu financier : les chiffres", _account),
    "dirigeants": ("Liste des dirigeants", _officers),
    "engagement": ("Contrat d'engagement républicain", _contract),
}
NAMES = frozenset(_PAPERS)
