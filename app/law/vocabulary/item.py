"""One item of the agenda: who is there, who withdraws, how one votes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.law.vocabulary.kinds import (
    AGE,
    COUNT,
    DAY,
    FLAG,
    PEOPLE,
    TEXT,
    TEXTS,
    ByName,
    Count,
    Many,
    OneOf,
    fact,
)
from app.law.vocabulary.meeting import PROXIES
from app.law.vocabulary.parts import Part

if TYPE_CHECKING:
    from datetime import date

    from app.law.vocabulary.meeting import GivenProxy, People
    from app.law.votes import Ballot, Outcome, Voice

KINDS = {
    "twinning": "principe ou texte du jumelage",
    "convention": "convention et autorisation de signer",
    "subsidy": "subvention",
    "appointment": "désignation de représentants",
    "committee": "création d'un comité ou d'une commission",
    "mission": "mandat spécial",
    "ceremony": "cérémonie, frais de réception",
    "loan": "prêt de locaux ou de matériel",
    "membership": "adhésion à un réseau",
    "motion": "vœu ou motion",
    "suspension": "suspension, reprise ou fin du jumelage",
    "budget": "budget",
    "other": "autre",
}
ITEM_KINDS = {**KINDS, "information": "information ou questions diverses : rien n'y est soumis à délibération"}
BALLOTS = {"show_of_hands": "main levée", "public": "scrutin public", "secret": "scrutin secret"}
OUTCOMES = {"adopted": "adoptée", "rejected": "rejetée"}
VOICES = {"for": "pour", "against": "contre", "abstained": "abstention", "none": "n'a pas voté"}
OFFICES = {
    "president": "président",
    "vice_president": "vice-président",
    "treasurer": "trésorier",
    "secretary": "secrétaire",
    "board_member": "membre du conseil d'administration",
    "member": "simple adhérent",
    "employee": "salarié",
    "none": "sans fonction",
}
CONDUCTS = {
    "left": "a quitté la salle",
    "stayed": "est resté sans prendre part",
    "presided": "a présidé le point",
    "reported": "a rapporté",
    "prepared": "a préparé le dossier",
    "debated": "a débattu",
    "voted": "a voté",
    "gave_proxy": "a donné procuration",
    "held_proxy": "a voté par la procuration d'un autre",
}


@dataclass(frozen=True)
class Interested:
    """A councillor with an interest in the item."""

    name: str | None = fact(TEXT, "Le conseiller.", aka="nom member")
    office: str | None = fact(OneOf(OFFICES), "Sa fonction dans l'organisme concerné.", aka="fonction role")
    body: str | None = fact(TEXT, "L'organisme (comité de jumelage…).", aka="organisme association")
    designated_by_commune: bool | None = fact(
        FLAG, "Il y siège seulement parce que la commune l'a désigné (L1111-6).", aka="designe representative"
    )
    paid: bool | None = fact(FLAG, "Il en reçoit une rémunération ou un avantage particulier.", aka="remunere")
    conduct: tuple[str, ...] | None = fact(
        Many(OneOf(CONDUCTS), or_one=True), "Ce qu'il a fait pendant ce point.", aka="comportement conduite"
    )
    like_name_only: bool | None = fact(
        FLAG, "Il porte le nom d'un membre de l'organisme ; personne n'a encore dit si c'est lui.", aka="homonyme"
    )


@dataclass(frozen=True)
class Candidate:
    """Somebody who stands for an appointment."""

    name: str | None = fact(TEXT, "Nom.", aka="nom")
    age: int | None = fact(AGE, "Âge (départage à égalité au troisième tour).")
    born_on: date | None = fact(DAY, "Ou sa date de naissance.", aka="naissance ne_le")


@dataclass(frozen=True)
class BallotRound:
    """One round of an appointment."""

    votes: dict[str, int] | None = fact(ByName(COUNT), "Voix par candidat.", aka="voix")
    blank: int | None = fact(COUNT, "Bulletins blancs.", aka="blancs")
    null: int | None = fact(COUNT, "Bulletins nuls.", aka="nuls")
    cast: int | None = fact(COUNT, "Suffrages exprimés (nécessaires s'il y a plusieurs sièges).", aka="exprimes")


@dataclass(frozen=True)
class Appointing:
    """An appointment by rounds."""

    seats: int | None = fact(Count(1), "Sièges à pourvoir.", aka="sieges")
    candidates: tuple[Candidate, ...] | None = fact(Many(Part(Candidate)), "Les candidats.", aka="candidats")
    rounds: tuple[BallotRound, ...] | None = fact(Many(Part(BallotRound)), "Les tours, dans l'ordre.", aka="tours")
    declared_elected: tuple[str, ...] | None = fact(TEXTS, "Qui a été proclamé élu.", aka="elus elected proclames")
    unanimous_waiver: bool | None = fact(
        FLAG, "Le conseil a décidé à l'unanimité de ne pas voter au scrutin secret.", aka="unanimite"
    )
    secret_imposed: bool | None = fact(FLAG, "Un texte impose le scrutin secret.", aka="secret_impose")


@dataclass(frozen=True)
class Vote:
    """The vote on an item."""

    ballot: Ballot | None = fact(OneOf(BALLOTS), "Mode de scrutin suivi.", aka="scrutin mode type")
    votes_for: int | None = fact(COUNT, "Pour (s'écrit aussi « for »).", aka="pour", singular="for")
    votes_against: int | None = fact(COUNT, "Contre (s'écrit aussi « against »).", aka="contre", singular="against")
    abstentions: int | None = fact(COUNT, "Abstentions.", aka="abstention abstained")
    blank: int | None = fact(COUNT, "Bulletins blancs.", aka="blancs")
    null: int | None = fact(COUNT, "Bulletins nuls.", aka="nuls")
    not_taking_part: int | None = fact(COUNT, "Ne prennent pas part au vote.", aka="nppv")
    voters: int | None = fact(COUNT, "Votants : tous ceux qui ont pris part, abstentions comprises.", aka="votants")
    president_vote: Voice | None = fact(OneOf(VOICES), "Vote de celui qui préside.", aka="vote_president president")
    declared: Outcome | None = fact(OneOf(OUTCOMES), "Le résultat proclamé.", aka="result outcome resultat")
    public_requested_by: int | None = fact(COUNT, "Combien demandent un scrutin public.", aka="demande_public")
    secret_requested_by: int | None = fact(COUNT, "Combien demandent un scrutin secret.", aka="demande_secret")
    names: dict[str, Voice] | None = fact(
        ByName(OneOf(VOICES)), "Scrutin public : le sens du vote de chacun.", aka="noms par_nom by_name"
    )


@dataclass(frozen=True)
class AgendaItem:
    """An item, from the agenda to its vote."""

    title: str | None = fact(TEXT, "Objet du point.", aka="titre objet object")
    kind: tuple[str, ...] | None = fact(
        Many(OneOf(ITEM_KINDS), or_one=True),
        "Ce sur quoi porte ce seul vote ; plusieurs mots si plusieurs objets.",
        aka="type kinds",
    )
    on_agenda: bool | None = fact(FLAG, "Figure à l'ordre du jour envoyé.", aka="a_l_ordre_du_jour")
    added_on: date | None = fact(DAY, "Date à laquelle le point a été ajouté à l'ordre du jour.", aka="ajoute_le")
    new_convocation_on: date | None = fact(DAY, "Date de la nouvelle convocation envoyée pour ce point ajouté.")
    explanatory_note: bool | None = fact(FLAG, "Une note de synthèse couvre ce point.", aka="note note_de_synthese")
    present: People | None = fact(
        PEOPLE, "Présents quand le point commence, ceux qui vont se retirer compris.", aka="presents"
    )
    arrived: People | None = fact(PEOPLE, "Arrivés juste avant ce point.", aka="arrivees arrivals")
    left: People | None = fact(PEOPLE, "Partis (pour de bon) juste avant ce point.", aka="departs departures partis")
    withdrawn: People | None = fact(PEOPLE, "Sortis de la salle pour ce seul point (déport).", aka="retires deport")
    excluded_representatives: People | None = fact(
        PEOPLE, "Représentants (L1111-6 II) non comptés parmi les membres en exercice pour ce point."
    )
    in_office: int | None = fact(
        COUNT,
        "Membres en exercice à partir de ce point, si un siège est devenu vacant en séance (démission, décès).",
        aka="en_exercice membres_en_exercice",
    )
    proxies: int | tuple[GivenProxy, ...] | None = fact(
        PROXIES, "Procurations valables pour ce point, si elles diffèrent de celles de la séance.", aka="pouvoirs"
    )
    interested: tuple[Interested, ...] | None = fact(
        Many(Part(Interested), or_one=True), "Conseillers intéressés ; [] : aucun.", aka="interesses"
    )
    adjourned: bool | None = fact(
        FLAG, "Renvoyé à une autre séance : le conseil n'en a pas délibéré.", aka="ajourne reporte renvoye"
    )
    vote: Vote | None = fact(Part(Vote), "Le vote.", aka="scrutin ballot")
    appointment: Appointing | None = fact(Part(Appointing), "La désignation, si c'en est une.", aka="designation")
    common_object: bool | None = fact(FLAG, "Les objets votés ensemble ont un objet commun.", aka="objet_commun")
    objection: bool | None = fact(FLAG, "Un conseiller s'est opposé au vote groupé.", aka="opposition")
