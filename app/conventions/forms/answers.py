"""The questions of a model, and the form that a model and a document make."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l
from msgspec.structs import replace
from wtforms import (
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app.conventions.forms.fields import (
    TOO_LONG,
    CodesField,
    DayField,
    MoneyField,
    choices_of,
    in_language,
    read_number,
    typed_day,
)
from app.conventions.labels import ROLE_NAMES
from app.forms import Form
from app.people.forms import plain_name
from app.texts import codes, formats
from app.texts.document import (
    BudgetLine,
    BudgetValue,
    CodesValue,
    DateValue,
    EurValue,
    IntValue,
    ListValue,
    MoneyValue,
    TextValue,
)
from app.texts.drafting import Answers, PartyAnswer
from app.texts.phrases import Speaker
from app.texts.wording import load_phrases, open_roles

if TYPE_CHECKING:
    from collections.abc import Mapping

    from werkzeug.datastructures import MultiDict

    from app.texts.document import Document, Signatory, Value
    from app.texts.wording import Field, Model

BUDGET_ROWS = 6
CURRENCIES = ("EUR", "CHF", "CZK", "DKK", "GBP", "HUF", "NOK", "PLN", "RON", "SEK", "UAH", "USD")
"""Those of the countries that French towns are mostly twinned with; the format takes any other."""
SIGNINGS = 2
MONTHS = {
    "duree_mois": (1, 600, _l("Une durée va de 1 à 600 mois (50 ans).")),
    "preavis_mois": (0, 36, _l("Un préavis va de 0 à 36 mois (3 ans).")),
}
"""What a number of months can be: a text that lasts no time, or that nobody outlives the notice of, is a slip."""
_ANY_NUMBER = (0, 100_000, _l("Un nombre entier, entre 0 et 100 000."))


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
    empty: bool = False,
) -> AnswersForm:
    """The form of what a text asks for, filled with what is known; ``empty``: with nothing that was sent."""

    class Made(AnswersForm):
        pass

    filled: dict[str, Any] = {}
    for number, party in enumerate(document.parties):
        _party_fields(Made, number, document, language)
        filled |= _party_values(number, party.id, document)
    for number in range(SIGNINGS):
        _signing_fields(Made, number)
        filled |= _signing_values(number, document)
    for field in model.asked_fields(clauses):
        _value_fields(Made, field, document, language)
        filled |= _value_values(field, document)
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
    if empty or typed is not None:
        return Made(formdata=typed, data=filled)
    return Made(data=filled)


def _party_fields(form: type[Any], number: int, document: Document, language: str) -> None:
    roles = [("", _l("— choisir —")), *((code, label) for code, label in ROLE_NAMES.items())]
    tongue = formats.language_name(_tongue(number, document), language)
    setattr(form, f"p{number}_name", StringField(_l("Qui signe"), [Length(max=240, message=TOO_LONG), plain_name]))
    setattr(form, f"p{number}_role", SelectField(_l("Fonction"), choices=choices_of(roles)))
    setattr(
        form,
        f"p{number}_words",
        StringField(
            _l("Fonction telle qu’elle s’écrit (%(language)s)", language=tongue),
            [Length(max=160, message=TOO_LONG)],
            description=_l("Seulement si elle diffère : Bürgermeisterin, голова громади…"),
        ),
    )
    for code in _others(number, document):
        label = _l("Fonction telle qu’elle s’écrit (%(language)s)", language=formats.language_name(code, language))
        open_word = open_roles(code).get("mayor") or next(iter(open_roles(code).values()))
        hint = _l("Sans votre choix, le texte garde les deux formes : %(word)s.", word=open_word)
        field = StringField(label, [Length(max=160, message=TOO_LONG)], description=hint, render_kw={"lang": code})
        setattr(form, f"p{number}_words_{code}", field)
    setattr(
        form,
        f"p{number}_since",
        DayField(_l("En fonction depuis"), description=_l("Le début du mandat, si vous le savez : 05/07/2026.")),
    )
    setattr(
        form,
        f"p{number}_decision",
        DayField(_l("Date de la décision de son assemblée"), description=_l("Par exemple 12/06/2027.")),
    )
    setattr(
        form, f"p{number}_reference", StringField(_l("Numéro de cette décision"), [Length(max=120, message=TOO_LONG)])
    )


def _party_values(number: int, name: str, document: Document) -> dict[str, Any]:
    speaker = Speaker(document, "fr")
    one, act = speaker.signatory(name), speaker.decision(name)
    others = {f"p{number}_words_{code}": one.roles.get(code, "") for code in _others(number, document)} if one else {}
    return others | {
        f"p{number}_name": one.name if one else "",
        f"p{number}_role": one.role if one and one.role in ROLE_NAMES else "",
        f"p{number}_words": one.roles.get(_tongue(number, document), "") if one else "",
        f"p{number}_since": typed_day(_since(one)),
        f"p{number}_decision": typed_day(act.date.date) if act and act.date and act.date.date else "",
        f"p{number}_reference": act.reference if act else "",
    }


def _since(one: Signatory | None) -> str:
    began = one.mandate.since if one and one.mandate else None
    return (began.date or "") if began else ""


def _tongue(number: int, document: Document) -> str:
    """The language in which a party's function is written as it is said there."""
    party = document.parties[number]
    own = codes.spoken_by(party.languages, party.country)
    in_text = next((code for code in own if code in document.languages), "")
    return in_text or next(iter(own), document.languages[-1])


