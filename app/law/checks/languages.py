"""C28 and C29: the French version, and the agreement of the versions (loi 94-665, art. 5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.law.findings import apart, broken, check, ok, unknown
from app.law.signed import languages_of, main_language
from app.law.words import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.law.findings import Finding
    from app.law.situation import Situation
    from app.law.vocabulary.acts import SignedText

_COMPARED = {"articles": "le nombre d'articles", "amounts": "les montants", "dates": "les dates"}


@check("C28")
def french_version(situation: Situation) -> Iterator[Finding]:
    """Judge whether a French version exists and is authentic."""
    for index, text in enumerate(situation.texts):
        at = f"texts[{index}]"
        languages = languages_of(text)
        if languages is None:
            yield unknown("Donnez les langues du texte.", f"{at}.languages", at=at)
        elif "fr" not in languages:
            yield broken("Il manque la version française.", at=at)
        else:
            yield _authentic(text, languages, at)


def _authentic(text: SignedText, languages: tuple[str, ...], at: str) -> Finding:
    told = text.authentic_languages
    if told is None and text.versions:
        marks = {main_language(one.language): one.authentic for one in text.versions if one.language}
        if marks.get("fr") is not None:
            told = tuple(language for language, mark in marks.items() if mark)
    if told is None:
        if languages == ("fr",):
            return ok("Le texte n'existe qu'en français.", at=at)
        return unknown("Dites quelles versions font foi.", f"{at}.authentic_languages", at=at)
    if "fr" not in {main_language(language) for language in told}:
        return broken("La version française doit faire foi.", at=at)
    return ok("La version française existe et fait foi.", at=at)


@check("C29")
def same_in_each(situation: Situation) -> Iterator[Finding]:
    """Judge whether the versions say the same."""
    for index, text in enumerate(situation.texts):
        at = f"texts[{index}]"
        languages = languages_of(text)
        if languages is not None and len(set(languages)) == 1:
            yield apart("Une seule langue.", at=at)
        elif text.versions is None:
            yield unknown("Donnez le texte langue par langue : articles, montants, dates.", f"{at}.versions", at=at)
        else:
            yield _compare(text, at)


def _compare(text: SignedText, at: str) -> Finding:
    differ, lacks = [], []
    for name, word in _COMPARED.items():
        values = [getattr(one, name) for one in text.versions or ()]
        if any(value is None for value in values):
            lacks.append(f"{at}.versions[{[value is None for value in values].index(True)}].{name}")
        told = {tuple(sorted(value)) if isinstance(value, tuple) else value for value in values if value is not None}
        if len(told) > 1:
            differ.append(word)
    if differ:
        return broken(f"Les versions ne concordent pas : {listed(differ)}.", at=at)
    if text.authentic_clause is False:
        return broken("Il manque la clause qui dit quelles versions font foi.", at=at)
    if text.authentic_clause is None:
        lacks.append(f"{at}.authentic_clause")
    if lacks:
        return unknown("Versions : des faits manquent pour les comparer.", *lacks, at=at)
    return ok("Les versions concordent, et une clause dit lesquelles font foi.", at=at)
