"""The form of a member: the person or two of one household, or an organisation; the body's own questions."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import Email, InputRequired, Length, Optional

from app.bodies.forms import FuzzyDateField
from app.forms import Form
from app.members.answers import answer_field, answer_of, shown_answer
from app.members.apart import member_choices
from app.members.cells import OLDEST
from app.members.labels import LEAVING_NAMES, STATUS_NAMES
from app.members.models import MemberStatus
from app.members.services.desk import FIRST_CATEGORIES
from app.members.services.roll import AddMembers, Address, CorrectMember, MemberFacts
from app.people.fields import TOO_LONG, choices, whole
from app.people.forms import PersonForm, plain_name
from app.people.services import PersonFacts
from app.shared import clock

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.members.models import Member, MemberCategory, MemberField
    from app.people.models import Person

_BAD_MAIL = _l("Cette adresse n’est pas complète. Exemple : prenom.nom@exemple.fr")
_ADDRESS = ("street", "postcode", "town", "country")
_A_YEAR = timedelta(days=366)


def _mail(label: object, hint: object = "") -> StringField:
    return StringField(
        label,
        [Optional(strip_whitespace=True), Length(max=254, message=TOO_LONG), Email(message=_BAD_MAIL)],
        description=hint,
    )


class MemberForm(PersonForm):
    """A member; for an organisation the person is who speaks for it."""

    organisation = StringField(_l("Nom de l’organisation"), [Length(max=200, message=TOO_LONG), plain_name])
    category = SelectField(_l("Catégorie"), validate_choice=False)
    status = SelectField(_l("Situation"), validate_choice=False)
    since = FuzzyDateField(
        _l("Membre depuis"), description=_l("Le jour, le mois ou l’année : 12/06/2026, 06/2026, 2026.")
    )
    street = TextAreaField(_l("Adresse"), [Length(max=400, message=TOO_LONG)], description=_l("Numéro et rue."))
    postcode = StringField(_l("Code postal"), [Length(max=12, message=TOO_LONG)])
    town = StringField(_l("Commune"), [Length(max=120, message=TOO_LONG)])
    country = StringField(_l("Pays, si ce n’est pas la France"), [Length(max=80, message=TOO_LONG)])
    envelope = StringField(
        _l("Nom sur l’enveloppe"),
        [Length(max=200, message=TOO_LONG), plain_name],
        description=_l("Seulement s’il doit être autre : « Famille Dupont »."),
    )
    shared_email = _mail(_l("Adresse électronique commune du foyer"), _l("Utilisée pour qui n’a pas la sienne."))
    shared_phone = StringField(_l("Téléphone commun du foyer"), [Length(max=40, message=TOO_LONG)])
    second_title = StringField(_l("Civilité ou titre"), [Length(max=40, message=TOO_LONG)])
    second_given_name = StringField(_l("Prénom"), [Length(max=120, message=TOO_LONG), plain_name])
    second_family_name = StringField(
        _l("Nom de famille"),
        [Length(max=120, message=TOO_LONG), plain_name],
        description=_l("Laissez vide s’il est le même."),
    )
    second_email = _mail(
        _l("Adresse électronique"), _l("Laissez vide si le couple partage la même, ou si elle n’en a pas.")
    )
    note = TextAreaField(_l("Remarque"), [Length(max=4000, message=TOO_LONG)])
    person_revision = HiddenField(default="0")
    questions: tuple[MemberField, ...] = ()

    def validate_since(self, field: FuzzyDateField) -> None:
        """Refuse a slip of the pen: nobody is enrolled years ahead, nor in the Middle Ages.

        :raises ValidationError: when the day is more than a year ahead, or nobody can remember it.
        """
        when = field.when
        if when is not None and (when.earliest > clock.today() + _A_YEAR or when.latest.year < OLDEST):
            raise ValidationError(
                _l("« %(text)s » : vérifiez l’année ; une adhésion se note un an à l’avance au plus.", text=field.data)
            )

    def offer(self, categories: Sequence[MemberCategory]) -> MemberForm:
        """Offer the categories of the body, or those that it starts with."""
        names = [one.name for one in categories] or [str(label) for label, _votes in FIRST_CATEGORIES]
        self.category.choices = choices((name, name) for name in names)
        self.status.choices = choices((one.value, label) for one, label in STATUS_NAMES.items())
        return self

    def show(self, member: Member) -> MemberForm:
        """Fill the form with what is kept."""
        if member.person is not None:
            self.read(member.person)
            self.person_revision.data = str(member.person.revision)
        self.revision.data = str(member.revision)
        self.organisation.data, self.category.data = member.organisation, member.category.name
        self.status.data, self.note.data = member.status, member.note
        self.since.show(member.since)
        if (home := member.household) is not None:
            for name in (*_ADDRESS, "envelope"):
                self[name].data = getattr(home, name)
            self.shared_email.data, self.shared_phone.data = home.email, home.phone
        for question in self.questions:
            self[f"answer_{question.id}"].data = shown_answer(question, member.answers.get(str(question.id)))
        return self

    @property
    def has_second(self) -> bool:
        """Whether a second person of the household was typed."""
        return bool((self.second_given_name.data or "").strip() or (self.second_email.data or "").strip())

    def addition(self, *, person: Person | None = None, household_id: int | None = None) -> AddMembers:
        """Who is to be added; ``person`` is a record that exists."""
        second = self.second() if self.has_second and not self.organisation.data else None
        named = any((self[one].data or "").strip() for one in ("given_name", "family_name", "name_as_written"))
        return AddMembers(
            facts=self.membership(),
            person=person or (self.facts() if named or not self.organisation.data else None),
            second=second,
            address=self.address(is_shared=second is not None),
            household_id=household_id,
        )

    def correction(self) -> CorrectMember:
        """What is to be changed."""
        named = any((self[one].data or "").strip() for one in ("given_name", "family_name", "name_as_written"))
        return CorrectMember(
            facts=self.membership(),
            person=self.facts() if named or not self.organisation.data else None,
            address=Address(
                **self._place(),
                envelope=self.envelope.data or "",
                email=(self.shared_email.data or "").strip(),
                phone=self.shared_phone.data or "",
            ),
            revision=whole(self.revision.data),
            person_revision=whole(self.person_revision.data),
        )

    def membership(self) -> MemberFacts:
        """The membership itself."""
        status = self.status.data if self.status.data in set(MemberStatus) else MemberStatus.ACTIVE
        answers = {str(one.id): answer_of(one, self[f"answer_{one.id}"].data) for one in self.questions}
        return MemberFacts(
            category=self.category.data or "",
            organisation=self.organisation.data or "",
            status=MemberStatus(status),
            since=self.since.when,
            answers={number: value for number, value in answers.items() if value is not None},
            note=self.note.data or "",
        )

    def second(self) -> PersonFacts:
        """The second person of the household."""
        return PersonFacts(
            title=self.second_title.data or "",
            given_name=self.second_given_name.data or "",
            family_name=(self.second_family_name.data or "").strip() or (self.family_name.data or ""),
            email=(self.second_email.data or "").strip(),
        )

    def address(self, *, is_shared: bool) -> Address:
        """Where they live; a couple that gave one e-mail address shares it."""
        shared = is_shared and not (self.second_email.data or "").strip()
        return Address(
            **self._place(),
            email=(self.email.data or "").strip() if shared else "",
            phone=(self.phone.data or "") if is_shared else "",
        )

    def _place(self) -> dict[str, str]:
        return {name: self[name].data or "" for name in _ADDRESS}

    @property
    def asked(self) -> list[Any]:
        """The fields of the body's own questions."""
        return [self[f"answer_{one.id}"] for one in self.questions]


def member_form(questions: Sequence[MemberField]) -> type[MemberForm]:
    """The form with the body's own questions."""
    fields: dict[str, Any] = {f"answer_{one.id}": answer_field(one) for one in questions}
    return type("MemberFormOfBody", (MemberForm,), {**fields, "questions": tuple(questions)})


class LeaveForm(Form):
    """From when somebody is a member no longer, and why."""

    until = FuzzyDateField(_l("Dernier jour"))
    why = RadioField(
        _l("Pourquoi ?"),
        choices=choices((one.value, label) for one, label in LEAVING_NAMES.items()),
        validators=[InputRequired(_l("Dites pourquoi cette personne n’est plus membre."))],
    )
    revision = HiddenField()


class JoinForm(Form):
    """With whom somebody lives."""

    member = SelectField(_l("Membre"), validate_choice=False)

    def offer(self, members: Sequence[Member]) -> JoinForm:
        """Offer the members who live elsewhere."""
        self.member.choices = choices([("", _l("à choisir")), *member_choices(members)])
        return self
