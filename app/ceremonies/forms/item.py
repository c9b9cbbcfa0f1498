"""A moment of the programme."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from app.ceremonies import lines
from app.ceremonies.forms.afterwards import ACTUAL, ActualMixin
from app.ceremonies.forms.company import ROWS
from app.ceremonies.forms.fields import (
    LONGEST_DATE,
    IntegerField,
    SelectField,
    a_name,
    choices,
    new_titles,
    read_date,
    sent_revision,
    titled_languages,
)
from app.ceremonies.forms.moments import WhenForm, later_date, shown_dates
from app.ceremonies.forms.rarer import ONLINE, HourField, OnlineMixin, RarerMixin
from app.ceremonies.forms.repeating import REPEATS, RepeatMixin
from app.ceremonies.forms.rows import RowsField, is_told, rows
from app.ceremonies.labels import ITEM_KINDS, ITEM_STATES
from app.ceremonies.services import ItemFields
from app.ceremonies.wording import said
from app.places.forms import ZoneField

if TYPE_CHECKING:
    from app.ceremonies.models import Ceremony, ProgrammeItem

_WORDS = (
    *("approximate_words", "part_of_day", "after_words", "place", "meeting_point", "fallback_place", "organiser"),
    *("dress", "transport", "payer", "description", "note", "status_reason", "menu", "lodging"),
)
_MARKS = ("approximate", "approximate_end", "all_day", "route", "end_next_day", "order_uncertain")
_LISTS = (
    ("prices", lines.price_line, lines.read_price),
    ("speakers", lines.speaker_line, lines.read_speaker),
    ("interpreters", lines.interpreter_line, lines.read_interpreter),
    ("performers", lines.performer_line, lines.read_performer),
    ("contacts", lines.contact_line, lines.read_contact),
)
_VALUES = ("timezone", "end_timezone", "start_occurrence", "end_occurrence", "start_until", "end_until")
_GROUPS = {
    "hours": (
        "end_date",
        "minutes",
        "approximate_words",
        "approximate_end",
        "after_words",
        "all_day",
        "order_uncertain",
        "start_until",
        "end_until",
    ),
    "repeats": REPEATS,
    "journey": ("timezone", "end_timezone", "start_occurrence", "end_occurrence"),
    "place": (
        *("address", "route", "meeting_point", "meeting_time", "doors_open", "parking", "accessibility"),
        *("fallback_place", "fallback", "organiser", "transport", "dress"),
    ),
    "online": ONLINE,
    "public": ("audience", "booking", "capacity", "prices", "payer"),
    "people": ("speakers", "interpreters", "performers", "contacts"),
    "more": ("subtitle", "menu", "lodging", "materials", "gifts"),
    "change": ("status", "status_reason", "new_date", "new_start", *ACTUAL),
}
"""Questions that few moments need, folded away until one of them is answered."""
_ZONE = _l("Si ce n’est pas celui de la commune qui accueille : une ville, par exemple Kyïv.")
_WHICH = [
    ("", _l("elle ne vient qu’une fois")),
    ("first", _l("la première, avant le changement d’heure")),
    ("second", _l("la seconde, après le changement d’heure")),
]


class ItemForm(RarerMixin, OnlineMixin, RepeatMixin, ActualMixin, WhenForm):
    """Everything but the title may be unknown."""

    revision = HiddenField()
    title = StringField(
        _l("Titre"),
        [InputRequired(_l("Écrivez ce qui a lieu, par exemple « Vin d’honneur ».")), Length(max=2000), a_name],
    )
    title_2 = StringField(_l("Titre dans la seconde langue"), [Optional(), Length(max=2000), a_name])
    date = StringField(
        _l("Date"),
        [Optional(), Length(max=LONGEST_DATE)],
        description=_l("12/06/2027, juin 2027… Laissez vide si le jour n’est pas encore fixé."),
    )
    day = IntegerField(
        _l("ou jour du programme"),
        [Optional(), NumberRange(-365, 366)],
        description=_l("1 pour le premier jour : la date suivra celle de la cérémonie."),
    )
    start = StringField(_l("Début"), [Optional(), Length(max=20)], description=_l("15 h 30, vers 15 h, midi, ou rien."))
    end = StringField(_l("Fin"), [Optional(), Length(max=20)], description=_l("Laissez vide si elle n’est pas connue."))
    end_next_day = BooleanField(_l("La fin est le lendemain"))
    end_date = StringField(_l("Dernier jour, s’il y en a plusieurs"), [Optional(), Length(max=LONGEST_DATE)])
    minutes = IntegerField(_l("ou durée en minutes"), [Optional(), NumberRange(0, 100000)])
    approximate = BooleanField(_l("Heure approximative"))
    approximate_words = StringField(
        _l("Comment l’écrire"), [Optional(), Length(max=60)], description=_l("vers, à partir de, dès…")
    )
    approximate_end = BooleanField(_l("Fin approximative"))
    part_of_day = StringField(
        _l("Moment de la journée, sans heure"),
        [Optional(), Length(max=60)],
        description=_l("matin, en soirée, fin de journée…"),
    )
    after_words = StringField(
        _l("ou à la suite de quoi"), [Optional(), Length(max=200)], description=_l("à l’issue de la messe…")
    )
    all_day = BooleanField(_l("Toute la journée"))
    order_uncertain = BooleanField(_l("Sa place dans l’ordre n’est pas encore sûre"))
    start_until = HourField(_l("Début au plus tard"), [Optional(), Length(max=20)], is_end=True)
    end_until = HourField(_l("Fin au plus tard"), [Optional(), Length(max=20)], is_end=True)
    timezone = ZoneField(_l("Fuseau horaire du début"), [Optional(), Length(max=64)], description=_ZONE)
    end_timezone = ZoneField(
        _l("Fuseau horaire de la fin"),
        [Optional(), Length(max=64)],
        description=_l("Pour un trajet : la fin est à l’heure de la ville où l’on arrive."),
    )
    start_occurrence = SelectField(
        _l("La nuit où l’on recule l’heure, laquelle des deux ?"), default="", choices=choices(_WHICH)
    )
    end_occurrence = SelectField(
        _l("La nuit où l’on recule l’heure, laquelle des deux pour la fin ?"), default="", choices=choices(_WHICH)
    )
    place = StringField(_l("Lieu ou parcours"), [Optional(), Length(max=2000), a_name])
    route = BooleanField(_l("C’est un parcours"))
    meeting_point = StringField(_l("Lieu de rendez-vous"), [Optional(), Length(max=2000), a_name])
    fallback_place = StringField(_l("Lieu en cas de pluie"), [Optional(), Length(max=2000), a_name])
    kind = SelectField(_l("Nature"), default="")
    transport = StringField(_l("Transport"), [Optional(), Length(max=2000)])
    dress = StringField(_l("Tenue"), [Optional(), Length(max=2000)])
    public = SelectField(
        _l("Public"),
        default="",
        choices=choices(
            [
                ("", _l("non précisé")),
                ("yes", _l("ouvert à tous")),
                ("invitation", _l("sur invitation")),
                ("no", _l("non ouvert au public")),
            ]
        ),
    )
    organiser = StringField(_l("Organisation"), [Optional(), Length(max=2000), a_name])
    booking = StringField(_l("Inscription"), [Optional(), Length(max=2000)])
    capacity = IntegerField(_l("Nombre de places"), [Optional(), NumberRange(0, 1000000)])
    prices = TextAreaField(
        _l("Tarifs"), [Optional(), Length(max=5000)], description=_l("Un par ligne : enfant -12 ans : 5 €")
    )
    payer = StringField(_l("À la charge de"), [Optional(), Length(max=2000)])
    speakers = TextAreaField(
        _l("Interventions"),
        [Optional(), Length(max=5000), a_name],
        description=_l("Une par ligne : Nom, fonction : sujet. Si quelqu’un d’autre lit, ajoutez (lu par Nom)."),
    )
    interpreters = TextAreaField(
        _l("Interprètes"), [Optional(), Length(max=5000), a_name], description=_l("Une personne par ligne.")
    )
    performers = TextAreaField(
        _l("Avec"),
        [Optional(), Length(max=5000), a_name],
        description=_l("Musiciens, chorale, troupe… Une ligne chacun : Nom, rôle"),
    )
    contacts = TextAreaField(
        _l("Contacts"),
        [Optional(), Length(max=5000), a_name],
        description=_l("Une personne par ligne : Nom, rôle, téléphone, courriel. Pour l’équipe."),
    )
    menu = StringField(_l("Menu"), [Optional(), Length(max=2000)])
    lodging = StringField(_l("Hébergement"), [Optional(), Length(max=2000)])
    gifts = RowsField(*ROWS["gifts"])
    status = SelectField(
        _l("État"),
        default="",
        choices=choices(
            [("", _l("comme la cérémonie")), *((code.value, label) for code, label in ITEM_STATES.items())]
        ),
    )
    status_reason = StringField(_l("Raison"), [Optional(), Length(max=500)])
    new_date = StringField(_l("Nouvelle date, s’il est reporté"), [Optional(), Length(max=LONGEST_DATE)])
    new_start = StringField(_l("Nouvelle heure"), [Optional(), Length(max=20)])
    description = TextAreaField(_l("Précisions"), [Optional(), Length(max=20000)])
    note = TextAreaField(_l("Note"), [Optional(), Length(max=20000)])

    def offer(self, ceremony: Ceremony, item: ProgrammeItem | None = None) -> ItemForm:
        """Fill the choices in; a kind that is not in the list stays what it is."""
        self.host, self.moment = ceremony, item
        self.kept_online = item.details.get("online") if item is not None else None
        kind = item.kind if item is not None else ""
        known = {code for code, _label in ITEM_KINDS}
        self.kind.choices = choices([*ITEM_KINDS, *([(kind, kind)] if kind and kind not in known else [])])
        return self

    @classmethod
    def of(cls, item: ProgrammeItem, **how: Any) -> ItemForm:  # noqa: ANN401  # as WTForms takes it
        """The form as the moment stands; ``formdata=None`` leaves out what was sent."""
        main, second = titled_languages(item.ceremony)
        facts = item.details
        first, last = shown_dates(item)
        return cls(
            revision=str(item.revision),
            title=item.title.get(main, said(item.title)),
            title_2=item.title.get(second, ""),
            date=first,
            end_date=last,
            day=item.day,
            start=item.start,
            end=item.end,
            kind=item.kind,
            status=item.status,
            public="invitation" if facts.get("invitation") else {True: "yes", False: "no", None: ""}[item.public],
            booking=lines.booking_text(facts.get("booking"), main),
            new_date=later_date(facts),
            new_start=facts.get("postponed_to", {}).get("start", ""),
            **{name: facts.get(name) for name in ("minutes", "capacity")},
            **{name: facts.get(name, "") for name in _VALUES},
            **cls.rarer_values(facts, main),
            **cls.online_values(facts, main),
            **cls.repeat_values(facts, main),
            **cls.actual_values(facts, main),
            gifts=rows(ROWS["gifts"][0], facts.get("gifts", []), main),
            **{name: bool(facts.get(name)) for name in _MARKS},
            **{name: said(facts.get(name), [main]) for name in _WORDS},
            **{name: lines.shown(facts.get(name, []), tell) for name, tell, _take in _LISTS},
            **how,
        ).offer(item.ceremony, item)

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401  # WTForms' own
        """The hours, then the last of the days on which it comes again."""
        if not super().validate(extra_validators):
            return False
        self.check_repeats(self._days()[0])
        return not self.repeat_until.errors

    def opened(self) -> set[str]:
        """The groups of questions that are shown open: those that hold an answer or a fault."""
        return {name for name, fields in _GROUPS.items() if any(is_told(self[one]) for one in fields)}

    def command(self, ceremony: Ceremony, item: ProgrammeItem | None = None) -> ItemFields:
        """What was typed; what the page does not ask of a moment stays."""
        main, second = titled_languages(ceremony)
        own_date, last_day = self.own_dates()
        return ItemFields(
            revision=sent_revision(self.revision.data),
            title=new_titles(item.title if item else {}, main, self.title.data, second, self.title_2.data),
            kind=self.kind.data or "",
            status=self.status.data or "",
            own_date=own_date,
            day=self.day.data if own_date is None or (item and item.own_date) else None,
            start=self.start.data or "",
            end=self.end.data or "",
            public={
                "yes": True,
                "no": False,
                "invitation": item.public if item and item.details.get("invitation") else None,
            }.get(self.public.data),
            facts=self._facts(dict(item.details) if item else {}, main) | {"end_date": last_day},
        )

    def _facts(self, facts: dict[str, Any], main: str) -> dict[str, Any]:
        told: dict[str, Any] = {
            name: lines.kept(facts.get(name), getattr(self, name).data or "", main) for name in _WORDS
        }
        for name in _MARKS:
            kept = facts.get(name)
            told[name] = (kept or True) if getattr(self, name).data else (False if kept is False else None)
        told["invitation"] = True if self.public.data == "invitation" else None
        for name in ("minutes", "capacity", *_VALUES):
            told[name] = getattr(self, name).data
        later = read_date(self.new_date.data or "")
        slot = {
            **facts.get("postponed_to", {}),
            "date": later.text if later else "",
            "start": self.new_start.data or "",
        }
        slot["approximate"] = self.is_later_about or slot.get("approximate")
        told["postponed_to"] = {name: value for name, value in slot.items() if value}
        told["booking"] = lines.kept_booking(facts.get("booking"), self.booking.data or "", main)
        for name, tell, take in _LISTS:
            told[name] = lines.read(facts.get(name, []), getattr(self, name).data or "", tell, take)
        rarer = self.rarer_facts(facts, main) | self.online_facts(facts, main) | self.repeat_facts(facts, main)
        told["gifts"] = self.gifts.kept(facts.get("gifts", []), main)
        return told | rarer | self.actual_facts(facts, main)
