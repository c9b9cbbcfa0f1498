"""The commune and its council, as facts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from app.law.vocabulary.kinds import (
    COUNT,
    DAY,
    DEPARTMENT,
    FLAG,
    HAPPENED,
    INSEE,
    TEXT,
    FirstOf,
    Many,
    OneOf,
    Text,
    fact,
)
from app.law.vocabulary.parts import Part

if TYPE_CHECKING:
    from datetime import date

    from app.law.acts import Mode

MODES = {"electronic": "électronique", "posting": "affichage", "paper": "papier"}
STATUSES = {
    "paris": "Paris",
    "lyon": "Lyon",
    "marseille": "Marseille",
    "new_commune": "commune nouvelle, période transitoire",
    "overseas": "outre-mer",
}


@dataclass(frozen=True)
class Commune:
    """What a commune is to the law."""

    name: str | None = fact(TEXT, "Nom de la commune.", aka="nom")
    insee: str | None = fact(
        INSEE, "Code officiel géographique, cinq caractères ; dit le département.", aka="code_insee"
    )
    department: str | None = fact(DEPARTMENT, "Département : « 59 », « 2A », « 974 ».", aka="departement dept")
    alsace_moselle: bool | None = fact(
        FLAG, "Droit local d'Alsace-Moselle. Sans ce mot ni département ni code : droit commun.", aka="droit_local"
    )
    population: int | None = fact(
        COUNT, "Population municipale actuelle.", aka="habitants inhabitants population_actuelle"
    )
    population_total: int | None = fact(
        COUNT, "Population totale ; si elle est de l'autre côté d'un seuil, on avertit.", aka="population_totale"
    )
    population_at_renewal: int | None = fact(
        COUNT,
        "Population de référence au dernier renouvellement général : elle fixe l'effectif.",
        aka="population_reference_effectif population_reference",
    )
    special_status: str | None = fact(OneOf(STATUSES), "Statut particulier : l'effectif se saisit à la main.")
    website: bool | None = fact(FLAG, "La commune a un site internet.", aka="site site_internet")
    publication_mode: Mode | Literal["none"] | None = fact(
        OneOf(MODES | {"none": "aucun choix voté"}),
        "Mode de publication choisi par délibération (moins de 3 500 habitants).",
        aka="mode_publication mode",
    )
    publication_mode_decided_on: date | Literal[False] | None = fact(
        HAPPENED, "Date de la délibération qui choisit ce mode ; false : pas de délibération."
    )


@dataclass(frozen=True)
class Member:
    """A councillor."""

    name: str | None = fact(TEXT, "Nom, le même partout dans le fichier.", aka="nom")
    office: str | None = fact(TEXT, "Fonction : maire, adjoint, conseiller (libre).", aka="fonction role")


@dataclass(frozen=True)
class Council:
    """The council in its term."""

    legal_strength: int | None = fact(
        COUNT, "Effectif légal saisi à la main (Paris, Lyon, Marseille, commune nouvelle, outre-mer).", aka="effectif"
    )
    elected: int | None = fact(
        COUNT, "Nombre de conseillers réellement élus à la dernière élection (L2121-2-1).", aka="elus"
    )
    renewed_on: date | None = fact(DAY, "Date du dernier renouvellement général.", aka="renouvellement")
    in_office: int | None = fact(
        COUNT,
        "Membres en exercice. Absent, il se déduit de « vacancies » ou de « members ».",
        aka="en_exercice exercice",
    )
    vacancies: int | None = fact(
        COUNT, "Sièges vacants ; 0 : le conseil est au complet.", aka="vacances sieges_vacants"
    )
    vacancies_explained: str | bool | None = fact(
        FirstOf({str: Text(), bool: FLAG}), "Motif des vacances (démission, décès…), ou true, ou false.", aka="motif"
    )
    members: tuple[Member | str, ...] | None = fact(
        Many(FirstOf({str: Text(), dict: Part(Member)})), "Les membres en exercice : noms, ou objets.", aka="membres"
    )
