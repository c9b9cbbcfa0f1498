"""The questions of this room. What a page does not ask of a moment stays as it was."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from app.ceremonies import lines
from app.ceremonies.labels import ITEM_KINDS, KINDS, LANGUAGES
from app.ceremonies.models import CeremonyStatus
from app.ceremonies.services import ChangeStatus, CreateCeremony, DuplicateCeremony, EditCeremony, ItemFields
from app.ceremonies.wording import said
from app.documents.zones import is_zone
from app.shared.fuzzydate import BadDate, FuzzyDate, Precision, parse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.ceremonies.models import Ceremony, ProgrammeItem

_HOUR = re.compile(r"^(\d{1,2})\s*(?:[h:.]\s*(\d{2})?|uhr|год\.?)?\s*(am|pm)?$", re.IGNORECASE)
_TITLE_NEEDED = _l("Écrivez un titre, par exemple « Serment de jumelage ».")


def choices(pairs: Iterable[tuple[Any, Any]]) -> list[SelectChoice]:
    """Offer (value, label) pairs."""
    return [SelectChoice(value, label) for value, label in pairs]


def titled_languages(ceremony: Ceremony) -> tuple[str, str]:
    """The two languages whose titles the pages ask for; the second may be empty."""
    known = list(dict.fromkeys([*ceremony.languages, *ceremony.title])) or ["fr"]
    return known[0], known[1] if len(known) > 1 else ""


def read_hour(text: str) -> str:
    """Read an hour as people write it: « 18 h 30 », « 18:30 », « 9h ».

    :raises ValidationError: when it is none.
    """
    raw = " ".join(text.split()).strip()
    if not raw:
        return ""
    match = _HOUR.match(raw)
    hours, minutes = (int(match[1]), int(match[2] or 0)) if match else (99, 0)
    if match and match[3] and hours <= 12:  # noqa: PLR2004  # a clock's face
        hours = hours % 12 + (12 if match[3].lower() == "pm" else 0)
    if hours > 23 or minutes > 59:  # noqa: PLR2004  # a clock's face
        raise ValidationError(_("« %(text)s » n’est pas une heure. Écrivez par exemple 18:30 ou 18 h 30.", text=raw))
    return f"{hours:02d}:{minutes:02d}"


def read_days(first: str, last: str) -> FuzzyDate | None:
    """Read a day, a month or a year, or from a day to a day.

    :raises ValidationError: when a date cannot be read, or the last day precedes the first.
    """
    if not first.strip():
        if last.strip():
            raise ValidationError(_("Écrivez aussi le premier jour."))
        return None
    try:
        begins = parse(first)
        ends = parse(last) if last.strip() else None
        if ends is None or ends == begins:
            return begins
        return FuzzyDate(f"{begins.text}/{ends.text}")
    except BadDate as error:
        raise ValidationError(
            _(
                "« %(text)s » n’est pas une date que l’on peut lire. Écrivez par exemple 12/06/2027, 06/2027 ou 2027.",
                text=str(error.args[0]),
            )
        ) from error


class _DaysMixin:
    first: StringField
    last: StringField

    def validate_first(self, field: StringField) -> None:
        read_days(field.data or "", self.last.data or "")

    def when(self) -> FuzzyDate | None:
        return read_days(self.first.data or "", self.last.data or "")


class CreateForm(_DaysMixin, FlaskForm):
    """A title and a host are enough; the day may come later."""

    title = StringField(_l("Titre"), [InputRequired(_TITLE_NEEDED), Length(max=300)])
    title_2 = StringField(_l("Titre dans la seconde langue"), [Optional(), Length(max=300)])
    kind = SelectField(_l("Nature"), choices=choices(KINDS), default="oath")
    host = RadioField(_l("Qui accueille ?"), coerce=int, validators=[InputRequired(_l("Choisissez qui accueille."))])
    first = StringField(
        _l("Jour"),
        [Optional(), Length(max=40)],
        description=_l("12/06/2027, ou seulement 06/2027. Laissez vide si rien n’est fixé."),
    )
    last = StringField(_l("Dernier jour, si la visite en dure plusieurs"), [Optional(), Length(max=40)])
    start = StringField(
        _l("Heure de la cérémonie"),
        [Optional(), Length(max=20)],
        description=_l("Heure de la commune qui accueille, par exemple 15 h."),
    )
    place = StringField(_l("Lieu"), [Optional(), Length(max=300)])
    language = SelectField(_l("Langue du programme"), choices=choices(LANGUAGES), default="fr")
    language_2 = SelectField(_l("Seconde langue"), default="", choices=choices([("", _l("aucune")), *LANGUAGES]))
    model = RadioField(
        _l("Programme de départ"),
        choices=choices(
            [
                (
                    "five_moments",
                    _l("Les cinq moments du guide : accueil, discours, échange de symboles, signature, célébration"),
                ),
                ("blank", _l("Un programme vide")),
            ]
        ),
        default="five_moments",
    )

    def validate_start(self, field: StringField) -> None:
        """An hour as people write it."""
        field.data = read_hour(field.data or "")

    def command(self, twinning_id: int, owner_body_id: int | None) -> CreateCeremony:
        """What was asked for, as the service takes it."""
        languages = tuple(dict.fromkeys(filter(None, (self.language.data, self.language_2.data))))
        title = {self.language.data: self.title.data.strip()}
        if self.title_2.data and len(languages) > 1:
            title[languages[1]] = self.title_2.data.strip()
        return CreateCeremony(
            title=title,
            twinning_id=twinning_id,
            host_body_id=self.host.data,
            owner_body_id=owner_body_id,
            kind=self.kind.data,
            when=self.when(),
            start=self.start.data or "",
            place=(self.place.data or "").strip(),
            languages=languages,
            model=self.model.data,
        )


class EditForm(_DaysMixin, FlaskForm):
    """What a ceremony says of itself."""

    revision = HiddenField()
    title = StringField(_l("Titre"), [InputRequired(_TITLE_NEEDED), Length(max=300)])
    title_2 = StringField(_l("Titre dans la seconde langue"), [Optional(), Length(max=300)])
    kind = StringField(_l("Nature"), [Optional(), Length(max=60)])
    first = StringField(_l("Premier jour"), [Optional(), Length(max=40)])
    last = StringField(_l("Dernier jour"), [Optional(), Length(max=40)])
    place = StringField(_l("Lieu"), [Optional(), Length(max=2000)])
    timezone = StringField(
        _l("Fuseau horaire de la commune qui accueille"),
        [InputRequired(_l("Écrivez un fuseau, par exemple Europe/Paris.")), Length(max=64)],
    )
    language = SelectField(
        _l("Langue du programme"), default="", choices=choices([("", _l("non précisée")), *LANGUAGES])
    )
    language_2 = SelectField(_l("Seconde langue"), default="", choices=choices([("", _l("aucune")), *LANGUAGES]))
    description = TextAreaField(_l("Présentation"), [Optional(), Length(max=20000)])
    interpreters = TextAreaField(
        _l("Interprètes"), [Optional(), Length(max=5000)], description=_l("Une personne par ligne.")
    )
    fallback = StringField(_l("En cas de pluie"), [Optional(), Length(max=2000)])
    note = TextAreaField(_l("Note"), [Optional(), Length(max=20000)])

    @classmethod
    def of(cls, ceremony: Ceremony) -> EditForm:
        """The form as the ceremony stands."""
        main, second = titled_languages(ceremony)
        facts, when = ceremony.details, ceremony.when
        is_range = when is not None and when.precision is Precision.RANGE
        spoken = [*ceremony.languages, "", ""]
        return cls(
            revision=str(ceremony.revision),
            title=ceremony.title.get(main, said(ceremony.title)),
            title_2=ceremony.title.get(second, ""),
            kind=ceremony.kind,
            first=when.text.split("/")[0] if when else "",
            last=when.text.split("/")[1] if when and is_range else "",
            place=said(facts.get("place"), [main]),
            timezone=ceremony.timezone,
            language=spoken[0],
            language_2=spoken[1],
            description=said(facts.get("description"), [main]),
            interpreters=lines.shown(facts.get("interpreters", []), lines.interpreter_line),
            fallback=said(facts.get("fallback"), [main]),
            note=said(facts.get("note"), [main]),
        )

    def command(self, ceremony: Ceremony) -> EditCeremony:
        """What was changed; what the page does not ask stays."""
        main, second = titled_languages(ceremony)
        spoken = tuple(dict.fromkeys(filter(None, (self.language.data, self.language_2.data))))
        second = second or (spoken[1] if len(spoken) > 1 else "")
        facts = {
            name: lines.kept(ceremony.details.get(name), getattr(self, name).data or "", main)
            for name in ("place", "description", "fallback", "note")
        }
        facts["interpreters"] = lines.read(
            ceremony.details.get("interpreters", []),
            self.interpreters.data or "",
            lines.interpreter_line,
            lines.read_interpreter,
        )
        return EditCeremony(
            revision=_revision(self.revision.data),
            title=_titles(ceremony.title, main, self.title.data, second, self.title_2.data),
            kind=(self.kind.data or "").strip(),
            when=self.when(),
            timezone=self.timezone.data.strip(),
            languages=spoken + tuple(one for one in ceremony.languages[2:] if one not in spoken),
            facts=facts,
        )


class ItemForm(FlaskForm):
    """A moment of the programme; everything but the title may be unknown."""

    revision = HiddenField()
    title = StringField(_l("Titre"), [InputRequired(_l("Écrivez ce qui a lieu, par exemple « Vin d’honneur »."))])
    title_2 = StringField(_l("Titre dans la seconde langue"), [Optional(), Length(max=2000)])
    date = StringField(
        _l("Date"), [Optional(), Length(max=40)], description=_l("Laissez vide si le jour n’est pas encore fixé.")
    )
    day = IntegerField(
        _l("ou jour du programme"),
        [Optional(), NumberRange(-365, 366)],
        description=_l("1 pour le premier jour : la date suivra celle de la cérémonie."),
    )
    start = StringField(_l("Début"), [Optional(), Length(max=20)], description=_l("15 h 30, ou rien."))
    end = StringField(_l("Fin"), [Optional(), Length(max=20)], description=_l("Laissez vide si elle n’est pas connue."))
    minutes = IntegerField(_l("ou durée en minutes"), [Optional(), NumberRange(0, 100000)])
    approximate = BooleanField(_l("Heure approximative"))
    approximate_words = StringField(
        _l("Comment l’écrire"), [Optional(), Length(max=60)], description=_l("vers, à partir de, dès…")
    )
    part_of_day = StringField(
        _l("Moment de la journée, sans heure"),
        [Optional(), Length(max=60)],
        description=_l("matin, fin de journée…"),
    )
    all_day = BooleanField(_l("Toute la journée"))
    place = StringField(_l("Lieu ou parcours"), [Optional(), Length(max=2000)])
    route = BooleanField(_l("C’est un parcours"))
    kind = SelectField(_l("Nature"), default="")
    public = SelectField(
        _l("Public"),
        default="",
        choices=choices([("", _l("non précisé")), ("yes", _l("ouvert à tous")), ("no", _l("sur invitation"))]),
    )
    organiser = StringField(_l("Organisation"), [Optional(), Length(max=2000)])
    booking = StringField(_l("Inscription"), [Optional(), Length(max=2000)])
    prices = TextAreaField(
        _l("Tarifs"), [Optional(), Length(max=5000)], description=_l("Un par ligne : enfant -12 ans : 5 €")
    )
    speakers = TextAreaField(
        _l("Interventions"),
        [Optional(), Length(max=5000)],
        description=_l("Une par ligne : Nom, fonction : sujet"),
    )
    interpreters = TextAreaField(
        _l("Interprètes"), [Optional(), Length(max=5000)], description=_l("Une personne par ligne.")
    )
    description = TextAreaField(_l("Précisions"), [Optional(), Length(max=20000)])
    note = TextAreaField(_l("Note"), [Optional(), Length(max=20000)])

    def offer(self, kind: str = "") -> ItemForm:
        """Fill the choices in; a kind that is not in the list stays what it is."""
        known = {code for code, _label in ITEM_KINDS}
        self.kind.choices = choices([*ITEM_KINDS, *([(kind, kind)] if kind and kind not in known else [])])
        return self

    @classmethod
    def of(cls, item: ProgrammeItem) -> ItemForm:
        """The form as the moment stands."""
        main, second = titled_languages(item.ceremony)
        facts = item.details
        booking = facts.get("booking")
        return cls(
            revision=str(item.revision),
            title=item.title.get(main, said(item.title)),
            title_2=item.title.get(second, ""),
            date=item.own_date.text if item.own_date else "",
            day=item.day,
            start=item.start,
            end=item.end,
            minutes=facts.get("minutes"),
            approximate=bool(facts.get("approximate")),
            approximate_words=said(facts.get("approximate_words"), [main]),
            part_of_day=said(facts.get("part_of_day"), [main]),
            all_day=bool(facts.get("all_day")),
            place=said(facts.get("place"), [main]),
            route=bool(facts.get("route")),
            kind=item.kind,
            public={True: "yes", False: "no", None: ""}[item.public],
            organiser=said(facts.get("organiser"), [main]),
            booking=lines.booking_text(booking, main),
            prices=lines.shown(facts.get("prices", []), lines.price_line),
            speakers=lines.shown(facts.get("speakers", []), lines.speaker_line),
            interpreters=lines.shown(facts.get("interpreters", []), lines.interpreter_line),
            description=said(facts.get("description"), [main]),
            note=said(facts.get("note"), [main]),
        ).offer(item.kind)

    def validate_start(self, field: StringField) -> None:
        """An hour as people write it."""
        field.data = read_hour(field.data or "")

    def validate_end(self, field: StringField) -> None:
        """An hour as people write it; midnight may end a day."""
        field.data = "24:00" if (field.data or "").strip() in {"24:00", "24 h", "24h"} else read_hour(field.data or "")

    def validate_date(self, field: StringField) -> None:
        """A date of any precision."""
        read_days(field.data or "", "")

    def command(self, ceremony: Ceremony, item: ProgrammeItem | None = None) -> ItemFields:
        """What was typed; what the page does not ask of a moment stays."""
        main, second = titled_languages(ceremony)
        facts = dict(item.details) if item else {}
        own_date = read_days(self.date.data or "", "")
        return ItemFields(
            revision=_revision(self.revision.data),
            title=_titles(item.title if item else {}, main, self.title.data, second, self.title_2.data),
            kind=self.kind.data or "",
            own_date=own_date,
            day=self.day.data if own_date is None or (item and item.own_date) else None,
            start=self.start.data or "",
            end=self.end.data or "",
            public={"yes": True, "no": False}.get(self.public.data),
            facts=self._facts(facts, main),
        )

    def _facts(self, facts: dict[str, Any], main: str) -> dict[str, Any]:
        told: dict[str, Any] = {
            name: lines.kept(facts.get(name), getattr(self, name).data or "", main)
            for name in ("approximate_words", "part_of_day", "place", "organiser", "description", "note")
        }
        for name in ("approximate", "all_day", "route"):
            told[name] = getattr(self, name).data or (False if facts.get(name) is False else None)
        told["minutes"] = self.minutes.data
        told["booking"] = lines.kept_booking(facts.get("booking"), self.booking.data or "", main)
        for name, tell, take in (
            ("prices", lines.price_line, lines.read_price),
            ("speakers", lines.speaker_line, lines.read_speaker),
            ("interpreters", lines.interpreter_line, lines.read_interpreter),
        ):
            told[name] = lines.read(facts.get(name, []), getattr(self, name).data or "", tell, take)
        return told


class StatusForm(FlaskForm):
    """How sure the ceremony is."""

    revision = HiddenField()
    status = RadioField(
        _l("La cérémonie est"),
        choices=choices(
            [
                (CeremonyStatus.PLANNED.value, _l("prévue")),
                (CeremonyStatus.CONFIRMED.value, _l("confirmée")),
                (CeremonyStatus.POSTPONED.value, _l("reportée")),
                (CeremonyStatus.CANCELLED.value, _l("annulée")),
                (CeremonyStatus.HELD.value, _l("passée : elle a eu lieu")),
            ]
        ),
        validators=[InputRequired(_l("Choisissez un état."))],
    )
    reason = StringField(
        _l("Raison"), [Optional(), Length(max=500)], description=_l("Elle sera lue dans les agendas abonnés.")
    )

    def command(self) -> ChangeStatus:
        """The new state."""
        return ChangeStatus(
            revision=_revision(self.revision.data),
            status=CeremonyStatus(self.status.data),
            reason=(self.reason.data or "").strip(),
        )


class DuplicateForm(_DaysMixin, FlaskForm):
    """A new title and a new first day."""

    title = StringField(_l("Titre"), [InputRequired(_TITLE_NEEDED), Length(max=300)])
    first = StringField(
        _l("Premier jour"),
        [Optional(), Length(max=40)],
        description=_l("Tous les jours du programme se décalent d’autant. Laissez vide si rien n’est fixé."),
    )
    last = StringField(_l("Dernier jour"), [Optional(), Length(max=40)])

    def command(self, ceremony: Ceremony) -> DuplicateCeremony:
        """The copy's title and day."""
        main, _second = titled_languages(ceremony)
        title = {main: self.title.data.strip()}
        if self.title.data.strip() == ceremony.title.get(main):
            title = dict(ceremony.title)
        return DuplicateCeremony(title=title, when=self.when())


