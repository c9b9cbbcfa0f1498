"""The values that a text asks for: words, dates, amounts, choices, a budget by party."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l
from msgspec.structs import replace
from wtforms import IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, NumberRange, Optional

from app.conventions.forms.fields import (
    TOO_LONG,
    CodesField,
    DayField,
    MoneyField,
    choices_of,
    in_language,
    typed_day,
)
from app.texts import formats
from app.texts.document import (
    BudgetLine,
    BudgetValue,
    CodesValue,
    DateValue,
    EurValue,
    IntValue,
    ListValue,
    MoneyValue,
    TextValue,
)
from app.texts.wording import load_phrases

if TYPE_CHECKING:
    from app.forms import Form
    from app.texts.document import Document, Value
    from app.texts.wording import Field

BUDGET_ROWS = 6
WORDS = ("text", "prose")
"""Answers in words, in each language; the lines of a text are the items of a list, those of prose are paragraphs."""
CURRENCIES = ("EUR", "CHF", "CZK", "DKK", "GBP", "HUF", "NOK", "PLN", "RON", "SEK", "UAH", "USD")
"""Those of the countries that French towns are mostly twinned with; the format takes any other."""
MONTHS = {
    "duree_mois": (1, 600, _l("Une durée va de 1 à 600 mois (50 ans).")),
    "preavis_mois": (0, 36, _l("Un préavis va de 0 à 36 mois (3 ans).")),
}
"""What a number of months can be: a text that lasts no time, or that nobody outlives the notice of, is a slip."""
_ANY_NUMBER = (0, 100_000, _l("Un nombre entier, entre 0 et 100 000."))


def add_value(form: type[Any], field: Field, document: Document, language: str) -> None:
    """Give the form the fields of a value."""
    label, hint = in_language(field.label, language), in_language(field.hint, language)
    name = f"f_{field.id}"
    if field.type in WORDS:
        for code in document.languages:
            suffix = f" – {formats.language_name(code, language)}" if len(document.languages) > 1 else ""
            made: Any = TextAreaField(
                f"{label}{suffix}",
                [Length(max=20000, message=TOO_LONG)],
                description=hint if code == document.languages[0] else "",
                render_kw={"rows": 3, "lang": code},
            )
            setattr(form, f"{name}_{code}", made)
    elif field.type == "date":
        setattr(form, name, DayField(label, description=hint or _l("Par exemple 12/06/2027.")))
    elif field.type == "eur":
        setattr(form, name, MoneyField(label, description=hint or _l("En euros : 1 250,50.")))
    elif field.type == "int":
        bounds = [Optional(), NumberRange(*MONTHS.get(field.id, _ANY_NUMBER))]
        setattr(form, name, IntegerField(label, bounds, description=hint))
    elif field.type in {"code", "codes"}:
        words = getattr(load_phrases(language), field.choices)
        kind: Any = CodesField if field.type == "codes" else RadioField
        setattr(form, name, kind(label, [Optional()], choices=choices_of(words.items()), description=hint))
    else:
        _budget_fields(form, document, language)


def _budget_fields(form: type[Any], document: Document, language: str) -> None:
    for row in range(_rows(document)):
        for code in document.languages:
            setattr(
                form,
                f"b{row}_label_{code}",
                StringField(
                    _l("Poste (%(language)s)", language=formats.language_name(code, language)),
                    [Length(max=200, message=TOO_LONG)],
                    render_kw={"lang": code},
                ),
            )
        year = IntegerField(_l("Année"), [Optional(), NumberRange(1900, 2200, _l("Une année s’écrit 2027."))])
        setattr(form, f"b{row}_year", year)
        for number, party in enumerate(document.parties):
            setattr(form, f"b{row}_share_{number}", MoneyField(_l("Part de %(name)s", name=party.name)))
    codes = list(dict.fromkeys((*CURRENCIES, _budget(document).currency or "EUR")))
    names = [(code, f"{formats.currency(code, language)} ({code})") for code in codes]
    form.budget_currency = SelectField(_l("Monnaie"), choices=choices_of(names), default="EUR")


def _rows(document: Document) -> int:
    return max(BUDGET_ROWS, len(_budget(document).lines) + 1)


def _budget(document: Document) -> BudgetValue:
    value = document.fields.get("budget")
    return value if isinstance(value, BudgetValue) else BudgetValue(lines=[])


def known_value(field: Field, document: Document) -> dict[str, Any]:  # noqa: PLR0911  # one line a type
    """What the fields of a value hold."""
    value = document.fields.get(field.id)
    name = f"f_{field.id}"
    if isinstance(value, TextValue):
        return {f"{name}_{code}": value.by_language.get(code, value.value) for code in document.languages}
    if isinstance(value, ListValue):
        return {
            f"{name}_{code}": "\n".join(item.by_language.get(code, item.value) for item in value.items)
            for code in document.languages
        }
    if isinstance(value, CodesValue):
        return {name: list(value.items) if field.type == "codes" else next(iter(value.items), "")}
    if isinstance(value, BudgetValue):
        return _budget_values(value, document)
    if isinstance(value, DateValue):
        return {name: typed_day(value.value)}
    if isinstance(value, EurValue | MoneyValue | IntValue):
        return {name: value.value}
    return {name: field.default} if field.default is not None else {}


def _budget_values(value: BudgetValue, document: Document) -> dict[str, Any]:
    made: dict[str, Any] = {"budget_currency": value.currency or "EUR"}
    for row, line in enumerate(value.lines):
        made[f"b{row}_year"] = line.year
        for code in document.languages:
            made[f"b{row}_label_{code}"] = line.label.by_language.get(code, line.label.value)
        for number, party in enumerate(document.parties):
            made[f"b{row}_share_{number}"] = line.shares.get(party.id, "")
    return made


def read_value(form: Form, field: Field, document: Document) -> Value | None:
    """What was typed of a value."""
    name = f"f_{field.id}"
    if field.type in WORDS:
        texts = {code: (form[f"{name}_{code}"].data or "").replace("\r\n", "\n").strip() for code in document.languages}
        given = {code: text for code, text in texts.items() if text}
        is_prose = field.type == "prose" and _has_paragraphs("\n".join(given.values()))
        return TextValue(by_language=given, prose=is_prose) if given else None
    if field.type == "budget":
        return _read_budget(form, document)
    if field.type == "date":
        return DateValue(value=form[name].edtf) if form[name].edtf else None
    if field.type == "eur":
        return _read_money(form[name].amount, document.fields.get(field.id))
    data = form[name].data
    if field.type == "int":
        return IntValue(value=data) if data is not None else None
    items = [data] if isinstance(data, str) else list(data or ())
    return CodesValue(items=items) if any(items) else None


def _has_paragraphs(text: str) -> bool:
    """Whether an answer is of several lines, and not a list that somebody wrote with its dashes."""
    lines = [line for line in text.split("\n") if line.strip()]
    return len(lines) > 1 and not any(line.lstrip().startswith("- ") for line in lines)


def _read_money(amount: str, before: Value | None) -> Value | None:
    """An amount typed keeps the currency that it had."""
    if not amount:
        return None
    return replace(before, value=amount) if isinstance(before, MoneyValue) else EurValue(value=amount)


def _read_budget(form: Form, document: Document) -> BudgetValue | None:
    lines, before = [], _budget(document)
    for row in range(_rows(document)):
        labels = {code: (form[f"b{row}_label_{code}"].data or "").strip() for code in document.languages}
        shares = {party.id: form[f"b{row}_share_{number}"].amount for number, party in enumerate(document.parties)}
        given = {name: amount for name, amount in shares.items() if amount}
        texts = {code: text for code, text in labels.items() if text}
        if texts or given:
            own = before.lines[row].currency if row < len(before.lines) else None
            label = TextValue(by_language=texts)
            lines.append(BudgetLine(label=label, year=form[f"b{row}_year"].data, shares=given, currency=own))
    return BudgetValue(lines=lines, currency=form["budget_currency"].data) if lines else None
