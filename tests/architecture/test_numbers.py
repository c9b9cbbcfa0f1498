"""« 1 mandat », « 0 blanc », « 2 voix »: a sentence whose blank says how many follows the number."""

from __future__ import annotations

import re

import pytest

from tests.support.sentences import extracted

NAMES = frozenset({"body", "email", "name", "names", "old", "other", "where"})
"""Blanks that somebody's name fills, or some words: no number."""
NO_NOUNS = frozenset(
    {"dans", "depuis", "des", "deux", "dossier", "les", "mais", "pas", "plus", "revient", "sans", "ses"}
)
NO_NOUNS |= {"toutes", "trois", "vient", "vous"}
SEVERAL = re.compile(
    r"%\((?P<blank>\w+)\)[ds] (?P<word>(?:ont|sont|font)\b|[a-zà-ÿœ]*(?:[a-zà-ÿœ]{2}s|aux|eux|[a-zà-ÿœ]ent)\b)(?!’)"
)
"""A blank before a noun or a verb in the plural."""

# Sentences that always speak of several, and why.
ALWAYS_SEVERAL = {
    "%(max)d caractères au plus": "a limit of the house",
    "%(max)s caractères au plus": "a limit of the house",
    "%(most)s caractères au plus": "a limit of the house",
    "%(length)s caractères": "longer than a limit of the house",
    "(%(limit)s signes au plus)": "a limit of the house",
    "(%(wanted)s signes au plus)": "a limit of the house",
    "%(word)s signes en": "a limit of the house",
    "%(most)s lignes au plus": "a limit of the house",
    "%(most)s organismes": "a limit of the house",
    "%(rules)s règles, et %(examples)s exemples": "limits of the house",
    "%(minutes)s minutes ; au-delà de deux heures": "more than two hours",
    "et %(number)s autres": "two names are left out at least",
    "%(number)s textes sont importés": "one text has its own sentence",
    "signés par %(count)s membres": "the law asks for several",
    "%(count)s dirigeants": "the law asks for several",
    "au moins %(count)s fondateurs": "the law asks for several",
    "Au moins %(count)s fondateurs": "the law asks for several",
    "dans les %(days)s jours d’un dossier": "a delay of the law",
    "dans les %(months)s mois": "a delay of the law",
    "Dans %(days)s jours": "tomorrow has its own sentence",
    "%(places)s font": "two things make it together",
    "%(years)s ans": "anniversaries are round",
    "%(number)s mineurs": "from seven on",
    "%(strength)s sièges pour cette population": "a council has seven members at least",
    "%(count)s membres en exercice": "a council has seven members at least",
    "%(count)s conseillères et conseillers": "a council has seven members at least",
}


@pytest.fixture(scope="module")
def plain() -> list[str]:
    """The sentences that know one form only, with plain spaces."""
    found = [message.id for message in extracted() if isinstance(message.id, str)]
    return [sentence.replace("\N{NO-BREAK SPACE}", " ") for sentence in found]


def test_a_sentence_that_says_how_many_has_a_form_for_one(plain: list[str]) -> None:
    for let_through in ALWAYS_SEVERAL:
        assert any(let_through in sentence for sentence in plain), f"« {let_through} » is let through and said no more"
    stiff = [
        sentence
        for sentence in plain
        for found in SEVERAL.finditer(_without_let_through(sentence))
        if found["blank"] not in NAMES and found["word"] not in NO_NOUNS
    ]
    assert not stiff, "say these with ngettext, or with a part that ngettext says"


def _without_let_through(sentence: str) -> str:
    for let_through in ALWAYS_SEVERAL:
        sentence = sentence.replace(let_through, "")
    return sentence


@pytest.mark.parametrize(
    ("sentence", "is_stiff"),
    [
        ("a ouvert %(number)s mandats après l’élection", True),
        ("%(blank)s blancs, %(void)s nuls", True),
        ("%(counted)s comptent.", True),
        ("Compter le tour %(number)s dans la salle", False),
        ("%(name)s n’est pas là", False),
        ("%(num)s voix pour", False),
    ],
)
def test_a_number_before_a_plural_is_found(sentence: str, *, is_stiff: bool) -> None:
    found = [one for one in SEVERAL.finditer(sentence) if one["word"] not in NO_NOUNS]
    assert bool(found) is is_stiff