def _others(number: int, document: Document) -> list[str]:
    """The other languages of the text in which the form of a function is left open: « Bürgermeister/-in »."""
    return [code for code in document.languages if code != _tongue(number, document) and open_roles(code)]


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


def _value_fields(form: type[Any], field: Field, document: Document, language: str) -> None:
    label, hint = in_language(field.label, language), in_language(field.hint, language)
    name = f"f_{field.id}"
    if field.type == "text":
        for code in document.languages:
            suffix = f" – {formats.language_name(code, language)}" if len(document.languages) > 1 else ""
            made: Any = TextAreaField(
                f"{label}{suffix}",
                [Length(max=20000, message=TOO_LONG)],
                description=hint if code == document.languages[0] else "",
                render_kw={"rows": 3, "lang": code},
            )
            setattr(form, f"{name}_{code}", made)
    elif field.type == "date":
        setattr(form, name, DayField(label, description=hint or _l("Par exemple 12/06/2027.")))
    elif field.type == "eur":
        setattr(form, name, MoneyField(label, description=hint or _l("En euros : 1 250,50.")))
    elif field.type == "int":
        bounds = [Optional(), NumberRange(*MONTHS.get(field.id, _ANY_NUMBER))]
        setattr(form, name, IntegerField(label, bounds, description=hint))
    elif field.type in {"code", "codes"}:
        words = getattr(load_phrases(language), field.choices)
        kind: Any = CodesField if field.type == "codes" else RadioField
        setattr(form, name, kind(label, [Optional()], choices=choices_of(words.items()), description=hint))
    else:
        _budget_fields(form, document, language)


def _budget_fields(form: type[Any], document: Document, language: str) -> None:
    for row in range(_rows(document)):
        for code in document.languages:
            setattr(
                form,
                f"b{row}_label_{code}",
                StringField(
                    _l("Poste (%(language)s)", language=formats.language_name(code, language)),
                    [Length(max=200, message=TOO_LONG)],
                    render_kw={"lang": code},
                ),
            )
        year = IntegerField(_l("Année"), [Optional(), NumberRange(1900, 2200, _l("Une année s’écrit 2027."))])
        setattr(form, f"b{row}_year", year)
        for number, party in enumerate(document.parties):
            setattr(form, f"b{row}_share_{number}", MoneyField(_l("Part de %(name)s", name=party.name)))
    codes = list(dict.fromkeys((*CURRENCIES, _budget(document).currency or "EUR")))
    names = [(code, f"{formats.currency(code, language)} ({code})") for code in codes]
    form.budget_currency = SelectField(_l("Monnaie"), choices=choices_of(names), default="EUR")


def _rows(document: Document) -> int:
    return max(BUDGET_ROWS, len(_budget(document).lines) + 1)


def _budget(document: Document) -> BudgetValue:
    value = document.fields.get("budget")
    return value if isinstance(value, BudgetValue) else BudgetValue(lines=[])


def _value_values(field: Field, document: Document) -> dict[str, Any]:  # noqa: PLR0911  # one line a type
    value = document.fields.get(field.id)
    name = f"f_{field.id}"
    if isinstance(value, TextValue):
        return {f"{name}_{code}": value.by_language.get(code, value.value) for code in document.languages}
    if isinstance(value, ListValue):
        return {
            f"{name}_{code}": "\n".join(item.by_language.get(code, item.value) for item in value.items)
            for code in document.languages
        }
    if isinstance(value, CodesValue):
        return {name: list(value.items) if field.type == "codes" else next(iter(value.items), "")}
    if isinstance(value, BudgetValue):
        return _budget_values(value, document)
    if isinstance(value, DateValue):
        return {name: typed_day(value.value)}
    if isinstance(value, EurValue | MoneyValue | IntValue):
        return {name: value.value}
    return {name: field.default} if field.default is not None else {}


