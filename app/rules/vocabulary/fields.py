"""Every fact a project can state: its path, what it is, the question that asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.rules.units import COUNTED
from app.rules.vocabulary import codes

if TYPE_CHECKING:
    from collections.abc import Mapping

# Types: text, code, codes (one or several), country, countries, yes_no, number, age, when.


@dataclass(frozen=True, slots=True)
class Field:
    """One fact. ``asks``: the question, without its mark.

    ``whole``: there is no half of it. ``named``: people tell it by a name, which may be one that nobody knows here;
    the fact is then unknown, never another than those the rules look for.
    """

    name: str
    type: str
    asks: str
    unit: str = ""
    codes: Mapping[str, str] | None = None
    whole: bool = False
    named: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether there is no half of it."""
        return self.whole or self.unit in COUNTED


def _number(name: str, asks: str, unit: str) -> Field:
    return Field(name, "number", asks, unit)


def _yes_no(name: str, asks: str) -> Field:
    return Field(name, "yes_no", asks)


def _when(name: str, asks: str) -> Field:
    return Field(name, "when", asks)


def _text(name: str, asks: str) -> Field:
    return Field(name, "text", asks)


def _code(name: str, asks: str, words: Mapping[str, str]) -> Field:
    return Field(name, "code", asks, codes=words)


def _codes(name: str, asks: str, words: Mapping[str, str]) -> Field:
    return Field(name, "codes", asks, codes=words)


def _country(name: str, asks: str) -> Field:
    return Field(name, "country", asks)


