"""The forms of twinnings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    FormField,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms import Form as Part
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app.bodies.forms import FuzzyDateField, whole
from app.forms import Form
from app.forms.lines import LinesField
from app.people.apart import person_choices
from app.people.forms import TOO_LONG, LanguagesField, plain_name
from app.people.naming import clean, language_names
from app.shared.fuzzydate import FuzzyDate, understand
from app.twinnings.labels import DUTY_NAMES, EVENT_NAMES, STAGE_NAMES, THEMES, kind_label, theme_name
from app.twinnings.models import Duty, EventKind, Stage
from app.twinnings.services.dossiers import TwinningFacts
from app.twinnings.services.people import DutyFacts
from app.twinnings.services.timeline import EventFacts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from app.people.models import Person
    from app.twinnings.models import Twinning, TwinningEvent, TwinningKind, TwinningParty, TwinningPerson

FREE = "libre"
"""What stands for « none of these places » once the person has seen them."""


def offered(pairs: Iterable[tuple[str, object]]) -> list[SelectChoice]:
    """Values and their labels, as a field takes them."""
    return [SelectChoice(value, label) for value, label in pairs]


class ChecksField(SelectMultipleField):
    """Several choices, each with its box."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class RevisionMixin:
    """A form that carries the revision it was filled from."""

    revision: HiddenField

    def known_revision(self) -> int:
        """The revision; 0 when it was tampered with, which is never current."""
        return whole(self.revision.data)


class TownForm(Part):
    """One town: a name, and the place chosen in the lists if any."""

    name = StringField(_l("Ville"), [Length(max=200, message=TOO_LONG), plain_name])
    place = HiddenField()
    country = SelectField(_l("Pays"), choices=[], validate_choice=False)

    def is_blank(self) -> bool:
        """Whether nothing was typed."""
        return not clean(self.name.data or "") and not whole(self.place.data)


class NewTwinningForm(Form):
    """A new dossier: one's own side, the partner's, where things stand."""

    kind = SelectField(_l("Genre"), choices=[])
    stage = SelectField(
        _l("Où en êtes-vous ?"), choices=offered([(stage.value, name) for stage, name in STAGE_NAMES.items()])
    )
    own = ChecksField(_l("Vos organismes"), choices=[], validate_choice=True)
    allies = LinesField(FormField(TownForm), label=_l("Autres villes de votre côté"), most=12)
    partners = LinesField(FormField(TownForm), label=_l("Villes partenaires"), min_entries=1, most=12)

    def prepare(
        self,
        kinds: Sequence[TwinningKind],
        bodies: Sequence[tuple[int, str]],
        countries: Sequence[tuple[str, str]],
        more: str,
    ) -> NewTwinningForm:
        """Offer the choices, and one line more where it was asked for."""
        self.kind.choices = offered([(str(kind.id), kind_label(kind)) for kind in kinds])
        self.own.choices = offered([(str(number), name) for number, name in bodies])
        if more == "allies":
            self.allies.add()
        elif more == "partners":
            self.partners.add()
        for line in (*self.allies, *self.partners):
            line.form.country.choices = offered([("", _l("Choisir")), *countries])
        return self


class PartyForm(Form):
    """A body that joins: one already known, or a town."""

    side = SelectField(_l("De quel côté ?"), choices=[])
    known = SelectField(_l("Organisme déjà connu"), choices=[])
    town = FormField(TownForm, label=_l("Ou une ville"))

    def prepare(
        self, sides: Sequence[tuple[int, str]], bodies: Sequence[tuple[int, str]], countries: Sequence[tuple[str, str]]
    ) -> PartyForm:
        """Offer the choices."""
        self.side.choices = offered([(str(number), name) for number, name in sides])
        self.known.choices = offered(
            [("", _l("Aucun : la ville ci-dessous")), *((str(number), name) for number, name in bodies)]
        )
        self.town.form.country.choices = offered([("", _l("Choisir")), *countries])
        return self


