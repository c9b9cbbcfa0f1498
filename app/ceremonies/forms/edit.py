"""What a ceremony says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from app.ceremonies import lines
from app.ceremonies.forms.afterwards import ACTUAL, ActualMixin
from app.ceremonies.forms.company import ROWS
from app.ceremonies.forms.fields import (
    LONGEST_DATE,
    TITLE_NEEDED,
    DaysMixin,
    IntegerField,
    SelectField,
    a_name,
    choices,
    new_titles,
    sent_revision,
    titled_languages,
    typed,
)
from app.ceremonies.forms.rarer import ONLINE, RARER, ListField, OnlineMixin, RarerMixin, shown
from app.ceremonies.forms.rows import RowsField, is_told, rows
from app.ceremonies.labels import KINDS, LANGUAGE_NAMES, TO_CHOOSE
from app.ceremonies.services import EditCeremony
from app.ceremonies.wording import said
from app.forms import Form
from app.places.forms import ZoneField

if TYPE_CHECKING:
    from app.ceremonies.models import Ceremony

_WORDS = (
    *("place", "meeting_point", "description", "dress", "transport", "lodging", "payer", "fallback", "note"),
    *("fallback_place", "report"),
)
_COUNTS = ("capacity", "invited", "excused")
_LISTS = ("organisers", "patronage", "sponsors")
_GROUPS = {
    "company": ("hosts", "guests"),
    "lodgings": ("lodgings",),
    "legs": ("legs",),
    "online": ONLINE,
    "more": (*(name for name in RARER if name != "fallback"), *_LISTS, "booking", "capacity", "contacts"),
    "gifts": ("gifts",),
    "after": ("report", "attendance", "invited", "excused", *ACTUAL),
}
"""Questions that few ceremonies need, folded away until one of them is answered."""


_ONE_A_LINE = _l("Un par ligne.")


class EditForm(DaysMixin, RarerMixin, OnlineMixin, ActualMixin, Form):
    """What a ceremony says of itself."""

    revision = HiddenField()
    title = StringField(_l("Titre"), [InputRequired(TITLE_NEEDED), Length(max=300), a_name])
    title_2 = StringField(_l("Titre dans la seconde langue"), [Optional(), Length(max=300), a_name])
    kind = SelectField(_l("Nature"), default="")
    first = StringField(_l("Premier jour"), [Optional(), Length(max=LONGEST_DATE)])
    last = StringField(_l("Dernier jour"), [Optional(), Length(max=LONGEST_DATE)])
    place = StringField(_l("Lieu"), [Optional(), Length(max=2000), a_name])
    meeting_point = StringField(_l("Lieu de rendez-vous"), [Optional(), Length(max=2000), a_name])
    timezone = ZoneField(
        _l("Fuseau horaire de la commune qui accueille"),
        [Optional(), Length(max=64)],
        description=_l("La ville dont c’est l’heure, par exemple Lisbonne ou São Paulo."),
    )
    language = SelectField(
        _l("Langue du programme"), default="", choices=choices([("", _l("non précisée")), *TO_CHOOSE])
    )
    language_2 = SelectField(_l("Seconde langue"), default="", choices=choices([("", _l("aucune")), *TO_CHOOSE]))
    description = TextAreaField(_l("Présentation"), [Optional(), Length(max=20000)])
    interpreters = TextAreaField(
        _l("Interprètes"), [Optional(), Length(max=5000)], description=_l("Une personne par ligne.")
    )
    dress = StringField(_l("Tenue"), [Optional(), Length(max=2000)])
    transport = StringField(_l("Transport"), [Optional(), Length(max=2000)])
    lodging = StringField(_l("Hébergement"), [Optional(), Length(max=2000)])
    payer = StringField(
        _l("À la charge de"), [Optional(), Length(max=2000)], description=_l("Qui paie ce qui n’a pas de tarif.")
    )
    fallback = StringField(_l("En cas de pluie"), [Optional(), Length(max=2000)])
    fallback_place = StringField(_l("Lieu en cas de pluie"), [Optional(), Length(max=2000), a_name])
    note = TextAreaField(_l("Note"), [Optional(), Length(max=20000)])
    hosts = RowsField(*ROWS["hosts"])
    guests = RowsField(*ROWS["guests"])
    lodgings = RowsField(*ROWS["lodgings"])
    legs = RowsField(*ROWS["legs"])
    gifts = RowsField(*ROWS["gifts"])
    organisers = ListField(_l("Organisation"), [Optional(), Length(max=5000), a_name], description=_ONE_A_LINE)
    patronage = ListField(_l("Patronages"), [Optional(), Length(max=5000), a_name], description=_ONE_A_LINE)
    sponsors = ListField(_l("Soutiens"), [Optional(), Length(max=5000), a_name], description=_ONE_A_LINE)
    booking = StringField(_l("Inscription"), [Optional(), Length(max=2000)])
    capacity = IntegerField(_l("Nombre de places"), [Optional(), NumberRange(0, 1_000_000)])
    contacts = TextAreaField(
        _l("Contacts"),
        [Optional(), Length(max=5000), a_name],
        description=_l("Une personne par ligne : Nom, rôle, téléphone, courriel. Pour l’équipe."),
    )
    report = TextAreaField(_l("Compte rendu"), [Optional(), Length(max=20000)])
    attendance = IntegerField(_l("Personnes venues"), [Optional(), NumberRange(0, 1_000_000)])
    invited = IntegerField(_l("Personnes invitées"), [Optional(), NumberRange(0, 1_000_000)])
    excused = IntegerField(_l("Personnes excusées"), [Optional(), NumberRange(0, 1_000_000)])

    def offer(self, ceremony: Ceremony) -> EditForm:
        """Fill the choices in; what was imported and is not in a list stays what it is."""
        self.kept_online = ceremony.details.get("online")
        kind, known = ceremony.kind, {code for code, _label in KINDS}
        imported = [] if kind in {"", *known} else [(kind, kind)]
        self.kind.choices = choices([("", _l("non précisée")), *imported, *KINDS])
        if "und" in ceremony.languages[:2]:
            for field in (self.language, self.language_2):
                field.choices = [*(field.choices or []), *choices([("und", LANGUAGE_NAMES["und"])])]
        return self

    @classmethod
    def of(cls, ceremony: Ceremony, **how: Any) -> EditForm:  # noqa: ANN401  # as WTForms takes it
        """The form as the ceremony stands; ``formdata=None`` leaves out what was sent."""
        main, second = titled_languages(ceremony)
        facts, when = ceremony.details, ceremony.when
        first, last = typed(when)
        spoken = [*ceremony.languages, "", ""]
        return cls(
            revision=str(ceremony.revision),
            title=ceremony.title.get(main, said(ceremony.title)),
            title_2=ceremony.title.get(second, ""),
            kind=ceremony.kind,
            first=first,
            last=last,
            timezone=ceremony.timezone,
            language=spoken[0],
            language_2=spoken[1],
            interpreters=lines.shown(facts.get("interpreters", []), lines.interpreter_line),
            **{name: rows(row, facts.get(name, []), main) for name, (row, *_named) in ROWS.items()},
            booking=lines.booking_text(facts.get("booking"), main),
            **{name: facts.get(name) for name in _COUNTS},
            contacts=lines.shown(facts.get("contacts", []), lines.contact_line),
            attendance=facts.get("attendance", {}).get("size"),
            **cls.rarer_values(facts, main),
            **cls.online_values(facts, main),
            **cls.actual_values(facts, main),
            **{name: shown(facts.get(name, []), main) for name in _LISTS},
            **{name: said(facts.get(name), [main]) for name in _WORDS if name != "fallback"},
            **how,
        ).offer(ceremony)

    def command(self, ceremony: Ceremony) -> EditCeremony:
        """What was changed; what the page does not ask stays."""
        main, second = titled_languages(ceremony)
        spoken = tuple(dict.fromkeys(filter(None, (self.language.data, self.language_2.data))))
        second = second or (spoken[1] if len(spoken) > 1 else "")
        return EditCeremony(
            revision=sent_revision(self.revision.data),
            title=new_titles(ceremony.title, main, self.title.data, second, self.title_2.data),
            kind=self.kind.data or "",
            when=self.when(),
            timezone=self.timezone.data or "",
            languages=spoken + tuple(one for one in ceremony.languages[2:] if one not in spoken),
            facts=self._facts(ceremony.details, main),
        )

    def opened(self) -> set[str]:
        """The groups of questions that are shown open: those that hold an answer or a fault."""
        return {name for name, fields in _GROUPS.items() if any(is_told(self[one]) for one in fields)}

    def _facts(self, kept: dict[str, Any], main: str) -> dict[str, Any]:
        told: dict[str, Any] = self.rarer_facts(kept, main) | self.online_facts(kept, main)
        told |= self.actual_facts(kept, main)
        told |= {name: lines.kept(kept.get(name), self[name].data or "", main) for name in _WORDS}
        told |= {name: self[name].kept(kept.get(name, []), main) for name in _LISTS}
        for name, tell, take in (
            ("interpreters", lines.interpreter_line, lines.read_interpreter),
            ("contacts", lines.contact_line, lines.read_contact),
        ):
            told[name] = lines.read(kept.get(name, []), self[name].data or "", tell, take)
        told["booking"] = lines.kept_booking(kept.get("booking"), self.booking.data or "", main)
        told |= {name: self[name].kept(kept.get(name, []), main) for name in ROWS}
        came = {**kept.get("attendance", {}), "size": self.attendance.data}
        told["attendance"] = {name: value for name, value in came.items() if value is not None}
        return told | {name: self[name].data for name in _COUNTS}
