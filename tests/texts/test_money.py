"""A sum is a sum in whatever currency the form offers, in whatever language the text is written."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from app.conventions.forms.values import CURRENCIES
from app.texts import checks, codes, drafting
from app.texts.document import BudgetLine, BudgetValue, Kind, TextValue
from app.texts.wording import written_languages
from tests.texts.test_merge import begun, words

OTHERS = ("cs", "da", "hu", "nb", "nl", "ro", "sv", "el", "ar", "he")


@pytest.mark.parametrize("language", [*written_languages(), *OTHERS])
def test_a_sum_of_each_currency_is_known_for_one_in_each_language(language: str) -> None:
    for currency in (*CURRENCIES, "MAD", "JPY"):
        for amount in ("0", "1", "2", "21", "1234.50", "1000000"):
            said = codes.money(amount, currency, language)
            assert codes.is_sum(f"2028 : {said}.", language), said


@pytest.mark.parametrize("said", ["5 ans", "3 cas par an", "le 12 mai 2027", "2 langues", "article 7 bis", "à 3 LES"])
def test_a_number_before_any_other_word_is_no_sum(said: str) -> None:
    assert not codes.is_sum(said, "fr")


@pytest.mark.parametrize("currency", CURRENCIES)
def test_a_budget_in_the_partners_money_is_the_amount_that_the_law_asks_for(currency: str) -> None:
    document = begun()
    shares = {party.id: "1234.50" for party in document.parties}
    label = TextValue(by_language=dict.fromkeys(document.languages, "Voyages"))
    budget = BudgetValue(lines=[BudgetLine(label=label, year=2028, shares=shares)], currency=currency)
    filled = replace(document, fields={**document.fields, "budget": budget})
    assert "law_amount" not in {one.code for one in checks.examine(filled)}


def test_an_oath_that_counts_years_does_not_speak_of_money() -> None:
    oath = drafting.edit_article(begun(Kind.OATH), "duree", {"fr": words("", "Tous les 5 ans.")}, revision=2)
    assert "D02" not in {one.code for one in checks.examine(oath)}