class DescribeForm(RevisionMixin, Form):
    """What describes a twinning."""

    kind = SelectField(_l("Genre"), choices=[])
    title = StringField(
        _l("Titre du dossier"),
        [Length(max=200, message=TOO_LONG)],
        description=_l("Seulement si les noms des villes ne suffisent pas."),
    )
    themes = ChecksField(
        _l("Thèmes"), choices=offered([(code, name) for code, name in THEMES.items()]), validate_choice=True
    )
    other_themes = StringField(
        _l("Autres thèmes"), [Length(max=400, message=TOO_LONG)], description=_l("Séparés par des virgules.")
    )
    languages = LanguagesField(_l("Langues du jumelage"), description=_l("Séparées par des virgules."))
    summary = TextAreaField(_l("En quelques phrases"), [Length(max=8000, message=TOO_LONG)])
    revision = HiddenField(default="0")

    def prepare(self, kinds: Sequence[TwinningKind]) -> DescribeForm:
        """Offer the kinds."""
        self.kind.choices = offered([(str(kind.id), kind_label(kind)) for kind in kinds])
        return self

    def show(self, twinning: Twinning) -> DescribeForm:
        """Fill the form with what is kept."""
        self.kind.data, self.title.data, self.summary.data = str(twinning.kind_id), twinning.title, twinning.summary
        self.themes.data = [theme for theme in twinning.themes if theme in THEMES]
        self.other_themes.data = ", ".join(theme_name(theme) for theme in twinning.themes if theme not in THEMES)
        self.languages.data = language_names(twinning.languages)
        self.revision.data = str(twinning.revision)
        return self

    def facts(self) -> TwinningFacts:
        """What was typed."""
        others = [clean(theme) for theme in (self.other_themes.data or "").split(",")]
        return TwinningFacts(
            kind_id=whole(self.kind.data),
            title=self.title.data or "",
            themes=(*(self.themes.data or ()), *(theme for theme in others if theme)),
            languages=self.languages.codes,
            summary=self.summary.data or "",
        )


class _DatedForm(RevisionMixin, Form):
    when = FuzzyDateField(
        _l("Date"), description=_l("17/09/2016, 09/2016, 2016, 836 ou vers 1950 : aussi précise que vous la savez.")
    )
    place = StringField(_l("Lieu"), [Length(max=200, message=TOO_LONG)])
    text = TextAreaField(_l("Récit"), [Length(max=8000, message=TOO_LONG)])
    source = StringField(
        _l("D’où le savez-vous ?"),
        [Length(max=300, message=TOO_LONG)],
        description=_l("Une délibération, un article, un témoin."),
    )
    revision = HiddenField(default="0")

    def begin(self, told: Mapping[str, str]) -> None:
        """Begin with what the link that leads here knows: ``le``, ``lieu``, ``raison``, ``source``."""
        if understand(told.get("le", "")) is not None:
            self.when.show(FuzzyDate(told["le"]))
        for name, field in (("lieu", "place"), ("raison", "reason"), ("source", "source")):
            if field in self and told.get(name):
                self[field].data = told[name]

    def show(self, event: TwinningEvent) -> None:
        """Fill the form with what is kept."""
        self.when.show(event.when)
        for name in ("place", "text", "source", "title", "reason", "kind", "stage", "review_on"):
            if name in self:
                self[name].data = getattr(event, name)
        self.revision.data = str(event.revision)


