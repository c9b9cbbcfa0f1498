"""What is asked while a committee is created."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Email, InputRequired, Length, NumberRange, Optional

from app.bodies.labels import FUNCTION_NAMES
from app.council.forms.fields import TOO_LONG, DayField, EuroField, HourField, choices, euros, typed, whole
from app.forms import Form
from app.founding import statutes
from app.founding.labels import ATTENDANCES, FORMS
from app.founding.models import Attendance, FoundingForm
from app.founding.services.assembly import OFFICES, FounderFacts, HeldAssembly, Seat
from app.founding.services.declaring import Declared
from app.law.words import french
from app.people.forms import plain_name
from app.shared.clock import PARIS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from app.founding.models import Delegation, Founder, Founding

_PERSONS = _l("Écrivez un nombre entier, de 0 à 500.")


def _language() -> str:
    locale = get_locale()
    return locale.language if locale else "fr"


class BeginForm(Form):
    """Régie or association, its name, its twinning."""

    form = RadioField(
        _l("Que voulez-vous créer ?"),
        [InputRequired(_l("Choisissez l’une des deux formes."))],
        choices=choices((form.value, name) for form, name in FORMS.items()),
    )
    name = StringField(
        _l("Nom du comité"),
        [
            InputRequired(_l("Écrivez le nom du comité, même provisoire.")),
            Length(max=200, message=TOO_LONG),
            plain_name,
        ],
        description=_l("Il se change tant que les statuts ne sont pas adoptés."),
    )
    twinning = SelectField(_l("Jumelage"), default="")

    def chosen(self) -> FoundingForm:
        """The form that was chosen."""
        return FoundingForm(self.form.data)


class DeliberationForm(Form):
    """A deliberation that exists already, here or on paper."""

    act = SelectField(_l("Une délibération écrite ici"), default="")
    day = DayField(_l("Ou votée sur papier le"))
    reference = StringField(
        _l("Son numéro"), [Length(max=200, message=TOO_LONG)], description=_l("Par exemple 2026-031.")
    )


def questions_form() -> type[Form]:
    """The short questions of the statutes and the values that they leave."""

    class StatutesForm(Form):
        revision = HiddenField(default="0")

    for question in statutes.asked_questions():
        options = (
            [("yes", _l("Oui")), ("no", _l("Non"))]
            if question.kind == "yes_no"
            else [(option.id, _in(option.label)) for option in question.option]
        )
        setattr(
            StatutesForm,
            f"q_{question.id}",
            RadioField(_in(question.label), choices=choices(options), description=_in(question.help)),
        )
    for field in statutes.model().fields:
        made = StringField(_in(field.label), [Length(max=500, message=TOO_LONG)], description=_in(field.hint))
        setattr(StatutesForm, f"f_{field.id}", made)
    return StatutesForm


def _in(words: Mapping[str, str]) -> str:
    spoken = _language()
    return french(words.get("fr", "")) if spoken == "fr" or spoken not in words else words[spoken]


def show_statutes(form: Any, clauses: Mapping[str, str], fields: Mapping[str, str]) -> None:  # noqa: ANN401  # made above
    """Fill the form in."""
    values = statutes.values_of(fields)
    for question in statutes.asked_questions():
        form[f"q_{question.id}"].data = clauses[question.id]
    for field in statutes.model().fields:
        form[f"f_{field.id}"].data = values.get(field.id, "")


def read_statutes(form: Any) -> tuple[dict[str, str], dict[str, str]]:  # noqa: ANN401  # made above
    """The answers and the values as typed."""
    clauses = {question.id: form[f"q_{question.id}"].data or "" for question in statutes.asked_questions()}
    fields = {field.id: form[f"f_{field.id}"].data or "" for field in statutes.model().fields}
    return clauses, fields


class ArticleForm(Form):
    """One article in one's own words."""

    revision = HiddenField(default="0")
    heading = StringField(_l("Titre"), [Length(max=200, message=TOO_LONG)])
    body = TextAreaField(
        _l("Texte"),
        [Length(max=10_000, message=TOO_LONG)],
        description=_l("Une ligne vide sépare les paragraphes ; « - » commence une ligne de liste."),
        render_kw={"rows": 12},
    )


class FounderForm(Form):
    """Somebody who founds; no date of birth is asked."""

    person = SelectField(_l("Une personne de votre carnet"), default="")
    given_name = StringField(_l("Prénom"), [Length(max=120, message=TOO_LONG), plain_name])
    family_name = StringField(_l("Nom de famille"), [Length(max=120, message=TOO_LONG), plain_name])
    email = StringField(
        _l("Adresse électronique"),
        [
            Optional(strip_whitespace=True),
            Length(max=254, message=TOO_LONG),
            Email(message=_l("Cette adresse n’est pas complète. Exemple : prenom.nom@exemple.fr")),
        ],
        description=_l("Pour la convocation."),
    )
    occupation = StringField(_l("Profession"), [Length(max=120, message=TOO_LONG)])
    nationality = StringField(_l("Nationalité"), [Length(max=80, message=TOO_LONG)])
    address = StringField(
        _l("Domicile"),
        [Length(max=300, message=TOO_LONG)],
        description=_l("Profession, nationalité et domicile ne servent qu’aux dirigeants, pour la déclaration."),
    )

    def show(self, founder: Founder) -> FounderForm:
        """Fill in a founder."""
        for name in ("occupation", "nationality", "address"):
            self[name].data = getattr(founder, name)
        return self

    def facts(self) -> FounderFacts:
        """What was typed."""
        names = ("given_name", "family_name", "email", "occupation", "nationality", "address")
        texts: dict[str, Any] = {name: (self[name].data or "").strip() for name in names}
        return FounderFacts(**texts)


