"""The questions of this room."""

from __future__ import annotations

from datetime import datetime, time
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from app.council.drafting import visas_from_text, visas_to_text
from app.council.labels import ACT_MODELS, BALLOTS, EVENTS, MODES, VOICES
from app.council.models import ActEventKind, PublicationMode
from app.council.services.acts import ActFacts
from app.council.services.meetings import CouncilFacts, MeetingFacts, PointFacts
from app.council.services.minutes import AfterMeeting
from app.council.services.money import SubsidyFacts
from app.council.services.voting import RecordVote
from app.law import tables
from app.shared.clock import PARIS
from app.shared.fuzzydate import BadDate, Precision, parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from app.conventions.models import ConventionVersion
    from app.council.models import Act, AgendaPoint, Council, Meeting, Subsidy
    from app.council.reckoning import Setting

TOO_LONG = _l("C’est trop long : gardez %(max)d caractères au plus.")
_SMALLEST, _LARGEST = 0, 10_000_000
_WHOLE = _l("Écrivez un nombre entier.")


def choices(pairs: Iterable[tuple[Any, Any]]) -> list[SelectChoice]:
    """Offer (value, label) pairs."""
    return [SelectChoice(value=value, label=label) for value, label in pairs]


def whole(raw: str | None) -> int:
    """A number sent by the browser; 0 when it is none."""
    return int(raw) if raw and raw.isascii() and raw.isdecimal() and len(raw) < 10 else 0  # noqa: PLR2004


def read_day(raw: str | None) -> date | None:
    """A whole day as people write it.

    :raises ValidationError: when it is none.
    """
    text = " ".join((raw or "").split())
    if not text:
        return None
    try:
        found = parse(text[:40])
    except BadDate as error:
        raise ValidationError(
            _l("« %(text)s » n’est pas un jour. Écrivez-le comme 12/06/2027.", text=text[:40])
        ) from error
    if found.precision is not Precision.DAY:
        raise ValidationError(_l("Écrivez le jour entier, comme 12/06/2027."))
    return found.earliest


def typed(day: date | None) -> str:
    """A day as it is typed here."""
    return f"{day:%d/%m/%Y}" if day else ""


class DayField(StringField):
    """One whole day; ``day`` is what was read."""

    day: date | None = None

    def pre_validate(self, form: object) -> None:
        """Read it."""
        del form
        self.day = read_day(self.data)

    @property
    def sure(self) -> date:
        """The day of a field that must be filled in, once validated."""
        if self.day is None:
            raise ValueError(self.name)
        return self.day


class HourField(StringField):
    """An hour; ``hour`` is what was read."""

    hour: time | None = None

    @property
    def sure(self) -> time:
        """The hour of a field that must be filled in, once validated."""
        if self.hour is None:
            raise ValueError(self.name)
        return self.hour

    def pre_validate(self, form: object) -> None:
        """Read it.

        :raises ValidationError: when it is no hour.
        """
        del form
        text = (self.data or "").lower().replace("\N{NO-BREAK SPACE}", "").replace(" ", "").replace("h", ":")
        self.hour = None
        if not text:
            return
        hours, _colon, minutes = text.partition(":")
        try:
            self.hour = time(int(hours), int(minutes or 0))
        except ValueError as error:
            raise ValidationError(
                _l("« %(text)s » n’est pas une heure. Écrivez par exemple 18:30.", text=(self.data or "")[:20])
            ) from error


class EuroField(StringField):
    """An amount; ``amount`` is what was read."""

    amount = Decimal(0)

    def pre_validate(self, form: object) -> None:
        """Read it.

        :raises ValidationError: when it is no amount.
        """
        del form
        text = "".join((self.data or "").split()).replace("\u202f", "").replace("€", "").replace(",", ".")
        self.amount = Decimal(0)
        if not text:
            return
        try:
            amount = Decimal(text)
        except InvalidOperation as error:
            raise ValidationError(
                _l("« %(text)s » n’est pas un montant. Écrivez-le en chiffres : 1 250,50.", text=(self.data or "")[:40])
            ) from error
        if not amount.is_finite() or amount < 0 or amount >= Decimal(10) ** 9:
            raise ValidationError(_l("Un montant est un nombre positif, plus petit qu’un milliard."))
        self.amount = amount.quantize(Decimal("0.01"))


def euros(amount: Decimal | None) -> str:
    """An amount as it is typed."""
    return "" if not amount else f"{amount:.2f}".replace(".", ",")