class StageForm(_DatedForm):
    """A change of stage; ``seen`` says which warnings the person has read."""

    stage = SelectField(_l("Étape"), choices=offered([(stage.value, name) for stage, name in STAGE_NAMES.items()]))
    title = StringField(
        _l("Titre dans le fil"),
        [Length(max=200, message=TOO_LONG)],
        description=_l("Vide : le nom de l’étape et le lieu."),
    )
    reason = TextAreaField(
        _l("Raison"),
        [Length(max=4000, message=TOO_LONG)],
        description=_l("Surtout pour une suspension ou une fin : qui l’a décidé, et pourquoi."),
    )
    review_on = DateField(
        _l("À revoir le"), [Optional()], description=_l("Pour une suspension : le jour où l’on en reparle.")
    )
    seen = HiddenField(default="")

    def facts(self) -> EventFacts:
        """What was typed."""
        return EventFacts(
            kind=EventKind.STAGE,
            stage=Stage(self.stage.data),
            when=self.when.when,
            title=self.title.data or "",
            text=self.text.data or "",
            place=self.place.data or "",
            reason=self.reason.data or "",
            source=self.source.data or "",
            review_on=self.review_on.data,
        )


class EventForm(_DatedForm):
    """Any other point of the timeline."""

    kind = SelectField(
        _l("De quoi s’agit-il ?"),
        choices=offered([(kind.value, name) for kind, name in EVENT_NAMES.items() if kind != EventKind.STAGE]),
        default=EventKind.VISIT.value,
    )
    title = StringField(_l("Titre"), [Length(max=200, message=TOO_LONG)])

    def facts(self) -> EventFacts:
        """What was typed."""
        return EventFacts(
            kind=EventKind(self.kind.data),
            when=self.when.when,
            title=self.title.data or "",
            text=self.text.data or "",
            place=self.place.data or "",
            source=self.source.data or "",
        )


class DutyForm(RevisionMixin, Form):
    """Somebody of the dossier."""

    body = SelectField(_l("Pour"), choices=[])
    person = SelectField(_l("Personne"), choices=[], validate_choice=False)
    given_name = StringField(_l("Prénom"), [Length(max=120, message=TOO_LONG), plain_name])
    family_name = StringField(_l("Nom de famille"), [Length(max=120, message=TOO_LONG), plain_name])
    duty = SelectField(
        _l("Rôle dans le dossier"), choices=offered([(duty.value, name) for duty, name in DUTY_NAMES.items()])
    )
    wording = StringField(
        _l("Fonction telle qu’elle s’écrit"),
        [Length(max=160, message=TOO_LONG)],
        description=_l("« Maire », « Bürgermeisterin », « présidente du comité »…"),
    )
    since = DateField(_l("Depuis"), [Optional()])
    until = DateField(_l("Jusqu’au"), [Optional()], description=_l("Vide tant que le rôle dure."))
    revision = HiddenField(default="0")

    def prepare(
        self, parties: Iterable[TwinningParty], persons: Sequence[Person], named: TwinningPerson | None
    ) -> DutyForm:
        """Offer the bodies of the twinning and the persons one keeps."""
        self.body.choices = offered([(str(party.body_id), party.body.name) for party in parties])
        if named is not None:
            del self.person, self.given_name, self.family_name
        else:
            newcomer = ("", _l("Une nouvelle personne, nommée ci-dessous"))
            self.person.choices = offered([newcomer, *person_choices(persons)])
        return self

    def show(self, named: TwinningPerson) -> None:
        """Fill the form with what is kept."""
        self.body.data, self.duty.data, self.wording.data = str(named.body_id), named.duty, named.wording
        self.since.data, self.until.data, self.revision.data = named.since, named.until, str(named.revision)

    def facts(self) -> DutyFacts:
        """What was typed."""
        return DutyFacts(
            duty=Duty(self.duty.data),
            body_id=whole(self.body.data),
            wording=self.wording.data or "",
            since=self.since.data,
            until=self.until.data,
        )


class LeaveForm(Form):
    """The day on which a body leaves."""

    on = DateField(_l("Jour du départ"), [Optional()])
    agreed = BooleanField(_l("Nous avons gardé ce dont nous avons besoin : l’organisme ne verra plus ce dossier"))


class KindForm(Form):
    """A kind of twinning."""

    label = StringField(_l("Nom du genre"), [Length(max=120, message=TOO_LONG), plain_name])
