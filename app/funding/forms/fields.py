"""One fact as a form field, and back: French numbers, French dates, countries by name."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length
from wtforms.widgets import CheckboxInput, ListWidget

from app.actions.forms import stripped
from app.forms.dates import parse
from app.funding.forms.figures import Unreadable, read_number, read_when
from app.funding.forms.wording import language, worded
from app.places.divisions import departements, regions
from app.rules.units import COUNTED, MONEY, UNITS
from app.rules.vocabulary.tongues import FRENCH, country_in, country_names
from app.shared.folding import fold
from app.shared.fuzzydate import BadDate
from app.shared.saying import said

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from wtforms import Field as FormField

    from app.rules.vocabulary.fields import Field

UNKNOWN = "?"
_LONG = 300
_SAVED_HOUR = re.compile(r"^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::\d{2})?\[Europe/Paris\]$")


class CodesField(SelectMultipleField):
    """Boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def form_field(
    field: Field, *, label: str, in_row: bool, documents: dict[str, str], near: Sequence[str] = ()
) -> FormField:
    """The form field that asks for a fact; ``near``: countries offered first."""
    codes = (
        documents
        if field.name == "kind" and field.codes is not None and "application_form" in field.codes
        else field.codes
    )
    match field.type:
        case "yes_no" if not in_row:
            choices = [("true", _l("Oui")), ("false", _l("Non")), (UNKNOWN, _l("Je ne sais pas"))]
            return RadioField(label, choices=_offered(choices), validate_choice=False)
        case "yes_no":
            return _select(label, [("true", _l("Oui")), ("false", _l("Non"))])
        case "country":
            return _select(label, _countries(near))
        case "code" | "codes" if codes and (in_row or field.type == "code"):
            return _select(label, [*_worded(codes), *([] if in_row else [(UNKNOWN, _l("Je ne sais pas"))])])
        case "codes" if codes:
            return CodesField(label, choices=_offered(_worded(codes)), validate_choice=False)
        case _:
            return StringField(label, description=_hint(field), validators=[Length(max=_LONG)])


def reference_field(label: str, names: Iterable[tuple[str, str]]) -> FormField:
    """A field that refers to an element of another list."""
    return _select(label, names)


def _select(label: str, pairs: Iterable[tuple[str, object]]) -> FormField:
    return SelectField(label, choices=[SelectChoice("", "—"), *_offered(pairs)], validate_choice=False)


def _offered(pairs: Iterable[tuple[str, object]]) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in pairs]


def _worded(codes: Mapping[str, str]) -> list[tuple[str, object]]:
    return [(code, worded(name)) for code, name in codes.items()]


def _countries(near: Sequence[str]) -> list[tuple[str, object]]:
    names = country_names(language())
    rest = sorted((code for code in names if code not in near), key=lambda code: fold(names[code]))
    return [(code, names[code]) for code in [*(one for one in near if one in names), *rest]]


_STRANDS = _l("Son numéro, par exemple 1, ou 1+2 pour les deux.")
_HINTS = {
    "when": _l("Par exemple 12/06/2027, 06/2027 ou 2027."),
    "countries": _l("Séparez les pays par des virgules : France, Ukraine."),
    "departement": _l("Son numéro ou son nom, par exemple 59 ou Nord."),
    "axis": _STRANDS,
    "scheme": _STRANDS,
}
"""What to type, by the name of a fact or by its type."""


def _hint(field: Field) -> str:
    said = _HINTS.get(field.name) or _HINTS.get(field.type)
    if said is not None:
        return str(said)
    if field.type == "number" and field.unit == "EUR":
        return str(_("En euros, par exemple 1 250,50."))
    if field.type in ("number", "age") and field.unit and field.unit not in COUNTED:
        return str(_("En %(unit)s.", unit=worded(UNITS[field.unit][0] if field.unit in MONEY else field.unit)))
    return ""


def read(field: Field, typed: Any) -> Any:  # noqa: ANN401  # any JSON value
    """What was typed as the value of the fact; None for nothing.

    :raises Unreadable: with what to type instead.
    """
    if isinstance(typed, list):
        codes = [one for one in typed if one]
        return codes or None
    text = " ".join(str(typed or "").split())
    if not text or text == UNKNOWN:
        return None
    return _READERS.get(field.type, _text)(field, text)


def _text(field: Field, text: str) -> str:
    told = stripped(text)[:_LONG]
    if field.name == "departement":
        return _departement(told)
    if field.name in ("axis", "scheme"):
        return _strand(told)
    if field.name == "region":  # one abroad is told as its people write it
        return next((name for name in regions().values() if fold(name) == fold(told)), told)
    return told


