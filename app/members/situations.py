"""What lists say of where somebody stands: « à jour », « démissionnaire », « décédée en 2021 », « honneur »."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.members.headings import folded
from app.members.labels import LEAVING_NAMES, STATUS_NAMES
from app.members.models import Leaving, MemberStatus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.people.couples import Named


@dataclass(frozen=True)
class Situation:
    """Where somebody stands; ``leaving``: somebody who left, and why as far as the word tells."""

    status: MemberStatus = MemberStatus.ACTIVE
    leaving: Leaving | None = None


_GONE = {
    Leaving.RESIGNED: (
        "demissionnaire", "demissionnaires", "demissionne", "a demissionne", "demission", "parti volontairement",
    ),
    Leaving.EXCLUDED: ("exclu", "exclue", "exclusion", "radie", "radiee", "radies", "radiation"),
    Leaving.DECEASED: (
        "decede", "decedee", "decedes", "decedees", "deces", "dcd", "defunt", "defunte", "est decede", "est decedee",
    ),
    Leaving.MOVED: ("demenage", "demenagee", "demenages", "a demenage", "demenagement"),
    Leaving.NOT_RENEWED: (
        "parti", "partie", "partis", "ancien", "ancienne", "anciens", "ancien membre", "ancienne membre",
        "ancien adherent", "ancienne adherente", "sorti", "sortie", "sortis", "non renouvele", "non renouvelee",
        "inactif", "inactive", "plus membre", "n est plus membre", "ne renouvelle pas",
    ),
}  # fmt: skip
_HERE = {
    MemberStatus.ACTIVE: (
        "actif", "active", "a jour", "adherent", "adherente", "membre actif", "membre active", "membre adherent",
        "membre adherente", "en cours", "oui", "cotisant", "cotisante", "titulaire", "inscrit", "inscrite",
        "nouveau", "nouvelle", "nouveau membre", "a jour de cotisation",
    ),
    MemberStatus.APPLICANT: ("en attente", "demande", "candidat", "candidate", "postulant", "postulante"),
    MemberStatus.SUSPENDED: ("suspendue",),
}  # fmt: skip
_SITUATIONS = {
    **{word: Situation(status) for status, words in _HERE.items() for word in words},
    **{word: Situation(leaving=why) for why, words in _GONE.items() for word in words},
}
_LATE = frozenset({"pas a jour", "non a jour", "en retard", "non a jour de cotisation", "pas a jour de cotisation"})
_OFFICE = re.compile(
    r"(?:vice )?president(?:e)?|tresorier(?:e)?|secretaire|administrat(?:eur|rice)"
    r"|(?:(?:tresorier(?:e)?|secretaire) )adjointe?|(?:membre )?(?:du )?(?:bureau|ca|conseil d administration)"
)
_SINCE = re.compile(r"(?P<word>\D+?)[\s,:(]*(?:\b(?:en|le|depuis|au|fin|du)\s+)?(?P<when>\d[^)]*)\)?")
_OF_HER = re.compile(r"\b(?:mme|mlle|madame|elle|epouse|conjointe)\b")
_OF_HIM = re.compile(r"\b(?:m|mr|monsieur|lui|epoux|mari)\b")
_OF_SPOUSE = re.compile(r"\bconjointe?\b")
_WHO = re.compile(rf"{_OF_HER.pattern}|{_OF_HIM.pattern}|{_OF_SPOUSE.pattern}|\b(?:le|la|l|son|sa|du|de)\b")
_HERS = frozenset({"Mme", "Mlle"})
_PLURAL = frozenset({"decedes", "decedees"})


def situation_of(text: str) -> Situation | None:
    """The situation that a cell tells; None when nobody knows the word. An empty cell is a member."""
    if not (word := folded(text)):
        return Situation(leaving=Leaving.DECEASED) if "†" in text else Situation()
    for status, label in STATUS_NAMES.items():
        if folded(str(label)) == word:
            return Situation(status)
    for why, label in LEAVING_NAMES.items():
        if folded(str(label)) == word:
            return Situation(leaving=why)
    found = _SITUATIONS.get(word) or _SITUATIONS.get(" ".join(_WHO.sub(" ", word).split()))
    return found or _before_the_comma(text)


def _before_the_comma(text: str) -> Situation | None:
    """« Exclusion » of « Exclusion, après avoir été entendu »: only who left is understood so."""
    head = text.partition(",")[0]
    found = _SITUATIONS.get(folded(head)) if head != text else None
    return found if found is not None and found.leaving is not None else None


def says_more(text: str) -> object | None:
    """What a member's cell tells beside that they are one: an office, dues that are late; None for other words."""
    words = folded(text)
    sentence: object | None = None
    if _OFFICE.fullmatch(words):
        sentence = _l("« %(text)s » est une fonction : notez son mandat dans l’organisme.", text=text[:40])
    elif words in _LATE:
        sentence = _l("« %(text)s » : la période des cotisations le dira.", text=text[:40])
    return sentence


