"""What a model of deliberation asks: words, sums of money and days, each understood before it is written down."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, StringField, ValidationError
from wtforms.validators import InputRequired, Length

from app.council import spelled
from app.council.drafting import without_end
from app.council.forms.fields import TOO_LONG, DayField, EuroField, choices
from app.council.told import DAYS, SUMS, facts_of, said_days
from app.forms import Form
from app.forms.amounts import BadAmount, read_amount
from app.law.money import yearly_aid
from app.law.words import euros, full_day
from app.people.forms import blame
from app.shared import clock

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    from wtforms.fields.choices import SelectChoice

    from app.council.reckoning import Setting

ASKS = {
    "origine": _l("D’où vient ce jumelage, en une phrase"),
    "montant": _l("Montant prévisionnel des dépenses (1 500 € par an)"),
    "forme": _l("Ce qui est créé"),
    "mission": _l("Mission confiée (animer le jumelage ; signer la convention…)"),
    "organisme": _l("Auprès de quel organisme (le Comité des fêtes ; l’association « Les Amis »…)"),
    "personnes": _l("Qui, par leurs noms"),
    "beneficiaire": _l("Bénéficiaire"),
    "action": _l("Action aidée"),
    "periode": _l("Période (en 2027 ; du 11 au 14 juin 2027…)"),
    "montant_chiffres": _l("Montant de la subvention, en euros"),
    "ligne": _l("Ligne budgétaire (à l’article 65748 du budget 2027…)"),
    "versement": _l("Versement (en une fois ; la moitié au départ…)"),
    "contrat": _l("Contrat d’engagement républicain, signé le"),
    "nature": _l("Aides en nature de l’année, évaluées à (0 s’il n’y en a pas)"),
    "lieu": _l("Lieu"),
    "depart": _l("Départ"),
    "retour": _l("Retour"),
    "plafond": _l("Plafond des frais (120 € par personne et par jour)"),
    "decision": _l("Ce que le conseil décide"),
    "motif": _l("Motif, en termes neutres"),
    "effet": _l("Date d’effet"),
    "sort": _l("Sort des actions engagées"),
    "objet": _l("Objet de la délibération, en une ligne"),
}
CHOICES = {
    "forme": {
        "association": _l("une association loi 1901"),
        "local_association": _l("une association de droit local (Bas-Rhin, Haut-Rhin, Moselle)"),
        "commission": _l("une commission extra-municipale, qui donne des avis"),
        "service": _l("un service de la commune, en régie directe"),
    },
    "decision": {
        "suspension": _l("suspendre le jumelage"),
        "end": _l("mettre fin au jumelage"),
        "renewal": _l("renouveler le jumelage"),
    },
    "sort": {
        "continued": _l("elles se poursuivent jusqu’à leur terme"),
        "suspended": _l("elles sont suspendues à la même date"),
        "ended": _l("elles prennent fin à la même date"),
    },
}
"""What is chosen and not typed: ``drafting`` knows the words that each choice puts into the act."""


_LETTER = re.compile(r"[^\W\d_]")


_SUM = re.compile(r"\d[\d\s.,]*")


def _only_sum(text: str) -> Decimal | None:
    """The sum among words, when there is one alone: « 1 500 € par an »."""
    found = _SUM.findall(text)
    if len(found) != 1:
        return None
    try:
        return read_amount(found[0].strip(" .,"))
    except BadAmount:
        return None


class SumField(StringField):
    """A sum, alone or with words around it: « 1500 », « 1 500 € par an ». ``said`` is what the act will read."""

    said = ""
    told: Decimal | None = None

    def pre_validate(self, form: object) -> None:
        """Read it.

        :raises ValidationError: without any figure, below zero, or figures alone that are no sum.
        """
        del form
        text = " ".join((self.data or "").split())
        self.said, self.told = text, None
        if not text:
            return
        if re.match(r"-\s*\d", text) or not re.search(r"\d", text):
            raise ValidationError(_l("Écrivez un montant, par exemple 1 500 € par an."))
        try:
            amount = read_amount(text)
        except BadAmount as error:
            if not _LETTER.search(text.removesuffix("EUR")):
                raise ValidationError(error.sentence) from error
            self.told = _only_sum(text)
            return  # words around it: they stand as they are
        self.told = amount
        self.said = euros(amount) if amount is not None else ""


_FIELDS = {
    "montant": SumField,
    "plafond": SumField,
    "montant_chiffres": EuroField,
    "nature": EuroField,
    **dict.fromkeys(DAYS, DayField),
}
_GOES_ON = {"suspension": {"continued", "suspended", "ended"}, "end": {"continued", "ended"}, "renewal": {"continued"}}
"""What may become of the actions that were begun, by what the council decides of the twinning."""


def questions_form(asks: Sequence[str], texts: Iterable[tuple[str, str]] = (), setting: Setting | None = None) -> Form:
    """What one model asks of a commune, and which frozen text is annexed."""

    class QuestionsForm(Form):
        def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
            """Read every answer, and what two of them cannot say together."""
            return super().validate(extra_validators) and _hold_together(self)

    for name in asks:
        if name in CHOICES:
            setattr(QuestionsForm, name, _choice(name))
            continue
        field = _FIELDS.get(name, StringField)
        setattr(QuestionsForm, name, field(ASKS[name], [Length(max=500, message=TOO_LONG)]))
    offered = list(texts)
    if offered:
        QuestionsForm.version = SelectField(
            _l("Texte annexé"),
            choices=choices([("", _l("aucun")), *offered]),
            description=_l("Seul un projet figé complet s’annexe."),
        )
    form = QuestionsForm()
    if setting is not None and "forme" in form:
        form["forme"].choices = _forms_of(setting, form["forme"].choices)
    return form


def _hold_together(form: Form) -> bool:
    """Nobody comes back before leaving; what a renewed twinning has begun goes on."""
    if "retour" in form and not require_journey(form):
        return False
    if "sort" in form and form["sort"].data not in _GOES_ON.get(form["decision"].data, {form["sort"].data}):
        goes_on = _l("Le jumelage continue\N{NO-BREAK SPACE}: les actions engagées se poursuivent.")
        ends = _l(
            "Le jumelage prend fin\N{NO-BREAK SPACE}: ses actions vont à leur terme ou prennent fin à la même date."
        )
        blame(form, "sort", goes_on if form["decision"].data == "renewal" else ends)
        return False
    return True


def require_journey(form: Form) -> bool:
    """Whether a return, where one is told, comes with a departure and not before it; else it is blamed."""
    departs, returns = form["depart"].day, form["retour"].day
    if returns is None or (departs is not None and departs <= returns):
        return True
    if departs is None:
        blame(form, "depart", _l("Écrivez aussi le jour du départ."))
    else:
        blame(
            form, "retour", _l("Le retour ne précède pas le départ\N{NO-BREAK SPACE}: corrigez l’une des deux dates.")
        )
    return False


def _choice(name: str) -> RadioField:
    return RadioField(
        ASKS[name], [InputRequired(_l("Choisissez une réponse."))], choices=choices(CHOICES[name].items())
    )


def _forms_of(setting: Setting, offered: Iterable[SelectChoice]) -> list[SelectChoice]:
    """The kinds of committee that the law of a commune knows: an association of local law is one of Alsace-Moselle."""
    other = "association" if setting.is_local_law else "local_association"
    return [one for one in offered if one.value != other or not setting.department]


def answers_of(form: Form, asks: Sequence[str]) -> dict[str, str]:
    """What was told, as the act will read it: sums with their euros and in letters, days in full."""
    found = {name: _said(form[name]) for name in asks}
    if found.get("montant_chiffres"):
        found["montant_lettres"] = spelled.euros(form["montant_chiffres"].amount)
    return found | said_days(days_of(form))


def days_of(form: Form) -> dict[str, date | None]:
    """The days that were told, by their name."""
    return {name: form[name].day for name in DAYS if name in form}


def facts_told(form: Form) -> dict[str, str]:
    """What the law looks at in these answers: days, and sums that were told as such."""
    sums: dict[str, Decimal | None] = {name: form[name].told for name in SUMS if name in form}
    return facts_of(days_of(form), sums)


def is_below_threshold(form: Form) -> bool:
    """Whether the aid, in money and in kind, is surely not more than what makes a convention compulsory."""
    sums = [form[name].amount for name in ("montant_chiffres", "nature") if (form[name].data or "").strip()]
    return len(sums) == 2 and not yearly_aid(sums, on=clock.today()).needs_convention  # noqa: PLR2004  # both are told


def _said(field: object) -> str:
    if isinstance(field, RadioField):
        return str(field.data or "")
    if isinstance(field, DayField):
        return full_day(field.day).partition(" ")[2] if field.day else ""
    if isinstance(field, EuroField):
        return euros(field.amount) if (field.data or "").strip() else ""
    if isinstance(field, SumField):
        return field.said
    return without_end(" ".join((getattr(field, "data", "") or "").split()))