class FeedForm(FlaskForm):
    """A name that tells whose telephone or which page reads it."""

    label = StringField(
        _l("À qui ou à quoi sert cet agenda ?"),
        [InputRequired(_l("Écrivez quelques mots, par exemple « téléphone de Claire ».")), Length(max=200)],
        description=_l("Pour savoir lequel retirer plus tard."),
    )


class ImportForm(FlaskForm):
    """A file, and what a calendar cannot say."""

    file = FileField(
        _l("Fichier"),
        [FileRequired(_l("Choisissez un fichier « .ics » ou « .json »."))],
        description=_l("Un agenda (.ics, 5 Mio au plus), ou une cérémonie exportée d’ici (.json)."),
    )
    twinning = SelectField(_l("Pour quel jumelage ?"), coerce=int)
    title = StringField(_l("Titre, pour un agenda"), [Optional(), Length(max=300)])
    timezone = StringField(
        _l("Fuseau horaire du lieu, pour un agenda"),
        [InputRequired(_l("Écrivez un fuseau, par exemple Europe/Paris.")), Length(max=64)],
        default="Europe/Paris",
    )

    def validate_timezone(self, field: StringField) -> None:
        """A zone that exists."""
        if not is_zone((field.data or "").strip()):
            raise ValidationError(_("Le fuseau « %(name)s » n’existe pas. Exemple : Europe/Paris.", name=field.data))

    def is_own_format(self) -> bool:
        """Whether the file is one of ours, told by its name."""
        return str(self.file.data.filename or "").lower().endswith(".json")


def _titles(titles: dict[str, str], main: str, title: str, second: str, other: str | None) -> dict[str, str]:
    told = {**titles, main: title.strip()}
    if main not in titles and len(titles) == 1 and said(titles) == title.strip():
        told = dict(titles)
    if second and (other or "").strip():
        told[second] = str(other).strip()
    elif second and second != main:
        told.pop(second, None)
    return told


def _revision(text: Any) -> int:  # noqa: ANN401  # what a browser sent
    return int(text) if str(text or "").isdigit() else 0