def _inhabitants(label: object, description: object) -> IntegerField:
    return IntegerField(
        label,
        [Optional(), NumberRange(_SMALLEST, _LARGEST, _l("Écrivez un nombre d’habitants."))],
        description=description,
    )


class CouncilForm(FlaskForm):
    """What the council is."""

    revision = HiddenField(default="0")
    reference_population = _inhabitants(
        _l("Population au dernier renouvellement"),
        _l("Elle fixe le nombre de conseillers pour tout le mandat."),
    )
    current_population = _inhabitants(
        _l("Population d’aujourd’hui"), _l("Elle fixe le délai de convocation et la façon de publier.")
    )
    seats = IntegerField(
        _l("Conseillers élus, si le conseil est incomplet"),
        [Optional(), NumberRange(1, 300, _l("Écrivez un nombre de 1 à 300."))],
        description=_l("Pour les conseils réputés complets (CGCT, art. L. 2121-2-1) et les communes nouvelles."),
    )
    publication_mode = RadioField(
        _l("Le conseil a choisi de publier ses actes"),
        choices=choices((mode.value, name) for mode, name in MODES.items()),
        default=PublicationMode.UNCHOSEN.value,
    )
    mode_decided_by = StringField(_l("Délibération qui l’a choisi"), [Length(max=200, message=TOO_LONG)])
    has_website = BooleanField(_l("La commune a un site internet"))
    prefecture = StringField(
        _l("Représentant de l’État"),
        [Length(max=160, message=TOO_LONG)],
        description=_l("Par exemple « préfecture du Nord »."),
    )
    court = StringField(
        _l("Tribunal administratif"), [Length(max=160, message=TOO_LONG)], description=_l("Par exemple « Lille ».")
    )

    def show(self, council: Council | None, setting: Setting) -> CouncilForm:
        """Fill in what is known."""
        self.reference_population.data = setting.reference_population
        self.current_population.data = setting.current_population
        if council is not None:
            self.revision.data = str(council.revision)
            for name in ("seats", "publication_mode", "mode_decided_by", "has_website", "prefecture", "court"):
                self[name].data = getattr(council, name)
        return self

    def command(self) -> CouncilFacts:
        """What was told."""
        return CouncilFacts(
            reference_population=self.reference_population.data,
            current_population=self.current_population.data,
            seats=self.seats.data,
            publication_mode=self.publication_mode.data or "",
            mode_decided_by=(self.mode_decided_by.data or "").strip(),
            has_website=bool(self.has_website.data),
            prefecture=(self.prefecture.data or "").strip(),
            court=(self.court.data or "").strip(),
            revision=whole(self.revision.data),
        )


class MeetingForm(FlaskForm):
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
        description=_l("Le maire en rend compte à l’ouverture ; le conseil se prononce (CGCT, art. L. 2121-11)."),
        render_kw={"rows": 2},
    )
    note = TextAreaField(_l("Note interne"), [Length(max=4000, message=TOO_LONG)], render_kw={"rows": 2})

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


class PointForm(FlaskForm):
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


class ReasonForm(FlaskForm):
    """Why: to go past a check, to cancel."""

    reason = TextAreaField(
        _l("Motif"),
        [InputRequired(_l("Écrivez le motif.")), Length(max=2000, message=TOO_LONG)],
        render_kw={"rows": 3},
    )


def _count(label: object) -> IntegerField:
    return IntegerField(
        label,
        [Optional(), NumberRange(0, 300, _l("Écrivez un nombre de 0 à 300."))],
        render_kw={"inputmode": "numeric"},
    )


