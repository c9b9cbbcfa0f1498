"""What is written down around and after an assembly: reasons, minutes, mandates, the declaration."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from app.forms import Form
from app.people.fields import TOO_LONG, DayField


class ReasonForm(Form):
    """Why."""

    reason = TextAreaField(
        _l("Motif"),
        [InputRequired(_l("Écrivez le motif.")), Length(max=2000, message=TOO_LONG)],
        render_kw={"rows": 3},
    )


class MinutesForm(Form):
    """What to add to the minutes, and when they were approved."""

    text = TextAreaField(
        _l("Complément au procès-verbal"),
        [Length(max=20_000, message=TOO_LONG)],
        description=_l("Le reste est écrit de ce qui a été consigné."),
        render_kw={"rows": 5},
    )
    approved_on = DayField(
        _l("Approuvé le"), description=_l("Souvent à la réunion suivante. Il ne change plus ensuite.")
    )


class DeclarationForm(Form):
    """When the registry was told."""

    day = DayField(_l("Déclaré le"), [InputRequired(_l("Écrivez le jour de la déclaration."))])
    reference = StringField(
        _l("Référence"),
        [Length(max=120, message=TOO_LONG)],
        description=_l("Numéro du récépissé ou de la démarche en ligne."),
    )


class InstallForm(Form):
    """From when those elected hold office."""

    on = DayField(_l("Premier jour des nouveaux mandats"), [InputRequired(_l("Écrivez le jour."))])
    due_on = DayField(
        _l("Terme prévu"),
        description=_l("D’après les statuts. Rien ne se ferme ce jour-là : il vous est rappelé d’élire."),
    )
