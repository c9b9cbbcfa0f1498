"""What a ceremony says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from app.ceremonies import lines
from app.ceremonies.forms.fields import (
    LONGEST_DATE,
    TITLE_NEEDED,
    DaysMixin,
    SelectField,
    a_name,
    choices,
    new_titles,
    sent_revision,
    titled_languages,
    typed,
)
from app.ceremonies.labels import KINDS, LANGUAGE_NAMES, TO_CHOOSE
from app.ceremonies.services import EditCeremony
from app.ceremonies.wording import said
from app.forms import Form
from app.places.forms import ZoneField

if TYPE_CHECKING:
    from app.ceremonies.models import Ceremony

_WORDS = ("place", "meeting_point", "description", "dress", "transport", "lodging", "payer", "fallback", "note")


class EditForm(DaysMixin, Form):
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
    note = TextAreaField(_l("Note"), [Optional(), Length(max=20000)])

    def offer(self, ceremony: Ceremony) -> EditForm:
        """Fill the choices in; what was imported and is not in a list stays what it is."""
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
            **{name: said(facts.get(name), [main]) for name in _WORDS},
            **how,
        ).offer(ceremony)

    def command(self, ceremony: Ceremony) -> EditCeremony:
        """What was changed; what the page does not ask stays."""
        main, second = titled_languages(ceremony)
        spoken = tuple(dict.fromkeys(filter(None, (self.language.data, self.language_2.data))))
        second = second or (spoken[1] if len(spoken) > 1 else "")
        facts = {name: lines.kept(ceremony.details.get(name), getattr(self, name).data or "", main) for name in _WORDS}
        facts["interpreters"] = lines.read(
            ceremony.details.get("interpreters", []),
            self.interpreters.data or "",
            lines.interpreter_line,
            lines.read_interpreter,
        )
        return EditCeremony(
            revision=sent_revision(self.revision.data),
            title=new_titles(ceremony.title, main, self.title.data, second, self.title_2.data),
            kind=self.kind.data or "",
            when=self.when(),
            timezone=self.timezone.data or "",
            languages=spoken + tuple(one for one in ceremony.languages[2:] if one not in spoken),
            facts=facts,
        )