_STRAND = re.compile(r"(?:l[’'])?(?:axes?|volets?)\s+(?=\d)", re.IGNORECASE)
_BOTH = re.compile(r"\s*(?:\+|,|&|/|\bet\b)\s*", re.IGNORECASE)


def _strand(text: str) -> str:
    """Strands by their numbers, as the rules write them: « axe 2 » is « 2 », « axes 1 et 2 » is « 1+2 »."""
    parts = _BOTH.split(_STRAND.sub("", text))
    return "+".join(parts) if all(part.isdecimal() for part in parts) else text


def _departement(text: str) -> str:
    """The number of a département told by its number or its name: « 07 », « 7 », « Ardèche », « Ardèche (07) »."""
    wanted, known = text.upper(), departements()
    if wanted.zfill(2) in known:
        return wanted.zfill(2)
    for code, name in known.items():
        if fold(text) in (fold(name), fold(f"{name} {code}"), fold(f"{code} {name}")):
            return code
    raise Unreadable(_("« %(text)s » n’est pas un département. Écrivez son numéro, par exemple 59.", text=text[:40]))


def _yes_no(_field: Field, text: str) -> bool:
    if text not in ("true", "false"):
        raise Unreadable(_("Choisissez une réponse de la liste."))
    return text == "true"


def _code(field: Field, text: str) -> Any:  # noqa: ANN401  # one code or several
    if "," in text and field.type == "codes":
        return [one.strip() for one in text.split(",") if one.strip()]
    return text


def _country(_field: Field, text: str) -> str:
    code = country_code(text)
    if code is None:
        raise Unreadable(_("« %(text)s » n’est pas un pays connu. Choisissez-le dans la liste.", text=text[:40]))
    return code


def country_code(text: str) -> str | None:
    """The code of a country, or of a part of one, named in the language of the page, in French or by its code."""
    several, wanted = (country_names(language()), country_names(FRENCH)), fold(text)
    if text.upper() in several[1]:
        return text.upper()
    said = ((code, name) for names in several for code, name in names.items())
    return next((code for code, name in said if wanted in (fold(name), fold(name.partition(" (")[0]))), None)


def _several_countries(_field: Field, text: str) -> list[str]:
    return [_country(_field, one.strip()) for one in text.split(",") if one.strip()]


_READERS: dict[str, Any] = {
    "yes_no": _yes_no,
    "code": _code,
    "codes": _code,
    "country": _country,
    "countries": _several_countries,
    "number": read_number,
    "age": read_number,
    "when": lambda _field, text: read_when(text),
}


def shown(field: Field, value: Any) -> Any:  # noqa: ANN401  # what the form field takes
    """The value of a fact as the form field shows it."""
    if value is None:
        return None
    if isinstance(value, dict):
        value = value.get("items") or []
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | Decimal):
        return _digits(value, field)
    if field.type == "when":
        return _typed(str(value))
    if field.type == "countries":
        return ", ".join(country_in(one, language()) for one in ([value] if isinstance(value, str) else value))
    return value


def _digits(value: int | Decimal, field: Field) -> str:
    """A number as it can be typed again, in the writing of the language; money has two decimals when it has cents."""
    if isinstance(value, int):
        return str(value)
    text = format(value, "f")
    if field.unit in MONEY and value == round(value, 2):
        text = f"{value:.2f}"
    return text if language() == "en" else text.replace(".", ",")


def _typed(text: str) -> str:
    """A date as a French volunteer types it, so that it can be read back."""
    if found := _SAVED_HOUR.match(text):
        return f"{_typed(found[1])} {found[2]}:{found[3]}"
    parts = text.split("-")
    return "/".join(reversed(parts)) if all(part.isdigit() for part in parts) else text


def in_words(field: Field, value: Any) -> str:  # noqa: ANN401  # any JSON value
    """The value of a fact in words."""
    if isinstance(value, dict):
        value = value.get("items") or []
    if isinstance(value, list):
        return ", ".join(in_words(field, one) for one in value)
    if isinstance(value, bool):
        return str(_("oui") if value else _("non"))
    return _one_in_words(field, value)


def _one_in_words(field: Field, value: Any) -> str:  # noqa: ANN401  # any JSON value
    if field.type in ("country", "countries"):
        return country_in(str(value), language())
    if field.codes and value in field.codes:
        return worded(str(field.codes[value]))
    if isinstance(value, int | Decimal):
        unit = UNITS[field.unit][2] if field.unit and (value < 2 or field.unit in MONEY) else field.unit  # noqa: PLR2004
        return f"{_digits(value, field)}\N{NO-BREAK SPACE}{unit}".rstrip("\N{NO-BREAK SPACE}")
    if field.type == "when":
        return _said_day(str(value))
    return str(value)


def _said_day(text: str) -> str:
    try:
        return said(parse(text))
    except BadDate:
        return _typed(text)