ORGANISATION = (
    _text("id", "identifiant de l’organisme dans ce projet"),
    _text("name", "nom de l’organisme"),
    _code("kind", "nature de l’organisme", codes.ORGANISATION_KINDS),
    _codes("role", "rôle de l’organisme dans le projet", codes.ORGANISATION_ROLES),
    _country("country", "pays de l’organisme"),
    _text("region", "région de l’organisme"),
    _text("departement", "département de l’organisme (numéro)"),
    _code("territory", "partie du territoire français", codes.TERRITORIES),
    _yes_no("vulnerable_area", "l’organisme est dans un territoire reconnu très vulnérable"),
    _yes_no("is_public", "l’organisme est public"),
    _yes_no("non_profit", "l’organisme est sans but lucratif"),
    _yes_no("has_legal_personality", "l’organisme a la personnalité morale"),
    _yes_no("represents_local_authorities", "l’organisme représente des collectivités locales"),
    _yes_no("has_guarantees", "ses représentants peuvent s’engager et offrir des garanties"),
    _yes_no("is_para_administrative", "l’organisme dépend surtout d’une collectivité (para-administratif)"),
    _yes_no("is_first_time", "l’organisme demande cette aide pour la première fois"),
    _yes_no("is_volunteer_run", "l’organisme fonctionne avec des bénévoles"),
    _when("created", "date de création de l’organisme"),
    Field("approvals", "codes", "agréments de l’organisme", codes=codes.APPROVALS, named=True),
    _number("km_to_border", "distance de l’organisme à la frontière", "km"),
    _number("members", "nombre de personnes du groupe informel", "personnes"),
    _number("members_young", "nombre de membres du groupe âgés de 13 à 30 ans", "personnes"),
    _number("members_adult", "nombre de membres du groupe âgés d’au moins 18 ans", "personnes"),
    _number("contribution", "apport de l’organisme", "EUR"),
)
PARTICIPANT = (
    _country("country", "pays de la délégation"),
    _codes("role", "rôle des personnes", codes.PARTICIPANT_ROLES),
    Field("age", "age", "âge des personnes", "ans"),
    _text("organisation", "organisme qui envoie ces personnes"),
    _text("event", "rencontre à laquelle ces personnes viennent"),
    _text("region", "région de résidence"),
    _text("departement", "département de résidence (numéro)"),
    _yes_no("invited", "les personnes viennent d’un autre pays que celui de la rencontre"),
    _yes_no("listed_and_signed", "les personnes figurent sur une liste signée"),
    _yes_no("fewer_opportunities", "les personnes ont moins d’opportunités"),
    _number("km", "distance parcourue par personne", "km"),
    _number("days", "nombre de jours de présence", "jours"),
)
EVENT = (
    _text("id", "identifiant de la rencontre dans ce projet"),
    _text("name", "nom de la rencontre"),
    _code("kind", "nature de la rencontre", codes.ACTIVITIES),
    _when("start", "premier jour de la rencontre"),
    _when("end", "dernier jour de la rencontre"),
    _number("days", "durée de la rencontre", "jours"),
    _number("nights", "nombre de nuits", "nuits"),
    _number("travel_days", "jours de trajet compris dans la rencontre", "jours"),
    _country("country", "pays de la rencontre"),
    _text("place", "lieu de la rencontre"),
    _code("mode", "forme de la rencontre", codes.MODES),
    _text("part_of", "rencontre dont celle-ci est une partie"),
    _text("host", "organisme qui reçoit"),
    _yes_no("third_place", "la rencontre a lieu ailleurs que chez l’un des partenaires"),
    _yes_no("family_lodging", "les personnes sont logées gratuitement dans des familles"),
    _yes_no("seat_of_eu_institution", "la rencontre a lieu au siège d’une institution européenne"),
    _number("budget", "coût de la rencontre", "EUR"),
)
JOURNEY = (
    _code("transport", "moyen de transport", codes.TRANSPORT),
    _number("km", "distance comptée par personne", "km"),
    _number("persons", "personnes qui font ce trajet", "personnes"),
    _number("train_minutes", "durée du même trajet en train entre gares principales", "minutes"),
    _number("real_cost", "coût réel du trajet", "EUR"),
    _yes_no("green", "le trajet est écoresponsable"),
    _yes_no("group", "le trajet est celui d’un projet de groupe"),
    _country("from", "pays de départ"),
    _country("to", "pays d’arrivée"),
    _text("event", "rencontre à laquelle mène ce trajet"),
    _country("nationality", "pays des voyageurs"),
)
MONEY_LINE = (
    _code("side", "dépense ou recette", codes.SIDES),
    _code("kind", "nature de la somme", codes.MONEY_KINDS),
    _number("amount", "montant", "EUR"),
    _yes_no("eligible", "la dépense est éligible"),
    _country("country", "pays où la somme est employée"),
    _text("organisation", "organisme qui paie ou reçoit"),
    _text("event", "rencontre concernée"),
    _yes_no("has_receipt", "un justificatif existe"),
)
DOCUMENT = (
    Field("kind", "code", "nature du document", codes=codes.DOCUMENTS),
    _code("stage", "étape", codes.STAGES),
    _yes_no("ready", "le document est prêt"),
    _yes_no("signed", "le document est signé"),
    _when("date", "date du document"),
    _text("organisation", "organisme qui fournit le document"),
)
REQUEST = (
    Field("programme", "code", "programme de l’autre demande", named=True),
    _text("call", "appel ou session de l’autre demande"),
    _text("scheme", "volet de l’autre demande"),
    Field("year", "number", "année de l’autre demande", whole=True),
    _when("date", "date de l’autre demande"),
    _code("state", "état de l’autre demande", codes.REQUEST_STATES),
    _codes("role", "rôle de l’organisme dans l’autre demande", codes.ORGANISATION_ROLES),
    _text("organisation", "organisme de l’autre demande (« applicant » pour le demandeur)"),
    _text("commune", "commune concernée par l’autre demande"),
    _yes_no("same_consortium", "l’autre demande vient des mêmes partenaires"),
    _yes_no("same_project", "l’autre demande concerne ce même projet"),
    _number("amount", "montant de l’autre demande", "EUR"),
)
FUNDING = (
    Field("programme", "code", "programme de l’autre financement", named=True),
    _text("funder", "financeur"),
    _code("level", "niveau du financeur", codes.FUNDER_LEVELS),
    _code("state", "état de l’autre financement", codes.REQUEST_STATES),
    _number("amount", "montant de l’autre financement", "EUR"),
    _yes_no("same_costs", "l’autre financement porte sur les mêmes dépenses"),
    _yes_no("for_salary", "l’autre financement paie le même salarié"),
)
OTHER_CALL = (
    Field("programme", "code", "autre appel qui couvre ce projet", named=True),
    _yes_no("covers", "cet autre appel couvre ce projet"),
)
COLLECTIONS: dict[str, tuple[Field, ...]] = {
    "organisations": ORGANISATION,
    "participants": PARTICIPANT,
    "events": EVENT,
    "journeys": JOURNEY,
    "budget": MONEY_LINE,
    "documents": DOCUMENT,
    "requests": REQUEST,
    "fundings": FUNDING,
    "other_calls": OTHER_CALL,
}
COLLECTION_WORDS = {
    "organisations": "organismes (demandeur compris)",
    "participants": "participants",
    "events": "rencontres",
    "journeys": "trajets",
    "budget": "lignes du budget",
    "documents": "documents",
    "requests": "autres demandes de subvention",
    "fundings": "autres financements du projet",
    "other_calls": "autres appels",
}
COLLECTION_UNITS = {
    "organisations": "organismes",
    "participants": "personnes",
    "events": "rencontres",
    "journeys": "trajets",
    "budget": "lignes",
    "documents": "documents",
    "requests": "demandes",
    "fundings": "financements",
    "other_calls": "appels",
}
SECTIONS: dict[str, tuple[Field, ...]] = {
    "submission": (
        _when("date", "date (et heure) de dépôt de la demande"),
        _when("round", "date limite de la session visée"),
        _text("call", "appel ou volet visé"),
        _text("axis", "axe demandé"),
        Field("category", "number", "catégorie demandée", whole=True),
        Field("component", "text", "composante demandée"),
        _yes_no("is_renewal", "la demande est un renouvellement"),
        _number("renewals", "renouvellements déjà obtenus", "renouvellements"),
    ),
    "project": (
        _when("start", "premier jour du projet"),
        _when("end", "dernier jour du projet"),
        _number("months", "durée du projet", "mois"),
        _codes("fields", "domaines du projet", codes.FIELDS_OF_WORK),
        _codes("activities", "activités du projet", codes.ACTIVITIES),
        _text("objective", "objectif choisi"),
        _number("objectives", "nombre d’objectifs du programme visés", "objectifs"),
        _yes_no("only_youth", "le projet ne s’adresse qu’à des enfants ou à des jeunes"),
        _yes_no("only_audiovisual", "le projet est seulement audiovisuel"),
        _yes_no("has_online_activities", "une partie des activités se fait en ligne"),
        _yes_no("formal_twinning", "un jumelage est signé entre les communes"),
        _yes_no("seeks_partner", "trouver un partenaire est l’objet du projet"),
        _yes_no("has_begun", "l’action a commencé"),
        _yes_no("for_profit", "le projet a un but lucratif"),
        _number("projects_in_request", "nombre de projets de la demande", "projets"),
        _when("signing", "date de signature de la charte"),
        _country("target_country", "pays où se déroule l’action de coopération"),
        Field("countries", "countries", "pays où se déroule l’action"),
        _yes_no("several_countries", "l’action se déroule dans plusieurs pays partenaires"),
    ),
    "money": (
        _number("total_cost", "coût total du projet", "EUR"),
        _number("eligible_cost", "dépenses éligibles", "EUR"),
        _number("requested", "subvention demandée", "EUR"),
        _number("other_income", "autres recettes du projet", "EUR"),
        _number("own_cash", "apport du demandeur en argent", "EUR"),
        _number("own_in_kind", "apport du demandeur en nature, valorisé", "EUR"),
        _number("own_contribution", "apport total du demandeur", "EUR"),
        _number("third_party", "apport de tiers", "EUR"),
        _number("salaries", "salaires compris dans le budget", "EUR"),
        _number("overheads", "frais généraux", "EUR"),
        _number("real_travel_cost", "coût réel des voyages", "EUR"),
        _number("flat_travel_rate", "forfait de voyage du programme", "EUR"),
        _number("final_grant", "subvention d’après le décompte final", "EUR"),
    ),
    "post": (
        _number("units", "postes à plein temps demandés", "postes"),
        _number("years", "durée de l’aide au poste", "ans"),
        _number("state_aids", "autres aides de l’État pour le même salarié", "aides"),
    ),
    "training": (
        _number("trainees", "stagiaires", "personnes"),
        _number("days", "durée de la formation", "jours"),
    ),
    "score": (_number("total", "note totale", "points"),),
}
TOP: tuple[Field, ...] = (
    _text("title", "titre du projet"),
    _text("reference", "référence du dossier"),
)
ALONE = {"participants": ("total", "invited")}
