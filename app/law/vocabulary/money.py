"""Subsidies, the association that receives them, and its papers, as facts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from app.law.vocabulary.kinds import (
    COUNT,
    DAY,
    DEPARTMENT,
    FLAG,
    HAPPENED,
    MONEY,
    TEXT,
    YEAR,
    Cells,
    FirstOf,
    Many,
    OneOf,
    OrNo,
    fact,
)
from app.law.vocabulary.parts import Part

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    When = date | Literal[False]

AIDS = {"cash": "en numéraire", "in_kind": "en nature, à sa valeur"}
CHANGES = {
    "officers": "dirigeants",
    "statutes": "statuts",
    "name": "nom",
    "seat": "siège",
    "object": "objet",
    "dissolution": "dissolution",
    "other": "autre",
}
PAPERS = {
    "statutes": "statuts",
    "minutes": "procès-verbal",
    "mandate": "mandat",
    "officer_list": "liste des dirigeants",
    "other": "autre",
}
LEADERS = {"mayor": "maire", "deputy": "adjoint", "councillor": "conseiller municipal", "other": "ni l'un ni l'autre"}
SCHEMAS = {"deliberations": "SCDL délibérations 2.1.5", "subventions": "SCDL subventions 2.1.1"}


@dataclass(frozen=True)
class Aid:
    """One aid of the year."""

    kind: str | None = fact(OneOf(AIDS), "Nature.", aka="nature type")
    amount: Decimal | None = fact(MONEY, "Montant ou valeur.", aka="montant valeur value")
    label: str | None = fact(TEXT, "Objet.", aka="objet")


@dataclass(frozen=True)
class EarlierSubsidy:
    """A subsidy of an earlier year, for its report."""

    year: int | None = fact(YEAR, "Année d'attribution.", aka="annee")
    earmarked: bool | None = fact(FLAG, "Affectée à une dépense déterminée.", aka="affectee")
    report_received_on: When | None = fact(HAPPENED, "Compte rendu financier reçu le ; false : pas reçu.")


@dataclass(frozen=True)
class Subsidy:
    """A subsidy from the commune to an association, over one year."""

    title: str | None = fact(TEXT, "Objet.", aka="objet")
    beneficiary: str | None = fact(TEXT, "Association.", aka="beneficiaire")
    year: int | None = fact(YEAR, "Année (sinon celle du vote).", aka="annee")
    cash: Decimal | None = fact(MONEY, "Total de l'année en numéraire.", aka="montant amount numeraire")
    in_kind: Decimal | None = fact(MONEY, "Valeur de l'année en nature (locaux, personnel) ; 0 : rien.", aka="nature")
    aids: tuple[Aid, ...] | None = fact(Many(Part(Aid)), "Ou bien toutes les aides de l'année, une à une.", aka="aides")
    awarded_on: date | None = fact(DAY, "Votée le.", aka="votee_le attribuee_le voted_on")
    notified_on: date | None = fact(DAY, "Notifiée à l'association le.", aka="notifiee_le")
    paid_on: When | None = fact(HAPPENED, "Versée le (premier versement) ; false : pas encore.", aka="versee_le")
    distinct_deliberation: bool | None = fact(FLAG, "Délibération distincte du vote du budget.", aka="distincte")
    conditions_attached: bool | None = fact(FLAG, "L'attribution est assortie de conditions.", aka="conditions")
    listed_in_budget: bool | None = fact(
        FLAG, "Crédits individualisés ou listés dans une annexe du budget.", aka="listed_in_annex annexe"
    )
    cer_signed_on: When | None = fact(
        HAPPENED, "Contrat d'engagement républicain signé le ; false : non.", aka="cer cer_date cer_le"
    )
    convention_signed_on: When | None = fact(
        HAPPENED, "Convention commune–association signée le ; false : non.", aka="convention convention_le"
    )
    data_published_on: When | None = fact(
        HAPPENED, "Données essentielles en ligne le ; false : non.", aka="open_data_on"
    )
    earmarked: bool | None = fact(FLAG, "Affectée à une dépense déterminée.", aka="affectee")
    financial_year_ends_on: date | None = fact(DAY, "Fin de l'exercice d'attribution (sinon le 31 décembre).")
    report_received_on: When | None = fact(HAPPENED, "Compte rendu financier reçu le ; false : non.", aka="report_on")
    previous: tuple[EarlierSubsidy, ...] | None = fact(
        Many(Part(EarlierSubsidy)), "Subventions des années passées ; [] : aucune.", aka="precedentes earlier"
    )
    redistributes: bool | None = fact(FLAG, "L'association reverse à une autre (son budget le montre).", aka="reverse")
    redistribution_clause: bool | None = fact(FLAG, "La convention permet expressément le reversement.")
    abroad: bool | None = fact(FLAG, "Pour une action à l'étranger.", aka="etranger")
    action: str | Literal[False] | None = fact(
        OrNo(TEXT), "Action financée ; false : pas indiquée.", aka="objet_action"
    )
    period: str | Literal[False] | None = fact(OrNo(TEXT), "Période ; false : pas indiquée.", aka="periode")
    conditions_of_use: str | bool | None = fact(
        FirstOf({str: TEXT, bool: FLAG}), "Conditions d'emploi, ou true, ou false.", aka="conditions_emploi use"
    )
    general_support: bool | None = fact(FLAG, "Soutien général, sans action précise.", aka="soutien_general")
    wording: str | None = fact(TEXT, "Texte de la délibération (neutralité politique, C48).", aka="texte")


@dataclass(frozen=True)
class Change:
    """A change of an association."""

    what: str | None = fact(OneOf(CHANGES), "Ce qui change.", aka="quoi kind type")
    decided_on: date | None = fact(DAY, "Décidé le.", aka="date decide_le")
    declared_on: When | None = fact(HAPPENED, "Déclaré le ; false : pas encore.", aka="declare_le")


@dataclass(frozen=True)
class Paper:
    """A paper sent to the registry of associations."""

    kind: str | None = fact(OneOf(PAPERS), "Pièce.", aka="type")
    has_birth_dates: bool | None = fact(FLAG, "Contient des dates de naissance.", aka="dates_de_naissance")
    text: str | None = fact(TEXT, "Ou son texte, que l'on relit.", aka="texte")


@dataclass(frozen=True)
class Association:
    """The committee as an association."""

    name: str | None = fact(TEXT, "Nom.", aka="nom")
    department: str | None = fact(DEPARTMENT, "Département du siège.", aka="departement")
    alsace_moselle: bool | None = fact(FLAG, "Association de droit local (sinon comme la commune).", aka="droit_local")
    siret: str | Literal[False] | None = fact(OrNo(TEXT), "SIRET ; false : aucun.")
    rna: str | Literal[False] | None = fact(OrNo(TEXT), "Numéro RNA ; false : aucun.")
    changes: tuple[Change, ...] | None = fact(
        Many(Part(Change), or_one=True), "Changements ; [] : aucun.", aka="changements"
    )
    papers: tuple[Paper, ...] | None = fact(
        Many(Part(Paper), or_one=True), "Pièces pour le greffe.", aka="pieces documents"
    )
    resources: Decimal | None = fact(MONEY, "Ressources de l'année.", aka="ressources")
    municipal_subsidy: Decimal | None = fact(MONEY, "Dont aides de la commune.", aka="subvention_municipale")
    board_size: int | None = fact(COUNT, "Membres du conseil d'administration.", aka="board ca")
    ex_officio_members: int | None = fact(
        COUNT, "Dont membres de droit (élus municipaux).", aka="membres_de_droit ex_officio"
    )
    president_is: str | None = fact(OneOf(LEADERS), "Le président est aussi…", aka="president")
    treasurer_is: str | None = fact(OneOf(LEADERS), "Le trésorier est aussi…", aka="tresorier")
    convention_with_commune: bool | None = fact(FLAG, "Une convention lie commune et association.", aka="convention")
    last_general_meeting_on: When | None = fact(HAPPENED, "Dernière assemblée générale.", aka="derniere_ag")
    premises_or_staff_lent: bool | None = fact(FLAG, "Locaux ou personnel prêtés par la commune.", aka="pret")
    loan_in_writing: bool | None = fact(FLAG, "Ce prêt fait l'objet d'un acte écrit.", aka="pret_ecrit")
    municipal_receipts: bool | None = fact(
        FLAG, "Encaisse les recettes d'une manifestation de la commune.", aka="recettes_municipales"
    )


@dataclass(frozen=True)
class Export:
    """Rows of an open-data export."""

    schema: str | None = fact(OneOf(SCHEMAS), "Schéma.", aka="schéma type")
    rows: tuple[dict[str, Any], ...] | None = fact(
        Many(Cells(), or_one=True), "Lignes : { colonne : valeur }, noms de colonnes du schéma.", aka="lignes"
    )
    extract: bool | None = fact(
        FLAG, "true : les lignes ne sont qu'un extrait, seules les colonnes données sont jugées.", aka="partial extrait"
    )
