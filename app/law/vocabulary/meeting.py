"""The meeting, its convocation and its proxies, as facts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from app.law.vocabulary.kinds import (
    COUNT,
    DAY,
    FLAG,
    HAPPENED,
    PEOPLE,
    TEXT,
    TEXTS,
    Count,
    FirstOf,
    Many,
    OneOf,
    fact,
)
from app.law.vocabulary.parts import Part

if TYPE_CHECKING:
    from datetime import date


CHANNELS = {
    "email": "courriel",
    "platform": "plate-forme",
    "post": "courrier",
    "hand": "remise en main propre",
    "pigeonhole": "casier en mairie",
}
FORMS = {"electronic": "dématérialisée", "paper": "papier"}
URGENCY = {
    "accepted": "urgence admise par le conseil",
    "refused": "urgence refusée",
    "none": "pas de vote sur l'urgence",
}

if TYPE_CHECKING:
    People = int | tuple[str, ...]
    When = date | Literal[False]


@dataclass(frozen=True)
class Dispatch:
    """One convocation sent to one councillor."""

    member: str | None = fact(TEXT, "Le conseiller.", aka="membre destinataire conseiller name")
    sent_on: date | None = fact(DAY, "Date d'envoi.", aka="date on envoye_le date_envoi dispatched_on")
    channel: str | None = fact(OneOf(CHANNELS), "Moyen d'envoi.", aka="canal")
    form_asked: str | None = fact(OneOf(FORMS), "Forme demandée par le conseiller.", aka="forme_demandee")
    own_address: bool | None = fact(FLAG, "Envoyée à l'adresse personnelle du conseiller.", aka="adresse personal")
    consent: bool | None = fact(FLAG, "Le conseiller a accepté le casier en mairie.", aka="accord")
    received_in_time: bool | None = fact(FLAG, "La réception à temps est prouvée.", aka="recue_a_temps")


@dataclass(frozen=True)
class Convocation:
    """The convocation of a meeting."""

    sent_on: date | None = fact(
        DAY,
        "Date d'envoi (et non de réception) ; un envoi plus tardif de « dispatches » l'emporte.",
        aka="date envoyee_le envoi sent date_envoi dispatched_on sending_date",
    )
    dispatches: tuple[Dispatch, ...] | None = fact(Many(Part(Dispatch)), "Un envoi par conseiller.", aka="envois")
    addressees: int | None = fact(COUNT, "Nombre de conseillers convoqués, sans le détail.", aka="destinataires")
    agenda: tuple[str, ...] | None = fact(TEXTS, "Titres des points de l'ordre du jour envoyé.", aka="ordre_du_jour")
    explanatory_note: bool | tuple[str, ...] | None = fact(
        FirstOf({bool: FLAG, list: Many(TEXT)}),
        "Note de synthèse jointe : true, false, ou la liste des points qu'elle couvre.",
        aka="note note_de_synthese",
    )
    posted_on: date | Literal[False] | None = fact(
        HAPPENED, "Date d'affichage ou de publication de la convocation.", aka="affichee_le affichage"
    )
    recalls_no_quorum: bool | None = fact(
        FLAG, "Rappelle que le conseil délibérera quel que soit le nombre de présents (Alsace-Moselle)."
    )


@dataclass(frozen=True)
class FirstMeeting:
    """The meeting that found no quorum, before a second convocation."""

    date: date | None = fact(DAY, "Date de la première séance.", aka="held_on")
    quorum_reached: bool | None = fact(FLAG, "Le quorum y était réuni.", aka="quorum")
    present: int | None = fact(Count(), "Nombre de présents, si « quorum_reached » n'est pas dit.", aka="presents")
    agenda: tuple[str, ...] | None = fact(TEXTS, "Titres des points de son ordre du jour.", aka="ordre_du_jour")
    left_without_quorum: tuple[str, ...] | None = fact(
        TEXTS,
        "Points laissés sans vote parce que le quorum, réuni à l'ouverture, s'est perdu en cours de séance.",
        aka="points_sans_quorum",
    )


@dataclass(frozen=True)
class GivenProxy:
    """A proxy from a councillor who cannot come to one who can."""

    giver: str | None = fact(TEXT, "Celui qui donne procuration.", aka="mandant from donneur")
    holder: str | None = fact(TEXT, "Celui qui la porte.", aka="mandataire to porteur")
    written: bool | None = fact(FLAG, "Procuration écrite.", aka="ecrite ecrit")
    meetings: int | None = fact(
        Count(1), "Combien de séances de suite elle aura servi, celle-ci comprise.", aka="seances consecutives"
    )
    illness: bool | None = fact(FLAG, "Maladie dûment constatée (plus de trois séances).", aka="maladie")


PROXIES = FirstOf({int: COUNT, list: Many(Part(GivenProxy))})


@dataclass(frozen=True)
class Minutes:
    """The minutes (procès-verbal) of a meeting."""

    next_meeting_on: date | None = fact(DAY, "Date de la séance suivante.", aka="seance_suivante")
    adopted_on: date | Literal[False] | None = fact(HAPPENED, "Date de la séance qui a arrêté le PV.", aka="arrete_le")
    published_on: date | Literal[False] | None = fact(HAPPENED, "Date de publication du PV.", aka="publie_le")


@dataclass(frozen=True)
class Meeting:
    """One meeting of the council."""

    date: date | None = fact(DAY, "Date de la séance.", aka="held_on seance jour")
    time: str | None = fact(TEXT, "Heure (mention libre).", aka="heure")
    place: str | None = fact(TEXT, "Lieu (mention libre).", aka="lieu")
    first_after_renewal: bool | None = fact(
        FLAG, "Première séance après le renouvellement général : trois jours francs partout.", aka="installation"
    )
    convocation: Convocation | None = fact(Part(Convocation), "La convocation.", aka="convening")
    urgent: bool | None = fact(FLAG, "Convoquée en urgence.", aka="urgence urgency")
    urgency_reason: str | Literal[False] | None = fact(
        FirstOf({str: TEXT, bool: FLAG}), "Motif de l'urgence ; false : aucun motif noté.", aka="motif_urgence reason"
    )
    urgency_vote: str | None = fact(
        OneOf(URGENCY), "Ce que le conseil a décidé sur l'urgence à l'ouverture.", aka="vote_urgence urgency_accepted"
    )
    second_convocation_of: FirstMeeting | None = fact(
        Part(FirstMeeting), "Séance tenue après une première sans quorum.", aka="first_meeting seconde_convocation"
    )
    president: str | None = fact(TEXT, "Qui préside.", aka="presidence")
    secretary: str | None = fact(TEXT, "Secrétaire de séance.", aka="secretaire")
    present: People | None = fact(
        PEOPLE, "Présents à l'ouverture : leur nombre, ou leurs noms.", aka="presents attendance"
    )
    proxies: int | tuple[GivenProxy, ...] | None = fact(
        PROXIES, "Procurations : leur nombre, ou leur liste dans l'ordre reçu.", aka="pouvoirs procurations"
    )
    list_posted_on: When | None = fact(
        HAPPENED, "Date d'affichage de la liste des délibérations.", aka="liste_affichee_le list_published_on"
    )
    list_online_on: When | None = fact(HAPPENED, "Date de mise en ligne de cette liste.", aka="liste_en_ligne_le")
    minutes: Minutes | None = fact(Part(Minutes), "Le procès-verbal.", aka="pv proces_verbal")
