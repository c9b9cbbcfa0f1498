"""The forms of this room. The questions of a model make their own form."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app.conventions.labels import LAYOUT_NAMES, LEVEL_NAMES, NUMBERING_NAMES, ROLE_NAMES
from app.shared.fuzzydate import BadDate, parse
from app.texts import edtf, formats
from app.texts.document import (
    BudgetLine,
    BudgetValue,
    CodesValue,
    DateValue,
    EurValue,
    IntValue,
    Layout,
    ListValue,
    Numbering,
    TextValue,
)
from app.texts.drafting import Answers, PartyAnswer
from app.texts.phrases import Speaker
from app.texts.wording import ArticleText, load_phrases

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from app.texts.document import Document, Value
    from app.texts.wording import Field, Model

TOO_LONG = _l("C’est trop long : gardez %(max)d caractères au plus.")
BUDGET_ROWS = 6
SIGNINGS = 2


def choices_of(pairs: Iterable[tuple[str, object]]) -> list[SelectChoice]:
    """Return (value, label) pairs as the choices that WTForms takes."""
    return [SelectChoice(value=value, label=label) for value, label in pairs]


class DayField(StringField):
    """A date of any precision, as a volunteer types it; ``edtf`` is what was read."""

    edtf = ""

    def pre_validate(self, form: object) -> None:
        """Read the date.

        :raises ValidationError: when it is none.
        """
        del form
        text = " ".join((self.data or "").split())
        self.edtf = ""
        if not text:
            return
        try:
            self.edtf = text if edtf.span(text) else parse(text[:40]).text
        except BadDate as error:
            raise ValidationError(
                _l("« %(text)s » n’est pas une date. Écrivez-la comme 12/06/2027, 06/2027 ou 2027.", text=text[:40])
            ) from error


class MoneyField(StringField):
    """An amount as people type it: « 1 250,50 »; ``amount`` is what was read."""

    amount = ""

    def pre_validate(self, form: object) -> None:
        """Read the amount.

        :raises ValidationError: when it is none.
        """
        del form
        self.amount = read_amount(self.data or "")


class CodesField(SelectMultipleField):
    """Boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def read_amount(raw: str) -> str:
    """Return an amount in digits; empty for nothing.

    :raises ValidationError: when it is no amount.
    """
    text = "".join(raw.split()).replace("\u202f", "").replace("€", "").replace("EUR", "").replace(",", ".")
    if not text:
        return ""
    try:
        amount = Decimal(text)
    except InvalidOperation as error:
        raise ValidationError(
            _l("« %(text)s » n’est pas un montant. Écrivez-le en chiffres : 1 250,50.", text=raw[:40])
        ) from error
    if not amount.is_finite() or amount < 0 or amount >= Decimal(10) ** 10:
        raise ValidationError(_l("Un montant est un nombre positif, plus petit que dix milliards."))
    return str(amount.quantize(Decimal("0.01")))


class ChooseForm(FlaskForm):
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
    genre = RadioField(_l("Quel texte ?"), [InputRequired(_l("Choisissez un texte."))])
    langue = CodesField(
        _l("En quelles langues ?"),
        [InputRequired(_l("Choisissez au moins une langue."))],
        description=_l("Le français d’abord ; chaque langue a le même poids dans le texte."),
    )


def questions_form(model: Model, answers: Mapping[str, str], language: str) -> FlaskForm:
    """The short questions of a model. Sent by GET."""

    class QuestionsForm(FlaskForm):
        class Meta:
            csrf = False

    for question in model.questions:
        options = (
            [("yes", _l("Oui")), ("no", _l("Non"))]
            if question.kind == "yes_no"
            else [(option.id, _in(option.label, language)) for option in question.option]
        )
        setattr(
            QuestionsForm,
            f"q_{question.id}",
            RadioField(
                _in(question.label, language),
                choices=choices_of(options),
                default=answers.get(question.id, question.default),
                description=_in(question.help, language),
            ),
        )
    return QuestionsForm()


