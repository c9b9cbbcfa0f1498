"""What stands in a cell for names and names no person: « néant », « veuf », « † », « Mairie de Bourg »."""

from __future__ import annotations

import re

from app.shared.folding import fold

_NOBODY = re.compile(
    r"(?:(?:neant|aucune?|sans|non|rien|idem|celibataire|seule?|divorcee?|separee?|veuf|veuve|vf|vve|inconnue?|na|nc|so"
    r"|conjointe?) ?)+"
)
_DEAD = re.compile(r"†|✝|\b(?:decedee?|dcd|defunte?)\b")
_LATE = re.compile(r"\b[Ff]eue?\s")
_REMARK = re.compile(r"(?:demission(?:naires?|nee?s?)?|decedee?s?|radiee?s?|annulee?s?|doublons?)\b")
_BODIES = (
    r"mairie|commune|communaute|association|asso|amicale|comite|societe|sarl|sas|eurl|scop|harmonie|fanfare|chorale"
    r"|ecoles?|colleges?|lycee|universite|entreprise|ets|etablissements?|paroisse|syndicat|federation|mjc|office|club"
    r"|cercle|confrerie|bibliotheque|mediatheque|restaurant|hotel|boulangerie|boucherie|pharmacie|garage|banque|caisse"
    r"|credit|orchestre|theatre|musee"
)
_FORMS = r"sarl|sas|eurl|gaec|sci|scea|earl|snc|selarl"
"""How companies are called by law, before or after their name."""
_MAYBE = r"ville|maison|foyer|union|centre|groupe|conseil|departement|region|jumelage|les amis|les amies"
_LINKS = r"de|du|des|d|la|le|les|l|municipale?|sportive?|culturel(?:le)?|regional|departemental|general"
_BODY = re.compile(rf"(?:l[ae]s? |l )?(?:(?:{_BODIES}|{_FORMS})\b.*|(?:{_MAYBE}) (?:{_LINKS})\b.*)|.* (?:{_FORMS})")


def _words(text: str) -> str:
    return " ".join(re.sub(r"[^\w†✝]+", " ", fold(text)).split())


def names_nobody(text: str) -> bool:
    """Whether a cell says that there is nobody, or somebody who died: « - », « néant », « Marie (décédée) »."""
    words = _words(text)
    if not any(letter.isalpha() for letter in words):
        return bool(text.strip())
    return bool(_NOBODY.fullmatch(words) or _DEAD.search(words) or _LATE.match(text))


def is_remark(text: str) -> bool:
    """Whether words that stand in the place of a name say what became of somebody: « démissionnaire – voir X »."""
    return bool(_REMARK.match(_words(text)))


def is_marked_dead(text: str) -> bool:
    """Whether the sign of the dead stands beside a name."""
    return "†" in text or "✝" in text


def without_marks(text: str, *, digits: bool = False) -> str:
    """A name without the sign of the dead; a cell without a letter is no name, nor one of digits unless they may be."""
    kept = " ".join(re.sub(r"\(\s*[†✝]\s*\)|[†✝]", " ", text).split())
    return kept if any(letter.isalpha() or (digits and letter.isdigit()) for letter in kept) else ""


def names_a_body(text: str) -> bool:
    """Whether a cell for a name names a town hall, an association, a shop rather than a person."""
    return bool(_BODY.fullmatch(_words(text)))
