"""How sure a ceremony is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from app.ceremonies.forms.fields import LONGEST_DATE, RadioField, choices, read_date, sent_revision, typed
from app.ceremonies.models import CeremonyStatus
from app.ceremonies.services import ChangeStatus
from app.ceremonies.wording import said
from app.shared.fuzzydate import FuzzyDate

if TYPE_CHECKING:
    from app.ceremonies.models import Ceremony


class StatusForm(FlaskForm):
    """How sure the ceremony is."""

    revision = HiddenField()
    status = RadioField(
        _l("La cérémonie est"),
        choices=choices(
            [
                (CeremonyStatus.PLANNED.value, _l("prévue")),
                (CeremonyStatus.TENTATIVE.value, _l("à confirmer")),
                (CeremonyStatus.CONFIRMED.value, _l("confirmée")),
                (CeremonyStatus.POSTPONED.value, _l("reportée")),
                (CeremonyStatus.CANCELLED.value, _l("annulée")),
                (CeremonyStatus.HELD.value, _l("passée : elle a eu lieu")),
            ]
        ),
        validators=[InputRequired(_l("Choisissez un état."))],
    )
    reason = StringField(
        _l("Raison"), [Optional(), Length(max=500)], description=_l("Elle sera lue dans les agendas abonnés.")
    )

    new_date = StringField(
        _l("Nouvelle date, si la cérémonie est reportée"),
        [Optional(), Length(max=LONGEST_DATE)],
        description=_l(
            "Laissez vide si elle n’est pas encore connue. Le programme garde ses jours : changez-les ensuite."
        ),
    )

    @classmethod
    def of(cls, ceremony: Ceremony) -> StatusForm:
        """The form as the ceremony stands."""
        later = ceremony.details.get("postponed_to", {}).get("date")
        return cls(
            revision=str(ceremony.revision),
            status=ceremony.status or CeremonyStatus.PLANNED.value,
            reason=said(ceremony.details.get("status_reason")),
            new_date=typed(FuzzyDate(later))[0] if later else "",
        )

    def validate_new_date(self, field: StringField) -> None:
        """A date of any precision, only where the ceremony is put off."""
        when = read_date(field.data or "")
        if when is not None and self.status.data != CeremonyStatus.POSTPONED.value:
            raise ValidationError(
                _("Une nouvelle date ne va qu’avec « reportée ». Choisissez cet état, ou effacez-la.")
            )

    def command(self) -> ChangeStatus:
        """The new state."""
        return ChangeStatus(
            revision=sent_revision(self.revision.data),
            status=CeremonyStatus(self.status.data),
            reason=(self.reason.data or "").strip(),
            postponed_to=read_date(self.new_date.data or ""),
        )
