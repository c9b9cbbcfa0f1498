"""The questions that begin a project."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from app.actions.labels import KINDS
from app.actions.models import ProjectKind
from app.actions.services import CreateProject, EditProject
from app.forms import Form

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.actions.models import Project

_UNSEEN = frozenset({"Cc", "Cs", "Cn"})
_CHOOSE = _l("Choisissez une réponse de la liste.")


def choices(pairs: Iterable[tuple[Any, Any]]) -> list[SelectChoice]:
    """Offer (value, label) pairs."""
    return [SelectChoice(str(value), label) for value, label in pairs]


def stripped(text: str | None) -> str:
    """A text without blanks around it and without characters that nobody can see."""
    return "".join(one for one in text or "" if one in "\n\r\t" or unicodedata.category(one) not in _UNSEEN).strip()


class ProjectForm(Form):
    """A project; who applies and which ceremony come from the page."""

    title = StringField(
        _l("Titre du projet"),
        filters=[stripped],
        validators=[
            DataRequired(_l("Écrivez un titre, par exemple « Rencontre des habitants, été 2027 ».")),
            Length(max=200, message=_l("C’est trop long : gardez %(max)d caractères au plus.")),
        ],
    )
    kind = SelectField(_l("De quoi s’agit-il ?"), validate_choice=False)
    owner = SelectField(
        _l("Qui demandera l’aide ?"),
        description=_l("L’organisme qui signe la demande et reçoit l’argent. On peut en changer."),
        validate_choice=False,
    )
    ceremony = SelectField(
        _l("Cérémonie ou visite concernée"),
        description=_l("Ses jours, son lieu et ses villes serviront de réponses."),
        validate_choice=False,
    )
    summary = TextAreaField(
        _l("Présentation"),
        filters=[stripped],
        validators=[Length(max=4000, message=_l("C’est trop long : gardez %(max)d caractères au plus."))],
    )
    revision = HiddenField()

    def offer(self, owners: Iterable[tuple[int, str]], ceremonies: Iterable[tuple[int, str]]) -> None:
        """Offer the bodies and the ceremonies of the twinning."""
        self.kind.choices = choices((kind.value, label) for kind, label in KINDS.items())
        self.owner.choices = choices(owners)
        self.ceremony.choices = [SelectChoice("", _l("Aucune pour l’instant")), *choices(ceremonies)]

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401  # WTForms' own
        """Check what the lists offered as well."""
        valid: bool = super().validate(extra_validators)
        for field in (self.kind, self.owner, self.ceremony):
            if str(field.data or "") not in {str(choice.value) for choice in field.choices}:
                field.errors = [*field.errors, str(_CHOOSE)]
                valid = False
        return valid

    def creation(self, twinning_id: int) -> CreateProject:
        """What was asked for."""
        return CreateProject(
            title=self.title.data,
            kind=ProjectKind(self.kind.data),
            twinning_id=twinning_id,
            owner_body_id=int(self.owner.data),
            ceremony_id=int(self.ceremony.data) if self.ceremony.data else None,
            summary=self.summary.data,
        )

    def change(self) -> EditProject:
        """What is to be changed."""
        revision = str(self.revision.data or "")
        return EditProject(
            title=self.title.data,
            kind=ProjectKind(self.kind.data),
            owner_body_id=int(self.owner.data),
            ceremony_id=int(self.ceremony.data) if self.ceremony.data else None,
            summary=self.summary.data,
            revision=int(revision) if revision.isdecimal() else 0,
        )

    @classmethod
    def of(cls, project: Project, **how: Any) -> ProjectForm:  # noqa: ANN401  # as WTForms takes it
        """The form as the project fills it in; ``formdata=None`` leaves out what was sent."""
        return cls(
            data={
                "title": project.title,
                "kind": project.kind,
                "owner": str(project.owner_body_id),
                "ceremony": str(project.ceremony_id or ""),
                "summary": project.summary,
                "revision": str(project.revision),
            },
            **how,
        )


class CopyForm(Form):
    """The name of a copy."""

    title = StringField(
        _l("Titre de la copie"),
        filters=[stripped],
        validators=[
            DataRequired(_l("Écrivez un titre pour reconnaître la copie.")),
            Length(max=200, message=_l("C’est trop long : gardez %(max)d caractères au plus.")),
        ],
    )
