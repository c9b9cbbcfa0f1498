"""The whole case: a described session, act, subsidy or association."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.law.vocabulary.acts import Act, SignedText
from app.law.vocabulary.commune import Commune, Council
from app.law.vocabulary.item import AgendaItem
from app.law.vocabulary.kinds import DAY, TEXT, Many, fact
from app.law.vocabulary.meeting import Meeting
from app.law.vocabulary.money import Association, Export, Subsidy
from app.law.vocabulary.parts import Part
from app.law.vocabulary.people import KeptData, MemberList, Mission, Stay, Tour

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True)
class Override:
    """A blocking check that somebody sets aside, answering for it."""

    check: str | None = fact(TEXT, "La vérification écartée : « C25 ».", aka="id verification")
    reason: str | None = fact(TEXT, "Le motif.", aka="motif")
    author: str | None = fact(TEXT, "Qui en répond.", aka="auteur by")
    on: date | None = fact(DAY, "Le jour.", aka="date le")


@dataclass(frozen=True)
class Case:
    """Everything that is told; what is not told is not known."""

    title: str | None = fact(TEXT, "Titre du cas (libre).", aka="titre name nom")
    note: str | None = fact(TEXT, "Remarque (libre).", aka="comment remarque description")
    on: date | None = fact(DAY, "Jour où l'on juge ; sert aux délais qui courent encore.", aka="today date au")
    commune: Commune | None = fact(Part(Commune), "La commune.", aka="town")
    council: Council | None = fact(Part(Council), "Le conseil municipal.", aka="conseil")
    meeting: Meeting | None = fact(Part(Meeting), "La séance.", aka="seance session")
    items: tuple[AgendaItem, ...] | None = fact(
        Many(Part(AgendaItem), or_one=True), "Les points, dans l'ordre de la séance.", aka="points", singular="item"
    )
    acts: tuple[Act, ...] | None = fact(
        Many(Part(Act), or_one=True),
        "Les délibérations après le vote.",
        aka="deliberation deliberations acte",
        singular="act",
    )
    texts: tuple[SignedText, ...] | None = fact(
        Many(Part(SignedText), or_one=True), "Les textes à signer.", aka="convention conventions texte", singular="text"
    )
    subsidies: tuple[Subsidy, ...] | None = fact(
        Many(Part(Subsidy), or_one=True), "Les subventions.", aka="subvention subventions grant", singular="subsidy"
    )
    association: Association | None = fact(Part(Association), "L'association (le comité).", aka="comite committee")
    missions: tuple[Mission, ...] | None = fact(
        Many(Part(Mission), or_one=True), "Voyages payés par la commune.", aka="mandat_special", singular="mission"
    )
    tours: tuple[Tour, ...] | None = fact(
        Many(Part(Tour), or_one=True), "Voyages de l'association.", aka="voyage voyages", singular="tour"
    )
    stays: tuple[Stay, ...] | None = fact(
        Many(Part(Stay), or_one=True), "Séjours.", aka="sejour sejours", singular="stay"
    )
    member_lists: tuple[MemberList, ...] | None = fact(
        Many(Part(MemberList), or_one=True), "Listes de membres demandées.", aka="liste_membres", singular="member_list"
    )
    kept_data: tuple[KeptData, ...] | None = fact(
        Many(Part(KeptData), or_one=True), "Données conservées.", aka="donnees retention"
    )
    exports: tuple[Export, ...] | None = fact(
        Many(Part(Export), or_one=True), "Lignes de données ouvertes.", aka="scdl open_data", singular="export"
    )
    overrides: tuple[Override, ...] | None = fact(
        Many(Part(Override), or_one=True),
        "Vérifications écartées, avec motif, auteur et date.",
        aka="derogations",
        singular="override",
    )
