"""The form of a consent."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Length

from app.forms import Form
from app.members.labels import CONSENT_NAMES
from app.members.models import ConsentKind
from app.members.services.care import GiveConsent
from app.people.fields import TOO_LONG, DayField, choices


class ConsentForm(Form):
    """What somebody agrees to, with the day and the proof."""

    kind = SelectField(_l("Accord"), choices=choices((one.value, label) for one, label in CONSENT_NAMES.items()))
    given_on = DayField(_l("Donné le"), [InputRequired(_l("Écrivez un jour, comme 31/12/2026."))])
    proof = StringField(
        _l("Où est la preuve ?"),
        [InputRequired(_l("Dites où est la preuve.")), Length(max=300, message=TOO_LONG)],
        description=_l("« Bulletin d’adhésion signé, classeur 2026 », « courriel du 12/03/2026 »."),
    )
    given_by = StringField(
        _l("Par qui, pour un mineur"),
        [Length(max=200, message=TOO_LONG)],
        description=_l("Les deux parents, par prudence."),
    )

    def command(self) -> GiveConsent:
        """What was agreed."""
        return GiveConsent(
            kind=ConsentKind(self.kind.data),
            given_on=self.given_on.sure,
            given_by=self.given_by.data or "",
            proof=self.proof.data or "",
        )