class AnswersForm(FlaskForm):
    """Base of the form that a model and a document make: who signs, when, and the values of the text."""

    revision = HiddenField(default="0")

    def known_revision(self) -> int:
        """The revision that the form was filled from; 0 when it was tampered with."""
        return read_number(self.revision.data)


def read_number(raw: str | None) -> int:
    """Return a number typed by the browser; 0 when it is none."""
    return int(raw) if raw and raw.isascii() and raw.isdecimal() and len(raw) < 10 else 0  # noqa: PLR2004


def answers_form(model: Model, document: Document, clauses: Mapping[str, str], language: str) -> AnswersForm:
    """The form of what a text asks for, filled with what is known."""

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
            _l("Quelle version fait foi ?"),
            choices=choices_of([("equal", _l("Toutes, également")), ("french", _l("Le français en France"))]),
        )
        prevails = any(one.status == "prevails" for one in document.authority)
        filled["authority"] = "french" if prevails else "equal"
    return Made(data=filled)


def _party_fields(form: type[Any], number: int, document: Document, language: str) -> None:
    party = document.parties[number]
    roles = [("", _l("— choisir —")), *((code, label) for code, label in ROLE_NAMES.items())]
    tongue = formats.language_name(party.languages[0], language) if party.languages else _l("sa langue")
    setattr(form, f"p{number}_name", StringField(_l("Qui signe"), [Length(max=240, message=TOO_LONG)]))
    setattr(form, f"p{number}_role", SelectField(_l("Fonction"), choices=choices_of(roles)))
    setattr(
        form,
        f"p{number}_words",
        StringField(
            _l("Fonction telle qu’elle s’écrit (%(language)s)", language=tongue),
            [Length(max=160, message=TOO_LONG)],
            description=_l("Seulement si elle diffère : Bürgermeisterin, голова громади…"),
        ),
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
    return {
        f"p{number}_name": one.name if one else "",
        f"p{number}_role": one.role if one and one.role in ROLE_NAMES else "",
        f"p{number}_words": one.roles.get(_tongue(number, document), "") if one else "",
        f"p{number}_decision": _typed(act.date.date) if act and act.date and act.date.date else "",
        f"p{number}_reference": act.reference if act else "",
    }


def _tongue(number: int, document: Document) -> str:
    """The language in which a party's function is written as it is said there."""
    party = document.parties[number]
    return party.languages[0] if party.languages else document.languages[-1]


def _signing_fields(form: type[Any], number: int) -> None:
    setattr(form, f"s{number}_place", StringField(_l("Lieu"), [Length(max=200, message=TOO_LONG)]))
    setattr(form, f"s{number}_date", DayField(_l("Date"), description=_l("Laissez vide si elle n’est pas fixée.")))


def _signing_values(number: int, document: Document) -> dict[str, Any]:
    if number >= len(document.signings):
        return {}
    one = document.signings[number]
    return {
        f"s{number}_place": " / ".join(spot.name for spot in one.places),
        f"s{number}_date": _typed(one.date.date) if one.date and one.date.date else "",
    }


def _value_fields(form: type[Any], field: Field, document: Document, language: str) -> None:
    label, hint = _in(field.label, language), _in(field.hint, language)
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
        setattr(form, name, MoneyField(label, description=hint or _l("En euros : 1 250,50.")))
    elif field.type == "int":
        bounds = [Optional(), NumberRange(0, 100_000, _l("Un nombre entier, entre 0 et 100 000."))]
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
            setattr(form, f"b{row}_share_{number}", MoneyField(_l("Part de %(name)s, en euros", name=party.name)))


def _rows(document: Document) -> int:
    value = document.fields.get("budget")
    return max(BUDGET_ROWS, len(value.lines) + 1) if isinstance(value, BudgetValue) else BUDGET_ROWS


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
        return {name: _typed(value.value)}
    if isinstance(value, EurValue | IntValue):
        return {name: value.value}
    return {name: field.default} if field.default is not None else {}


def _budget_values(value: BudgetValue, document: Document) -> dict[str, Any]:
    made: dict[str, Any] = {}
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
    roles = dict(before.roles) if before else {}
    roles.pop(_tongue(number, document), None)
    own = before.role if before and before.role not in ROLE_NAMES else ""
    return PartyAnswer(
        party=party.id,
        name=(form[f"p{number}_name"].data or "").strip(),
        role=form[f"p{number}_role"].data or own,
        roles=roles | ({_tongue(number, document): words} if words else {}),
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
        return EurValue(value=form[name].amount) if form[name].amount else None
    data = form[name].data
    if field.type == "int":
        return IntValue(value=data) if data is not None else None
    items = [data] if isinstance(data, str) else list(data or ())
    return CodesValue(items=items) if any(items) else None


def _read_budget(form: AnswersForm, document: Document) -> BudgetValue | None:
    lines = []
    for row in range(_rows(document)):
        labels = {code: (form[f"b{row}_label_{code}"].data or "").strip() for code in document.languages}
        shares = {party.id: form[f"b{row}_share_{number}"].amount for number, party in enumerate(document.parties)}
        given = {name: amount for name, amount in shares.items() if amount}
        texts = {code: text for code, text in labels.items() if text}
        if texts or given:
            lines.append(BudgetLine(label=TextValue(by_language=texts), year=form[f"b{row}_year"].data, shares=given))
    return BudgetValue(lines=lines) if lines else None


def article_form(document: Document, article: str, language: str) -> FlaskForm:
    """The form of one article in every language of the text."""

    class ArticleForm(FlaskForm):
        revision = HiddenField(default="0")
        follows = BooleanField(_l("Les traductions rendent bien le texte tel qu’il est maintenant"))

    held = next(one for one in document.articles if one.id == article)
    filled: dict[str, Any] = {}
    for code in document.languages:
        tongue = formats.language_name(code, language)
        heading = StringField(
            _l("Intitulé (%(language)s)", language=tongue),
            [Length(max=300, message=TOO_LONG)],
            render_kw={"lang": code},
        )
        body = TextAreaField(
            _l("Texte (%(language)s)", language=tongue),
            [Length(max=30_000, message=TOO_LONG)],
            render_kw={"lang": code, "rows": 12},
        )
        setattr(ArticleForm, f"heading_{code}", heading)
        setattr(ArticleForm, f"body_{code}", body)
        filled |= {f"heading_{code}": held.heading.get(code, ""), f"body_{code}": held.body.get(code, "")}
    return ArticleForm(data=filled)


def read_words(form: FlaskForm, languages: Iterable[str]) -> dict[str, ArticleText]:
    """The words of an article as typed."""
    return {
        code: ArticleText(
            heading=(form[f"heading_{code}"].data or "").strip(),
            body=(form[f"body_{code}"].data or "").replace("\r\n", "\n").strip("\n").rstrip(),
        )
        for code in languages
    }


class AddArticleForm(FlaskForm):
    """Where a new article goes, and of which level."""

    after = SelectField(_l("Après"))
    level = SelectField(_l("Sorte"), choices=choices_of(LEVEL_NAMES.items()))


def arrange_form(document: Document, language: str) -> FlaskForm:
    """Numbering, layout, order of the parties, titles."""

    class ArrangeForm(FlaskForm):
        revision = HiddenField(default="0")
        numbering = RadioField(
            _l("Numérotation"), choices=choices_of((kind.value, name) for kind, name in NUMBERING_NAMES.items())
        )
        layout = RadioField(
            _l("Langues"), choices=choices_of((kind.value, name) for kind, name in LAYOUT_NAMES.items())
        )

    filled: dict[str, Any] = {
        "numbering": (document.numbering or Numbering.NONE).value,
        "layout": (document.layout or Layout.SEQUENTIAL).value,
    }
    places = [(str(number), str(number)) for number in range(1, len(document.parties) + 1)]
    for number, party in enumerate(document.parties):
        label = _l("Place de %(name)s", name=party.name)
        setattr(ArrangeForm, f"place_{number}", SelectField(label, choices=choices_of(places)))
        filled[f"place_{number}"] = str(number + 1)
    for code in document.languages:
        label = _l("Titre (%(language)s)", language=formats.language_name(code, language))
        title = StringField(label, [Length(max=300, message=TOO_LONG)], render_kw={"lang": code})
        setattr(ArrangeForm, f"title_{code}", title)
        filled[f"title_{code}"] = document.title.get(code, "")
    return ArrangeForm(data=filled)


def read_order(form: FlaskForm, document: Document) -> Sequence[str]:
    """The parties in the order asked for; equal places keep the order they had."""
    wanted = [(read_number(form[f"place_{number}"].data), number) for number in range(len(document.parties))]
    return [document.parties[number].id for _place, number in sorted(wanted)]


class FreezeForm(FlaskForm):
    """Why a version is frozen."""

    reason = StringField(_l("Motif ou remarque"), [Length(max=500, message=TOO_LONG)])


class ClearForm(FlaskForm):
    """Who lets the original be signed, and why."""

    granted_by = StringField(
        _l("Qui autorise la signature"),
        [InputRequired(_l("Écrivez le nom et la fonction.")), Length(max=200, message=TOO_LONG)],
        description=_l("Nom et fonction, par exemple « Camille Fictive, maire »."),
    )
    reason = TextAreaField(
        _l("Motif"),
        [InputRequired(_l("Écrivez pourquoi le texte peut être signé.")), Length(max=1000, message=TOO_LONG)],
        description=_l(
            "Par exemple : délibération du 6 avril 2027 transmise et publiée. Ce motif est gardé au journal."
        ),
        render_kw={"rows": 3},
    )
    deliberation = StringField(_l("Délibération (date et numéro)"), [Length(max=200, message=TOO_LONG)])


class ScanForm(FlaskForm):
    """The scan of the signed original."""

    scan = FileField(_l("Texte signé"), description=_l("PDF, JPEG ou PNG, 20 Mio au plus."))


class TransferForm(FlaskForm):
    """A document of the interchange format."""

    file = FileField(_l("Fichier JSON"), description=_l("Un texte exporté par Trait d’union, ici ou ailleurs."))


def wording_form(texts: Mapping[str, ArticleText], language: str) -> FlaskForm:
    """The words of one article of a model, in every language it is written in."""

    class WordingForm(FlaskForm):
        revision = HiddenField(default="0")

    filled: dict[str, Any] = {}
    for code, text in texts.items():
        tongue = formats.language_name(code, language)
        label = _l("Intitulé (%(language)s)", language=tongue)
        heading = StringField(label, [Length(max=300, message=TOO_LONG)], render_kw={"lang": code})
        body = TextAreaField(
            _l("Texte (%(language)s)", language=tongue),
            [Length(max=20_000, message=TOO_LONG)],
            render_kw={"lang": code, "rows": 8},
        )
        setattr(WordingForm, f"heading_{code}", heading)
        setattr(WordingForm, f"body_{code}", body)
        filled |= {f"heading_{code}": text.heading, f"body_{code}": text.body.strip("\n")}
    return WordingForm(data=filled)


def _in(texts: Mapping[str, str], language: str) -> str:
    return texts.get(language) or texts.get("fr", "")


def _typed(edtf: str) -> str:
    """An EDTF date as a French volunteer types it, so that it can be read back."""
    parts = edtf.split("-")
    if "/" in edtf or not all(part.isdigit() for part in parts):
        return edtf
    return "/".join(reversed(parts))
