"""The form that all forms are: what is typed is read without the spaces around it, and no number is endless."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from flask import g
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import DecimalField, IntegerField
from wtforms.validators import StopValidation

if TYPE_CHECKING:
    from wtforms import Field
    from wtforms.fields.core import UnboundField

_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
"""Control characters, orders to write backwards and half letters: nobody types them, and databases refuse some."""

MOST = 10**12
"""Larger numbers are slips: nothing that a town counts has thirteen digits."""


def fits(form: object, field: Field) -> None:
    """Refuse a number that nothing here can count.

    :raises StopValidation: saying so; no other rule is asked.
    """
    del form
    if field.data is not None and not abs(field.data) < MOST:  # nan is no number either
        field.data = None
        raise StopValidation(_l("Ce nombre est trop grand : vérifiez ce que vous avez tapé."))


def _read(name: str, value: object) -> object:
    if not isinstance(value, str) or "password" in name:
        return value
    return _UNSEEN.sub("", value).strip()


class Form(FlaskForm):
    """A form; a field filled with spaces alone is an empty field. A password is taken as it is typed.

    The one that was sent is remembered for the request: an error page shows again what was typed, under its labels.
    """

    class Meta(FlaskForm.Meta):
        """How its fields are made and what they are given."""

        def wrap_formdata(self, form: Form, formdata: Any) -> Any:  # noqa: ANN401  # as WTForms has it
            """Take what was typed, without the spaces around it and without signs that nobody sees."""
            given = super().wrap_formdata(form, formdata)
            if not given:
                return given
            g.setdefault("form", form)
            return MultiDict((name, _read(name, value)) for name, values in given.lists() for value in values)

        def bind_field(self, form: Form, unbound_field: UnboundField, options: dict[str, Any]) -> Field:
            """Make a field; a number is first asked whether it fits."""
            field = super().bind_field(form, unbound_field, options)
            if isinstance(field, (IntegerField, DecimalField)):
                field.validators = [fits, *field.validators]
            return field
