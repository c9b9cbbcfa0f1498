"""The act after its vote, and the text that it allows to sign, as facts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from app.law.vocabulary.commune import MODES
from app.law.vocabulary.item import KINDS, OUTCOMES
from app.law.vocabulary.kinds import (
    COUNT,
    DAY,
    FLAG,
    HAPPENED,
    MONEY,
    TEXT,
    TEXTS,
    Country,
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

    from app.law.acts import Mode
    from app.law.votes import Outcome

    When = date | Literal[False]

ANNEXES = {
    "text": "texte à signer",
    "translation": "sa traduction",
    "budget": "budget",
    "other": "autre pièce",
}
FORMATS = {"pdf": "PDF", "pdf_a": "PDF/A", "html": "page internet", "image": "image", "office": "traitement de texte"}
TEXT_KINDS = {
    "oath": "serment de jumelage",
    "charter": "charte d'amitié",
    "pact": "pacte d'amitié",
    "convention": "convention de jumelage ou de partenariat",
    "cooperation": "convention de coopération décentralisée",
    "association": "convention avec une association française, tel un comité de jumelage",
}
CONTENTS = {
    "money": "de l'argent",
    "premises": "des locaux",
    "staff": "du personnel",
    "calendar": "un calendrier d'obligations",
}
CAPACITIES = {
    "mayor": "maire",
    "deputy": "adjoint",
    "councillor": "conseiller municipal",
    "deputy_mayor_of_merged_commune": "maire délégué d'une commune déléguée",
    "committee_president": "président du comité",
    "officer": "agent de la commune",
    "other": "autre",
}
PARTNERS = {
    "local_authority": "collectivité locale",
    "state": "État",
    "ministry": "ministère ou service de l'État",
    "association": "association",
    "company": "entreprise",
    "other": "autre",
}
ALERTS = {
    "sanctions": "sanctions",
    "non_recognised": "territoire non reconnu",
    "conflict": "conflit",
    "travel_advice": "voyages déconseillés",
}


@dataclass(frozen=True)
class Online:
    """The act as it stands on the website."""

    format: str | None = fact(OneOf(FORMATS), "Format du fichier.")
    whole_text: bool | None = fact(FLAG, "Le texte entier est publié.", aka="texte_entier")
    unmodifiable: bool | None = fact(FLAG, "Format non modifiable.", aka="non_modifiable")
    downloadable: bool | None = fact(FLAG, "Téléchargeable.", aka="telechargeable")
    author_first_name: str | bool | None = fact(
        FirstOf({str: TEXT, bool: FLAG}), "Prénom de l'auteur, ou true, ou false."
    )
    author_name: str | bool | None = fact(FirstOf({str: TEXT, bool: FLAG}), "Nom de l'auteur, ou true, ou false.")
    author_quality: str | bool | None = fact(
        FirstOf({str: TEXT, bool: FLAG}), "Qualité de l'auteur (maire…), ou true, ou false."
    )
    date_shown: bool | None = fact(FLAG, "La date de mise en ligne est indiquée.", aka="date_affichee")
    online_on: date | None = fact(DAY, "Mis en ligne le (sinon « published_on » de l'acte).", aka="mis_en_ligne_le")
    removed_on: When | None = fact(HAPPENED, "Retiré le ; false : toujours en ligne.", aka="retire_le until")


@dataclass(frozen=True)
class Appeal:
    """An appeal against the act."""

    lodged_on: date | None = fact(DAY, "Date du recours gracieux.", aka="depose_le date on")
    answered_on: When | None = fact(HAPPENED, "Date de la réponse ; false : pas encore.", aka="reponse_le")


@dataclass(frozen=True)
class PrefectLetter:
    """The first letter by which the prefect asks the commune to take the act back."""

    sent_on: date | None = fact(DAY, "Envoyée par la préfecture le.", aka="envoyee_le date on")
    received_on: date | None = fact(DAY, "Reçue par la commune le.", aka="recue_le")
    answered_on: When | None = fact(
        HAPPENED,
        "Refus de la commune reçu par le préfet le ; false : pas de réponse (le silence refuse).",
        aka="refus_le refused_on reponse_le",
    )


@dataclass(frozen=True)
class Act:
    """A deliberation as an act."""

    number: str | None = fact(TEXT, "Numéro, le même dans « authorised_by » d'un texte.", aka="numero id")
    title: str | None = fact(TEXT, "Objet.", aka="objet object titre")
    kind: tuple[str, ...] | None = fact(Many(OneOf(KINDS), or_one=True), "Ce sur quoi porte l'acte.", aka="type")
    adopted_on: date | None = fact(DAY, "Adoptée le (sinon la date de la séance).", aka="adopte_le date voted_on")
    outcome: Outcome | None = fact(OneOf(OUTCOMES), "Sens du vote.", aka="resultat")
    authorises_signature: bool | None = fact(
        FLAG, "Autorise la signature d'un texte (serment, charte, convention).", aka="autorise_signature"
    )
    annexes: tuple[str, ...] | None = fact(
        Many(OneOf(ANNEXES), or_one=True), "Pièces annexées à la délibération ; [] : aucune.", aka="pieces"
    )
    transmitted_on: When | None = fact(
        HAPPENED,
        "Reçue par la préfecture le (accusé de réception) ; false : pas encore.",
        aka="transmis_le received_on",
    )
    published_on: When | None = fact(
        HAPPENED, "Portée à la connaissance du public le ; false : pas encore.", aka="publie_le publiee_le affiche_le"
    )
    publication_mode: Mode | None = fact(OneOf(MODES), "Comment elle a été publiée.", aka="mode_publication")
    online: Online | None = fact(Part(Online), "La publication électronique.", aka="en_ligne")
    certified_on: When | None = fact(
        HAPPENED, "Certificat du caractère exécutoire daté du ; false : aucun.", aka="certificat_le certificate_on"
    )
    prefect_request_on: date | None = fact(DAY, "Demande de pièces du préfet (dossier incomplet) le.")
    completed_on: date | None = fact(DAY, "Dossier complété (reçu) le.", aka="complete_le")
    prefect_letter: PrefectLetter | None = fact(
        Part(PrefectLetter),
        "Lettre d'observations du préfet qui demande de retirer ou de modifier l'acte (recours gracieux).",
        aka="lettre_prefet lettre_observations letter",
    )
    appeal: Appeal | None = fact(Part(Appeal), "Recours gracieux d'un tiers.", aka="recours")
    contested: bool | None = fact(FLAG, "Un déféré ou un recours contentieux est en cours.", aka="contentieux")
    stopped_on: date | None = fact(
        DAY,
        "Jour depuis lequel elle ne s'exécute plus : suspendue ou annulée par le juge, retirée ou abrogée.",
        aka="suspendue_le annulee_le retiree_le abrogee_le",
    )
    takes_effect_on: date | None = fact(
        DAY, "Date d'effet que dit l'acte : « à compter du… ».", aka="date_effet effet effective_on"
    )
    estimated_amount: Decimal | None = fact(
        MONEY,
        "Montant prévisionnel que dit l'acte, à comparer avec celui du texte.",
        aka="montant montant_previsionnel",
    )
    actes_code: str | None = fact(TEXT, "Code matière ACTES : « 7.5 ».", aka="code_matiere matiere code")
    actes_label: str | None = fact(TEXT, "Libellé matière.", aka="libelle_matiere")
    visas: tuple[str, ...] | None = fact(TEXTS, "Articles visés : « L2121-29 », « L. 2311-7 »…", aka="vu articles")
    wording: str | None = fact(TEXT, "Texte de la délibération (neutralité politique, C48).", aka="texte text")


@dataclass(frozen=True)
class Partner:
    """The other side of a twinning."""

    name: str | None = fact(TEXT, "Nom.", aka="nom")
    kind: str | None = fact(OneOf(PARTNERS), "Nature du partenaire.", aka="type nature")
    country: str | None = fact(Country(), "Pays, deux lettres ISO : « DE ».", aka="pays")
    recognised: bool | None = fact(
        FLAG, "État ou territoire reconnu par la France.", aka="reconnu recognised_by_france"
    )
    alerts: tuple[str, ...] | None = fact(
        Many(OneOf(ALERTS), or_one=True), "Points de vigilance connus ; [] : aucun.", aka="alertes"
    )


@dataclass(frozen=True)
class Signatory:
    """Who signs for the commune."""

    name: str | None = fact(TEXT, "Nom.", aka="nom")
    capacity: str | None = fact(OneOf(CAPACITIES), "Qualité.", aka="qualite role fonction")
    replaces_mayor: bool | None = fact(FLAG, "Remplace le maire absent ou empêché (L2122-17).", aka="remplace_le_maire")
    delegation_number: str | None = fact(TEXT, "Numéro de l'arrêté de délégation.", aka="arrete")
    delegation_on: When | None = fact(
        HAPPENED, "Date de l'arrêté ; false : pas d'arrêté.", aka="delegation_le delegation"
    )
    delegation_transmitted_on: When | None = fact(HAPPENED, "Arrêté transmis le.")
    delegation_published_on: When | None = fact(HAPPENED, "Arrêté publié le.")
    delegation_covers: bool | None = fact(FLAG, "L'arrêté couvre cette matière.", aka="couvre")


@dataclass(frozen=True)
class Version:
    """The text in one language."""

    language: str | None = fact(TEXT, "Langue : « fr », « de »…", aka="langue lang")
    articles: int | None = fact(COUNT, "Nombre d'articles.")
    amounts: tuple[Decimal, ...] | None = fact(Many(MONEY, or_one=True), "Montants cités.", aka="montants")
    dates: tuple[date, ...] | None = fact(Many(DAY, or_one=True), "Dates citées.")
    authentic: bool | None = fact(FLAG, "Cette version fait foi.", aka="fait_foi")


@dataclass(frozen=True)
class SignedText:
    """The oath, charter or convention that is to be signed."""

    title: str | None = fact(TEXT, "Titre.", aka="titre")
    kind: str | None = fact(OneOf(TEXT_KINDS), "Nature du texte.", aka="type nature")
    authorised_by: str | None = fact(TEXT, "Numéro de l'acte qui autorise (inutile s'il n'y a qu'un acte).", aka="acte")
    contains: tuple[str, ...] | None = fact(
        Many(OneOf(CONTENTS), or_one=True), "Ce à quoi il engage ; en fait une convention. [] : rien.", aka="contient"
    )
    object: str | Literal[False] | None = fact(OrNo(TEXT), "Objet des actions ; false : pas indiqué.", aka="objet")
    estimated_amount: Decimal | Literal[False] | None = fact(
        OrNo(MONEY), "Montant prévisionnel, 0 compris ; false : pas indiqué.", aka="montant amount"
    )
    languages: tuple[str, ...] | None = fact(TEXTS, "Langues du texte (sinon « versions »).", aka="langues")
    authentic_languages: tuple[str, ...] | None = fact(TEXTS, "Langues qui font foi.", aka="authentic font_foi")
    authentic_clause: bool | None = fact(FLAG, "Une clause dit quelles versions font foi.", aka="clause_langues")
    versions: tuple[Version, ...] | None = fact(Many(Part(Version)), "Le texte langue par langue.")
    partner: Partner | None = fact(Part(Partner), "Le partenaire.", aka="partenaire")
    signatory: Signatory | None = fact(Part(Signatory), "Qui signe pour la commune.", aka="signataire")
    signed_on: When | None = fact(
        HAPPENED, "Signé le ; false : pas signé, et aucun jour n'est prévu.", aka="signe_le signature_on"
    )
    signing_planned_on: date | None = fact(
        DAY, "Signature prévue le, tant que le texte n'est pas signé.", aka="signature_planned_on signature_prevue_le"
    )
    transmitted_on: When | None = fact(HAPPENED, "Texte signé transmis à la préfecture le.", aka="transmis_le")
    wording: str | None = fact(TEXT, "Le texte (neutralité politique, C48).", aka="texte text")
