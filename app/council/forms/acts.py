"""What is asked of a deliberation, before and after the vote."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length

from app.council import drafting
from app.council.drafting import visas_from_text, visas_to_text, wording_of
from app.council.forms.fields import TOO_LONG, DayField, choices, typed, whole
from app.council.forms.questions import ASKS, days_of, require_journey
from app.council.labels import ACT_MODELS, EVENTS, MODES, ONLINE_FORMATS
from app.council.models import ActEventKind, ActModel
from app.council.services.acts import ActFacts
from app.council.services.following import WHO_SIGNED, Signatory
from app.council.services.publishing import OnlineFacts
from app.council.told import DAYS, facts_of, said_days, told_day
from app.forms import Form
from app.law import tables
from app.law.words import french

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from app.conventions.models import ConventionVersion
    from app.council.models import Act


_FOLLOWS = _l("Le texte suit\N{NO-BREAK SPACE}: le jour que vous écrivez y remplace l’ancien.")


class StartActForm(Form):
    """Which model, about which twinning."""

    body = SelectField(_l("Commune"))
    model = RadioField(
        _l("Modèle"),
        [InputRequired(_l("Choisissez un modèle."))],
        choices=choices((model.value, name) for model, name in ACT_MODELS.items()),
    )
    twinning = SelectField(_l("Jumelage concerné"), default="")


class ActForm(Form):
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
    contrat = DayField(ASKS["contrat"], description=_FOLLOWS)
    effet = DayField(ASKS["effet"], description=_FOLLOWS)
    depart = DayField(ASKS["depart"], description=_FOLLOWS)
    retour = DayField(ASKS["retour"], description=_FOLLOWS)

    def offer(self, texts: Iterable[tuple[str, str]], model: str = ActModel.FREE) -> ActForm:
        """Offer the frozen texts, the 57 codes and the days that a model asks."""
        for name in DAYS:
            if name not in wording_of(model).asks:
                delattr(self, name)
        self.version.choices = choices([("", _l("aucun")), *texts])
        codes = [(one.code, f"{one.code} – {one.level2}") for one in tables.matters().values()]
        self.matter.choices = choices([("", _l("à choisir")), *codes])
        return self

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Nobody comes back before leaving."""
        return super().validate(extra_validators) and ("retour" not in self or require_journey(self))

    def show(self, act: Act) -> ActForm:
        """Fill in an act."""
        for name in DAYS:
            if name in self:
                self[name].data = typed(told_day(act.answers, name))
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
        answers: Mapping[str, Any] = act.answers if act else {}
        before = said_days({name: told_day(answers, name) for name in DAYS})
        days = days_of(self)
        now = said_days(days)
        if days:
            kept = {name: told for name, told in (answers.get("facts") or {}).items() if name not in days}
            gone = dict.fromkeys(before.keys() - now.keys(), "")
            answers = {**answers, **gone, **now, "facts": kept | facts_of(days, {})}

        def retold(text: str | None) -> str:
            return drafting.retold(text or "", before, now)

        return ActFacts(
            title=retold(self.title.data),
            model=act.model if act else "free",
            rapporteur=self.rapporteur.data or "",
            twinning_id=act.twinning_id if act else None,
            answers=answers,
            visas=visas_from_text(retold(self.visas.data)),
            recitals=_lines(retold(self.recitals.data)),
            articles=_lines(retold(self.articles.data)),
            matter=self.matter.data or "",
            matter_label=matter.scdl if matter else "",
            version=version,
            revision=whole(self.revision.data),
        )


def _lines(text: str | None) -> list[str]:
    return [french(" ".join(line.split())) for line in (text or "").splitlines() if line.strip()]


UNKNOWN = _l("pas su")
YES_NO = [("", UNKNOWN), ("yes", _l("oui")), ("no", _l("non"))]


class DayForm(Form):
    """One day, with a word beside it, as on a receipt."""

    day = DayField(_l("Jour"), [InputRequired(_l("Écrivez le jour."))], description=_l("Par exemple 12/04/2027."))
    words = StringField(_l("Précision"), [Length(max=200, message=TOO_LONG)])


class SignForm(Form):
    """When the act was signed, and by whom: without names there is no signature."""

    day = DayField(_l("Jour"), [InputRequired(_l("Écrivez le jour."))], description=_l("Par exemple 12/04/2027."))
    words = StringField(_l("Signée par"), [InputRequired(WHO_SIGNED), Length(max=200, message=TOO_LONG)])


class PublishForm(Form):
    """When and how the act was published."""

    day = DayField(_l("Jour"), [InputRequired(_l("Écrivez le jour."))], description=_l("Par exemple 12/04/2027."))
    mode = RadioField(
        _l("Comment"),
        [InputRequired(_l("Choisissez comment l’acte est publié."))],
        choices=choices((mode.value, name) for mode, name in MODES.items() if mode),
    )


