"""The values that the articles of a text share, in any language."""

# ruff: noqa: RUF012  # msgspec gives each structure its own copy of a default
from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from app.texts.parties import Form
from app.texts.words import Amount, Currency, Day, Prose, ProseByLanguage, Slug, Year


class TextValue(Form, tag_field="type", tag="text", frozen=True, kw_only=True):
    """A text; ``value`` holds for every language that ``by_language`` does not name."""

    value: Prose = ""
    by_language: ProseByLanguage = {}
    prose: Annotated[
        bool, Meta(description="Its lines are paragraphs; left out: several lines are the items of a list.")
    ] = False


class DateValue(Form, tag_field="type", tag="date", frozen=True, kw_only=True):
    """A date."""

    value: Day


class EurValue(Form, tag_field="type", tag="eur", frozen=True, kw_only=True):
    """An amount in euros."""

    value: Amount


class MoneyValue(Form, tag_field="type", tag="money", frozen=True, kw_only=True):
    """An amount in any currency."""

    value: Amount
    currency: Annotated[Currency | None, Meta(description="Left out: not known.")] = None


class IntValue(Form, tag_field="type", tag="int", frozen=True, kw_only=True):
    """A whole number."""

    value: int


class BoolValue(Form, tag_field="type", tag="bool", frozen=True, kw_only=True):
    """Yes or no."""

    value: bool


class ListValue(Form, tag_field="type", tag="list", frozen=True, kw_only=True):
    """Lines, each in one or several languages."""

    items: list[TextValue]


class CodesValue(Form, tag_field="type", tag="codes", frozen=True, kw_only=True):
    """Words of a closed list (themes, frequency…), translated by the product."""

    items: list[Annotated[str, Meta(max_length=40)]]


class BudgetLine(Form, frozen=True, kw_only=True):
    """One line of a budget; ``shares`` holds the amount of each party, by its identifier."""

    label: TextValue
    year: Year | None = None
    shares: dict[Slug, Amount] = {}
    currency: Annotated[Currency | None, Meta(description="Of this line, when not that of the budget.")] = None


class BudgetValue(Form, tag_field="type", tag="budget", frozen=True, kw_only=True):
    """Estimated amounts. No line at all means that the amount is stated as zero."""

    lines: list[BudgetLine]
    currency: Annotated[Currency | None, Meta(description="Of all lines; null: not known.")] = "EUR"


Value = TextValue | DateValue | EurValue | MoneyValue | IntValue | BoolValue | ListValue | CodesValue | BudgetValue
