"""Beginning a ceremony."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import InputRequired, Length, Optional

from app.ceremonies.forms.fields import (
    LONGEST_DATE,
    TITLE_NEEDED,
    DaysMixin,
    RadioField,
    SelectField,
    a_name,
    choices,
)
from app.ceremonies.forms.spoken import read_spoken_hour
from app.ceremonies.labels import KINDS, TO_CHOOSE
from app.ceremonies.services import CreateCeremony
from app.forms import Form
from app.places import clocks
from app.shared.folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence


class CreateForm(DaysMixin, Form):
    """A title and a host are enough; the day may come later."""

    title = StringField(_l("Titre"), [InputRequired(TITLE_NEEDED), Length(max=300), a_name])
    title_2 = StringField(_l("Titre dans la seconde langue"), [Optional(), Length(max=300), a_name])
    kind = SelectField(_l("Nature"), choices=choices(KINDS), default="oath")
    host = RadioField(_l("Qui accueille ?"), coerce=int, validators=[InputRequired(_l("Choisissez qui accueille."))])
    first = StringField(
        _l("Jour"),
        [Optional(), Length(max=LONGEST_DATE)],
        description=_l("12/06/2027, ou seulement juin 2027, été 2027. Laissez vide si rien n’est fixé."),
    )
    last = StringField(_l("Dernier jour, si la visite en dure plusieurs"), [Optional(), Length(max=LONGEST_DATE)])
    start = StringField(
        _l("Heure de la cérémonie"),
        [Optional(), Length(max=20)],
        description=_l("Heure de la commune qui accueille, par exemple 15 h."),
    )
    timezone = SelectField(
        _l("De quelle ville la commune qui accueille a-t-elle l’heure ?"),
        default="",
        description=_l("Son pays a plusieurs heures. Sans réponse, les agendas donneront les jours sans les heures."),
    )
    place = StringField(_l("Lieu"), [Optional(), Length(max=300), a_name])
    language = SelectField(_l("Langue du programme"), choices=choices(TO_CHOOSE), default="fr")
    language_2 = SelectField(_l("Seconde langue"), default="", choices=choices([("", _l("aucune")), *TO_CHOOSE]))
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

    is_about, about_words = False, ""

    def validate_start(self, field: StringField) -> None:
        """An hour as people write it; « vers 15 h » makes those of the programme approximate."""
        found = read_spoken_hour(field.data or "")
        field.data, self.is_about, self.about_words = found.text, found.about, found.words

    def ask_clock(self, zones: Sequence[str], language: str) -> None:
        """Ask whose clock it is where the country of a possible host has several; otherwise do not ask."""
        if not zones:
            del self.timezone
            return
        named = sorted(((zone, clocks.told(zone, language)) for zone in zones), key=lambda one: fold(one[1]))
        self.timezone.choices = choices([("", _l("je ne sais pas encore")), *named])

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
            is_about=self.is_about,
            about_words=self.about_words,
            timezone=self.timezone.data if "timezone" in self else "",
            place=(self.place.data or "").strip(),
            languages=languages,
            model=self.model.data,
        )