class OnlineForm(Form):
    """How the act stands on the website; what is left empty stays unknown."""

    address = StringField(_l("Où : adresse de la page"), [Length(max=300, message=TOO_LONG)])
    format = SelectField(_l("Format du fichier"), choices=choices([("", UNKNOWN), *ONLINE_FORMATS.items()]))
    whole_text = SelectField(_l("Le texte entier est publié"), choices=choices(YES_NO))
    author_first_name = StringField(
        _l("Prénom de l’auteur, tel qu’il y figure"),
        [Length(max=120, message=TOO_LONG)],
        description=_l("Qui signe la délibération : en général le maire."),
    )
    author_name = StringField(_l("Nom de l’auteur"), [Length(max=120, message=TOO_LONG)])
    author_quality = StringField(
        _l("Qualité de l’auteur"), [Length(max=160, message=TOO_LONG)], description=_l("Par exemple : maire.")
    )
    date_shown = SelectField(_l("La date de mise en ligne y figure"), choices=choices(YES_NO))
    removed_on = DayField(_l("Retirée le"), description=_l("Vide tant qu’elle est en ligne : deux mois au moins."))

    def show(self, act: Act) -> OnlineForm:
        """Fill in what is noted."""
        told = act.answers.get("online") or {}
        for name in ("address", "format", "author_first_name", "author_name", "author_quality"):
            self[name].data = told.get(name, "")
        for name in ("whole_text", "date_shown"):
            self[name].data = ("yes" if told[name] else "no") if name in told else ""
        if told.get("removed_on"):
            self.removed_on.data = typed(date.fromisoformat(told["removed_on"]))
        return self

    def facts(self) -> OnlineFacts:
        """What was typed."""
        said = {"yes": True, "no": False}
        return OnlineFacts(
            address=(self.address.data or "").strip(),
            format=self.format.data or "",
            whole_text=said.get(self.whole_text.data),
            date_shown=said.get(self.date_shown.data),
            author_first_name=(self.author_first_name.data or "").strip(),
            author_name=(self.author_name.data or "").strip(),
            author_quality=(self.author_quality.data or "").strip(),
            removed_on=self.removed_on.day,
        )


class EventForm(Form):
    """What happened after the vote."""

    kind = SelectField(
        _l("Ce qui s’est passé"),
        choices=choices((kind.value, name) for kind, name in EVENTS.items() if kind != ActEventKind.CORRECTION),
    )
    day = DayField(
        _l("Jour"),
        [InputRequired(_l("Écrivez le jour."))],
        description=_l("Pour une lettre ou un recours, le jour où la mairie l’a reçu."),
    )
    sent_on = DayField(
        _l("Envoyée le, pour une lettre du préfet"),
        description=_l("Si elle est reçue après le délai, c’est l’envoi qui peut compter."),
    )
    text = TextAreaField(_l("Précisions"), [Length(max=4000, message=TOO_LONG)], render_kw={"rows": 3})


class SignatoryForm(Form):
    """Who signs the text, with the arrêté that delegates."""

    capacity = RadioField(
        _l("Qui signe"),
        choices=choices(
            [
                ("mayor", _l("le maire")),
                ("replaces", _l("qui remplace le maire absent ou empêché")),
                ("deputy", _l("un adjoint, par délégation")),
                ("councillor", _l("un conseiller, par délégation")),
            ]
        ),
        default="mayor",
    )
    name = StringField(_l("Nom, s’il ne s’agit pas du maire"), [Length(max=200, message=TOO_LONG)])
    number = StringField(_l("Numéro de l’arrêté de délégation"), [Length(max=60, message=TOO_LONG)])
    decided_on = DayField(_l("Arrêté du"))
    transmitted_on = DayField(_l("Arrêté transmis à l’État le"))
    published_on = DayField(_l("Arrêté publié le"))

    def show(self, act: Act) -> None:
        """Show what is noted."""
        told = act.signatory
        self.capacity.data = told.get("capacity", "mayor")
        self.name.data, self.number.data = told.get("name", ""), told.get("number", "")
        for name in ("decided_on", "transmitted_on", "published_on"):
            self[name].data = typed(date.fromisoformat(told[name])) if told.get(name) else ""

    def command(self) -> Signatory:
        """What was told."""
        return Signatory(
            name=self.name.data or "",
            capacity=self.capacity.data or "",
            number=self.number.data or "",
            decided_on=self.decided_on.day,
            transmitted_on=self.transmitted_on.day,
            published_on=self.published_on.day,
        )


class CorrectionForm(Form):
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
