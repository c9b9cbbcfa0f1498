"""Names in Cyrillic, written in Latin letters as a passport would write them.

Ukrainian as its government rules (Cabinet of Ministers, resolution no. 55 of 27 January 2010); the letters that
Russian, Belarusian, Bulgarian and Serbian add follow their most usual Latin form. For searching, not for documents.
"""

from __future__ import annotations

_LETTERS = {
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "zh", "з": "z", "и": "y",
    "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s",
    "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ь": "", "ю": "iu",
    "я": "ia", "’": "", "ё": "e", "ъ": "", "ы": "y", "э": "e", "ў": "u", "ђ": "d", "ј": "j", "љ": "lj", "њ": "nj",
    "ћ": "c", "џ": "dz",
}  # fmt: skip
_FIRST = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
"""Letters that Ukrainian writes otherwise at the beginning of a word."""


def in_latin_letters(text: str) -> str:
    """The text with its Cyrillic letters in Latin ones; without capitals where any was changed."""
    if text.isascii():
        return text
    lower, written, before = text.lower(), [], " "
    if not any(letter in _LETTERS and letter != "’" for letter in lower):
        return text
    for letter in lower.replace("зг", "zgh"):
        at_start = not (before.isalpha() or before == "’")
        written.append(_FIRST[letter] if at_start and letter in _FIRST else _LETTERS.get(letter, letter))
        before = letter
    return "".join(written)
