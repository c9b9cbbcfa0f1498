"""What is asked of a council and of its meetings."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from app.council.forms.fields import TOO_LONG, DayField, HourField, choices, typed, whole
from app.council.labels import MODES
from app.council.models import PublicationMode
from app.council.services.describing import CouncilFacts
from app.council.services.meetings import MeetingFacts, PointFacts
from app.council.services.minutes import AfterMeeting
from app.forms import Form
from app.shared.clock import PARIS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.council.models import Act, AgendaPoint, Council, Meeting
    from app.council.reckoning import Setting


_FIRST_YEAR, _LAST_YEAR = 1945, 2100


def _inhabitants(label: object, description: object) -> IntegerField:
    return IntegerField(
        label,
        [Optional(), NumberRange(0, 10_000_000, _l("Écrivez un nombre d’habitants."))],
        description=description,
    )


_SHOWN = ("seats", "publication_mode", "mode_decided_by", "has_website", "prefecture", "court")


def _require_near(field: DayField) -> None:
    """A year of the keyboard's own making is refused.

    :raises ValidationError: far from any council that this site can know.
    """
    if field.day and not _FIRST_YEAR <= field.day.year <= _LAST_YEAR:
        raise ValidationError(_l("L’année %(year)s est hors de portée. Vérifiez la date.", year=field.day.year))


class TicksField(SelectMultipleField):
    """Several of the choices that are offered, one tick each."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class CouncilForm(Form):
    """What the council is; other choices of publication and other numbers are offered to be taken away."""

    revision = HiddenField(default="0")
    reference_population = _inhabitants(
        _l("Population au dernier renouvellement"),
        _l("Elle fixe le nombre de conseillers pour tout le mandat."),
    )
    current_population = _inhabitants(
        _l("Population en vigueur"), _l("Elle fixe le délai de convocation et la façon de publier.")
    )
    population_since = DayField(
        _l("Ces deux nombres valent à partir du"),
        description=_l(
            "L’INSEE donne chaque année ceux qui valent à partir du 1er janvier. Les séances et les délibérations "
            "d’avant ce jour gardent les nombres d’alors. Laissez vide s’ils n’ont jamais changé."
        ),
    )
    population_was_wrong = BooleanField(_l("Le nombre noté était faux : remplacez-le, pour les séances passées aussi"))
    without_populations = TicksField(
        _l("Nombres notés par erreur, à retirer"),
        description=_l("Les nombres écrits plus haut pour le même jour prennent la place des anciens."),
    )
    seats = IntegerField(
        _l("Conseillers élus, si le tableau de la loi ne le dit pas"),
        [Optional(), NumberRange(1, 300, _l("Écrivez un nombre de 1 à 300."))],
        description=_l(
            "Conseil réputé complet (CGCT, art. L. 2121-2-1), commune nouvelle, Paris, Lyon, Marseille, outre-mer."
        ),
    )
    publication_mode = RadioField(
        _l("Le conseil a choisi de publier ses actes"),
        choices=choices((mode.value, name) for mode, name in MODES.items()),
        default=PublicationMode.UNCHOSEN.value,
    )
    mode_decided_by = StringField(_l("Délibération qui l’a choisi"), [Length(max=200, message=TOO_LONG)])
    mode_since = DayField(
        _l("Ce choix vaut à partir du"),
        description=_l(
            "Les délibérations publiées avant ce jour gardent le choix qui valait alors. Laissez vide s’il n’a jamais "
            "changé."
        ),
    )
    without = TicksField(
        _l("Choix notés par erreur, à retirer"),
        description=_l("Un choix écrit plus haut pour le même jour prend la place de l’ancien ; les autres restent."),
    )
    mode_reason = TextAreaField(
        _l("Pourquoi ces délibérations n’ont pas été publiées comme elles le devaient"),
        [Length(max=2000, message=TOO_LONG)],
        render_kw={"rows": 2},
    )
    has_website = BooleanField(_l("La commune a un site internet"))
    prefecture = StringField(
        _l("Représentant de l’État"),
        [Length(max=160, message=TOO_LONG)],
        description=_l("Par exemple « préfecture du Nord »."),
    )
    court = StringField(
        _l("Tribunal administratif"), [Length(max=160, message=TOO_LONG)], description=_l("Par exemple « Lille ».")
    )

    def validate_population_since(self, field: DayField) -> None:
        """Numbers are of a year that a council may have known.

        :raises ValidationError: far from it.
        """
        _require_near(field)

    def validate_mode_since(self, field: DayField) -> None:
        """A choice is of a year that a council may have known.

        :raises ValidationError: far from it.
        """
        _require_near(field)

    def offer(self, others: Sequence[tuple[str, str]], counts: Sequence[tuple[str, str]] = ()) -> CouncilForm:
        """Offer the other choices of publication and the other numbers, or ask nothing where there are none."""
        self.without.choices, self.without_populations.choices = choices(others), choices(counts)
        return self

    def show(self, council: Council | None, setting: Setting) -> CouncilForm:
        """Fill in what is known."""
        last = setting.populations[-1]
        self.reference_population.data, self.current_population.data = last.reference, last.current
        self.population_since.data = typed(last.since)
        if council is not None:
            self.revision.data = str(council.revision)
            self.mode_since.data = typed(council.mode_since)
            for name in _SHOWN:
                self[name].data = getattr(council, name)
        return self

    def command(self) -> CouncilFacts:
        """What was told."""
        return CouncilFacts(
            reference_population=self.reference_population.data,
            current_population=self.current_population.data,
            population_since=self.population_since.day,
            without_populations=frozenset(self.without_populations.data or ()),
            population_was_wrong=bool(self.population_was_wrong.data),
            seats=self.seats.data,
            publication_mode=self.publication_mode.data or "",
            mode_decided_by=(self.mode_decided_by.data or "").strip(),
            mode_since=self.mode_since.day,
            without=frozenset(self.without.data or ()),
            mode_reason=self.mode_reason.data or "",
            has_website=bool(self.has_website.data),
            prefecture=(self.prefecture.data or "").strip(),
            court=(self.court.data or "").strip(),
            revision=whole(self.revision.data),
        )


