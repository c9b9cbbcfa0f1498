"""The forms of articles, layout, versions, scans and models."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length

from app.conventions.forms.fields import (
    TOO_LONG,
    CodesField,
    choices_of,
    read_number,
    says,
)
from app.conventions.labels import LAYOUT_NAMES, LEVEL_NAMES, NUMBERING_NAMES
from app.forms import Form
from app.people.fields import DayField as PlainDayField
from app.people.forms import plain_name
from app.shared import clock
from app.texts import formats
from app.texts.document import (
    Layout,
    Numbering,
)
from app.texts.wording import ArticleText, written_languages

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from app.texts.document import Document


def article_form(document: Document, article: str, language: str) -> Form:
    """The form of one article in every language of the text."""

    class ArticleForm(Form):
        revision = HiddenField(default="0")
        follows = BooleanField(_l("Les traductions rendent bien le texte tel qu’il est maintenant"))
        empty = BooleanField(_l("Laisser cet article vide pour l’instant"))

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


def read_words(form: Form, languages: Iterable[str]) -> dict[str, ArticleText]:
    """The words of an article as typed."""
    return {
        code: ArticleText(
            heading=(form[f"heading_{code}"].data or "").strip(),
            body=(form[f"body_{code}"].data or "").replace("\r\n", "\n").strip("\n").rstrip(),
        )
        for code in languages
    }


class AddArticleForm(Form):
    """Where a new article goes, and of which level."""

    after = SelectField(_l("Après"))
    level = SelectField(_l("Sorte"), choices=choices_of(LEVEL_NAMES.items()))


def arrange_form(document: Document, language: str) -> Form:
    """Numbering, layout, order of the parties, titles."""

    class ArrangeForm(Form):
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
    if document.model is not None:
        spoken = [code for code in written_languages() if code != document.languages[0]]
        named = [(code, formats.language_name(code, language)) for code in spoken]
        first = formats.language_name(document.languages[0], language)
        label = _l("Langues du texte, avec celle-ci : %(first)s", first=first)
        ArrangeForm.languages = CodesField(label, choices=choices_of(named))
        filled["languages"] = document.languages[1:]
    for code in document.languages:
        label = _l("Titre (%(language)s)", language=formats.language_name(code, language))
        title = StringField(label, [Length(max=300, message=TOO_LONG)], render_kw={"lang": code})
        setattr(ArrangeForm, f"title_{code}", title)
        filled[f"title_{code}"] = document.title.get(code, "")
    return ArrangeForm(data=filled)


def read_order(form: Form, document: Document) -> Sequence[str]:
    """The parties in the order asked for; equal places keep the order they had."""
    wanted = [(read_number(form[f"place_{number}"].data), number) for number in range(len(document.parties))]
    return [document.parties[number].id for _place, number in sorted(wanted)]


def read_languages(form: Form, document: Document) -> Sequence[str]:
    """The languages asked for: the first one stays, those that were there keep their order, new ones follow."""
    if "languages" not in form:
        return ()
    wanted = form["languages"].data or []
    kept = [code for code in document.languages[1:] if code in wanted or code not in written_languages()]
    return [
        document.languages[0],
        *kept,
        *(code for code in written_languages() if code in wanted and code not in kept),
    ]


class FreezeForm(Form):
    """Why a version is frozen, and whether the days that it lacks are to be written by hand."""

    reason = StringField(_l("Motif ou remarque"), [Length(max=500, message=TOO_LONG)])
    days_open = BooleanField(_l("Laisser la place de ces jours : ils s’écriront à la main"))


class ClearForm(Form):
    """Who lets the original be signed, and why."""

    granted_by = StringField(
        _l("Qui autorise la signature"),
        [
            InputRequired(_l("Écrivez le nom et la fonction.")),
            Length(max=200, message=TOO_LONG),
            plain_name,
            says(words=2, of=2, otherwise=_l("Écrivez le nom et la fonction.")),
        ],
        description=_l("Nom et fonction, par exemple « Camille Fictive, maire »."),
    )
    reason = TextAreaField(
        _l("Motif"),
        [
            InputRequired(_l("Écrivez pourquoi le texte peut être signé.")),
            Length(max=1000, message=TOO_LONG),
            says(words=1, of=3, otherwise=_l("Écrivez pourquoi le texte peut être signé.")),
        ],
        description=_l(
            "Par exemple : délibération du 6 avril 2027 transmise et publiée. Ce motif est gardé au journal."
        ),
        render_kw={"rows": 3},
    )
    deliberation = StringField(_l("Délibération (date et numéro)"), [Length(max=200, message=TOO_LONG)])


class ScanForm(Form):
    """The scan of the signed original."""

    scan = FileField(_l("Texte signé"), description=_l("PDF, JPEG ou PNG, 20 Mio au plus."))
    signe = BooleanField(_l("Le texte est signé par tous : il ne change plus"))
    jour = PlainDayField(_l("Jour de la signature"), description=_l("Par exemple 12/04/2027."))
    avant_date = BooleanField(_l("Il a bien été signé avant le jour qu’il porte"))
    motif = TextAreaField(
        _l("Passer outre : le motif, en une phrase"),
        [Length(max=2000, message=TOO_LONG)],
        render_kw={"rows": 2},
        description=_l("Le motif, votre nom et la date seront écrits sur l’acte. Sans motif, on ne passe pas outre."),
    )

    def validate_jour(self, field: PlainDayField) -> None:
        """Nobody signed in days to come.

        :raises ValidationError: when that day has not come.
        """
        if field.day is not None and field.day > clock.today():
            raise ValidationError(_("Ce jour n’est pas encore venu : notez la signature quand elle a eu lieu."))


class TransferForm(Form):
    """A document of the interchange format."""

    file = FileField(_l("Fichier JSON"), description=_l("Un ou plusieurs textes exportés par Trait d’union."))
    twinning = SelectField(
        _l("Jumelage"),
        description=_l("Les villes du jumelage choisi verront le texte. Sans jumelage, il reste à votre organisme."),
    )


def wording_form(texts: Mapping[str, ArticleText], language: str) -> Form:
    """The words of one article of a model, in every language it is written in."""

    class WordingForm(Form):
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
