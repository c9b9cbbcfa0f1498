"""Old words after today's structure: whatever the plain text that was kept says, it is given back to the letter."""

from __future__ import annotations

import pytest

from app.texts import seal
from app.texts.merge import merge_all
from app.texts.recovered import recovered
from tests.texts.test_merge import begun


@pytest.mark.parametrize(
    ("today", "then"),
    [
        ("Article 1er", "Art. premier – I"),
        ("Fait à", "Établi – en deux lieux – à"),
        ("\n- ", "\n- et encore\n- "),
        ("\n- ", "\n"),
        ("Article 2 – ", ""),
        ("Article 2", "Article 2\n\nqui suit une ligne vide"),
        ("[à compléter]", "[…]"),
        (" – ", " "),
    ],
)
def test_words_that_were_kept_come_back_to_the_letter(today: str, then: str) -> None:
    document = begun()
    texts, signing = merge_all(document), seal.signatory_lines(document)
    said = seal.canonical(texts, signing)
    kept = said.replace(today, then)
    found = recovered(texts, len(signing), kept)
    assert seal.canonical(found, signing) == kept
    assert [part.id for text in found for part in text.parts] == [part.id for text in texts for part in text.parts]


def test_an_item_stays_an_item_and_a_blank_a_blank_in_other_words() -> None:
    document = begun()
    texts, signing = merge_all(document), seal.signatory_lines(document)
    kept = seal.canonical(texts, signing).replace("Article ", "Art. ").replace("représenté", "qui est représenté")
    found = recovered(texts, len(signing), kept)
    for before, after in zip(texts, found, strict=True):
        for one, same in zip(before.parts, after.parts, strict=True):
            assert same.blanks == one.blanks, one.id
            assert [said.items for said in same.paragraphs] == [said.items for said in one.paragraphs]
    assert found[0].parts != texts[0].parts
