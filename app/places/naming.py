"""How place names are folded for searching, and how a place is told to people."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.shared.folding import fold, fold_all

if TYPE_CHECKING:
    from collections.abc import Sequence

LESSER_WORDS = frozenset(
    {
        *("le", "la", "les", "l", "de", "du", "des", "d", "sur", "sous", "en", "aux", "au", "a", "et", "lez"),
        *("der", "die", "das", "den", "an", "am", "im", "in", "of", "the", "el", "los", "las", "do", "da", "di"),
    }
)
_WHOLE = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes", "lez": "les", "cdx": "cedex"}
_SHORT = re.compile(r"(?<![^ \n])(?:" + "|".join(_WHOLE) + r")(?![^ \n])")


def fold_place(name: str) -> str:
    """Fold a place name: « St-Rémy-lès-Chevreuse » and « saint remy lez chevreuse » become one.

    « s/ » stands for « sur ».
    """
    name = name.replace(" s/", " sur ").replace(" S/", " sur ")
    words = fold(name).split()
    return " ".join(_WHOLE.get(word, word) for word in words)[:200]


def fold_places(names: Sequence[str]) -> list[str]:
    """``fold_place`` of many names at once; none holds a line break."""
    spelt = "\n".join(names).replace(" s/", " sur ").replace(" S/", " sur ").split("\n")
    folded = _SHORT.sub(lambda found: _WHOLE[found[0]], "\n".join(fold_all(spelt))).split("\n")
    return [name[:200] for name in folded]


_LATIN = str.maketrans(
    {
        **dict(zip("абвгґдезийіклмнопрстуфыэ", "abvhgdezyyiklmnoprstufye", strict=True)),
        "є": "ie", "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "iu", "я": "ia",
        "ь": "", "ъ": "",
    }
)  # fmt: skip


def in_latin(folded: str) -> str:
    """Spell a folded Cyrillic name as the list does: the romanisation of Ukraine's decree no. 55 of 27 January 2010.

    « київ » becomes « kyiv »; a Russian or Bulgarian spelling comes near enough to be found as a slip.
    """
    return folded.translate(_LATIN)


def tails(folded: str) -> list[str]:
    """The ends of a name at its greater words: « sailly les lannoy » is also found by « lannoy »."""
    words = folded.split()
    return [" ".join(words[at:]) for at in range(1, len(words)) if words[at] not in LESSER_WORDS]


_ALIKE = str.maketrans({"z": "s", "q": "k", "c": "k", "w": "v", "y": None, "h": None, " ": None})
_DOUBLED = re.compile(r"(.)\1+")
_VOWELS = str.maketrans("", "", "aeiou")


def sounds(folded: Sequence[str]) -> list[str]:
    """``sound`` of many names at once: plain ones together, the others one by one."""
    plain = [name for name in folded if name.isascii()]
    alike = "\n".join(plain).replace("ph", "f").replace("tch", "ch").translate(_ALIKE).split("\n")
    rests = "\n".join(name[1:] for name in alike).translate(_VOWELS).split("\n")
    kept = "\n".join(name[:1] + rest for name, rest in zip(alike, rests, strict=True))
    heard = iter(_DOUBLED.sub(r"\1", kept).split("\n"))
    return [next(heard) if name.isascii() else sound(name) for name in folded]


def sound(folded: str) -> str:
    """What is left of a name without vowels, doubled letters and letters that sound alike.

    « sailly les lannoy » and « saily les lanoy » leave the same; so do « semenivka » and « semionowka ».
    """
    left = folded.replace("ph", "f").replace("tch", "ch").translate(_ALIKE)
    kept = left[:1]
    for letter in left[1:].translate(_VOWELS):
        if letter != kept[-1]:
            kept += letter
    return kept
