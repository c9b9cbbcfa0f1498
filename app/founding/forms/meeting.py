"""The founders, their convocation, what their assembly decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Email, InputRequired, Length, NumberRange, Optional

from app.assemblies.labels import BALLOTS
from app.assemblies.models import Ballot
from app.bodies.labels import FUNCTION_NAMES
from app.council.forms.fields import TOO_LONG, DayField, EuroField, HourField, choices, euros, typed, whole
from app.forms import Form
from app.founding.forms.fields import PERSONS, count
from app.founding.labels import ATTENDANCES
from app.founding.models import Attendance
from app.founding.services.assembly import OFFICES, FounderFacts
from app.founding.services.decided import HeldAssembly, Seat
from app.people.apart import persons_apart
from app.people.forms import plain_name
from app.shared.clock import PARIS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from app.founding.models import Founder, Founding


class FounderForm(Form):
    """Somebody who founds; no date of birth is asked."""

    person = SelectField(_l("Une personne de votre carnet"), default="")
    given_name = StringField(_l("Prénom"), [Length(max=120, message=TOO_LONG), plain_name])
    family_name = StringField(_l("Nom de famille"), [Length(max=120, message=TOO_LONG), plain_name])
    email = StringField(
        _l("Adresse électronique"),
        [
            Optional(strip_whitespace=True),
            Length(max=254, message=TOO_LONG),
            Email(message=_l("Cette adresse n’est pas complète. Exemple : prenom.nom@exemple.fr")),
        ],
        description=_l("Pour la convocation."),
    )
    is_other = BooleanField(_l("C’est quelqu’un d’autre, du même nom"))
    occupation = StringField(_l("Profession"), [Length(max=120, message=TOO_LONG)])
    nationality = StringField(_l("Nationalité"), [Length(max=80, message=TOO_LONG)])
    address = StringField(
        _l("Domicile"),
        [Length(max=300, message=TOO_LONG)],
        description=_l("Profession, nationalité et domicile ne servent qu’aux dirigeants, pour la déclaration."),
    )

    def show(self, founder: Founder) -> FounderForm:
        """Fill in a founder."""
        for name in ("occupation", "nationality", "address"):
            self[name].data = getattr(founder, name)
        return self

    def facts(self) -> FounderFacts:
        """What was typed."""
        names = ("given_name", "family_name", "email", "occupation", "nationality", "address")
        texts: dict[str, Any] = {name: (self[name].data or "").strip() for name in names}
        return FounderFacts(**texts, is_other=bool(self.is_other.data))


class CallForm(Form):
    """When and where the founders meet."""

    day = DayField(_l("Jour"), [InputRequired(_l("Écrivez le jour de l’assemblée."))])
    hour = HourField(_l("Heure"), [InputRequired(_l("Écrivez l’heure, comme 18:30."))])
    place = StringField(
        _l("Lieu"), [InputRequired(_l("Écrivez où l’on se réunit.")), Length(max=300, message=TOO_LONG)]
    )
    sent_on = DayField(_l("Convocation envoyée le"), description=_l("À noter quand elle est partie."))


def held_form(founders: Iterable[Founder]) -> type[HeldForm]:
    """What the assembly decided, with a row for each founder."""
    names = persons_apart(founder.person for founder in founders)

    class Made(HeldForm):
        people: ClassVar[list[tuple[int, str]]] = [(founder.id, names[founder.person_id]) for founder in founders]

    offices = [("", _l("aucune")), *((office.value, FUNCTION_NAMES[office]) for office in OFFICES)]
    for number, _name in Made.people:
        attendance = RadioField(
            _l("Présence"),
            choices=choices((one.value, name) for one, name in ATTENDANCES.items()),
            default=Attendance.PRESENT.value,
        )
        setattr(Made, f"there_{number}", attendance)
        setattr(Made, f"by_{number}", StringField(_l("Représenté·e par"), [Length(max=200, message=TOO_LONG)]))
        setattr(Made, f"office_{number}", SelectField(_l("Fonction"), choices=choices(offices), default=""))
        setattr(Made, f"votes_{number}", count(_l("Voix obtenues")))
    Made.declarant.kwargs["choices"] = choices(
        [("", _l("personne encore")), *((str(number), name) for number, name in Made.people)]
    )
    return Made


class HeldForm(Form):
    """Base of the form of the constitutive assembly."""

    people: ClassVar[list[tuple[int, str]]] = []

    held_on = DayField(
        _l("Tenue le"), [InputRequired(_l("Écrivez le jour : un procès-verbal sans date ne vaut rien."))]
    )
    hour = HourField(_l("Heure"), [InputRequired(_l("Écrivez l’heure, comme 18:30."))])
    chaired_by = StringField(
        _l("Présidence de séance"), [InputRequired(_l("Écrivez qui a présidé.")), Length(max=200, message=TOO_LONG)]
    )
    written_by = StringField(
        _l("Secrétaire de séance"),
        [InputRequired(_l("Écrivez qui a tenu la plume.")), Length(max=200, message=TOO_LONG)],
    )
    place = StringField(
        _l("Lieu"), [InputRequired(_l("Écrivez où l’on s’est réuni.")), Length(max=300, message=TOO_LONG)]
    )
    ballot = RadioField(
        _l("Comment a-t-on voté ?"),
        choices=choices((one.value, label) for one, label in BALLOTS.items()),
        default=Ballot.UNSAID.value,
        description=_l("Le procès-verbal le dit tel que vous le notez."),
    )
    votes_for = IntegerField(
        _l("Statuts : pour"), [InputRequired(_l("Écrivez le nombre de voix.")), NumberRange(0, 500, PERSONS)]
    )
    votes_against = count(_l("Contre"))
    abstentions = count(_l("Abstentions"))
    fee = EuroField(_l("Cotisation annuelle"), description=_l("En euros. Vide : pas de cotisation."))
    declarant = SelectField(
        _l("Chargé·e de la déclaration"), default="", choices=[], description=_l("L’assemblée lui donne mandat.")
    )
    note = TextAreaField(
        _l("Autres décisions"), [Length(max=4000, message=TOO_LONG)], description=_l("Banque, assurance, affiliation…"),
        render_kw={"rows": 3},
    )  # fmt: skip
    shares_office = BooleanField(_l("C’est voulu : nos statuts prévoient plusieurs titulaires d’une fonction"))

    def show(self, founding: Founding) -> None:
        """Fill in what was noted before it was taken back."""
        if not founding.chaired_by:
            return
        self.place.data, self.note.data = founding.assembly_place, founding.assembly_note
        self.chaired_by.data, self.written_by.data = founding.chaired_by, founding.written_by
        self.votes_for.data, self.votes_against.data = founding.votes_for, founding.votes_against
        self.abstentions.data, self.fee.data = founding.abstentions, euros(founding.fee) if founding.fee else ""
        if founding.meeting is not None:
            local = founding.meeting.starts_at.astimezone(PARIS)
            self.held_on.data, self.hour.data = typed(local.date()), f"{local:%H:%M}"
            self.ballot.data = next((one.ballot for one in founding.meeting.agenda), "")
        for one in founding.founders_now:
            self[f"there_{one.id}"].data = one.attendance or Attendance.PRESENT.value
            self[f"by_{one.id}"].data, self[f"office_{one.id}"].data = one.represented_by, one.office
            self[f"votes_{one.id}"].data = one.votes
            if one.person_id == founding.declarant_id:
                self.declarant.data = str(one.id)

    def command(self, founders: Mapping[int, Founder]) -> HeldAssembly:
        """What was decided."""
        chosen = whole(self.declarant.data)
        return HeldAssembly(
            held_on=self.held_on.sure,
            hour=self.hour.sure,
            chaired_by=self.chaired_by.data or "",
            written_by=self.written_by.data or "",
            place=self.place.data or "",
            seats={
                number: Seat(
                    attendance=Attendance(self[f"there_{number}"].data or Attendance.ABSENT),
                    represented_by=self[f"by_{number}"].data or "",
                    office=self[f"office_{number}"].data or "",
                    votes=self[f"votes_{number}"].data,
                )
                for number, _name in self.people
            },
            votes_for=self.votes_for.data or 0,
            votes_against=self.votes_against.data or 0,
            abstentions=self.abstentions.data or 0,
            fee=self.fee.amount or None,
            declarant=founders.get(chosen),
            note=self.note.data or "",
            ballot=Ballot(self.ballot.data or ""),
            shares_office=bool(self.shares_office.data),
        )


class TakeOverForm(Form):
    """What the declaration needs beside what the assembly recorded."""

    fee = EuroField(_l("Cotisation annuelle"), description=_l("En euros. Vide : pas de cotisation."))
    declarant = SelectField(
        _l("Chargé·e de la déclaration"), default="", choices=[], description=_l("L’assemblée lui donne mandat.")
    )

    def offer(self, names: Iterable[tuple[int, str]]) -> TakeOverForm:
        """Offer the founders."""
        self.declarant.choices = choices([("", _l("personne encore")), *((str(one), name) for one, name in names)])
        return self


def fill_call(form: CallForm, founding: Founding) -> None:
    """Fill in a convocation."""
    if founding.assembly_at is not None:
        local = founding.assembly_at.astimezone(PARIS)
        form.day.data, form.hour.data = typed(local.date()), f"{local:%H:%M}"
    form.place.data, form.sent_on.data = founding.assembly_place, typed(founding.convened_on)
