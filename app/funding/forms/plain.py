"""The short forms of this room."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from app.actions.forms import stripped
from app.forms import Form

TOO_LONG = _l("C’est trop long : gardez %(max)d caractères au plus.")


class TickForm(Form):
    """How somebody knows that a condition holds."""

    note = StringField(
        _l("Comment le savez-vous ?"),
        description=_l("Par exemple « lettre du maire du 3 mars »."),
        filters=[stripped],
        validators=[Length(max=500, message=TOO_LONG)],
    )


class FeedForm(Form):
    """The name of a calendar."""

    label = StringField(
        _l("Nom de l’agenda"),
        filters=[stripped],
        validators=[DataRequired(_l("Donnez un nom à cet agenda.")), Length(max=200, message=TOO_LONG)],
    )


class RuleFileForm(Form):
    """A rule file, sent or pasted."""

    file = FileField(_l("Fichier de règles (.toml)"))
    text = TextAreaField(
        _l("Ou le texte du fichier"),
        validators=[Length(max=400_000, message=TOO_LONG)],
        description=_l("Si le fichier est donné, c’est lui qui compte."),
    )