class VoteForm(FlaskForm):
    """A ballot as it was held."""

    revision = HiddenField(default="0")
    ballot = RadioField(
        _l("On vote"), choices=choices((kind.value, name) for kind, name in BALLOTS.items()), default="show_of_hands"
    )
    votes_for = _count(_l("Pour"))
    votes_against = _count(_l("Contre"))
    abstentions = _count(_l("Abstentions"))
    not_voting = _count(_l("Ne prennent pas part au vote"))
    blank = _count(_l("Bulletins blancs"))
    void = _count(_l("Bulletins nuls"))
    president_vote = SelectField(
        _l("En cas d’égalité, qui préside a voté"),
        choices=choices([("", _l("sans objet")), *VOICES.items()]),
        default="",
    )
    asked_public = _count(_l("Membres présents qui ont demandé le scrutin public"))
    asked_secret = _count(_l("Membres présents qui ont demandé le scrutin secret"))
    debate = TextAreaField(_l("Teneur des débats"), [Length(max=20_000, message=TOO_LONG)], render_kw={"rows": 5})

    def command(self, votes: dict[int, str]) -> RecordVote:
        """What was told; ``votes`` are the senses by seat of a public ballot."""
        counts = ("votes_for", "votes_against", "abstentions", "not_voting", "blank", "void")
        return RecordVote(
            ballot=self.ballot.data,
            **{name: self[name].data or 0 for name in counts},
            votes=votes,
            president_vote=self.president_vote.data or "",
            asked_public=self.asked_public.data,
            asked_secret=self.asked_secret.data,
            debate=(self.debate.data or "").replace("\r\n", "\n"),
            revision=whole(self.revision.data),
        )


ASKS = {
    "origine": _l("D’où vient ce jumelage, en une phrase"),
    "montant": _l("Montant prévisionnel des dépenses"),
    "forme": _l("Ce qui est créé (une association loi 1901, une commission extra-municipale…)"),
    "mission": _l("Sa mission"),
    "organisme": _l("Auprès de quel organisme"),
    "personnes": _l("Qui, par leurs noms"),
    "scrutin": _l("Comment on a voté (au scrutin secret ; à main levée, à l’unanimité…)"),
    "beneficiaire": _l("Bénéficiaire"),
    "action": _l("Action aidée"),
    "periode": _l("Période (en 2027 ; du 11 au 14 juin 2027…)"),
    "montant_chiffres": _l("Montant en chiffres"),
    "montant_lettres": _l("Montant en lettres"),
    "ligne": _l("Ligne budgétaire (à l’article 65748 du budget 2027…)"),
    "versement": _l("Versement (en une fois ; la moitié au départ…)"),
    "contrat": _l("Contrat d’engagement républicain, signé le"),
    "nature": _l("Aides en nature de l’année, évaluées à"),
    "lieu": _l("Lieu"),
    "dates": _l("Dates (du 11 au 14 juin 2027)"),
    "plafond": _l("Plafond des frais"),
    "decision": _l("Décision (Suspension, Fin, Renouvellement)"),
    "motif": _l("Motif, en termes neutres"),
    "effet": _l("Date d’effet"),
    "sort": _l("Sort des actions engagées"),
}


def questions_form(asks: Sequence[str], texts: Iterable[tuple[str, str]] = ()) -> FlaskForm:
    """What one model asks, and which frozen text is annexed."""

    class QuestionsForm(FlaskForm):
        pass

    for name in asks:
        setattr(QuestionsForm, name, StringField(ASKS[name], [Length(max=500, message=TOO_LONG)]))
    offered = list(texts)
    if offered:
        QuestionsForm.version = SelectField(
            _l("Texte annexé"),
            choices=choices([("", _l("aucun")), *offered]),
            description=_l("Seul un projet figé complet s’annexe."),
        )
    return QuestionsForm()


class StartActForm(FlaskForm):
    """Which model, about which twinning."""

    body = SelectField(_l("Commune"))
    model = RadioField(
        _l("Modèle"),
        [InputRequired(_l("Choisissez un modèle."))],
        choices=choices((model.value, name) for model, name in ACT_MODELS.items()),
    )
    twinning = SelectField(_l("Jumelage concerné"), default="")


