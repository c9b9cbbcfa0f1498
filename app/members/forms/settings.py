"""The forms of a body's own lists: categories, questions, groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from app.forms import Form
from app.members.apart import member_choices
from app.members.labels import FIELD_KIND_NAMES
from app.members.models import FieldKind
from app.people.fields import TOO_LONG, choices
from app.people.forms import plain_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.members.models import Member

_NAME = _l("Donnez un nom.")


class CategoryForm(Form):
    """A category of members; ``category`` names the one that is changed."""

    name = StringField(_l("Nom de la catégorie"), [InputRequired(_NAME), Length(max=80, message=TOO_LONG), plain_name])
    is_voting = BooleanField(_l("Ses membres votent en assemblée"), default=True)
    category = HiddenField()


class QuestionForm(Form):
    """A question about every member."""

    label = StringField(
        _l("Question"),
        [InputRequired(_NAME), Length(max=80, message=TOO_LONG), plain_name],
        description=_l("« Peut héberger », « Instrument », « Taille de t-shirt »."),
    )
    kind = RadioField(
        _l("Réponse"),
        choices=choices((one.value, label) for one, label in FIELD_KIND_NAMES.items()),
        default=FieldKind.TEXT.value,
    )
    choices = TextAreaField(
        _l("Choix"), [Length(max=4000, message=TOO_LONG)], description=_l("Pour une liste : un choix par ligne.")
    )


class GroupForm(Form):
    """A group or a working party."""

    name = StringField(_l("Nom du groupe"), [InputRequired(_NAME), Length(max=120, message=TOO_LONG), plain_name])
    purpose = TextAreaField(_l("Ce qu’il fait"), [Length(max=2000, message=TOO_LONG)])


class PlaceForm(Form):
    """Who joins a group."""

    member = SelectField(_l("Membre"), validate_choice=False)
    is_lead = BooleanField(_l("Anime le groupe"))

    def offer(self, members: Sequence[Member]) -> PlaceForm:
        """Offer the members of the body."""
        self.member.choices = choices(member_choices(members))
        return self
