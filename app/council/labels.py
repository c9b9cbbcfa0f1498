"""The French words for codes of this room, in one place, and the tones of its states."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext

from app.council.models import (
    ActEventKind,
    ActModel,
    ActStatus,
    Attendance,
    BallotKind,
    Channel,
    MeetingStatus,
    Outcome,
    PublicationMode,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

MEETING_STATUSES = {
    MeetingStatus.DRAFT: _l("en préparation"),
    MeetingStatus.CONVENED: _l("convoquée"),
    MeetingStatus.OPEN: _l("en cours"),
    MeetingStatus.CLOSED: lazy_pgettext("séance", "tenue"),
    MeetingStatus.NO_QUORUM: _l("sans quorum"),
    MeetingStatus.CANCELLED: _l("annulée"),
}
MEETING_TONES = {
    MeetingStatus.DRAFT: "draft",
    MeetingStatus.CONVENED: "planned",
    MeetingStatus.OPEN: "planned",
    MeetingStatus.CLOSED: "complete",
    MeetingStatus.NO_QUORUM: "late",
    MeetingStatus.CANCELLED: "cancelled",
}
ACT_STATUSES = {
    ActStatus.DRAFT: _l("brouillon"),
    ActStatus.VALIDATED: _l("validée"),
    ActStatus.ON_AGENDA: _l("à l’ordre du jour"),
    ActStatus.CONVENED: _l("envoyée aux conseillers"),
    ActStatus.ADOPTED: _l("adoptée"),
    ActStatus.REJECTED: _l("rejetée"),
    ActStatus.ADJOURNED: _l("ajournée"),
    ActStatus.WITHDRAWN: _l("retirée"),
}
ACT_TONES = {
    ActStatus.DRAFT: "draft",
    ActStatus.VALIDATED: "planned",
    ActStatus.ON_AGENDA: "planned",
    ActStatus.CONVENED: "planned",
    ActStatus.ADOPTED: "complete",
    ActStatus.REJECTED: "refused",
    ActStatus.ADJOURNED: "pending",
    ActStatus.WITHDRAWN: "closed",
}
ACT_MODELS = {
    ActModel.PRINCIPLE: _l("Principe du jumelage"),
    ActModel.CONVENTION: _l("Approbation de la convention et mandat de signer"),
    ActModel.COMMITTEE: _l("Création d’un comité ou d’une commission extra-municipale"),
    ActModel.REPRESENTATIVES: _l("Désignation de représentants"),
    ActModel.SUBSIDY: _l("Subvention au comité et convention avec lui"),
    ActModel.TRAVEL: _l("Frais de cérémonie et mandat spécial pour un déplacement"),
    ActModel.ENDING: _l("Suspension, fin ou renouvellement du jumelage"),
    ActModel.FREE: _l("Autre délibération"),
}
ATTENDANCES = {
    Attendance.UNSAID: _l("non noté"),
    Attendance.PRESENT: _l("présent·e"),
    Attendance.ABSENT: _l("absent·e"),
    Attendance.EXCUSED: _l("excusé·e"),
    Attendance.GONE: _l("n’est plus au conseil"),
}
CHANNELS = {
    Channel.ELECTRONIC: _l("par voie électronique"),
    Channel.POST: _l("par courrier"),
    Channel.HAND: _l("remise en main propre"),
    Channel.PIGEON_HOLE: _l("dans le casier à la mairie, avec son accord"),
}
LETTER_STATES = {
    "waiting": _l("courriel en attente d’envoi"),
    "sending": _l("courriel en cours d’envoi"),
    "sent": _l("courriel parti"),
    "failed": _l("courriel refusé : convoquez autrement"),
    "shown": _l("courriel de démonstration, non envoyé"),
}
BALLOTS = {
    BallotKind.SHOW_OF_HANDS: _l("à main levée"),
    BallotKind.PUBLIC: _l("au scrutin public"),
    BallotKind.SECRET: _l("au scrutin secret"),
}
OUTCOMES = {
    Outcome.UNSAID: _l("à examiner"),
    Outcome.ADOPTED: _l("adopté"),
    Outcome.REJECTED: _l("rejeté"),
    Outcome.ADJOURNED: _l("ajourné"),
    Outcome.WITHDRAWN: _l("retiré"),
    Outcome.NOTED: _l("pris acte"),
}
OUTCOME_TONES = {
    Outcome.UNSAID: "pending",
    Outcome.ADOPTED: "complete",
    Outcome.REJECTED: "refused",
    Outcome.ADJOURNED: "pending",
    Outcome.WITHDRAWN: "closed",
    Outcome.NOTED: "complete",
}
VOICES = {
    "for": _l("pour"),
    "against": _l("contre"),
    "abstained": _l("abstention"),
    "none": _l("ne prend pas part au vote"),
}
MODES = {
    PublicationMode.UNCHOSEN: _l("le conseil n’a rien choisi : publication électronique"),
    PublicationMode.ELECTRONIC: _l("publication électronique"),
    PublicationMode.POSTING: _l("affichage à la mairie"),
    PublicationMode.PAPER: _l("publication sur papier"),
}
EVENTS = {
    ActEventKind.PREFECT_LETTER: _l("Lettre du préfet (recours gracieux)"),
    ActEventKind.GRACIOUS_APPEAL: _l("Recours gracieux d’un tiers"),
    ActEventKind.LETTER_REFUSED: _l("Refus de la commune (lettre du préfet)"),
    ActEventKind.GRACIOUS_REFUSED: _l("Refus de la commune (recours gracieux)"),
    ActEventKind.PREFECT_REFERRAL: _l("Déféré préfectoral"),
    ActEventKind.COURT_APPEAL: _l("Recours au tribunal administratif"),
    ActEventKind.SUSPENSION: _l("Suspension par le juge"),
    ActEventKind.ANNULMENT: _l("Annulation par le juge"),
    ActEventKind.APPEAL_DISMISSED: _l("Rejet du recours par le juge"),
    ActEventKind.REPEAL: _l("Abrogation par le conseil"),
    ActEventKind.REVOCATION: _l("Retrait par le conseil"),
    ActEventKind.CORRECTION: _l("Correction d’une erreur matérielle"),
    ActEventKind.NOTIFICATION: _l("Notification à l’intéressé"),
    ActEventKind.PAPERS_ASKED: _l("Demande de pièces du préfet (dossier incomplet)"),
    ActEventKind.PAPERS_GIVEN: _l("Dossier complété, reçu par le préfet"),
    ActEventKind.TEXT_SIGNED: _l("Signature du texte annexé"),
    ActEventKind.TEXT_TRANSMITTED: _l("Transmission à l’État du texte signé"),
}
CORRECTED = {
    "title": _l("objet"),
    "signed_on": _l("signée le"),
    "signed_by": _l("signée par"),
    "transmitted_on": _l("transmise le"),
    "receipt": _l("accusé de réception"),
    "published_on": _l("publiée le"),
    "publication_mode": _l("publication"),
    "votes_for": _l("pour"),
    "votes_against": _l("contre"),
    "abstentions": _l("abstentions"),
    "blank": _l("bulletins blancs"),
    "void": _l("bulletins nuls"),
    "not_voting": _l("ne prennent pas part au vote"),
    "ballot": _l("scrutin"),
    "president_vote": _l("voix de qui préside"),
    "outcome": _l("résultat"),
    "rounds": _l("tours"),
    "proclaimed": _l("proclamation"),
    **{f"vote_{sense}": label for sense, label in VOICES.items()},
}
"""What stood before a correction, by the name under which it is kept."""
CORRECTED_WORDS: dict[str, Mapping[Any, object]] = {
    "ballot": BALLOTS,
    "president_vote": VOICES,
    "outcome": OUTCOMES,
    "publication_mode": MODES,
}
"""The words of what stood there as a code."""

FAULTS = {
    "too_many": _l(
        "Cette personne porte déjà une procuration ; elle ne peut pas en porter une de plus (CGCT, art. L. 2121-20)."
    ),
    "holder_absent": _l("La personne qui reçoit la procuration doit être présente (CGCT, art. L. 2121-20)."),
    "giver_present": _l(
        "La personne qui donne procuration est présente : elle vote elle-même (CGCT, art. L. 2121-20)."
    ),
    "given_twice": _l("Cette personne a déjà donné procuration ; retirez d’abord la première."),
    "to_oneself": _l("Personne ne se donne procuration à soi-même : choisissez deux personnes."),
    "not_written": _l("Une procuration doit être écrite (CGCT, art. L. 2121-20) : demandez-la, puis notez-la."),
    "too_long": _l(
        "Une procuration vaut pour trois séances de suite au plus, sauf maladie constatée (CGCT, art. L. 2121-20)."
    ),
}

ONLINE_FORMATS = {
    "pdf_a": _l("PDF/A"),
    "pdf": _l("PDF"),
    "html": _l("page internet"),
    "image": _l("image"),
    "office": _l("traitement de texte"),
}