class ActForm(FlaskForm):
    """The text of a deliberation."""

    revision = HiddenField(default="0")
    title = StringField(_l("Objet"), [InputRequired(_l("Écrivez l’objet.")), Length(max=300, message=TOO_LONG)])
    rapporteur = StringField(_l("Rapporteur"), [Length(max=200, message=TOO_LONG)])
    visas = TextAreaField(
        _l("Visas"),
        [Length(max=10_000, message=TOO_LONG)],
        description=_l(
            "Un par ligne. Un article du CGCT s’écrit par son numéro (L2121-29) : il "
            "est cité sous le numéro qu’il porte le jour de la séance."
        ),
        render_kw={"rows": 7},
    )
    recitals = TextAreaField(
        _l("Considérants"),
        [Length(max=20_000, message=TOO_LONG)],
        description=_l("Un par ligne, sans écrire « Considérant »."),
        render_kw={"rows": 7},
    )
    articles = TextAreaField(
        _l("Dispositif"),
        [Length(max=20_000, message=TOO_LONG)],
        description=_l("Ce que le conseil décide : un article par ligne."),
        render_kw={"rows": 8},
    )
    matter = SelectField(_l("Matière (nomenclature ACTES)"), default="")
    version = SelectField(_l("Texte annexé"), default="", description=_l("Seul un projet figé complet s’annexe."))

    def offer(self, texts: Iterable[tuple[str, str]]) -> ActForm:
        """Offer the frozen texts and the 57 codes."""
        self.version.choices = choices([("", _l("aucun")), *texts])
        codes = [(one.code, f"{one.code} – {one.level2}") for one in tables.matters().values()]
        self.matter.choices = choices([("", _l("à choisir")), *codes])
        return self

    def show(self, act: Act) -> ActForm:
        """Fill in an act."""
        self.revision.data = str(act.revision)
        self.title.data, self.rapporteur.data = act.title, act.rapporteur
        self.visas.data = visas_to_text(act.visas)
        self.recitals.data = "\n".join(act.recitals)
        self.articles.data = "\n".join(act.articles)
        self.matter.data = act.matter
        self.version.data = str(act.version_id or "")
        return self

    def command(self, act: Act | None, version: ConventionVersion | None) -> ActFacts:
        """What was told."""
        matter = tables.matters().get(self.matter.data or "")
        return ActFacts(
            title=self.title.data or "",
            model=act.model if act else "free",
            rapporteur=self.rapporteur.data or "",
            twinning_id=act.twinning_id if act else None,
            answers=act.answers if act else {},
            visas=visas_from_text(self.visas.data or ""),
            recitals=_lines(self.recitals.data),
            articles=_lines(self.articles.data),
            matter=self.matter.data or "",
            matter_label=matter.scdl if matter else "",
            version=version,
            revision=whole(self.revision.data),
        )


def _lines(text: str | None) -> list[str]:
    return [" ".join(line.split()) for line in (text or "").splitlines() if line.strip()]


class DayForm(FlaskForm):
    """One day, with a word beside it: a signature, a receipt."""

    day = DayField(_l("Jour"), [InputRequired(_l("Écrivez le jour."))], description=_l("Par exemple 12/04/2027."))
    words = StringField(_l("Précision"), [Length(max=200, message=TOO_LONG)])


class PublishForm(FlaskForm):
    """When and how the act was published."""

    day = DayField(_l("Jour"), [InputRequired(_l("Écrivez le jour."))], description=_l("Par exemple 12/04/2027."))
    mode = RadioField(
        _l("Comment"),
        [InputRequired(_l("Choisissez comment l’acte est publié."))],
        choices=choices((mode.value, name) for mode, name in MODES.items() if mode),
    )


class EventForm(FlaskForm):
    """What happened after the vote."""

    kind = SelectField(
        _l("Ce qui s’est passé"),
        choices=choices((kind.value, name) for kind, name in EVENTS.items() if kind != ActEventKind.CORRECTION),
    )
    day = DayField(_l("Jour"), [InputRequired(_l("Écrivez le jour."))])
    text = TextAreaField(_l("Précisions"), [Length(max=4000, message=TOO_LONG)], render_kw={"rows": 3})


class CorrectionForm(FlaskForm):
    """A clerical error after the vote."""

    title = StringField(_l("Objet"), [InputRequired(_l("Écrivez l’objet.")), Length(max=300, message=TOO_LONG)])
    signed_on = DayField(_l("Signée le"))
    signed_by = StringField(_l("Signée par"), [Length(max=200, message=TOO_LONG)])
    transmitted_on = DayField(_l("Transmise le"))
    receipt = StringField(_l("Accusé de réception"), [Length(max=120, message=TOO_LONG)])
    published_on = DayField(_l("Publiée le"))
    publication_mode = SelectField(
        _l("Comment"),
        choices=choices((mode.value, name if mode else _l("non publiée")) for mode, name in MODES.items()),
    )
    reason = TextAreaField(
        _l("Ce qui était faux"),
        [InputRequired(_l("Écrivez ce qui était faux.")), Length(max=4000, message=TOO_LONG)],
        render_kw={"rows": 3},
    )

    DAYS = ("signed_on", "transmitted_on", "published_on")
    WORDS = ("title", "signed_by", "receipt", "publication_mode")

    def show(self, act: Act) -> CorrectionForm:
        """Fill in an act."""
        for name in self.DAYS:
            self[name].data = typed(getattr(act, name))
        for name in self.WORDS:
            self[name].data = getattr(act, name)
        return self

    def changes(self) -> dict[str, Any]:
        """Every field as told."""
        return {name: self[name].day for name in self.DAYS} | {
            name: (self[name].data or "").strip() for name in self.WORDS
        }