def apart_of_date(text: str) -> tuple[str, str]:
    """The word and the date of « décédée en 2021 »; a text without a date is a word."""
    found = _SINCE.fullmatch(text.strip())
    return (found["word"].strip(), found["when"].strip()) if found else (text, "")


def who_died(text: str, people: Sequence[Named], spouse: int) -> frozenset[int]:
    """Which people of a line died, as the word tells: « décédée », « M. décédé »; the first where it does not."""
    words = folded(text)
    if len(people) == 1 or _PLURAL & set(words.split()):
        return frozenset(range(len(people)))
    if spouse >= 0 and _OF_SPOUSE.search(words):
        return frozenset({spouse})
    is_hers = bool(_OF_HER.search(words)) or bool(re.search(r"\b(?:decedee|defunte)\b", words))
    is_his = not is_hers and bool(_OF_HIM.search(words))
    for rank, one in enumerate(people):
        if (is_hers and one.title in _HERS) or (is_his and one.title == "M."):
            return frozenset({rank})
    if spouse >= 0 and re.search(r"\b(?:epouse|epoux|mari)\b", words):
        return frozenset({spouse})
    return frozenset({0})


class Kind(StrEnum):
    """What a category is, as its name tells; ``DUES``: people who pay, and so vote as members do."""

    ORDINARY = "ordinary"
    BODY = "body"
    DUES = "dues"
    BENEFACTOR = "benefactor"
    HONOUR = "honour"
    BY_RIGHT = "by_right"
    FRIEND = "friend"


_KINDS = {
    Kind.HONOUR: re.compile(r"\b(?:honneur|honoraires?|honorifiques?)\b"),
    Kind.BY_RIGHT: re.compile(r"\b(?:de )?droit\b"),
    Kind.BENEFACTOR: re.compile(r"\b(?:bienfait(?:eurs?|rices?)|donat(?:eurs?|rices?)|mecenes?)\b"),
    Kind.FRIEND: re.compile(r"\b(?:sympathisante?s?|amie?s?|invitee?s?|partenaires?|correspondante?s?|consultatif)\b"),
    Kind.BODY: re.compile(r"\b(?:associations?|entreprises?|societes?|personnes? morales?|ecoles?|collectivites?)\b"),
    Kind.ORDINARY: re.compile(r"(?:membres? )?(?:actifs?|actives?|adherente?s?|titulaires?|ordinaires?)|membres?"),
    Kind.DUES: re.compile(
        r"(?:cotisation |adhesion |tarif |formule )?"
        r"(?:individuel(?:le)?s?|couples?|famil(?:le|les|ial|iale)|foyers?|simple|solo|duo|plein|reduit|normal)"
    ),
}
_WHOLE = frozenset({Kind.ORDINARY, Kind.DUES})


def kind_of(name: str) -> Kind | None:
    """What a category is, as its name tells: « honneur » and « Membres d’honneur » are alike."""
    words = folded(name)
    for kind, pattern in _KINDS.items():
        if pattern.fullmatch(words) if kind in _WHOLE else pattern.search(words):
            return kind
    return None
