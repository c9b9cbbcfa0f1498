"""The forms of bodies and mandates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms import Form as Part
from wtforms.validators import Email, InputRequired, Length, Optional

from app.bodies.apart import choices_apart
from app.bodies.labels import ASSOCIATIONS, FUNCTION_NAMES, FUNCTIONS_BY_KIND
from app.bodies.models import BodyKind, Function
from app.bodies.services.mandates import MandateFacts
from app.bodies.services.records import BadRecord, BodyFacts, check_one
from app.bodies.services.renewal import Newcomer
from app.forms import Form
from app.forms.dates import LONGEST, as_typed, parse
from app.forms.lines import LinesField
from app.people.apart import person_choices
from app.people.fields import DayField, typed
from app.people.forms import TOO_LONG, LanguagesField, plain_name
from app.people.naming import clean, language_name, language_names, read_languages
from app.people.services import PersonFacts
from app.places.forms import ZoneField
from app.shared.fuzzydate import BadDate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.bodies.models import Body, Mandate
    from app.people.models import Person
    from app.shared.fuzzydate import FuzzyDate

ROWS = 4
MORE_ROWS = 40
LARGEST_COUNCIL = 300
"""More than any council has: Paris counts 163 members, a new commune in transition at times more than a hundred."""


class FuzzyDateField(StringField):
    """A date of any precision; ``when`` is what was read."""

    def __init__(self, *args: Any, **more: Any) -> None:  # noqa: ANN401  # WTForms' own
        super().__init__(*args, **more)
        self.when: FuzzyDate | None = None

    def pre_validate(self, form: object) -> None:
        """Read the date.

        :raises ValidationError: when it is none.
        """
        del form
        text = (self.data or "").strip()
        if not text:
            return
        try:
            self.when = parse(text[:LONGEST])
        except BadDate as error:
            raise ValidationError(
                _l(
                    "« %(text)s » n’est pas une date. Écrivez-la comme 17/09/2016, 09/2016, 2016 ou vers 1950.",
                    text=text[:40],
                )
            ) from error

    def show(self, when: FuzzyDate | None) -> None:
        """Fill the field as a volunteer would write the date."""
        self.data = as_typed(when)


class NamesField(TextAreaField):
    """Names in other languages, one a line: « allemand : Musterstadt »; ``names`` is what was read."""

    def __init__(self, *args: Any, **more: Any) -> None:  # noqa: ANN401  # WTForms' own
        super().__init__(*args, **more)
        self.names: dict[str, str] = {}

    def pre_validate(self, form: object) -> None:
        """Read the names.

        :raises ValidationError: naming the line that cannot be read.
        """
        del form
        self.names = {}
        for line in (self.data or "")[:8000].splitlines():
            if not clean(line):
                continue
            language, colon, name = line.partition(":")
            codes, unknown = read_languages(language)
            if not colon or unknown or len(codes) != 1 or not clean(name):
                raise ValidationError(
                    _l(
                        "La ligne « %(line)s » n’est pas claire. Écrivez la langue, deux-points, le nom : "
                        "« allemand : Musterstadt ».",
                        line=clean(line)[:80],
                    )
                )
            self.names[codes[0]] = clean(name)

    def show(self, names: dict[str, str]) -> None:
        """Fill the field with what is kept."""
        self.data = "\n".join(f"{language_name(code)} : {name}" for code, name in sorted(names.items()))


def is_kept(form: object, field: StringField) -> None:
    """Refuse an identifier that the record would refuse, beside what else is wrong.

    :raises ValidationError: with the sentence of the record.
    """
    del form
    try:
        check_one(field.short_name, field.data or "")
    except BadRecord as error:
        raise ValidationError(error.sentence) from error


class BodyForm(Form):
    """The record of a body; ``kind`` and the place are chosen before and carried along."""

    name = StringField(
        _l("Nom"),
        [InputRequired(_l("Écrivez le nom de l’organisme.")), Length(max=200, message=TOO_LONG), plain_name],
    )
    names = NamesField(
        _l("Nom dans d’autres langues"),
        description=_l("Un par ligne : langue, deux-points, nom. « ukrainien : Семенівка »"),
    )
    country = SelectField(_l("Pays"), choices=[], default="FR")
    division = StringField(
        _l("Région, province ou canton"),
        [Length(max=200, message=TOO_LONG)],
        description=_l("Pour distinguer les villes du même nom."),
    )
    parent = SelectField(_l("Ville pour laquelle il travaille"), choices=[], default="")
    siret = StringField(_l("SIRET"), [Length(max=40, message=TOO_LONG), is_kept], description=_l("Quatorze chiffres."))
    rna = StringField(
        _l("Numéro RNA"),
        [Length(max=40, message=TOO_LONG), is_kept],
        description=_l("W et neuf chiffres, sur le récépissé."),
    )
    address = TextAreaField(_l("Adresse du siège"), [Length(max=2000, message=TOO_LONG)])
    email = StringField(
        _l("Adresse électronique"),
        [
            Optional(strip_whitespace=True),
            Length(max=254, message=TOO_LONG),
            Email(message=_l("Cette adresse n’est pas complète. Exemple : mairie@exemple.fr")),
        ],
    )
    phone = StringField(_l("Téléphone"), [Length(max=40, message=TOO_LONG), is_kept])
    website = StringField(_l("Site internet"), [Length(max=300, message=TOO_LONG), is_kept])
    languages = LanguagesField(_l("Langues"), description=_l("Séparées par des virgules."))
    timezone = ZoneField(
        _l("Fuseau horaire"),
        [Length(max=40, message=TOO_LONG)],
        description=_l("La ville dont c’est l’heure, par exemple Lisbonne. Laissez vide : ce sera l’heure du pays."),
    )
    population = IntegerField(_l("Habitants"), [Optional()])
    note = TextAreaField(_l("Note"), [Length(max=4000, message=TOO_LONG)])
    revision = HiddenField(default="0")

    def prepare(self, kind: str, countries: list[tuple[str, str]], parents: Sequence[Body]) -> BodyForm:
        """Offer the choices, and only the questions that make sense for this kind."""
        self.country.choices = countries
        self.parent.choices = [("", _l("Aucune")), *choices_apart(parents)]
        for name in _senseless(kind):
            del self[name]
        return self

    def show(self, facts: BodyFacts) -> BodyForm:
        """Fill the form with what is known."""
        for field in self:
            if field.short_name in BodyFacts.__dataclass_fields__ and field.short_name not in {"names", "languages"}:
                field.data = getattr(facts, field.short_name)
        self.names.show(facts.names)
        self.languages.data = language_names(facts.languages)
        return self

    def facts(self, kept: BodyFacts | None = None) -> BodyFacts:
        """What was typed; what was not asked stays as it is kept."""
        told: dict[str, Any] = {}
        for name in BodyFacts.__dataclass_fields__:
            if name in self:
                told[name] = self[name].data if name == "population" else (self[name].data or "")
            elif kept is not None:
                told[name] = getattr(kept, name)
        told["names"], told["languages"] = self.names.names, self.languages.codes
        return BodyFacts(**told)

    def parent_id(self) -> int | None:
        """The town chosen, if any."""
        return int(self.parent.data) if "parent" in self and self.parent.data else None

    def known_revision(self) -> int:
        """The revision that the form was filled from; 0 when it was tampered with, which is never current."""
        return whole(self.revision.data)


class RegisterForm(BodyForm):
    """The record of a new body; ``another`` is asked where one like it is registered already."""

    another = BooleanField(_l("C’est un autre organisme : l’inscrire quand même"))


def _senseless(kind: str) -> list[str]:
    committees = {BodyKind.COMMITTEE, BodyKind.COMMITTEE_SERVICE, BodyKind.PARTNER_COMMITTEE}
    towns = {BodyKind.COMMUNE, BodyKind.EPCI, BodyKind.FOREIGN_AUTHORITY}
    abroad = {BodyKind.FOREIGN_AUTHORITY, BodyKind.PARTNER_COMMITTEE}
    without = []
    if kind not in committees:
        without.append("parent")
    if kind not in {BodyKind.COMMITTEE, BodyKind.FEDERATION}:
        without.append("rna")
    if kind in abroad:
        without.append("siret")
    if kind not in towns:
        without.append("population")
    if kind not in {*abroad, BodyKind.FEDERATION}:
        without += ["country", "division"]
    return without


def whole(raw: object) -> int:
    """A non-negative whole number that came from a form, or 0."""
    text = str(raw or "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0  # noqa: PLR2004  # an integer's digits


class KindForm(Form):
    """The first question: what kind of body."""

    genre = RadioField(_l("De quel organisme s’agit-il ?"), choices=[])


class MandateForm(Form):
    """A mandate, with a person already known or a new one."""

    person = SelectField(_l("Personne"), choices=[], default="")
    given_name = StringField(_l("Prénom"), [Length(max=120, message=TOO_LONG), plain_name])
    family_name = StringField(_l("Nom de famille"), [Length(max=120, message=TOO_LONG), plain_name])
    function = SelectField(_l("Fonction"), choices=[])
    wording = StringField(
        _l("Fonction telle qu’elle s’écrit"),
        [Length(max=160, message=TOO_LONG)],
        description=_l("« Maire déléguée », « Bürgermeisterin », « première vice-présidente »…"),
    )
    rank = IntegerField(_l("Rang"), [Optional()], description=_l("Pour les adjoints : 1 pour le premier."))
    since = FuzzyDateField(
        _l("Depuis"), description=_l("25/05/2020, 05/2020 ou 2020 : aussi précis que vous le savez.")
    )
    until = FuzzyDateField(_l("Jusqu’à"), description=_l("Laissez vide tant que le mandat dure."))
    closed_by = StringField(
        _l("Raison de la fin"), [Length(max=200, message=TOO_LONG)], description=_l("Élection, démission, décès…")
    )
    due_on = DayField(
        _l("Terme prévu"),
        description=_l("D’après les statuts. Rien ne se ferme ce jour-là : il vous est rappelé d’élire."),
    )
    is_meant = BooleanField(_l("C’est voulu : plusieurs personnes tiennent cette fonction"))
    revision = HiddenField(default="0")

    def prepare(self, body: Body, persons: Sequence[Person], mandate: Mandate | None = None) -> MandateForm:
        """Offer the persons and the functions of this body."""
        kinds = FUNCTIONS_BY_KIND[BodyKind(body.kind)]
        if body.kind not in ASSOCIATIONS:
            del self.due_on
        held = Function(mandate.function) if mandate is not None else None
        functions = kinds if held is None or held in kinds else (held, *kinds)
        self.function.choices = [(one.value, FUNCTION_NAMES[one]) for one in functions]
        if mandate is not None:
            del self.person, self.given_name, self.family_name
        else:
            self.person.choices = [
                ("", _l("Une nouvelle personne, nommée ci-dessous")),
                *person_choices(persons),
            ]
        return self

    def show(self, mandate: Mandate) -> MandateForm:
        """Fill the form with what is kept."""
        self.function.data = mandate.function
        self.wording.data = mandate.wording
        self.rank.data = mandate.rank
        self.since.show(mandate.since)
        self.until.show(mandate.until)
        self.closed_by.data = mandate.closed_by
        if "due_on" in self:
            self.due_on.data = typed(mandate.due_on)
        self.revision.data = str(mandate.revision)
        return self

    def facts(self) -> MandateFacts:
        """What was typed."""
        return MandateFacts(
            function=Function(self.function.data),
            wording=self.wording.data or "",
            rank=self.rank.data,
            since=self.since.when,
            until=self.until.when,
            closed_by=self.closed_by.data or "",
            is_meant=bool(self.is_meant.data),
            due_on=self.due_on.day if "due_on" in self else None,
        )

    def newcomer(self) -> PersonFacts:
        """The new person named."""
        return PersonFacts(given_name=self.given_name.data or "", family_name=self.family_name.data or "")

    def known_revision(self) -> int:
        """The revision that the form was filled from."""
        return whole(self.revision.data)


class CloseForm(Form):
    """The end of a mandate."""

    until = FuzzyDateField(_l("Dernier jour"), [InputRequired(_l("Dites quand le mandat a pris fin."))])
    closed_by = StringField(
        _l("Raison"), [Length(max=200, message=TOO_LONG)], description=_l("Élection, démission, décès…")
    )


class NewcomerForm(Part):
    """One line: who takes which office."""

    function = SelectField(_l("Fonction"), choices=[], validate_choice=False)
    person = SelectField(_l("Personne déjà connue"), choices=[], default="", validate_choice=False)
    given_name = StringField(_l("Prénom"), [Length(max=120, message=TOO_LONG), plain_name])
    family_name = StringField(_l("Nom de famille"), [Length(max=120, message=TOO_LONG), plain_name])

    def is_blank(self) -> bool:
        """Whether nobody is named on this line."""
        return not (self.person.data or clean(self.given_name.data or "") or clean(self.family_name.data or ""))


class RenewalForm(Form):
    """A new council, mayor or board: the day, its reason, who comes."""

    on = FuzzyDateField(_l("Date de l’élection"), [InputRequired(_l("Dites quand les nouveaux mandats commencent."))])
    why = StringField(
        _l("Raison"),
        [Length(max=200, message=TOO_LONG)],
        description=_l("Élections municipales, assemblée générale, démission…"),
    )
    newcomers = LinesField(
        FormField(NewcomerForm), label=_l("Qui prend ses fonctions ?"), min_entries=ROWS, most=LARGEST_COUNCIL
    )

    def prepare(self, functions: Sequence[Function], persons: Sequence[Person], *, more: bool) -> RenewalForm:
        """Offer the offices and the persons on every line, and some more lines if asked."""
        if more:
            self.newcomers.add(min(len(self.newcomers), MORE_ROWS))
        offices = [(one.value, FUNCTION_NAMES[one]) for one in functions]
        known = [("", _l("Quelqu’un d’autre")), *person_choices(persons)]
        for line in self.newcomers:
            line.form.function.choices = offices
            line.form.person.choices = known
        return self

    def comers(self, functions: Sequence[Function], persons: Sequence[Person]) -> list[Newcomer]:
        """Those named, each with an office of this body and, if known, a person of one's own book."""
        known = {str(person.id) for person in persons}
        offices = {one.value for one in functions}
        return [
            Newcomer(
                function=Function(line.form.function.data) if line.form.function.data in offices else functions[0],
                person_id=int(line.form.person.data) if line.form.person.data in known else None,
                person=PersonFacts(
                    given_name=line.form.given_name.data or "", family_name=line.form.family_name.data or ""
                ),
            )
            for line in self.newcomers
            if not line.form.is_blank()
        ]


class ArmsForm(Form):
    """A picture of the arms."""

    arms = FileField(_l("Image des armoiries"), description=_l("PNG, JPEG, WebP, GIF ou SVG, moins de 10 Mo."))