class SubsidyForm(FlaskForm):
    """One aid to one association in one year."""

    revision = HiddenField(default="0")
    body = SelectField(_l("Commune"))
    beneficiary = SelectField(_l("Association"))
    year = IntegerField(
        _l("Année"), [InputRequired(_WHOLE), NumberRange(1990, 2100, _l("Écrivez une année, comme 2027."))]
    )
    purpose = StringField(
        _l("Action aidée et période"),
        [InputRequired(_l("Écrivez l’action aidée et sa période.")), Length(max=256, message=TOO_LONG)],
    )
    cash = EuroField(_l("En argent"), description=_l("En euros."))
    in_kind = EuroField(
        _l("En nature, valeur"), description=_l("Salles, personnel, impressions : à leur valeur, en euros.")
    )
    in_kind_note = StringField(_l("Ce qui est prêté ou fourni"), [Length(max=300, message=TOO_LONG)])
    act = SelectField(_l("Délibération"), default="")
    requested_on = DayField(_l("Demande reçue le"))
    contract_signed_on = DayField(_l("Contrat d’engagement républicain signé le"))
    convention_signed_on = DayField(_l("Convention signée le"))
    convention_published_on = DayField(_l("Données essentielles publiées le"))
    payment_terms = StringField(_l("Modalités de versement"), [Length(max=256, message=TOO_LONG)])
    paid_on = DayField(_l("Versée le"))
    year_ends_on = DayField(
        _l("Fin de l’exercice de l’association"), description=_l("31 décembre si rien n’est écrit.")
    )
    report_received_on = DayField(_l("Compte rendu financier reçu le"))
    note = TextAreaField(_l("Note"), [Length(max=4000, message=TOO_LONG)], render_kw={"rows": 2})

    DAYS = (
        "requested_on", "contract_signed_on", "convention_signed_on", "convention_published_on", "paid_on",
        "year_ends_on", "report_received_on",
    )  # fmt: skip

    def show(self, subsidy: Subsidy) -> SubsidyForm:
        """Fill in an aid."""
        self.revision.data = str(subsidy.revision)
        self.beneficiary.data, self.year.data = str(subsidy.beneficiary_id), subsidy.year
        self.cash.data, self.in_kind.data = euros(subsidy.cash), euros(subsidy.in_kind)
        self.act.data = str(subsidy.act_id or "")
        for name in ("purpose", "in_kind_note", "payment_terms", "note"):
            self[name].data = getattr(subsidy, name)
        for name in self.DAYS:
            self[name].data = typed(getattr(subsidy, name))
        return self

    def command(self) -> SubsidyFacts:
        """What was told."""
        return SubsidyFacts(
            beneficiary_id=whole(self.beneficiary.data),
            year=self.year.data or 0,
            purpose=(self.purpose.data or "").strip(),
            cash=self.cash.amount,
            in_kind=self.in_kind.amount,
            in_kind_note=(self.in_kind_note.data or "").strip(),
            act_id=whole(self.act.data) or None,
            payment_terms=(self.payment_terms.data or "").strip(),
            note=self.note.data or "",
            **{name: self[name].day for name in self.DAYS},
        )


class AfterForm(FlaskForm):
    """What happened after the meeting."""

    list_posted_on = DayField(_l("Liste des délibérations affichée et mise en ligne le"))
    minutes_adopted_on = DayField(_l("Procès-verbal arrêté le"), description=_l("Au début de la séance suivante."))
    minutes_published_on = DayField(_l("Procès-verbal publié le"))
    minutes_text = TextAreaField(
        _l("Complément au procès-verbal"),
        [Length(max=20_000, message=TOO_LONG)],
        description=_l("Le reste est écrit de ce qui a été consigné."),
        render_kw={"rows": 4},
    )

    DAYS = ("list_posted_on", "minutes_adopted_on", "minutes_published_on")

    def command(self) -> AfterMeeting:
        """What was told."""
        return AfterMeeting(
            **{name: self[name].day for name in self.DAYS},
            minutes_text=(self.minutes_text.data or "").replace("\r\n", "\n"),
        )