def _budget_values(value: BudgetValue, document: Document) -> dict[str, Any]:
    made: dict[str, Any] = {"budget_currency": value.currency or "EUR"}
    for row, line in enumerate(value.lines):
        made[f"b{row}_year"] = line.year
        for code in document.languages:
            made[f"b{row}_label_{code}"] = line.label.by_language.get(code, line.label.value)
        for number, party in enumerate(document.parties):
            made[f"b{row}_share_{number}"] = line.shares.get(party.id, "")
    return made


def read_answers(form: AnswersForm, model: Model, document: Document, clauses: Mapping[str, str]) -> Answers:
    """What was typed, as the pure leaf takes it."""
    asked = model.asked_fields(clauses)
    return Answers(
        clauses=clauses,
        fields={field.id: _read_value(form, field, document) for field in asked},
        parties=tuple(_read_party(form, number, document) for number in range(len(document.parties))),
        signings=tuple(
            ((form[f"s{number}_place"].data or "").strip(), form[f"s{number}_date"].edtf) for number in range(SIGNINGS)
        ),
        copies=form["copies"].data,
        authority=form["authority"].data or "equal" if "authority" in form else "single",
    )


def _read_party(form: AnswersForm, number: int, document: Document) -> PartyAnswer:
    party = document.parties[number]
    words = (form[f"p{number}_words"].data or "").strip()
    before = Speaker(document, "fr").signatory(party.id)
    typed = {code: (form[f"p{number}_words_{code}"].data or "").strip() for code in _others(number, document)}
    typed[_tongue(number, document)] = words
    kept = {code: told for code, told in (before.roles if before else {}).items() if code not in typed}
    own = before.role if before and before.role not in ROLE_NAMES else ""
    return PartyAnswer(
        party=party.id,
        name=(form[f"p{number}_name"].data or "").strip(),
        role=form[f"p{number}_role"].data or own,
        roles=kept | {code: told for code, told in typed.items() if told},
        mandate_since=form[f"p{number}_since"].edtf,
        decision=form[f"p{number}_decision"].edtf,
        reference=(form[f"p{number}_reference"].data or "").strip(),
    )


def _read_value(form: AnswersForm, field: Field, document: Document) -> Value | None:
    name = f"f_{field.id}"
    if field.type == "text":
        texts = {code: (form[f"{name}_{code}"].data or "").replace("\r\n", "\n").strip() for code in document.languages}
        given = {code: text for code, text in texts.items() if text}
        return TextValue(by_language=given) if given else None
    if field.type == "budget":
        return _read_budget(form, document)
    if field.type == "date":
        return DateValue(value=form[name].edtf) if form[name].edtf else None
    if field.type == "eur":
        return _read_money(form[name].amount, document.fields.get(field.id))
    data = form[name].data
    if field.type == "int":
        return IntValue(value=data) if data is not None else None
    items = [data] if isinstance(data, str) else list(data or ())
    return CodesValue(items=items) if any(items) else None


def _read_money(amount: str, before: Value | None) -> Value | None:
    """An amount typed keeps the currency that it had."""
    if not amount:
        return None
    return replace(before, value=amount) if isinstance(before, MoneyValue) else EurValue(value=amount)


def _read_budget(form: AnswersForm, document: Document) -> BudgetValue | None:
    lines, before = [], _budget(document)
    for row in range(_rows(document)):
        labels = {code: (form[f"b{row}_label_{code}"].data or "").strip() for code in document.languages}
        shares = {party.id: form[f"b{row}_share_{number}"].amount for number, party in enumerate(document.parties)}
        given = {name: amount for name, amount in shares.items() if amount}
        texts = {code: text for code, text in labels.items() if text}
        if texts or given:
            own = before.lines[row].currency if row < len(before.lines) else None
            label = TextValue(by_language=texts)
            lines.append(BudgetLine(label=label, year=form[f"b{row}_year"].data, shares=given, currency=own))
    return BudgetValue(lines=lines, currency=form["budget_currency"].data) if lines else None
