"""The form that /composants shows: one field of each kind, with an error where one can be made."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, DateField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired
from wtforms.widgets import CheckboxInput, ListWidget

from app.forms import Form


class SampleForm(Form):
    """Never saved."""

    name = StringField(
        _l("Nom de la cérémonie"),
        [DataRequired(_l("Écrivez un nom, par exemple « Serment retour »."))],
        description=_l("Tel qu’il paraîtra sur le programme."),
    )
    place = StringField(
        _l("Commune"),
        description=_l("Nom, code postal ou code INSEE ; un lieu absent des listes convient aussi."),
    )
    day = DateField(_l("Date"))
    language = SelectField(
        _l("Seconde langue"),
        choices=[
            SelectChoice("uk", _l("ukrainien")),
            SelectChoice("de", _l("allemand")),
            SelectChoice("pl", _l("polonais")),
        ],
    )
    kind = RadioField(
        _l("Nature"),
        choices=[SelectChoice("oath", _l("Serment")), SelectChoice("pact", _l("Pacte d’amitié"))],
        default="oath",
    )
    themes = SelectMultipleField(
        _l("Thèmes"),
        choices=[
            SelectChoice("school", _l("Écoles")),
            SelectChoice("culture", _l("Culture")),
            SelectChoice("sport", _l("Sport")),
        ],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    text = TextAreaField(_l("Quelques mots"))
    scan = FileField(_l("Original signé"), description=_l("PDF, 20 Mio au plus."))
    agreed = BooleanField(_l("Le partenaire est d’accord"))

    @classmethod
    def wrong(cls) -> SampleForm:
        """Return the form as it comes back when its first question was left empty."""
        form = cls(formdata=None)
        form.name.errors = [*form.name.errors, str(_l("Écrivez un nom, par exemple « Serment retour »."))]
        return form
