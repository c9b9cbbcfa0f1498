"""Every fact and every code has its words in the three languages of the screens."""

from __future__ import annotations

import pytest

from app.rules.loader import load
from app.rules.vocabulary import codes
from app.rules.vocabulary.countries import FRENCH_NAMES, PARTS
from app.rules.vocabulary.fields import COLLECTIONS, SECTIONS
from app.rules.vocabulary.tongues import country_in, country_names, in_tongue


def vocabulary() -> set[str]:
    words = load().words
    fields = [field for several in (*SECTIONS.values(), *COLLECTIONS.values()) for field in several]
    fields += words.answers.values()
    said = {field.asks for field in fields} | {word for field in fields for word in (field.codes or {}).values()}
    return said | set(codes.DOCUMENTS.values()) | set(words.documents.values())


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_word_of_the_vocabulary_is_said_in_the_other_languages(language: str) -> None:
    left = {one for one in vocabulary() if in_tongue(one, language) == one}
    long = {one for one in left if len(one.split()) > 1}

    assert not long
    assert in_tongue("premier jour du projet", "fr") == "premier jour du projet"
    assert in_tongue("un mot d’une règle d’ici", language) == "un mot d’une règle d’ici"


def test_countries_are_named_in_each_language() -> None:
    assert (country_in("DE", "en"), country_in("DE", "de"), country_in("DE", "fr")) == (
        "Germany", "Deutschland", "Allemagne",
    )  # fmt: skip
    assert country_names("de").keys() == FRENCH_NAMES.keys() | PARTS.keys()
    assert country_in("CA-QC", "de") == "Québec (Kanada)"
