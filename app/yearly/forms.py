"""The questions of this room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import InputRequired, Length

from app.bodies.apart import choices_apart
from app.members.forms.stays import NumberField
from app.people.fields import TOO_LONG, WHOLE, DayField, choices, typed, whole
from app.yearly.services import Papers, Words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.bodies.models import Body
    from app.yearly.models import YearBook


class YearForm(FlaskForm):
    """Which association, which year."""

    body = SelectField(_l("Association"))
    year = IntegerField(_l("Année"), [InputRequired(_l("Écrivez l’année."))])

    def offer(self, bodies: Iterable[Body]) -> YearForm:
        """Offer the associations for which one writes."""
        self.body.choices = choices(choices_apart(bodies))
        return self


class WordsForm(FlaskForm):
    """The reports."""

    revision = HiddenField(default="0")
    moral = TextAreaField(
        _l("Rapport moral"),
        [Length(max=40_000, message=TOO_LONG)],
        description=_l("Le sens de l’année : ce que l’association a voulu, ce qu’elle en pense."),
        render_kw={"rows": 8},
    )
    activity = TextAreaField(
        _l("Rapport d’activité"),
        [Length(max=40_000, message=TOO_LONG)],
        description=_l("Les faits. La liste de ce qui a eu lieu s’y ajoute d’elle-même."),
        render_kw={"rows": 8},
    )
    outlook = TextAreaField(_l("Perspectives"), [Length(max=40_000, message=TOO_LONG)], render_kw={"rows": 5})

    def show(self, book: YearBook) -> WordsForm:
        """Fill in a year."""
        self.revision.data = str(book.revision)
        for name in ("moral", "activity", "outlook"):
            self[name].data = getattr(book, name)
        return self

    def command(self) -> Words:
        """What was told."""
        told = {name: (self[name].data or "").replace("\r\n", "\n") for name in ("moral", "activity", "outlook")}
        return Words(**told, revision=whole(self.revision.data))


class HeadsField(NumberField):
    """A number of people."""

    def pre_validate(self, form: object) -> None:
        """Read it.

        :raises ValidationError: when it is no whole number.
        """
        super().pre_validate(form)
        if self.number is not None and self.number % 1:
            raise ValidationError(WHOLE)


class PapersForm(FlaskForm):
    """The republican contract, the insurance, and who works there."""

    revision = HiddenField(default="0")
    contract_signed_on = DayField(
        _l("Contrat d’engagement républicain signé le"),
        description=_l("Toute demande de subvention le suppose, en argent ou en nature (décret no 2021-1947)."),
    )
    contract_signed_by = StringField(_l("Par"), [Length(max=200, message=TOO_LONG)])
    informed_how = StringField(
        _l("Comment les membres en sont informés"),
        [Length(max=300, message=TOO_LONG)],
        description=_l("Affichage au local, site internet, bulletin…"),
    )
    insurer = StringField(_l("Assureur"), [Length(max=200, message=TOO_LONG)])
    policy_number = StringField(_l("Numéro de contrat"), [Length(max=80, message=TOO_LONG)])
    insured_until = DayField(_l("Assurée jusqu’au"))
    covers = TextAreaField(
        _l("Ce qui est couvert"),
        [Length(max=4000, message=TOO_LONG)],
        description=_l("Responsabilité civile, bénévoles, familles d’accueil, locaux prêtés, voyages, véhicules."),
        render_kw={"rows": 3},
    )

    employees = HeadsField(_l("Salariés au dernier jour de l’année"), description=_l("0 s’il n’y en a pas."))
    full_time = NumberField(
        _l("En équivalent temps plein travaillé (ETPT)"), description=_l("Une personne à mi-temps toute l’année : 0,5.")
    )
    subsidised = HeadsField(_l("Dont emplois aidés"))
    in_service = HeadsField(_l("Volontaires (service civique)"))
    seconded = HeadsField(_l("Agents mis à disposition ou détachés par une collectivité"))

    _DAYS = ("contract_signed_on", "insured_until")
    _HEADS = ("employees", "subsidised", "in_service", "seconded")
    _TEXTS = ("contract_signed_by", "informed_how", "insurer", "policy_number", "covers")

    def show(self, book: YearBook) -> PapersForm:
        """Fill in a year."""
        self.revision.data = str(book.revision)
        for name in self._DAYS:
            self[name].data = typed(getattr(book, name))
        for name in self._TEXTS:
            self[name].data = getattr(book, name)
        for name in (*self._HEADS, "full_time"):
            known = getattr(book, name)
            self[name].data = "" if known is None else str(known).replace(".", ",")
        return self

    def command(self) -> Papers:
        """What was told."""
        texts = {name: (self[name].data or "").strip().replace("\r\n", "\n") for name in self._TEXTS}
        signed, insured = self.contract_signed_on.day, self.insured_until.day
        return Papers(
            contract_signed_on=signed,
            insured_until=insured,
            full_time=self.full_time.number,
            revision=whole(self.revision.data),
            **texts,
            employees=self.employees.whole,
            subsidised=self.subsidised.whole,
            in_service=self.in_service.whole,
            seconded=self.seconded.whole,
        )
