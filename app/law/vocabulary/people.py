"""Travel, stays of minors, lists of members and kept data, as facts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from app.law.vocabulary.kinds import AGE, COUNT, DAY, FLAG, HAPPENED, TEXT, Many, OneOf, fact
from app.law.vocabulary.parts import Part

if TYPE_CHECKING:
    from datetime import date

    When = date | Literal[False]

TRAVELLERS = {"elected": "élu", "employee": "agent", "other": "autre (association…)"}
LIST_CONTENTS = {"names": "liste nominative", "totals": "nombres (par commune de résidence)"}
RECIPIENTS = {
    "commune": "la commune",
    "association": "l'association",
    "prefecture": "la préfecture",
    "other": "autre",
}
KEPT = {
    "former_member": "ancien membre",
    "accounts": "comptes, reçus, factures",
    "assembly_papers": "convocations, présences, procès-verbaux",
    "newsletter": "lettre d'information",
    "stay_sheet": "fiche de séjour, santé, famille d'accueil",
    "identity_document": "copie de pièce d'identité",
}


@dataclass(frozen=True)
class Mission:
    """A journey paid by the commune."""

    traveller: str | None = fact(OneOf(TRAVELLERS), "Qui voyage.", aka="voyageur traveller_kind")
    purpose: str | Literal[False] | None = fact(TEXT, "Objet précis de la mission.", aka="objet")
    mandate_voted_on: When | None = fact(
        HAPPENED, "Mandat spécial voté le ; false : pas de vote.", aka="mandat_le voted_on mandat_vote_le"
    )
    departs_on: date | None = fact(DAY, "Départ.", aka="depart")
    returns_on: date | None = fact(DAY, "Retour.", aka="retour")
    reimbursed: bool | None = fact(FLAG, "Des frais sont remboursés ou pris en charge.", aka="rembourse")


@dataclass(frozen=True)
class Tour:
    """Journeys that the committee sells or organises."""

    services: int | None = fact(COUNT, "Prestations réunies (transport, logement, visite…).", aka="prestations")
    nights: int | None = fact(COUNT, "Nuits.", aka="nuits")
    hours: int | None = fact(COUNT, "Durée en heures, s'il n'y a pas de nuit.", aka="heures")
    per_year: int | None = fact(COUNT, "Voyages par an.", aka="par_an trips_per_year")
    members_only: bool | None = fact(FLAG, "Réservés aux membres.", aka="membres for_members_only")
    sold: bool | None = fact(FLAG, "Vendus par l'association (les participants la paient).", aka="vendu")
    registered: bool | None = fact(
        FLAG, "Association immatriculée, ou agence immatriculée payée directement.", aka="agence"
    )


@dataclass(frozen=True)
class Participant:
    """Somebody who leaves with the group."""

    name: str | None = fact(TEXT, "Nom ou initiales.", aka="nom")
    age: int | None = fact(AGE, "Âge au départ.")
    born_on: date | None = fact(DAY, "Ou sa date de naissance.", aka="naissance")
    with_parent: bool | None = fact(FLAG, "Accompagné d'un titulaire de l'autorité parentale.", aka="avec_parent")
    exit_authorisation: bool | None = fact(FLAG, "Autorisation de sortie du territoire signée.", aka="ast")
    parent_identity_copy: bool | None = fact(FLAG, "Copie de la pièce du parent signataire.", aka="piece_parent")
    own_identity: bool | None = fact(FLAG, "Sa propre pièce d'identité.", aka="piece")


@dataclass(frozen=True)
class Stay:
    """A stay, here or abroad."""

    title: str | None = fact(TEXT, "Objet.", aka="objet")
    minors: int | None = fact(COUNT, "Nombre de mineurs.", aka="mineurs")
    nights: int | None = fact(COUNT, "Nuits.", aka="nuits")
    starts_on: date | None = fact(DAY, "Début.", aka="debut departs_on")
    school_trip: bool | None = fact(FLAG, "Voyage scolaire.", aka="scolaire school")
    family_stay: bool | None = fact(FLAG, "Séjour en famille, sans activité de groupe.", aka="famille")
    declared_on: When | None = fact(HAPPENED, "Déclaration initiale au SDJES le ; false : non.", aka="declare_le")
    completed_on: When | None = fact(HAPPENED, "Fiche complémentaire le ; false : non.", aka="fiche_complementaire_le")
    leaves_france: bool | None = fact(FLAG, "On quitte la France.", aka="etranger abroad sortie_du_territoire")
    participants: tuple[Participant, ...] | None = fact(Many(Part(Participant)), "Liste de départ.")


@dataclass(frozen=True)
class MemberList:
    """A list of members that somebody asks for."""

    content: str | None = fact(OneOf(LIST_CONTENTS), "Ce que contient la liste.", aka="contenu")
    recipient: str | None = fact(OneOf(RECIPIENTS), "À qui elle va.", aka="destinataire")


@dataclass(frozen=True)
class KeptData:
    """A kind of data and how long it is kept."""

    kind: str | None = fact(OneOf(KEPT), "Nature.", aka="nature type")
    since: date | None = fact(
        DAY,
        "Départ du membre, clôture des comptes, dernier contact ou fin du séjour.",
        aka="depuis ended_on left_on closed_on",
    )
    agreement: bool | None = fact(FLAG, "Accord exprès de la personne.", aka="accord")
    deleted_on: When | None = fact(HAPPENED, "Effacé le ; false : toujours gardé.", aka="efface_le")