class MeetingForm(Form):
    """When and where the council meets."""

    revision = HiddenField(default="0")
    body = SelectField(_l("Commune"))
    day = DayField(
        _l("Jour"), [InputRequired(_l("Écrivez le jour de la séance."))], description=_l("Par exemple 12/04/2027.")
    )
    hour = HourField(
        _l("Heure"), [InputRequired(_l("Écrivez l’heure de la séance."))], description=_l("Par exemple 18:30.")
    )
    place = StringField(
        _l("Lieu"), [InputRequired(_l("Écrivez le lieu.")), Length(max=200, message=TOO_LONG)], default=""
    )
    is_first = BooleanField(_l("C’est la première séance après le renouvellement du conseil"))
    is_urgent = BooleanField(_l("Il y a urgence : le délai est raccourci"))
    urgency_reason = TextAreaField(
        _l("Motif de l’urgence"),
        [Length(max=2000, message=TOO_LONG)],
        render_kw={"rows": 2},
    )
    note = TextAreaField(_l("Note interne"), [Length(max=4000, message=TOO_LONG)], render_kw={"rows": 2})

    def validate_day(self, field: DayField) -> None:
        """A year of the keyboard's own making is refused.

        :raises ValidationError: far from any council that this site can know.
        """
        _require_near(field)

    def cite(self, articles: Iterable[str]) -> MeetingForm:
        """Say which article asks for the reason of an urgency, in the communes that may be meant."""
        told = ", ".join(dict.fromkeys(articles))
        self.urgency_reason.description = _l(
            "Le maire en rend compte à l’ouverture ; le conseil se prononce (CGCT, art. %(article)s).", article=told
        )
        return self

    def show(self, meeting: Meeting) -> MeetingForm:
        """Fill in a meeting."""
        local = meeting.starts_at.astimezone(PARIS)
        self.revision.data = str(meeting.revision)
        self.day.data, self.hour.data = typed(local.date()), f"{local:%H:%M}"
        for name in ("place", "is_first", "is_urgent", "urgency_reason", "note"):
            self[name].data = getattr(meeting, name)
        return self

    def command(self) -> MeetingFacts:
        """What was told."""
        return MeetingFacts(
            starts_at=datetime.combine(self.day.sure, self.hour.sure, PARIS),
            place=(self.place.data or "").strip(),
            is_first=bool(self.is_first.data),
            is_urgent=bool(self.is_urgent.data),
            urgency_reason=self.urgency_reason.data or "",
            note=self.note.data or "",
            revision=whole(self.revision.data),
        )


