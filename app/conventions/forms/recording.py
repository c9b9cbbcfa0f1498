"""The form of the facts beside the words: signings, notice, which town comes first in which language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, NumberRange, Optional

from app.conventions.forms import signers
from app.conventions.forms.fields import TOO_LONG, KeptDayField, choices_of, typed_day
from app.forms import Form
from app.texts import formats, labels, recording
from app.texts.phrases import Speaker
from app.texts.recording import FurtherFacts, Occasion

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

    from app.texts.document import Document

_ORDERS = ("first", "return", "same_day", "renewal", "confirmation", "anniversary", "other")
_STATUSES = ("held", "planned", "postponed", "cancelled")
_RENEWALS = ("none", "express", "tacit")
_MORE = 2
_LONGEST = 999


def further_form(
    document: Document, language: str, *, has_term: bool, typed: MultiDict[str, str] | None = None
) -> Form:
    """The form, filled with what the text says now. ``has_term``: its articles do not say how long it holds."""

    class FurtherForm(Form):
        revision = HiddenField(default="0")
        reference = StringField(_l("Numéro ou référence du texte"), [Length(max=200, message=TOO_LONG)])
        kept_at = TextAreaField(
            _l("Où l’original est gardé"),
            [Length(max=2000, message=TOO_LONG)],
            description=_l("Un lieu par ligne : archives, mairie, cote."),
            render_kw={"rows": 2},
        )
        witnesses = TextAreaField(
            _l("Témoins et contresignataires"),
            [Length(max=20_000, message=TOO_LONG)],
            description=_l("Une personne par ligne : nom, fonction."),
            render_kw={"rows": 2},
        )
        annexes = TextAreaField(
            _l("Annexes"),
            [Length(max=20_000, message=TOO_LONG)],
            description=_l("Un intitulé par ligne."),
            render_kw={"rows": 2},
        )

        motif = TextAreaField(
            _l("Passer outre : le motif, en une phrase"),
            [Length(max=2000, message=TOO_LONG)],
            description=_l(
                "Le motif, votre nom et la date seront écrits sur l’acte. Sans motif, on ne passe pas outre."
            ),
            render_kw={"rows": 2},
        )

    now = recording.told(document)
    filled: dict[str, Any] = {"reference": now.reference, "kept_at": "\n".join(now.kept_at)}
    filled |= {"witnesses": "\n".join(now.witnesses), "annexes": "\n".join(now.annexes)}
    for number in asked_parties(document):
        filled |= signers.add_party(
            FurtherForm, number, document, language, signers.rows_of(number, document, typed), has_decision=False
        )
    for number in range(len(now.signings) + _MORE):
        filled |= _add_signing(FurtherForm, number, now, language)
    if len(document.languages) > 1 and len(document.parties) > 1:
        for code in document.languages:
            filled |= _add_first(FurtherForm, code, document, language)
    if has_term:
        filled |= _add_term(FurtherForm, document, language)
    return FurtherForm(formdata=typed, data=filled)


def asked_parties(document: Document) -> range:
    """The parties whose signatories are asked here: those of a text that no model asks them of."""
    return range(len(document.parties)) if document.model is None else range(0)


def read_further(form: Form, document: Document) -> FurtherFacts:
    """What was typed."""
    rows = sum(1 for one in form if one.name.startswith("s") and one.name.endswith("_place"))
    has_term = "until" in form
    number = form["notice"].data if "notice" in form else None
    return FurtherFacts(
        signings=tuple(_read_signing(form, row) for row in range(rows)),
        first={code: form[f"first_{code}"].data for code in document.languages if f"first_{code}" in form},
        reference=(form["reference"].data or "").strip(),
        kept_at=_lines(form["kept_at"].data),
        notice=(number, form["notice_unit"].data) if number else None,
        until=form["until"].edtf if has_term else "",
        renewal=form["renewal"].data if has_term else "",
        has_term=has_term,
        witnesses=_lines(form["witnesses"].data),
        annexes=_lines(form["annexes"].data),
        parties=tuple(signers.read_party(form, one, document) for one in asked_parties(document)),
    )


def signing_rows(form: Form) -> list[list[Any]]:
    """The fields of each signing."""
    rows = sum(1 for one in form if one.name.startswith("s") and one.name.endswith("_place"))
    names = ("place", "date", "order", "status", "occasion")
    return [[form[f"s{row}_{name}"] for name in names] for row in range(rows)]


def _add_signing(form: type[Any], row: int, now: FurtherFacts, language: str) -> dict[str, Any]:
    one = now.signings[row] if row < len(now.signings) else Occasion()
    place = _l("Lieu")
    hint = _l("Plusieurs lieux à la fois : séparez-les par une barre, « Nesmy / Burggen ».")
    setattr(form, f"s{row}_place", StringField(place, [Length(max=500, message=TOO_LONG)], description=hint))
    setattr(
        form,
        f"s{row}_date",
        KeptDayField(_l("Date"), kept=one.date, description=_l("Jour, mois ou année : 12/06/2027, 06/2027.")),
    )
    setattr(form, f"s{row}_order", _select(_l("Rang"), "order", _ORDERS, language))
    setattr(form, f"s{row}_status", _select(_l("A-t-elle lieu ?"), "status", _STATUSES, language))
    setattr(form, f"s{row}_occasion", StringField(_l("À l’occasion de"), [Length(max=300, message=TOO_LONG)]))
    return {
        f"s{row}_place": " / ".join(one.places),
        f"s{row}_date": typed_day(one.date) if one.date else "",
        f"s{row}_order": one.order,
        f"s{row}_status": one.status,
        f"s{row}_occasion": one.occasion,
    }


def _select(label: object, name: str, codes: tuple[str, ...], language: str) -> SelectField:
    """A choice among the words of the format; nothing is chosen for anybody."""
    said = [(code, _capital(labels.value("Signing", name, code, language))) for code in codes]
    return SelectField(label, choices=choices_of([("", _("— non précisé —")), *said]))


def _add_first(form: type[Any], code: str, document: Document, language: str) -> dict[str, Any]:
    speaker = Speaker(document, language)
    parties = [(party.id, speaker.name(party) or party.id) for party in document.parties]
    label = _l("Nommée en premier (%(language)s)", language=formats.language_name(code, language))
    setattr(form, f"first_{code}", SelectField(label, choices=choices_of(parties)))
    order = document.order_by_language.get(code)
    return {f"first_{code}": order[0] if order else document.parties[0].id}


def _add_term(form: type[Any], document: Document, language: str) -> dict[str, Any]:
    now = recording.told(document)
    renewals = [(code, _capital(labels.value("Term", "renewal", code, language))) for code in _RENEWALS]
    form.until = KeptDayField(
        _l("Valable jusqu’au"), kept=now.until, description=_l("Laissez vide si le texte ne le dit pas.")
    )
    form.renewal = SelectField(_l("À la fin"), choices=choices_of([("", _("— non précisé —")), *renewals]))
    filled: dict[str, Any] = {"until": typed_day(now.until) if now.until else "", "renewal": now.renewal}
    if recording.is_plain(document.term.notice if document.term else None):
        between = NumberRange(1, _LONGEST, _l("Écrivez un nombre entre 1 et 999."))
        units = [(unit, labels.field("Duration", unit, language)) for unit in recording.UNITS]
        form.notice = IntegerField(_l("Préavis pour en sortir"), [Optional(), between])
        form.notice_unit = SelectField(_l("Unité du préavis"), choices=choices_of(units))
        number, unit = now.notice or (None, "months")
        filled |= {"notice": number, "notice_unit": unit}
    return filled


def _read_signing(form: Form, row: int) -> Occasion:
    places = [" ".join(place.split()) for place in (form[f"s{row}_place"].data or "").split(" / ")]
    return Occasion(
        places=tuple(place for place in places if place),
        date=form[f"s{row}_date"].edtf,
        order=form[f"s{row}_order"].data or "",
        status=form[f"s{row}_status"].data or "",
        occasion=" ".join((form[f"s{row}_occasion"].data or "").split()),
    )


def _lines(text: str | None) -> tuple[str, ...]:
    return tuple(line for part in (text or "").splitlines() if (line := " ".join(part.split())))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
