"""Names of persons as they are written, and languages as people write them."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from babel import Locale
from flask_babel import get_locale
from flask_babel import lazy_gettext as _l

from app.shared.folding import fold
from app.texts.soundness import looks_like_code

if TYPE_CHECKING:
    from collections.abc import Iterable

_CODE = re.compile(r"[a-z]{2,3}")
_SPACES = "\t\r\n\v\f"
_JOINERS = "\u200c\u200d"  # letters of several scripts need them
_READ_IN = ("fr", "en", "de")


_NO_NAMES: dict[str, object] = {
    "markup": _l("Un nom n’a pas de balise : écrivez-le seul."),
    "formula": _l("Ce texte commence comme une formule de tableur : écrivez le nom seul."),
}


def clean(text: str) -> str:
    """One line without control characters or doubled spaces, in composed form."""
    kept = (
        " " if letter in _SPACES else letter
        for letter in unicodedata.normalize("NFC", text)
        if letter in _SPACES or letter in _JOINERS or unicodedata.category(letter)[0] != "C"
    )
    return re.sub(" +", " ", "".join(kept)).strip()


def clean_text(text: str) -> str:
    """Several lines without control characters."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(clean(line) for line in lines).strip()


def objection(name: str) -> object | None:
    """Why no person, town or place can be called so: it is code for a page or a spreadsheet. None for a name."""
    kind = looks_like_code(name)
    return _NO_NAMES[kind] if kind else None


def compared(name: str) -> frozenset[str]:
    """The words of a name whatever their order: « ORBÁN Sándor » and « Sándor Orbán » are alike."""
    return frozenset(fold(name).split())


def language_name(code: str) -> str:
    """The name of a language in the reader's language; the code itself when it has none."""
    locale = get_locale() or Locale("fr")
    return str(locale.languages.get(code, code))


def language_names(codes: Iterable[str]) -> str:
    """Several languages, as they are typed in a field."""
    return ", ".join(language_name(code) for code in codes)


def read_languages(text: str) -> tuple[list[str], list[str]]:
    """Read « français, ukrainien » as codes; the second list holds what is no known language."""
    codes: list[str] = []
    unknown: list[str] = []
    for word in re.split(r"[,;/\n]| et ", text):
        if not (name := clean(word)):
            continue
        code = _codes().get(fold(name))
        if code is None:
            unknown.append(name)
        elif code not in codes:
            codes.append(code)
    return codes, unknown


@cache
def _codes() -> dict[str, str]:
    found: dict[str, str] = {}
    for language in reversed(_READ_IN):
        for code, name in Locale(language).languages.items():
            if _CODE.fullmatch(code):
                found[fold(str(name))] = code
    for code, name in Locale("fr").languages.items():
        if _CODE.fullmatch(code):
            found.setdefault(code, code)
            own = Locale.parse(code).get_display_name(code) if code in _OWN else name
            found.setdefault(fold(str(own)), code)
    return found


_OWN = frozenset({"de", "en", "es", "it", "nl", "pl", "pt", "ro", "uk", "hu", "cs", "fr"})
