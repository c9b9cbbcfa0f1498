"""The place of the commune on the board: what the deliberation and the statutes say of it, and whether they agree.

What the council votes and what the prefecture is sent must not contradict each other; so both texts are read, whether
they come from the models or were rewritten.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext as _ln

from app.founding import statutes
from app.founding.services.statutes import clauses_of
from app.law.words import french
from app.shared.folding import fold

if TYPE_CHECKING:
    from app.founding.models import Founding
    from app.founding.statutes import StatuteArticle

_NOBODY = "les élus qui la représentent n'y exercent ni la présidence ni la trésorerie"
_SAID = {
    "consultative": f"La commune y est représentée avec voix consultative ; {_NOBODY}.",
    "minorite": (
        "La commune y désigne des représentants, qui ont ensemble {voices} voix au conseil d'administration, toujours "
        f"moins de la moitié ; {_NOBODY}."
    ),
    "aucune": "La commune ne siège pas au conseil d'administration ; le président la tient informée de la vie de "
    "l'association.",
}
_SIGNS = {
    "consultative": re.compile(r"\bvoix consultative"),
    "minorite": re.compile(r"\b(?P<voices>\d+) voix au conseil|\bmoins de la moitie\b|\bminorite (?:de|des) voix"),
    "aucune": re.compile(r"\bcommune ne siege pas|\bcommune n y est pas representee"),
}


@dataclass(frozen=True)
class Place:
    """Invited, a minority of so many voices (None: not said), or none."""

    kind: str
    voices: int | None = None

    @property
    def words(self) -> object:
        """What it is called in a sentence."""
        if self.kind == "minorite" and self.voices is not None:
            return _ln("%(num)s voix à la commune", "%(num)s voix à la commune", self.voices)
        known = {
            "consultative": _l("la commune invitée avec voix consultative"),
            "minorite": _l("une minorité de voix à la commune"),
        }
        return known.get(self.kind, _l("aucune place pour la commune"))

    def agrees(self, other: Place) -> bool:
        """Whether both say the same, as far as they say it."""
        return self.kind == other.kind and (None in {self.voices, other.voices} or self.voices == other.voices)


def said_by_act(founding: Founding) -> str:
    """How the deliberation says what the statutes say as they are written now."""
    clause = clauses_of(founding)["elus"]
    voices = statutes.values_of(founding.fields).get("elus_voix", "")
    return french(_SAID[clause].format(voices=voices))


def place_in(text: str) -> Place | None:
    """The place that a text gives the commune; None where it says none, or several."""
    plain = " ".join(fold(text).split())
    found = [(kind, match) for kind, sign in _SIGNS.items() if (match := sign.search(plain))]
    if len(found) != 1:
        return None
    kind, match = found[0]
    voices = match.groupdict().get("voices")
    return Place(kind, int(voices) if voices else None)


def article_of(founding: Founding) -> StatuteArticle | None:
    """The article of the statutes on the place of the commune, as it is written now."""
    articles = statutes.articles(clauses_of(founding), founding.fields, founding.own_words)
    return next((one for one in articles if one.id.startswith("elus_")), None)


def words_of(article: StatuteArticle) -> str:
    """Its words, paragraph by paragraph, without what is still blank."""
    paragraphs = (
        "\n".join("".join(text for text, is_blank in line if not is_blank) for line in one.lines)
        for one in article.body
    )
    return "\n\n".join(paragraphs)


def contradiction(founding: Founding) -> object:
    """That the deliberation and the statutes give the commune another place; empty when they agree or are silent."""
    act = founding.deliberation
    if act is None or not founding.is_association:
        return ""
    article = article_of(founding)
    if article is None:
        return ""
    voted, written = place_in(" ".join(act.articles)), place_in(words_of(article))
    if voted is None or written is None or voted.agrees(written):
        return ""
    return _l(
        "La délibération dit\N{NO-BREAK SPACE}: %(voted)s\N{NO-BREAK SPACE}; les statuts (article %(number)s) disent"
        "\N{NO-BREAK SPACE}: %(written)s. Ce que le conseil vote et ce que reçoit la préfecture ne peuvent pas se "
        "contredire\N{NO-BREAK SPACE}: corrigez le projet de délibération, ou la réponse des statuts\N{NO-BREAK SPACE};"
        " une délibération déjà votée se corrige par un nouveau vote.",
        voted=voted.words,
        number=article.number,
        written=written.words,
    )