class CallForm(Form):
    """When and where the founders meet."""

    day = DayField(_l("Jour"), [InputRequired(_l("Écrivez le jour de l’assemblée."))])
    hour = HourField(_l("Heure"), [InputRequired(_l("Écrivez l’heure, comme 18:30."))])
    place = StringField(
        _l("Lieu"), [InputRequired(_l("Écrivez où l’on se réunit.")), Length(max=300, message=TOO_LONG)]
    )
    sent_on = DayField(_l("Convocation envoyée le"), description=_l("À noter quand elle est partie."))


def _count(label: object) -> IntegerField:
    return IntegerField(label, [Optional(), NumberRange(0, 500, _PERSONS)])


def held_form(founders: Iterable[Founder]) -> type[HeldForm]:
    """What the assembly decided, with a row for each founder."""

    class Made(HeldForm):
        people: ClassVar[list[tuple[int, str]]] = [(founder.id, founder.person.name) for founder in founders]

    offices = [("", _l("aucune")), *((office.value, FUNCTION_NAMES[office]) for office in OFFICES)]
    for number, _name in Made.people:
        attendance = RadioField(
            _l("Présence"),
            choices=choices((one.value, name) for one, name in ATTENDANCES.items()),
            default=Attendance.PRESENT.value,
        )
        setattr(Made, f"there_{number}", attendance)
        setattr(Made, f"by_{number}", StringField(_l("Représenté·e par"), [Length(max=200, message=TOO_LONG)]))
        setattr(Made, f"office_{number}", SelectField(_l("Fonction"), choices=choices(offices), default=""))
        setattr(Made, f"votes_{number}", _count(_l("Voix obtenues")))
    Made.declarant.kwargs["choices"] = choices(
        [("", _l("personne encore")), *((str(number), name) for number, name in Made.people)]
    )
    return Made


class HeldForm(Form):
    """Base of the form of the constitutive assembly."""

    people: ClassVar[list[tuple[int, str]]] = []

    held_on = DayField(
        _l("Tenue le"), [InputRequired(_l("Écrivez le jour : un procès-verbal sans date ne vaut rien."))]
    )
    chaired_by = StringField(
        _l("Présidence de séance"), [InputRequired(_l("Écrivez qui a présidé.")), Length(max=200, message=TOO_LONG)]
    )
    written_by = StringField(
        _l("Secrétaire de séance"),
        [InputRequired(_l("Écrivez qui a tenu la plume.")), Length(max=200, message=TOO_LONG)],
    )
    place = StringField(
        _l("Lieu"), [InputRequired(_l("Écrivez où l’on s’est réuni.")), Length(max=300, message=TOO_LONG)]
    )
    votes_for = IntegerField(
        _l("Statuts : pour"), [InputRequired(_l("Écrivez le nombre de voix.")), NumberRange(0, 500, _PERSONS)]
    )
    votes_against = _count(_l("Contre"))
    abstentions = _count(_l("Abstentions"))
    fee = EuroField(_l("Cotisation annuelle"), description=_l("En euros. Vide : pas de cotisation."))
    declarant = SelectField(
        _l("Chargé·e de la déclaration"), default="", choices=[], description=_l("L’assemblée lui donne mandat.")
    )
    note = TextAreaField(
        _l("Autres décisions"), [Length(max=4000, message=TOO_LONG)], description=_l("Banque, assurance, affiliation…"),
        render_kw={"rows": 3},
    )  # fmt: skip
    shares_office = BooleanField(_l("C’est voulu : nos statuts prévoient plusieurs titulaires d’une fonction"))

    def command(self, founders: Mapping[int, Founder]) -> HeldAssembly:
        """What was decided."""
        chosen = whole(self.declarant.data)
        return HeldAssembly(
            held_on=self.held_on.sure,
            chaired_by=self.chaired_by.data or "",
            written_by=self.written_by.data or "",
            place=self.place.data or "",
            seats={
                number: Seat(
                    attendance=Attendance(self[f"there_{number}"].data or Attendance.ABSENT),
                    represented_by=self[f"by_{number}"].data or "",
                    office=self[f"office_{number}"].data or "",
                    votes=self[f"votes_{number}"].data,
                )
                for number, _name in self.people
            },
            votes_for=self.votes_for.data or 0,
            votes_against=self.votes_against.data or 0,
            abstentions=self.abstentions.data or 0,
            fee=self.fee.amount or None,
            declarant=founders.get(chosen),
            note=self.note.data or "",
            shares_office=bool(self.shares_office.data),
        )


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
    board_size = _count(_l("Membres du conseil d’administration"))
    ex_officio_members = _count(_l("Dont élus municipaux, avec voix"))
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


def fill_call(form: CallForm, founding: Founding) -> None:
    """Fill in a convocation."""
    if founding.assembly_at is not None:
        local = founding.assembly_at.astimezone(PARIS)
        form.day.data, form.hour.data = typed(local.date()), f"{local:%H:%M}"
    form.place.data, form.sent_on.data = founding.assembly_place, typed(founding.convened_on)
