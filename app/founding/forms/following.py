"""The declaration, the proofs, independence, delegations."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from app.council.forms.fields import TOO_LONG, DayField, EuroField, choices, euros, typed
from app.forms import Form
from app.founding.forms.fields import count
from app.founding.services.declaring import Declared

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.founding.models import Delegation


class DeclarationForm(Form):
    """How far the declaration has come."""

    revision = HiddenField(default="0")
    filed_on = DayField(_l("Dossier déposé le"))
    receipt_on = DayField(_l("Récépissé du"))
    receipt_reference = StringField(_l("Référence du récépissé"), [Length(max=120, message=TOO_LONG)])
    registered_on = DayField(_l("Inscription au registre le"))
    register_reference = StringField(
        _l("Tribunal, volume et folio"),
        [Length(max=120, message=TOO_LONG)],
        description=_l("Comme l’écrit l’avis d’inscription."),
    )
    published_on = DayField(_l("Publication le"))
    publication_reference = StringField(_l("Numéro de l’annonce"), [Length(max=120, message=TOO_LONG)])
    rna = StringField(
        _l("Numéro RNA"),
        [Length(max=20, message=TOO_LONG)],
        description=_l("W et neuf chiffres : il est sur le récépissé."),
    )
    siret = StringField(
        _l("SIRET"),
        [Length(max=24, message=TOO_LONG)],
        description=_l("Quatorze chiffres. Il n’est utile que pour demander une subvention ; il peut attendre."),
    )
    DAYS = ("filed_on", "receipt_on", "registered_on", "published_on")
    TEXTS = ("receipt_reference", "register_reference", "publication_reference", "rna", "siret")

    def show(self, held: Declared, revision: int) -> None:
        """Fill in what is kept."""
        self.revision.data = str(revision)
        for name in (one for one in self.DAYS if one in self):
            self[name].data = typed(getattr(held, name))
        for name in (one for one in self.TEXTS if one in self):
            self[name].data = getattr(held, name)

    def command(self) -> Declared:
        """What was told."""
        told: dict[str, Any] = {name: self[name].day for name in self.DAYS if name in self}
        told |= {name: (self[name].data or "").strip() for name in self.TEXTS if name in self}
        return Declared(**told)


class ConventionForm(Form):
    """A convention that was signed on paper."""

    day = DayField(_l("Signée sur papier le"), [InputRequired(_l("Écrivez le jour."))])


class ProofForm(Form):
    """A file that proves a step."""

    about = StringField(
        _l("Ce que c’est"),
        [Length(max=200, message=TOO_LONG)],
        description=_l("Par exemple : récépissé de la préfecture."),
    )
    file = FileField(_l("Fichier"), description=_l("PDF, JPEG ou PNG, 20 Mio au plus."))


_KNOWN = [("", _l("je ne sais pas")), ("yes", _l("oui")), ("no", _l("non"))]
_LEADERS = [
    ("", _l("je ne sais pas")),
    ("mayor", _l("maire")),
    ("deputy", _l("adjoint·e")),
    ("none", _l("ni l’un ni l’autre")),
]


class IndependenceForm(Form):
    """What tells whether the association stands on its own feet; everything may stay unknown."""

    resources = EuroField(_l("Ressources prévues pour l’année"))
    municipal_subsidy = EuroField(_l("Dont aides de la commune, en argent et en nature"))
    board_size = count(_l("Membres du conseil d’administration"))
    ex_officio_members = count(_l("Dont élus municipaux, avec voix"))
    president_is = SelectField(_l("Le président est aussi"), choices=choices(_LEADERS), default="")
    treasurer_is = SelectField(_l("Le trésorier est aussi"), choices=choices(_LEADERS), default="")
    premises_or_staff_lent = SelectField(
        _l("La commune prête des locaux ou du personnel"), choices=choices(_KNOWN), default=""
    )
    loan_in_writing = SelectField(_l("Ce prêt est écrit"), choices=choices(_KNOWN), default="")
    municipal_receipts = SelectField(
        _l("Le comité encaisse les recettes d’une manifestation de la commune"), choices=choices(_KNOWN), default=""
    )
    AMOUNTS = ("resources", "municipal_subsidy")
    COUNTS = ("board_size", "ex_officio_members")
    WORDS = ("president_is", "treasurer_is")
    FLAGS = ("premises_or_staff_lent", "loan_in_writing", "municipal_receipts")

    def show(self, facts: Mapping[str, Any]) -> None:
        """Fill in what is kept."""
        for name in self.AMOUNTS:
            self[name].data = euros(Decimal(str(facts[name]))) if facts.get(name) else ""
        for name in self.COUNTS:
            self[name].data = facts.get(name)
        for name in self.WORDS:
            self[name].data = facts.get(name) or ""
        for name in self.FLAGS:
            self[name].data = {True: "yes", False: "no"}.get(facts.get(name), "")  # type: ignore[arg-type]  # None is unknown

    def facts(self) -> dict[str, Any]:
        """What is known, in the vocabulary of the law."""
        told: dict[str, Any] = {
            name: str(self[name].amount) for name in self.AMOUNTS if (self[name].data or "").strip()
        }
        told |= {name: self[name].data for name in self.COUNTS if self[name].data is not None}
        told |= {name: self[name].data for name in self.WORDS if self[name].data}
        return told | {name: self[name].data == "yes" for name in self.FLAGS if self[name].data}


class DelegationForm(Form):
    """What a commune lets its committee do in its name."""

    revision = HiddenField(default="0")
    delegate = SelectField(_l("Comité"))
    about = TextAreaField(
        _l("Ce que le comité fait au nom de la commune"),
        [InputRequired(_l("Écrivez ce que la commune délègue.")), Length(max=2000, message=TOO_LONG)],
        description=_l("Précis et limité : « accueillir la délégation de … du 11 au 14 juin 2027 »."),
        render_kw={"rows": 3},
    )
    act = SelectField(_l("Délibération"), default="")
    act_reference = StringField(_l("Ou son numéro, si elle n’est pas ici"), [Length(max=200, message=TOO_LONG)])
    since = DayField(_l("Depuis le"), [InputRequired(_l("Écrivez le premier jour."))])
    until = DayField(_l("Jusqu’au"), description=_l("Vide : sans terme. Un terme est plus prudent."))

    def show(self, held: Delegation) -> None:
        """Fill in a delegation."""
        self.revision.data = str(held.revision)
        self.about.data, self.act_reference.data = held.about, held.act_reference
        self.act.data = str(held.act_id or "")
        self.since.data, self.until.data = typed(held.since), typed(held.until)
