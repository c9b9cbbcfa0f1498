"""What is asked of an aid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from wtforms import (
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange

from app.council.forms.fields import TOO_LONG, WHOLE, DayField, EuroField, euros, typed, whole
from app.council.services.money import SubsidyFacts
from app.forms import Form

if TYPE_CHECKING:
    from app.council.models import Subsidy


class SubsidyForm(Form):
    """One aid to one association in one year."""

    revision = HiddenField(default="0")
    body = SelectField(_l("Commune"))
    beneficiary = SelectField(_l("Association"))
    year = IntegerField(
        _l("Année"), [InputRequired(WHOLE), NumberRange(1990, 2100, _l("Écrivez une année, comme 2027."))]
    )
    purpose = StringField(
        _l("Action aidée et période"),
        [InputRequired(_l("Écrivez l’action aidée et sa période.")), Length(max=256, message=TOO_LONG)],
    )
    cash = EuroField(_l("En argent"), description=_l("En euros."))
    in_kind = EuroField(
        _l("En nature, valeur"),
        description=_l("Salles, personnel, impressions : à leur valeur, en euros ; 0 si rien n’est donné."),
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
        self.cash.data = euros(subsidy.cash)
        self.in_kind.data = "" if subsidy.in_kind is None else euros(subsidy.in_kind) or "0"
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
            in_kind=self.in_kind.told,
            in_kind_note=(self.in_kind_note.data or "").strip(),
            act_id=whole(self.act.data) or None,
            payment_terms=(self.payment_terms.data or "").strip(),
            note=self.note.data or "",
            **{name: self[name].day for name in self.DAYS},
        )
