"""The forms of dues: a period with its amounts, a payment, the cancelling of a receipt."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from app.forms import Form
from app.members.apart import member_choices
from app.members.labels import MEANS_NAMES
from app.members.models import Means
from app.members.services.dues import PeriodFacts, RecordPayment
from app.members.services.waiving import WaiveDues
from app.people.fields import TOO_LONG, DayField, EuroField, choices, euros, typed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from app.members.firsts import First
    from app.members.models import DuesPeriod, Member, MemberCategory

_TIME_TO_PAY = timedelta(days=30)
"""The least that is proposed between the day on which dues are asked and the day until which they are paid (ours)."""
_DAY = _l("Écrivez un jour, comme 31/12/2026.")


class PeriodForm(Form):
    """A period of dues; the amounts of each category are asked beside it."""

    name = StringField(
        _l("Nom de la période"),
        [InputRequired(_l("Donnez un nom, par exemple « 2027 ».")), Length(max=40, message=TOO_LONG)],
    )
    starts_on = DayField(_l("Du"), [InputRequired(_DAY)])
    ends_on = DayField(_l("Au"), [InputRequired(_DAY)])
    due_on = DayField(_l("À payer avant le"), [InputRequired(_DAY)])
    decided = StringField(
        _l("Décidé par"),
        [Length(max=200, message=TOO_LONG)],
        description=_l("L’assemblée ou le bureau qui a fixé les montants, selon les statuts : « AG du 12/03/2026 »."),
    )
    revision = HiddenField(default="0")
    categories: tuple[MemberCategory, ...] = ()

    def show(self, period: DuesPeriod) -> PeriodForm:
        """Fill the form with what is kept."""
        self.name.data, self.decided.data, self.revision.data = period.name, period.decided, str(period.revision)
        for name in ("starts_on", "ends_on", "due_on"):
            self[name].data = typed(getattr(period, name))
        rates = {rate.category_id: rate for rate in period.rates}
        for category in self.categories:
            if rate := rates.get(category.id):
                self[f"each_{category.id}"].data = f"{rate.amount:.2f}".replace(".", ",")
                self[f"home_{category.id}"].data = euros(rate.household_amount)
        return self

    def suggest(self, year: int, before: DuesPeriod | None, first: First, *, on: date) -> PeriodForm:
        """Propose the calendar year, with the amounts of the period before, or those of the foundation.

        Nobody is late on the day on which they are asked: there is a month at least to pay, within the year.
        """
        if before is not None:
            self.show(before)
        self.name.data, self.decided.data, self.revision.data = str(year), "", "0"
        self.starts_on.data, self.ends_on.data = f"01/01/{year}", f"31/12/{year}"
        self.due_on.data = typed(min(max(date(year, 3, 31), on + _TIME_TO_PAY), date(year, 12, 31)))
        if before is None and first.fee:
            self.decided.data = first.decided
            for category in self.categories:
                if category.is_voting:
                    self[f"each_{category.id}"].data = euros(first.fee)
        return self

    def command(self) -> PeriodFacts:
        """What was asked."""
        return PeriodFacts(
            name=self.name.data,
            starts_on=self.starts_on.sure,
            ends_on=self.ends_on.sure,
            due_on=self.due_on.sure,
            decided=self.decided.data or "",
            rates={one.id: (self[f"each_{one.id}"].amount, self._together(one)) for one in self.categories},
        )

    def _together(self, category: MemberCategory) -> Decimal | None:
        field = self[f"home_{category.id}"]
        return field.amount if (field.data or "").strip() else None

    @property
    def amounts(self) -> list[tuple[MemberCategory, Any, Any]]:
        """Each category with its two fields."""
        return [(one, self[f"each_{one.id}"], self[f"home_{one.id}"]) for one in self.categories]


def period_form(categories: Sequence[MemberCategory]) -> type[PeriodForm]:
    """The form with an amount for each category."""
    fields: dict[str, Any] = {"categories": tuple(categories)}
    for one in categories:
        fields[f"each_{one.id}"] = EuroField(_l("%(name)s : par personne", name=one.name))
        fields[f"home_{one.id}"] = EuroField(_l("%(name)s : pour tout un foyer", name=one.name))
    return type("PeriodFormOfBody", (PeriodForm,), fields)


class ChecksField(SelectMultipleField):
    """Several choices as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class PaymentForm(Form):
    """Money received, and for whom of a household."""

    members = ChecksField(_l("Pour qui ?"), coerce=str, validate_choice=False)
    amount = EuroField(_l("Cotisation reçue, en euros"), description=_l("Rien, si la somme est un don."))
    gift = EuroField(_l("Don en plus, en euros"))
    paid_on = DayField(_l("Reçu le"), [InputRequired(_DAY)])
    means = RadioField(
        _l("Par quel moyen ?"),
        choices=choices((one.value, label) for one, label in MEANS_NAMES.items()),
        default=Means.CHEQUE.value,
    )
    reference = StringField(
        _l("Référence"), [Length(max=120, message=TOO_LONG)], description=_l("Numéro du chèque ou du virement.")
    )

    def offer(self, members: Sequence[Member]) -> PaymentForm:
        """Offer the members of the household."""
        self.members.choices = choices(member_choices(members))
        return self

    def suggest(self, members: Sequence[Member], amount: Decimal, on: date) -> PaymentForm:
        """Tick those who owe, with what they owe, today."""
        self.members.data = [str(one.id) for one in members]
        self.amount.data, self.paid_on.data = euros(amount), typed(on)
        return self

    def command(self, members: Sequence[Member], signed_by: str) -> RecordPayment:
        """What was received."""
        return RecordPayment(
            members=tuple(one for one in members if str(one.id) in (self.members.data or [])),
            amount=self.amount.amount,
            gift=self.gift.amount,
            paid_on=self.paid_on.sure,
            means=Means(self.means.data),
            reference=self.reference.data or "",
            signed_by=signed_by,
        )


class WaiverForm(Form):
    """What is not asked of a household, and who decided it."""

    members = ChecksField(_l("Pour qui ?"), coerce=str, validate_choice=False)
    amount = EuroField(_l("Somme qui n’est pas demandée, en euros"), [InputRequired(_l("Écrivez la somme."))])
    decided = StringField(
        _l("Décidé par"),
        [InputRequired(_l("Écrivez qui l’a décidé, et quand.")), Length(max=200, message=TOO_LONG)],
        description=_l("« Bureau du 12/03/2026 ». N’écrivez rien de la situation de la personne."),
    )

    def offer(self, members: Sequence[Member]) -> WaiverForm:
        """Offer the members of the household."""
        self.members.choices = choices(member_choices(members))
        return self

    def command(self, members: Sequence[Member]) -> WaiveDues:
        """What was decided."""
        return WaiveDues(
            members=tuple(one for one in members if str(one.id) in (self.members.data or [])),
            amount=self.amount.amount,
            decided=self.decided.data or "",
        )


class CancelForm(Form):
    """Why a receipt is cancelled."""

    why = TextAreaField(
        _l("Pourquoi ?"),
        [InputRequired(_l("Écrivez pourquoi : la trace reste.")), Length(max=1000, message=TOO_LONG)],
        description=_l("Par exemple : chèque impayé, somme notée deux fois."),
    )
