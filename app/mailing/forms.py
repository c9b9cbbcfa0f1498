"""What is asked for a letter to many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from app.forms import Form
from app.mailing.labels import AUDIENCES, KINDS
from app.mailing.models import AudienceKind, MailingKind
from app.mailing.services.writing import MOST_TEXT, LetterFacts, ModelFacts
from app.people.fields import whole

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.mailing.models import Mailing, MailingModel
    from app.members.models import MemberGroup

TOO_LONG = _l("C’est trop long : gardez %(max)d caractères au plus.")
_HOLES = _l("{nom} devient le nom de la personne, {comite} celui du comité.")


class LetterForm(Form):
    """A letter: to whom, what kind, its words."""

    revision = HiddenField(default="0")
    audience = RadioField(
        _l("À qui ?"),
        [InputRequired(_l("Choisissez à qui vous écrivez."))],
        choices=[SelectChoice(value=one.value, label=name) for one, name in AUDIENCES.items()],
    )
    group = SelectField(_l("Quel groupe ?"), default="")
    kind = RadioField(
        _l("Quel genre de lettre ?"),
        [InputRequired(_l("Choisissez le genre de la lettre."))],
        choices=[SelectChoice(value=one.value, label=name) for one, name in KINDS.items()],
        default=MailingKind.NOTICE.value,
        description=_l(
            "Les nouvelles ne vont qu’à ceux qui les ont acceptées, avec un lien pour ne plus les recevoir ; "
            "la vie de l’association va à tous ceux que vous choisissez."
        ),
    )
    subject = StringField(
        _l("Objet"),
        [InputRequired(_l("Écrivez l’objet de la lettre.")), Length(max=200, message=TOO_LONG)],
        description=_HOLES,
    )
    text = TextAreaField(
        _l("Texte"), [Length(max=MOST_TEXT, message=TOO_LONG)], description=_HOLES, render_kw={"rows": 14}
    )
    reply_to = StringField(
        _l("Les réponses arrivent à"),
        [Length(max=254, message=TOO_LONG)],
        description=_l("Vide : à l’adresse du comité."),
    )

    def offer(self, groups: Iterable[MemberGroup], *, with_hosts: bool) -> LetterForm:
        """Offer the groups of the committee, and its host families to who may see them."""
        self.audience.choices = [
            one for one in self.audience.choices if with_hosts or one.value != AudienceKind.HOSTS.value
        ]
        self.group.choices = [
            SelectChoice(value="", label=_l("aucun")),
            *(SelectChoice(value=str(one.id), label=one.name) for one in groups),
        ]
        return self

    def show(self, mailing: Mailing) -> None:
        """Fill in a letter."""
        self.revision.data = str(mailing.revision)
        self.audience.data, self.kind.data = mailing.audience, mailing.kind
        self.group.data = str(mailing.group_id or "")
        self.subject.data, self.text.data, self.reply_to.data = mailing.subject, mailing.text, mailing.reply_to

    def facts(self) -> LetterFacts:
        """What was written."""
        group = self.group.data or ""
        return LetterFacts(
            kind=MailingKind(self.kind.data),
            audience=AudienceKind(self.audience.data),
            subject=self.subject.data or "",
            text=self.text.data or "",
            group_id=int(group) if group.isdecimal() else None,
            reply_to=self.reply_to.data or "",
        )


class ModelForm(Form):
    """A letter that is written again and again."""

    revision = HiddenField(default="0")
    name = StringField(
        _l("Nom du modèle"), [InputRequired(_l("Donnez un nom au modèle.")), Length(max=120, message=TOO_LONG)]
    )
    subject = StringField(_l("Objet"), [Length(max=200, message=TOO_LONG)])
    text = TextAreaField(
        _l("Texte"), [Length(max=MOST_TEXT, message=TOO_LONG)], description=_HOLES, render_kw={"rows": 12}
    )

    def show(self, model: MailingModel) -> None:
        """Fill in a model."""
        self.name.data, self.subject.data, self.text.data = model.name, model.subject, model.text
        self.revision.data = str(model.revision)

    def facts(self) -> ModelFacts:
        """What was written."""
        revision = whole(self.revision.data)
        return ModelFacts(self.name.data or "", self.subject.data or "", self.text.data or "", revision)


class ReturnedForm(Form):
    """A letter that came back."""

    why = StringField(
        _l("Ce que dit le message revenu"),
        [
            InputRequired(_l("Écrivez ce que dit le message revenu, en quelques mots.")),
            Length(max=300, message=TOO_LONG),
        ],
        description=_l("Par exemple : boîte pleine, adresse inconnue."),
    )
