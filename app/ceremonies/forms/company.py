"""Who comes to a ceremony, who sleeps where, how they travel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, StringField
from wtforms.validators import Length, NumberRange, Optional, ValidationError

from app.ceremonies.forms.fields import LONGEST_DATE, IntegerField, a_name
from app.ceremonies.forms.rarer import HourField
from app.ceremonies.forms.rows import EMPTY, DateField, Row, mark

if TYPE_CHECKING:
    from app.ceremonies.forms.rows import Thing

_LONG = (Optional(), Length(max=2000))
_NAME = (Optional(), Length(max=2000), a_name)
_DATE = (Optional(), Length(max=LONGEST_DATE))
_HOUR = (Optional(), Length(max=20))


class PartyRow(Row):
    """A town, a committee, an association that receives or comes, with its delegation."""

    WORDS: ClassVar[frozenset[str]] = frozenset({"name", "note"})
    name = StringField(_l("Qui"), _NAME, description=_l("Commune, comité ou association."))
    size = IntegerField(_l("Nombre de personnes"), [Optional(), NumberRange(0, 1_000_000)])
    approximate = BooleanField(_l("À peu près"))
    absent = BooleanField(_l("Absent ou excusé"))
    note = StringField(_l("Note"), _LONG)

    @classmethod
    def values(cls, one: Thing, main: str) -> Thing:
        """What the row holds of a party, the size of its delegation beside its name."""
        return super().values(_counted(one) | one, main) | {"was": mark(one)}

    def told(self, old: Thing, main: str) -> Thing:
        """What was typed; a party without a name is none, one with another name than its record has no record."""
        group: Thing = old.get("delegation", {})
        typed = super().told(old | _counted(old), main)
        if not typed or typed["name"] in EMPTY:
            return {}
        counted = {name: typed.pop(name) for name in ("size", "approximate")}
        told = {name: value for name, value in {**group, **counted}.items() if value not in EMPTY}
        known = {} if typed["name"] == old.get("name") else {"body": ""}
        return typed | known | {"delegation": told}


def _counted(party: Thing) -> Thing:
    return {name: value for name, value in party.get("delegation", {}).items() if name in {"size", "approximate"}}


class LodgingRow(Row):
    """One place where people sleep."""

    WORDS: ClassVar[frozenset[str]] = frozenset({"where", "who", "board", "payer", "note"})
    where = StringField(_l("Où"), _NAME, description=_l("Familles d’accueil, hôtel, auberge…"))
    address = StringField(_l("Adresse"), _LONG)
    who = StringField(_l("Qui"), _NAME)
    people = IntegerField(_l("Nombre de personnes"), [Optional(), NumberRange(0, 1_000_000)])
    rooms = IntegerField(_l("Nombre de chambres"), [Optional(), NumberRange(0, 100_000)])
    date = DateField(_l("Première nuit"), _DATE)
    end_date = DateField(_l("Jour du départ"), _DATE)
    nights = IntegerField(_l("Nombre de nuits"), [Optional(), NumberRange(0, 366)])
    board = StringField(_l("Repas compris"), _LONG)
    payer = StringField(_l("À la charge de"), _LONG)
    note = StringField(_l("Note"), _LONG)


class LegRow(Row):
    """A part of a journey."""

    WORDS: ClassVar[frozenset[str]] = frozenset({"mode", "operator", "departure_place", "arrival_place", "note"})
    mode = StringField(_l("Moyen de transport"), _LONG, description=_l("Car, train, avion, à pied…"))
    operator = StringField(_l("Transporteur"), _LONG)
    number = StringField(_l("Numéro du train ou du vol"), _LONG)
    departure_place = StringField(_l("Départ de"), _NAME)
    departure_date = DateField(_l("Jour de départ"), _DATE)
    departure = HourField(_l("Heure de départ"), _HOUR, description=_l("À l’heure de la ville que l’on quitte."))
    arrival_place = StringField(_l("Arrivée à"), _NAME)
    arrival_date = DateField(_l("Jour d’arrivée"), _DATE)
    arrival = HourField(
        _l("Heure d’arrivée"), _HOUR, is_end=True, description=_l("À l’heure de la ville où l’on arrive.")
    )
    note = StringField(_l("Note"), _LONG)


class GiftRow(Row):
    """A thing that one side gave the other, or that both put up."""

    WORDS: ClassVar[frozenset[str]] = frozenset({"what", "giver", "receiver", "place", "note"})
    what = StringField(_l("Quoi"), [Length(max=2000), a_name], description=_l("Un tableau, un arbre, une plaque…"))
    giver = StringField(_l("De la part de"), _LONG)
    receiver = StringField(_l("Pour qui"), _LONG)
    place = StringField(_l("Où c’est gardé"), _LONG)
    note = StringField(_l("Note"), _LONG)

    def validate_what(self, field: StringField) -> None:
        """A gift has a name."""
        others = (self.giver, self.receiver, self.place, self.note)
        if not (field.data or "").strip() and any((one.data or "").strip() for one in others):
            raise ValidationError(_("Écrivez ce qui a été offert, ou effacez la ligne entière."))


ROWS: dict[str, tuple[type[Row], Any, Any]] = {
    "hosts": (PartyRow, _l("Qui accueille"), _l("Accueil")),
    "guests": (PartyRow, _l("Qui vient"), _l("Délégation")),
    "lodgings": (LodgingRow, _l("Hébergements"), _l("Hébergement")),
    "legs": (LegRow, _l("Trajets"), _l("Trajet")),
    "gifts": (GiftRow, _l("Cadeaux et plaques"), _l("Cadeau ou plaque")),
}
"""The lists of a ceremony that are asked a row each: their rows, what they are called, what one of them is called."""
