"""How sure a ceremony is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from app.ceremonies import lines
from app.ceremonies.forms.fields import LONGEST_DATE, RadioField, choices, read_date, sent_revision, titled_languages
from app.ceremonies.forms.moments import later_date
from app.ceremonies.models import CeremonyStatus
from app.ceremonies.services import ChangeStatus
from app.ceremonies.wording import said
from app.forms import Form

if TYPE_CHECKING:
    from app.ceremonies.models import Ceremony


class StatusForm(Form):
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
        _l("Raison"),
        [Optional(), Length(max=500)],
        description=_l(
            "Elle sera lue dans les agendas abonnés. Celle d’une annulation ou d’un report s’efface avec lui, "
            "si vous ne la changez pas."
        ),
    )

    new_date = StringField(
        _l("Nouvelle date, si la cérémonie est reportée"),
        [Optional(), Length(max=LONGEST_DATE)],
        description=_l(
            "Laissez vide si elle n’est pas encore connue. Le programme garde ses jours : changez-les ensuite."
        ),
    )

    host: Ceremony | None = None

    @classmethod
    def of(cls, ceremony: Ceremony, **how: Any) -> StatusForm:  # noqa: ANN401  # as WTForms takes it
        """The form as the ceremony stands; ``formdata=None`` leaves out what was sent."""
        main, _second = titled_languages(ceremony)
        form = cls(
            revision=str(ceremony.revision),
            status=ceremony.status or None,
            reason=said(ceremony.details.get("status_reason"), [main]),
            new_date=later_date(ceremony.details),
            **how,
        )
        form.host = ceremony
        return form

    def validate_new_date(self, field: StringField) -> None:
        """A date of any precision, only where the ceremony is put off, or kept so."""
        when, kept = read_date(field.data or ""), self.host
        if kept is not None and (self.status.data, field.data) == (kept.status, later_date(kept.details)):
            return
        if when is not None and self.status.data != CeremonyStatus.POSTPONED.value:
            raise ValidationError(
                _("Une nouvelle date ne va qu’avec « reportée ». Choisissez cet état, ou effacez-la.")
            )

    def command(self, ceremony: Ceremony) -> ChangeStatus:
        """The new state; a reason in several languages changes in the first only."""
        main, _second = titled_languages(ceremony)
        return ChangeStatus(
            revision=sent_revision(self.revision.data),
            status=CeremonyStatus(self.status.data),
            reason=lines.kept(ceremony.details.get("status_reason"), self.reason.data or "", main),
            postponed_to=read_date(self.new_date.data or ""),
        )
