"""The body's own questions about its members: how each kind is asked, read, kept and shown."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, ValidationError
from wtforms.validators import Length

from app.members.models import FieldKind
from app.people.fields import TOO_LONG, choices, read_day, typed
from app.people.naming import clean
from app.shared.folding import fold

if TYPE_CHECKING:
    from app.members.models import MemberField

_YES = frozenset({"oui", "o", "x", "1", "vrai", "yes"})
_NO = frozenset({"non", "n", "0", "faux", "no"})


def answer_field(question: MemberField) -> Any:  # noqa: ANN401  # an unbound field of WTForms
    """The field that asks a question."""
    label = question.label
    match question.kind:
        case FieldKind.YES_NO:
            pairs = [("", _l("non renseigné")), ("oui", _l("oui")), ("non", _l("non"))]
            return SelectField(label, choices=choices(pairs), validate_choice=False)
        case FieldKind.CHOICE:
            pairs = [("", _l("non renseigné")), *((one, one) for one in question.choices)]
            return SelectField(label, choices=choices(pairs), validate_choice=False)
    hints = {FieldKind.NUMBER: _l("Un nombre."), FieldKind.DATE: _l("Comme 12/06/2026.")}

    def readable(form: object, field: StringField) -> None:
        del form
        answer_of(question, field.data)

    return StringField(
        label,
        [Length(max=300, message=TOO_LONG), readable],
        description=hints.get(FieldKind(question.kind), ""),
    )


def answer_of(question: MemberField, raw: str | None) -> Any:  # noqa: ANN401  # what JSON keeps
    """What is kept of an answer; None when nothing was said.

    :raises ValidationError: when the question cannot be answered so.
    """
    text = clean(raw or "")[:300]
    if not text:
        return None
    match question.kind:
        case FieldKind.NUMBER:
            return _number(text)
        case FieldKind.DATE:
            day = read_day(text)
            return day.isoformat() if day else None
        case FieldKind.YES_NO:
            return _yes_or_no(text)
        case FieldKind.CHOICE:
            return _choice(question, text)
    return text


def _number(text: str) -> str:
    try:
        number = Decimal(text.replace(" ", "").replace("\N{NO-BREAK SPACE}", "").replace(",", "."))
    except InvalidOperation as error:
        raise ValidationError(_l("« %(text)s » n’est pas un nombre.", text=text[:40])) from error
    if not number.is_finite() or abs(number) >= Decimal(10) ** 12:
        raise ValidationError(_l("« %(text)s » n’est pas un nombre qui puisse être gardé.", text=text[:40]))
    return format(number, "f")


def _yes_or_no(text: str) -> bool:
    if fold(text) in _YES:
        return True
    if fold(text) in _NO:
        return False
    raise ValidationError(_l("« %(text)s » : écrivez oui ou non.", text=text[:40]))


def _choice(question: MemberField, text: str) -> str:
    if text in question.choices:
        return text
    for choice in question.choices:
        if fold(choice) == fold(text):
            return choice
    raise ValidationError(
        _l(
            "« %(text)s » n’est pas dans la liste : %(choices)s.",
            text=text[:40],
            choices=", ".join(question.choices),
        )
    )


def shown_answer(question: MemberField, value: Any) -> str:  # noqa: ANN401  # as it was kept
    """An answer as it is typed and printed."""
    if value is None:
        return ""
    match question.kind:
        case FieldKind.YES_NO:
            return "oui" if value else "non"
        case FieldKind.DATE:
            return typed(date.fromisoformat(value))
        case FieldKind.NUMBER:
            return str(value).replace(".", ",")
    return str(value)
