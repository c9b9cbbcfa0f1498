"""The forms of host families, stays, travellers and papers, and of what volunteers give."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import Email, InputRequired, Length, Optional

from app.forms import Form
from app.members.answers import answer_of
from app.members.apart import member_choices
from app.members.labels import PAPER_NAMES
from app.members.models import FieldKind, MemberField, PaperKind
from app.members.services.stays import HostFacts, SeePaper, StayFacts, TravellerFacts
from app.members.services.volunteers import GiveTime
from app.people.apart import persons_apart
from app.people.fields import TOO_LONG, DayField, EuroField, choices, typed, whole
from app.people.forms import LanguagesField, plain_name
from app.people.naming import language_names
from app.people.services import PersonFacts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.members.models import HostFamily, Member, Stay, Traveller

_DAY = _l("Écrivez un jour, comme 31/12/2026.")
_ANSWERS = choices([("", _l("non renseigné")), ("oui", _l("oui")), ("non", _l("non"))])
_CLOCK = re.compile(r"(\d{1,4})\s*[hH:]\s*([0-5]\d)?")
_NUMBER = MemberField(kind=FieldKind.NUMBER, label="", choices=[])


def _text(label: object, hint: object = "", most: int = 300) -> StringField:
    return StringField(label, [Length(max=most, message=TOO_LONG)], description=hint)


def _long(label: object, hint: object = "") -> TextAreaField:
    return TextAreaField(label, [Length(max=4000, message=TOO_LONG)], description=hint)


def _yes(raw: str | None) -> bool | None:
    return {"oui": True, "non": False}.get(raw or "")


def _no(value: bool | None) -> str:  # noqa: FBT001  # an answer
    return "" if value is None else "oui" if value else "non"


class NumberField(StringField):
    """A number, perhaps with a comma; ``number`` is what was read."""

    number: Decimal | None = None

    def pre_validate(self, form: object) -> None:
        """Read it.

        :raises ValidationError: when it is none that can be kept.
        """
        del form
        found = answer_of(_NUMBER, self.told())
        self.number = Decimal(found) if found is not None else None
        if self.number is not None and not 0 <= self.number < 10_000:  # noqa: PLR2004  # kilometres, beds, hours
            raise ValidationError(_l("Écrivez un nombre entre 0 et 9 999."))

    def told(self) -> str | None:
        """What was typed, as a number is written."""
        typed_in: str | None = self.data
        return typed_in

    @property
    def whole(self) -> int | None:
        """The number without its decimals."""
        return None if self.number is None else int(self.number)


class HoursField(NumberField):
    """Hours, also as people write them: « 3h30 » and « 3:30 » are three and a half."""

    def told(self) -> str | None:
        """Hours and minutes as one number with two decimals."""
        typed_in: str = self.data or ""
        found = _CLOCK.fullmatch(typed_in.strip())
        if found is None:
            return typed_in
        return str((Decimal(found[1]) + Decimal(found[2] or 0) / 60).quantize(Decimal("0.01")))


class WhoForm(Form):
    """A member of the list, or somebody new."""

    member = SelectField(_l("Membre"), validate_choice=False)
    given_name = StringField(_l("Prénom"), [Length(max=120, message=TOO_LONG), plain_name])
    family_name = StringField(_l("Nom de famille"), [Length(max=120, message=TOO_LONG), plain_name])
    email = StringField(
        _l("Adresse électronique"),
        [
            Optional(strip_whitespace=True),
            Length(max=254, message=TOO_LONG),
            Email(message=_l("Cette adresse n’est pas complète. Exemple : prenom.nom@exemple.fr")),
        ],
    )
    phone = StringField(_l("Téléphone"), [Length(max=40, message=TOO_LONG)])

    def offer_members(self, members: Sequence[Member]) -> None:
        """Offer the members who are persons."""
        named = member_choices(one for one in members if one.person_id is not None)
        self.member.choices = choices([("", _l("Quelqu’un d’autre : écrivez son nom ci-dessous")), *named])

    def newcomer(self) -> PersonFacts | None:
        """The person who was typed; None when no name was."""
        given, family = (self.given_name.data or "").strip(), (self.family_name.data or "").strip()
        if not given and not family:
            return None
        return PersonFacts(
            given_name=given,
            family_name=family,
            email=(self.email.data or "").strip(),
            phone=self.phone.data or "",
        )


class HostForm(WhoForm):
    """A family that lodges guests."""

    address = _long(_l("Adresse"))
    distance_km = NumberField(_l("Distance, en kilomètres"))
    rooms = NumberField(_l("Chambres"))
    beds = NumberField(_l("Lits"))
    languages = LanguagesField(_l("Langues parlées"), description=_l("Séparées par des virgules."))
    children = _text(_l("Enfants à la maison"), _l("« Deux, 12 et 15 ans »."), 200)
    pets = _text(_l("Animaux"), "", 200)
    smoking = SelectField(_l("On fume dans la maison"), choices=_ANSWERS, validate_choice=False)
    stairs = SelectField(_l("Il y a un escalier"), choices=_ANSWERS, validate_choice=False)
    diets = _text(_l("Régimes que la famille sait servir"))
    transport = _text(_l("Transport"), _l("« Voiture, cinq places »."), 200)
    available = _text(_l("Disponible"), _l("« Du 10 au 14 juin », « pas en août »."))
    interests = _text(_l("Centres d’intérêt"))
    emergency = _text(_l("Numéro en cas d’urgence"), "", 120)
    takes_minors = SelectField(_l("Accepte des mineurs"), choices=_ANSWERS, validate_choice=False)
    checked_on = DayField(_l("Rencontrée le"), description=_l("Par quelqu’un du comité, chez elle."))
    checked_by = _text(_l("Rencontrée par"), "", 200)
    insured_until = DayField(_l("Assurance connue jusqu’au"))
    note = _long(_l("Remarque"))
    revision = HiddenField(default="0")

    def show(self, family: HostFamily) -> HostForm:
        """Fill the form with what is kept."""
        for name in ("address", "children", "pets", "diets", "transport", "available", "interests", "emergency"):
            self[name].data = getattr(family, name)
        for name in ("distance_km", "rooms", "beds"):
            value = getattr(family, name)
            self[name].data = "" if value is None else str(value).replace(".", ",")
        for name in ("smoking", "stairs", "takes_minors"):
            self[name].data = _no(getattr(family, name))
        for name in ("checked_on", "insured_until"):
            self[name].data = typed(getattr(family, name))
        self.checked_by.data, self.note.data = family.checked_by, family.note
        self.languages.data, self.revision.data = language_names(family.languages), str(family.revision)
        return self

    def command(self) -> HostFacts:
        """What was told."""
        texts = ("address", "children", "pets", "diets", "transport", "available", "interests", "emergency")
        return HostFacts(
            **{name: self[name].data or "" for name in (*texts, "checked_by", "note")},
            distance_km=self.distance_km.number,
            rooms=self.rooms.whole,
            beds=self.beds.whole,
            languages=self.languages.codes,
            smoking=_yes(self.smoking.data),
            stairs=_yes(self.stairs.data),
            takes_minors=_yes(self.takes_minors.data),
            checked_on=self.checked_on.day,
            insured_until=self.insured_until.day,
        )


class StayForm(Form):
    """A journey or a reception."""

    title = StringField(
        _l("Nom du séjour"), [InputRequired(_l("Donnez un nom au séjour.")), Length(max=200, message=TOO_LONG)]
    )
    place = _text(_l("Lieu"), "", 200)
    starts_on = DayField(_l("Du"), [InputRequired(_DAY)])
    ends_on = DayField(_l("Au"), [InputRequired(_DAY)])
    leaves_france = BooleanField(_l("On sort de France"))
    occasion = SelectField(_l("Pour quelle cérémonie ou quel projet ?"), validate_choice=False)
    revision = HiddenField(default="0")

    def offer(self, occasions: Iterable[tuple[str, str]]) -> StayForm:
        """Offer the ceremonies and projects of the body."""
        self.occasion.choices = choices([("", _l("Aucun pour l’instant")), *occasions])
        return self

    def show(self, stay: Stay) -> StayForm:
        """Fill the form with what is kept."""
        self.title.data, self.place.data, self.leaves_france.data = stay.title, stay.place, stay.leaves_france
        self.starts_on.data, self.ends_on.data = typed(stay.starts_on), typed(stay.ends_on)
        self.occasion.data, self.revision.data = stay.occasion, str(stay.revision)
        return self

    def command(self) -> StayFacts:
        """What was told."""
        offered = {str(choice.value) for choice in self.occasion.choices}
        return StayFacts(
            title=self.title.data,
            place=self.place.data or "",
            starts_on=self.starts_on.sure,
            ends_on=self.ends_on.sure,
            leaves_france=self.leaves_france.data,
            occasion=self.occasion.data if self.occasion.data in offered else "",
        )


class TravellerForm(WhoForm):
    """Somebody who takes part in a stay."""

    is_guest = BooleanField(_l("Vient de la ville partenaire : c’est nous qui accueillons"))
    born_on = DayField(
        _l("Date de naissance"), description=_l("Pour les papiers d’un mineur ; effacée après le séjour.")
    )
    with_parent = BooleanField(_l("Voyage avec un parent"))
    parents = _long(_l("Parents"), _l("Noms, téléphones de celles et ceux qui ont l’autorité parentale."))
    host = SelectField(_l("Famille d’accueil"), validate_choice=False)
    diet = _text(_l("Régime alimentaire"))
    health = _long(_l("Santé"), _l("Allergies, traitements : le strict nécessaire, effacé après le séjour."))
    agreed = BooleanField(_l("La personne, ou ses parents, a donné son accord écrit pour noter santé et régime"))
    wishes = _text(_l("Souhaits"), _l("« Avec Olena », « quelqu’un qui parle anglais »."))
    arrival = _text(_l("Arrivée"), "", 200)
    emergency = _text(_l("À prévenir en cas d’urgence"), "", 200)
    revision = HiddenField(default="0")

    def offer(self, members: Sequence[Member], families: Sequence[HostFamily]) -> TravellerForm:
        """Offer the members and the host families of the body."""
        self.offer_members(members)
        names = persons_apart(one.person for one in families)
        self.host.choices = choices(
            [("", _l("Pas encore")), *((str(one.id), names[one.person_id]) for one in families)]
        )
        return self

    def show(self, traveller: Traveller) -> TravellerForm:
        """Fill the form with what is kept."""
        for name in ("is_guest", "with_parent", "parents", "diet", "health", "wishes", "arrival", "emergency"):
            self[name].data = getattr(traveller, name)
        self.born_on.data, self.host.data = typed(traveller.born_on), str(traveller.host_family_id or "")
        self.agreed.data = bool(traveller.health or traveller.diet)
        self.revision.data = str(traveller.revision)
        return self

    def command(self) -> TravellerFacts:
        """What was told."""
        texts: dict[str, Any] = {
            name: self[name].data or "" for name in ("parents", "diet", "health", "wishes", "arrival", "emergency")
        }
        return TravellerFacts(
            **texts,
            is_guest=self.is_guest.data,
            born_on=self.born_on.day,
            with_parent=self.with_parent.data,
            host_family_id=whole(self.host.data) or None,
        )


class PaperForm(Form):
    """A paper that was seen."""

    kind = SelectField(_l("Papier vu"), choices=choices((one.value, label) for one, label in PAPER_NAMES.items()))
    signed_on = DayField(_l("Signé le"))
    signed_by = _text(_l("Signé par"), "", 200)
    valid_until = DayField(_l("Valable jusqu’au"))

    def command(self) -> SeePaper:
        """What was seen."""
        return SeePaper(
            kind=PaperKind(self.kind.data),
            signed_on=self.signed_on.day,
            signed_by=self.signed_by.data or "",
            valid_until=self.valid_until.day,
        )


class TimeForm(Form):
    """Hours or something in kind that was given."""

    member = SelectField(_l("Qui ?"), validate_choice=False)
    giver = _text(_l("Ou quelqu’un d’autre"), _l("Une personne, une entreprise, une école."), 200)
    what = StringField(
        _l("Quoi ?"),
        [InputRequired(_l("Dites ce qui a été donné.")), Length(max=300, message=TOO_LONG)],
        description=_l("« Préparation du repas », « prêt d’un minibus »."),
    )
    given_on = DayField(_l("Quand ?"), [InputRequired(_DAY)])
    hours = HoursField(_l("Heures"))
    value = EuroField(_l("Valeur estimée, en euros"))
    basis = _text(_l("Comment elle est estimée"), _l("« 8 h au SMIC », « prix d’une location »."), 200)

    def offer(self, members: Sequence[Member]) -> TimeForm:
        """Offer the members."""
        self.member.choices = choices([("", _l("Quelqu’un d’autre")), *member_choices(members)])
        return self

    def command(self) -> GiveTime:
        """What was given."""
        return GiveTime(
            member_id=whole(self.member.data) or None,
            giver=self.giver.data or "",
            what=self.what.data,
            given_on=self.given_on.sure,
            hours=self.hours.number,
            value=self.value.amount if (self.value.data or "").strip() else None,
            basis=self.basis.data or "",
        )
