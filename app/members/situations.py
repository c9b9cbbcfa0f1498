"""What lists say of where somebody stands: « à jour », « démissionnaire », « en attente »."""

from __future__ import annotations

from dataclasses import dataclass

from app.members.headings import folded
from app.members.labels import LEAVING_NAMES, STATUS_NAMES
from app.members.models import Leaving, MemberStatus


@dataclass(frozen=True)
class Situation:
    """Where somebody stands; ``leaving``: somebody who left, and why as far as the word tells."""

    status: MemberStatus = MemberStatus.ACTIVE
    leaving: Leaving | None = None


_GONE = {
    Leaving.RESIGNED: ("demissionnaire", "demissionne", "demission", "parti volontairement"),
    Leaving.EXCLUDED: ("exclu", "exclue", "exclusion", "radie", "radiee", "radiation"),
    Leaving.DECEASED: ("decede", "decedee", "deces"),
    Leaving.MOVED: ("demenage", "demenagement"),
    Leaving.NOT_RENEWED: (
        "parti", "partie", "ancien", "ancienne", "ancien membre", "ancienne membre", "ancien adherent", "sorti",
        "sortie", "non renouvele", "non renouvelee", "inactif", "inactive",
    ),
}  # fmt: skip
_HERE = {
    MemberStatus.ACTIVE: ("actif", "active", "a jour", "adherent", "adherente", "membre actif", "en cours", "oui"),
    MemberStatus.APPLICANT: ("en attente", "demande", "candidat", "candidate", "postulant", "postulante"),
    MemberStatus.SUSPENDED: ("suspendue",),
}
_SITUATIONS = {
    **{word: Situation(status) for status, words in _HERE.items() for word in words},
    **{word: Situation(leaving=why) for why, words in _GONE.items() for word in words},
}


def situation_of(text: str) -> Situation | None:
    """The situation that a cell tells; None when nobody knows the word. An empty cell is a member."""
    if not (word := folded(text)):
        return Situation()
    for status, label in STATUS_NAMES.items():
        if folded(str(label)) == word:
            return Situation(status)
    for why, label in LEAVING_NAMES.items():
        if folded(str(label)) == word:
            return Situation(leaving=why)
    return _SITUATIONS.get(word)
