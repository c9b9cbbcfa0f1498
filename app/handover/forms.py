"""The questions of this room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from app.forms import Form
from app.handover.labels import THINGS
from app.handover.models import Signed, ThingKind
from app.handover.services import HandoverFacts, ThingFacts
from app.people.fields import TOO_LONG, DayField, choices, typed, whole

if TYPE_CHECKING:
    from app.handover.models import Handover


class StartForm(Form):
    """Which board, since when."""

    on = DayField(_l("Jour du changement de bureau"), [InputRequired(_l("Écrivez le jour."))])


class HandoverForm(Form):
    """The words of the outgoing people, and the last day of their access."""

    revision = HiddenField(default="0")
    access_ends_on = DayField(
        _l("Dernier jour d’accès des sortants"),
        [InputRequired(_l("Écrivez le jour."))],
        description=_l("Quelques semaines laissent le temps de répondre aux questions et de signer."),
    )
    message = TextAreaField(
        _l("Mot des sortants"),
        [Length(max=8000, message=TOO_LONG)],
        description=_l("Ce qu’aucune liste ne dit : qui appeler, ce qui a bien marché, ce qu’il reste à oser."),
        render_kw={"rows": 6},
    )

    def show(self, handover: Handover) -> HandoverForm:
        """Fill in a handover."""
        self.revision.data = str(handover.revision)
        self.access_ends_on.data, self.message.data = typed(handover.access_ends_on), handover.message
        return self

    def command(self) -> HandoverFacts:
        """What was told."""
        return HandoverFacts(
            access_ends_on=self.access_ends_on.sure,
            message=(self.message.data or "").replace("\r\n", "\n"),
            revision=whole(self.revision.data),
        )


class ThingForm(Form):
    """Something that is handed on by hand."""

    kind = SelectField(
        _l("Quoi"),
        [InputRequired(_l("Choisissez ce que c’est."))],
        choices=choices([("", _l("à choisir")), *((kind.value, label) for kind, label in THINGS.items())]),
    )
    label = StringField(
        _l("En quelques mots"),
        [InputRequired(_l("Écrivez ce qui se transmet.")), Length(max=200, message=TOO_LONG)],
        description=_l("« Signature à la banque », « clé du local », « adresse du site »."),
    )
    detail = TextAreaField(
        _l("Où, chez qui, comment"),
        [Length(max=4000, message=TOO_LONG)],
        description=_l("Jamais un mot de passe : dites comment en demander un nouveau."),
        render_kw={"rows": 2},
    )
    goes_to = StringField(_l("Va à"), [Length(max=200, message=TOO_LONG)])
    due_on = DayField(_l("Avant le"))

    def command(self) -> ThingFacts:
        """What was told."""
        return ThingFacts(
            kind=ThingKind(self.kind.data),
            label=self.label.data or "",
            detail=(self.detail.data or "").replace("\r\n", "\n"),
            goes_to=self.goes_to.data or "",
            due_on=self.due_on.day,
        )


class PaperForm(Form):
    """A signature on paper, as somebody saw it, or why there will be none."""

    how = RadioField(
        _l("Que notez-vous ?"),
        choices=choices(
            [
                (Signed.PAPER.value, _l("cette personne a signé sur papier")),
                (Signed.WAIVED.value, _l("cette personne ne signera pas : décès, refus, absence (dites-le plus bas)")),
            ]
        ),
        default=Signed.PAPER.value,
    )
    day = DayField(_l("Le"), [InputRequired(_l("Écrivez le jour."))])
    proof = FileField(
        _l("Copie du papier signé"),
        description=_l("Une photo ou un PDF de la page signée : PDF, JPEG ou PNG, 20 Mio au plus."),
        render_kw={"accept": ".pdf,image/jpeg,image/png"},
    )
    also = SelectMultipleField(
        _l("Le même papier porte aussi la signature de"),
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        choices=[],
    )
    remark = TextAreaField(_l("Remarque"), [Length(max=2000, message=TOO_LONG)], render_kw={"rows": 2})

    def validate_also(self, field: SelectMultipleField) -> None:
        """A reason why somebody does not sign is theirs alone."""
        if field.data and self.how.data != Signed.PAPER:
            raise ValidationError(
                _l("La raison de ne pas signer se note pour chaque personne à part : décochez les autres.")
            )

    def for_oneself(self) -> None:
        """Ask only what somebody says of their own paper: others note that there will be none, with the reason."""
        self.how.choices = self.how.choices[:1]
