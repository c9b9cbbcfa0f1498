"""The questions of a model, and the form that a model and a document make."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField, RadioField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app.conventions.forms import signers, values
from app.conventions.forms.fields import (
    TOO_LONG,
    CodesField,
    DayField,
    choices_of,
    in_language,
    read_number,
    typed_day,
)
from app.forms import Form
from app.people.forms import plain_name
from app.texts.drafting import Answers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from werkzeug.datastructures import MultiDict

    from app.texts.document import Document
    from app.texts.wording import Model

SIGNINGS = 2


class ChooseForm(Form):
    """What to write, for which twinnings, in which languages. Sent by GET: it writes nothing."""

    class Meta:
        """No token: nothing is changed."""

        csrf = False

    jumelage = SelectMultipleField(
        _l("Jumelage"),
        [InputRequired(_l("Choisissez au moins un jumelage."))],
        description=_l("Plusieurs si le même texte les couvre tous."),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    genre = RadioField(_l("Quel texte ?"), [InputRequired(_l("Choisissez un texte."))])
    langue = CodesField(
        _l("En quelles langues ?"),
        [InputRequired(_l("Choisissez au moins une langue."))],
        description=_l("Le français d’abord ; chaque langue a le même poids dans le texte."),
    )


def questions_form(model: Model, answers: Mapping[str, str], language: str) -> Form:
    """The short questions of a model. Sent by GET."""

    class QuestionsForm(Form):
        class Meta:
            csrf = False

    for question in model.questions:
        options = (
            [("yes", _l("Oui")), ("no", _l("Non"))]
            if question.kind == "yes_no"
            else [(option.id, in_language(option.label, language)) for option in question.option]
        )
        setattr(
            QuestionsForm,
            f"q_{question.id}",
            RadioField(
                in_language(question.label, language),
                choices=choices_of(options),
                default=answers.get(question.id, question.default),
                description=in_language(question.help, language),
            ),
        )
    return QuestionsForm()


class AnswersForm(Form):
    """Base of the form that a model and a document make: who signs, when, and the values of the text."""

    revision = HiddenField(default="0")
    before = HiddenField()

    def known_revision(self) -> int:
        """The revision that the form was filled from; 0 when it was tampered with."""
        return read_number(self.revision.data)


def answers_form(
    model: Model,
    document: Document,
    clauses: Mapping[str, str],
    language: str,
    *,
    typed: MultiDict[str, str] | None = None,
) -> AnswersForm:
    """The form of what a text asks for, filled with what is known, then with what was typed."""

    class Made(AnswersForm):
        pass

    filled: dict[str, Any] = {}
    for number in range(len(document.parties)):
        filled |= signers.add_party(Made, number, document, language, signers.rows_of(number, document, typed))
    for number in range(SIGNINGS):
        _signing_fields(Made, number)
        filled |= _signing_values(number, document)
    for field in model.asked_fields(clauses):
        values.add_value(Made, field, document, language)
        filled |= values.known_value(field, document)
    Made.copies = IntegerField(
        _l("Nombre d’exemplaires originaux"),
        [Optional(), NumberRange(1, 200, _l("Entre 1 et 200 exemplaires."))],
        description=_l("En général un par ville et un par comité."),
    )
    filled["copies"] = document.copies.number if document.copies else None
    if len(document.languages) > 1:
        Made.authority = RadioField(
            _l("Quelle version fait foi ?"),
            choices=choices_of([("equal", _l("Toutes, également")), ("french", _l("Le français en France"))]),
        )
        prevails = any(one.status == "prevails" for one in document.authority)
        filled["authority"] = "french" if prevails else "equal"
    return Made(formdata=typed, data=filled)


def _signing_fields(form: type[Any], number: int) -> None:
    setattr(form, f"s{number}_place", StringField(_l("Lieu"), [Length(max=200, message=TOO_LONG), plain_name]))
    setattr(form, f"s{number}_date", DayField(_l("Date"), description=_l("Laissez vide si elle n’est pas fixée.")))


def _signing_values(number: int, document: Document) -> dict[str, Any]:
    if number >= len(document.signings):
        return {}
    one = document.signings[number]
    return {
        f"s{number}_place": " / ".join(spot.name for spot in one.places),
        f"s{number}_date": typed_day(one.date.date) if one.date and one.date.date else "",
    }


def read_answers(form: AnswersForm, model: Model, document: Document, clauses: Mapping[str, str]) -> Answers:
    """What was typed, as the pure leaf takes it."""
    asked = model.asked_fields(clauses)
    return Answers(
        clauses=clauses,
        fields={field.id: values.read_value(form, field, document) for field in asked},
        parties=tuple(signers.read_party(form, number, document) for number in range(len(document.parties))),
        signings=tuple(
            ((form[f"s{number}_place"].data or "").strip(), form[f"s{number}_date"].edtf) for number in range(SIGNINGS)
        ),
        copies=form["copies"].data,
        authority=form["authority"].data or "equal" if "authority" in form else "single",
    )
