"""The French words for codes of this room, in one place, and the tones of its states."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext

from app.assemblies.models import AssemblyKind, Ballot, Channel, Decision, Dispatch, ItemKind, Outcome, Presence, Status

KINDS = {
    AssemblyKind.ORDINARY: _l("Assemblée générale ordinaire"),
    AssemblyKind.EXTRAORDINARY: _l("Assemblée générale extraordinaire"),
    AssemblyKind.FOUNDING: _l("Assemblée générale constitutive"),
    AssemblyKind.BOARD: _l("Conseil d’administration"),
    AssemblyKind.OFFICE: _l("Bureau"),
}
STATUSES = {
    Status.DRAFT: _l("en préparation"),
    Status.CONVENED: _l("convoquée"),
    Status.OPEN: _l("en cours"),
    Status.CLOSED: lazy_pgettext("séance", "tenue"),
    Status.NO_QUORUM: _l("sans quorum"),
    Status.CANCELLED: _l("annulée"),
}
TONES = {
    Status.DRAFT: "draft",
    Status.CONVENED: "planned",
    Status.OPEN: "planned",
    Status.CLOSED: "complete",
    Status.NO_QUORUM: "late",
    Status.CANCELLED: "cancelled",
}
ITEM_KINDS = {
    ItemKind.INFORMATION: _l("une information, un échange : pas de vote"),
    ItemKind.DECISION: _l("une décision, votée par oui ou non"),
    ItemKind.ELECTION: _l("une élection de personnes"),
}
DECISIONS = {
    Decision.ORDINARY: _l("décision ordinaire"),
    Decision.STATUTES: _l("modification des statuts"),
    Decision.DISSOLUTION: _l("dissolution"),
}
BALLOTS = {
    Ballot.UNSAID: _l("non noté"),
    Ballot.SHOW_OF_HANDS: _l("à main levée"),
    Ballot.SECRET: _l("à bulletin secret"),
}
CHANNELS = {
    Channel.ROOM: _l("en séance"),
    Channel.PAPER: _l("sur papier, reçu avant"),
    Channel.ELECTRONIC: _l("en ligne"),
}
PRESENCES = {
    Presence.PRESENT: _l("présent·e"),
    Presence.REMOTE: _l("à distance"),
    Presence.EXCUSED: _l("excusé·e"),
    Presence.ABSENT: _l("absent·e"),
    Presence.UNSAID: _l("non noté"),
}
DISPATCHES = {
    Dispatch.UNSENT: _l("pas encore"),
    Dispatch.EMAIL: _l("par courriel"),
    Dispatch.LETTER: _l("par courrier"),
    Dispatch.HAND: _l("en main propre"),
}
OUTCOMES = {
    Outcome.UNSAID: _l("à traiter"),
    Outcome.ADOPTED: _l("adopté"),
    Outcome.PROPOSED: _l("proposé à l’assemblée"),
    Outcome.REJECTED: _l("rejeté"),
    Outcome.ELECTED: _l("élu"),
    Outcome.NOT_ELECTED: _l("personne n’est élu"),
    Outcome.NOTED: _l("pris acte"),
    Outcome.ADJOURNED: _l("ajourné"),
    Outcome.WITHDRAWN: _l("retiré"),
}
OUTCOME_TONES = {
    Outcome.UNSAID: "pending",
    Outcome.ADOPTED: "complete",
    Outcome.PROPOSED: "pending",
    Outcome.REJECTED: "refused",
    Outcome.ELECTED: "complete",
    Outcome.NOT_ELECTED: "refused",
    Outcome.NOTED: "complete",
    Outcome.ADJOURNED: "pending",
    Outcome.WITHDRAWN: "closed",
}
MAJORITIES = {
    "simple": _l("plus de voix pour que contre"),
    "absolute_present": _l("plus de la moitié des présents et représentés"),
    "two_thirds_cast": _l("les deux tiers des voix exprimées"),
    "two_thirds_present": _l("les deux tiers des présents et représentés"),
    "three_quarters_cast": _l("les trois quarts des voix exprimées"),
    "three_quarters_present": _l("les trois quarts des présents et représentés"),
    "absolute_entitled": _l("plus de la moitié de tous les membres"),
    "two_thirds_entitled": _l("les deux tiers de tous les membres"),
    "unanimous": _l("l’unanimité des voix exprimées"),
}
MATTERS = {
    "statutes": _l("la modification des statuts"),
    "dissolution": _l("la dissolution"),
    "board": _l("l’élection du conseil d’administration"),
    "officers": _l("l’élection du bureau (présidence, secrétariat, trésorerie…)"),
}
QUORUMS = {
    "": _l("je ne sais pas, ou ce n’est pas encore relevé"),
    "none": _l("aucun : on délibère quel que soit le nombre"),
    "fraction": _l("une part des membres"),
    "number": _l("un nombre de membres"),
}
VOTERS = {
    "": _l("je ne sais pas, ou ce n’est pas encore relevé"),
    "members": _l("tous les membres"),
    "paid_up": _l("les membres à jour de leur cotisation"),
}
TIES = {
    "": _l("je ne sais pas, ou ce n’est pas encore relevé"),
    "elder": _l("la personne la plus âgée l’emporte"),
    "lot": _l("on tire au sort"),
    "new_round": _l("on vote de nouveau"),
}
REASONS = {
    "majority": _l("la majorité est atteinte"),
    "minority": _l("la majorité n’est pas atteinte"),
    "casting_vote": _l("voix égales, la présidence départage"),
    "tie": _l("voix égales : rien n’est adopté"),
    "tie_secret": _l("voix égales à bulletin secret : rien n’est adopté"),
    "casting_unknown": _l("voix égales : le vote de la présidence manque"),
}
CHANGES = {
    "officers": _l("nouveaux dirigeants"),
    "statutes": _l("modification des statuts"),
}
