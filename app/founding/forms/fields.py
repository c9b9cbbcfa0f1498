"""Fields that several forms of the room have."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField
from wtforms.validators import NumberRange, Optional

PERSONS = _l("Écrivez un nombre entier, de 0 à 500.")


def count(label: object) -> IntegerField:
    """How many people; empty: not known."""
    return IntegerField(label, [Optional(), NumberRange(0, 500, PERSONS)])
