"""Opening an agenda, and taking one in from a file."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import StringField
from wtforms.validators import InputRequired, Length, Optional

from app.ceremonies.forms.fields import SelectField, a_name
from app.forms import Form
from app.places.forms import ZoneField


class FeedForm(Form):
    """A name that tells whose telephone or which page reads it."""

    label = StringField(
        _l("À qui ou à quoi sert cet agenda ?"),
        [InputRequired(_l("Écrivez quelques mots, par exemple « téléphone de Claire ».")), Length(max=200), a_name],
        description=_l("Pour savoir lequel retirer plus tard."),
    )


class ImportForm(Form):
    """A file, and what a calendar cannot say."""

    file = FileField(
        _l("Fichier"),
        [FileRequired(_l("Choisissez un fichier « .ics » ou « .json »."))],
        description=_l("Un agenda (.ics, 5 Mio au plus), ou une cérémonie exportée d’ici (.json)."),
    )
    twinning = SelectField(_l("Pour quel jumelage ?"), coerce=int)
    title = StringField(_l("Titre, pour un agenda"), [Optional(), Length(max=300), a_name])
    timezone = ZoneField(
        _l("Fuseau horaire du lieu, pour un agenda"),
        [InputRequired(_l("Écrivez une ville dont c’est l’heure, par exemple Paris.")), Length(max=64)],
        default="Europe/Paris",
    )

    def is_own_format(self) -> bool:
        """Whether the file is one of ours, told by its name."""
        return str(self.file.data.filename or "").lower().endswith(".json")