class PointForm(Form):
    """An item of the agenda."""

    revision = HiddenField(default="0")
    act = SelectField(_l("Délibération à voter"), default="")
    title = StringField(
        _l("Objet"),
        [Length(max=300, message=TOO_LONG)],
        description=_l("Tel qu’il sera envoyé aux conseillers ; laissez vide pour reprendre celui de la délibération."),
    )
    rapporteur = StringField(_l("Rapporteur"), [Length(max=200, message=TOO_LONG)])
    note = TextAreaField(
        _l("Note de synthèse"),
        [Length(max=20_000, message=TOO_LONG)],
        description=_l("Contexte, proposition, incidence financière."),
        render_kw={"rows": 6},
    )
    added_reason = TextAreaField(
        _l("Pourquoi ce point s’ajoute après la convocation"),
        [Length(max=2000, message=TOO_LONG)],
        render_kw={"rows": 2},
    )

    def offer(self, acts: Iterable[Act]) -> PointForm:
        """Offer the acts that are ready."""
        self.act.choices = choices(
            [("", _l("aucune : une information, une question")), *((str(one.id), one.title) for one in acts)]
        )
        return self

    def show(self, point: AgendaPoint) -> PointForm:
        """Fill in an item."""
        self.revision.data = str(point.revision)
        self.title.data, self.rapporteur.data, self.note.data = point.title, point.rapporteur, point.note
        return self

    def command(self) -> PointFacts:
        """What was told."""
        return PointFacts(
            title=self.title.data or "",
            rapporteur=self.rapporteur.data or "",
            note=(self.note.data or "").replace("\r\n", "\n"),
            act_id=whole(self.act.data) or None,
            added_reason=self.added_reason.data or "",
            revision=whole(self.revision.data),
        )


class ReasonForm(Form):
    """Why: to go past a check, to cancel."""

    reason = TextAreaField(
        _l("Motif"),
        [InputRequired(_l("Écrivez le motif.")), Length(max=2000, message=TOO_LONG)],
        render_kw={"rows": 3},
    )


class AfterForm(Form):
    """What happened after the meeting."""

    list_posted_on = DayField(
        _l("Liste des délibérations affichée le"),
        description=_l("À la mairie (CGCT, art. L. 2121-25)."),
    )
    list_online_on = DayField(
        _l("Liste des délibérations mise en ligne le"), description=_l("Si la commune a un site internet.")
    )
    minutes_adopted_on = DayField(_l("Procès-verbal arrêté le"), description=_l("Au début de la séance suivante."))
    minutes_published_on = DayField(_l("Procès-verbal publié le"))
    minutes_text = TextAreaField(
        _l("Complément au procès-verbal"),
        [Length(max=20_000, message=TOO_LONG)],
        description=_l("Le reste est écrit de ce qui a été consigné."),
        render_kw={"rows": 4},
    )

    DAYS = ("list_posted_on", "list_online_on", "minutes_adopted_on", "minutes_published_on")

    def command(self) -> AfterMeeting:
        """What was told."""
        return AfterMeeting(
            **{name: self[name].day for name in self.DAYS},
            minutes_text=(self.minutes_text.data or "").replace("\r\n", "\n"),
        )
