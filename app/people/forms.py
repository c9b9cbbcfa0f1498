"""The form of a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField, ValidationError
from wtforms.validators import Email, Length, Optional

from app.forms import Form
from app.people.naming import language_names, objection, read_languages
from app.people.services import PersonFacts

if TYPE_CHECKING:
    from wtforms import Field

    from app.people.models import Person

TOO_LONG = _l("C’est trop long : gardez %(max)d caractères au plus.")


def plain_name(form: object, field: StringField) -> None:
    """Refuse what is no name; the same rule wherever a person, a body or a place is named.

    :raises ValidationError: saying why.
    """
    del form
    if (why := objection(field.data or "")) is not None:
        raise ValidationError(why)


class LanguagesField(StringField):
    """Languages as people write them: « français, ukrainien »; its ``codes`` are kept."""

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)
        self.codes: tuple[str, ...] = ()

    def pre_validate(self, form: object) -> None:
        """Read the languages.

        :raises ValidationError: naming what is no known language.
        """
        del form
        codes, unknown = read_languages((self.data or "")[:1000])
        self.codes = tuple(codes)
        if unknown:
            raise ValidationError(
                _l(
                    "Langue inconnue : « %(name)s ». Écrivez son nom en français, par exemple « allemand, ukrainien ».",
                    name=unknown[0][:60],
                )
            )


class PersonForm(Form):
    """A person, with the name in one field or in two."""

    title = StringField(_l("Civilité ou titre"), [Length(max=40, message=TOO_LONG)], description=_l("Mme, M., Dr…"))
    given_name = StringField(_l("Prénom"), [Length(max=120, message=TOO_LONG), plain_name])
    family_name = StringField(_l("Nom de famille"), [Length(max=120, message=TOO_LONG), plain_name])
    name_as_written = StringField(
        _l("Nom tel que la personne l’écrit"),
        [Length(max=240, message=TOO_LONG), plain_name],
        description=_l(
            "Seulement s’il ne s’écrit pas « Prénom Nom » : nom de famille d’abord (ORBÁN Sándor), un seul nom…"
        ),
    )
    languages = LanguagesField(_l("Langues parlées"), description=_l("Séparées par des virgules."))
    email = StringField(
        _l("Adresse électronique"),
        [
            Optional(strip_whitespace=True),
            Length(max=254, message=TOO_LONG),
            Email(message=_l("Cette adresse n’est pas complète. Exemple : prenom.nom@exemple.fr")),
        ],
    )
    phone = StringField(_l("Téléphone"), [Length(max=40, message=TOO_LONG)])
    revision = HiddenField(default="0")

    def read(self, person: Person) -> PersonForm:
        """Fill the form with what is kept."""
        for name in ("title", "given_name", "family_name", "name_as_written", "email", "phone"):
            self[name].data = getattr(person, name)
        self.languages.data = language_names(person.languages)
        self.revision.data = str(person.revision)
        return self

    def facts(self) -> PersonFacts:
        """What was typed."""
        typed = {name: (self[name].data or "") for name in PersonFacts.__dataclass_fields__ if name != "languages"}
        return PersonFacts(**typed, languages=self.languages.codes)

    def known_revision(self) -> int:
        """The revision that the form was filled from; 0 when it was tampered with, which is never current."""
        raw = self.revision.data or ""
        return int(raw) if raw.isdecimal() and len(raw) < 10 else 0  # noqa: PLR2004  # digits of an integer


def blame(form: Form, field: str | None, sentence: object) -> None:
    """Show a failure at the field it belongs to, or at the top of the form."""
    if field and field in form:
        target: Field = form[field]
        target.errors = [*target.errors, str(sentence)]
    else:
        form.form_errors.append(str(sentence))
