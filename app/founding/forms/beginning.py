"""Régie or association, the deliberation, the questions and articles of the statutes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from app.council.forms.fields import TOO_LONG, DayField, choices
from app.forms import Form
from app.founding import statutes
from app.founding.labels import FORMS
from app.founding.models import FoundingForm
from app.law.words import french
from app.people.forms import plain_name

if TYPE_CHECKING:
    from collections.abc import Mapping


def _language() -> str:
    locale = get_locale()
    return locale.language if locale else "fr"


class BeginForm(Form):
    """Régie or association, its name, its twinning."""

    form = RadioField(
        _l("Que voulez-vous créer ?"),
        [InputRequired(_l("Choisissez l’une des deux formes."))],
        choices=choices((form.value, name) for form, name in FORMS.items()),
    )
    name = StringField(
        _l("Nom du comité"),
        [
            InputRequired(_l("Écrivez le nom du comité, même provisoire.")),
            Length(max=200, message=TOO_LONG),
            plain_name,
        ],
        description=_l("Il se change tant que les statuts ne sont pas adoptés."),
    )
    twinning = SelectField(_l("Jumelage"), default="")
    is_meant = BooleanField(_l("C’est un autre comité, du même nom"))

    def chosen(self) -> FoundingForm:
        """The form that was chosen."""
        return FoundingForm(self.form.data)


class DeliberationForm(Form):
    """A deliberation that exists already, here or on paper."""

    act = SelectField(_l("Une délibération écrite ici"), default="")
    day = DayField(_l("Ou votée sur papier le"))
    reference = StringField(
        _l("Son numéro"), [Length(max=200, message=TOO_LONG)], description=_l("Par exemple 2026-031.")
    )
    drop = BooleanField(_l("Mettre le projet écrit ici à la corbeille"), default=True)


def questions_form() -> type[Form]:
    """The short questions of the statutes and the values that they leave."""

    class StatutesForm(Form):
        revision = HiddenField(default="0")

    for question in statutes.asked_questions():
        options = (
            [("yes", _l("Oui")), ("no", _l("Non"))]
            if question.kind == "yes_no"
            else [(option.id, _in(option.label)) for option in question.option]
        )
        setattr(
            StatutesForm,
            f"q_{question.id}",
            RadioField(_in(question.label), choices=choices(options), description=_in(question.help)),
        )
    for field in statutes.model().fields:
        made = StringField(_in(field.label), [Length(max=500, message=TOO_LONG)], description=_in(field.hint))
        setattr(StatutesForm, f"f_{field.id}", made)
    return StatutesForm


def _in(words: Mapping[str, str]) -> str:
    spoken = _language()
    return french(words.get("fr", "")) if spoken == "fr" or spoken not in words else words[spoken]


def show_statutes(form: Any, clauses: Mapping[str, str], fields: Mapping[str, str]) -> None:  # noqa: ANN401  # made above
    """Fill the form in."""
    values = statutes.values_of(fields)
    for question in statutes.asked_questions():
        form[f"q_{question.id}"].data = clauses[question.id]
    for field in statutes.model().fields:
        form[f"f_{field.id}"].data = values.get(field.id, "")


def read_statutes(form: Any) -> tuple[dict[str, str], dict[str, str]]:  # noqa: ANN401  # made above
    """The answers and the values as typed."""
    clauses = {question.id: form[f"q_{question.id}"].data or "" for question in statutes.asked_questions()}
    fields = {field.id: form[f"f_{field.id}"].data or "" for field in statutes.model().fields}
    return clauses, fields


class ArticleForm(Form):
    """One article in one's own words."""

    revision = HiddenField(default="0")
    heading = StringField(_l("Titre"), [Length(max=200, message=TOO_LONG)])
    body = TextAreaField(
        _l("Texte"),
        [Length(max=10_000, message=TOO_LONG)],
        description=_l("Une ligne vide sépare les paragraphes ; « - » commence une ligne de liste."),
        render_kw={"rows": 12},
    )
