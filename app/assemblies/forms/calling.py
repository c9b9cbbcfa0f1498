"""Calling: the day and place, the agenda, the people."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from app.assemblies.labels import BALLOTS, DECISIONS, ITEM_KINDS, KINDS
from app.assemblies.models import AssemblyKind, Ballot, Decision, ItemKind
from app.assemblies.services.calling import AssemblyFacts, ItemFacts, SeatFacts
from app.bodies.labels import FUNCTION_NAMES
from app.forms import Form
from app.people.fields import TOO_LONG, DayField, HourField, choices, typed, whole
from app.shared.clock import PARIS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.assemblies.models import Assembly, AssemblyItem, AssemblySeat
    from app.bodies.models import Body, Function


class AssemblyForm(Form):
    """When, where, what meets."""

    revision = HiddenField(default="0")
    body = SelectField(_l("Association"))
    kind = RadioField(
        _l("Quelle réunion ?"),
        choices=choices((kind.value, label) for kind, label in KINDS.items()),
        default=AssemblyKind.ORDINARY.value,
    )
    day = DayField(
        _l("Jour"), [InputRequired(_l("Écrivez le jour de la réunion."))], description=_l("Par exemple 12/04/2027.")
    )
    hour = HourField(
        _l("Heure"), [InputRequired(_l("Écrivez l’heure de la réunion."))], description=_l("Par exemple 18:30.")
    )
    place = StringField(_l("Lieu"), [Length(max=200, message=TOO_LONG)])
    link = StringField(
        _l("Adresse de la visioconférence"),
        [Length(max=300, message=TOO_LONG)],
        description=_l("Si l’on peut participer à distance."),
    )
    called_by = StringField(
        _l("Qui convoque"),
        [Length(max=200, message=TOO_LONG)],
        description=_l("Le nom et la fonction qui signent la convocation."),
    )
    message = TextAreaField(
        _l("Message de la convocation"),
        [Length(max=8000, message=TOO_LONG)],
        description=_l("Ce qui s’ajoute à la date, au lieu et à l’ordre du jour : candidatures, repas, documents…"),
        render_kw={"rows": 4},
    )

    def offer(self, bodies: Iterable[Body]) -> AssemblyForm:
        """Offer the associations for which one may call."""
        self.body.choices = choices((str(body.id), body.name) for body in bodies)
        return self

    def show(self, assembly: Assembly) -> AssemblyForm:
        """Fill in an assembly."""
        local = assembly.starts_at.astimezone(PARIS)
        self.revision.data = str(assembly.revision)
        self.kind.data = assembly.kind
        self.day.data, self.hour.data = typed(local.date()), f"{local:%H:%M}"
        for name in ("place", "link", "called_by", "message"):
            self[name].data = getattr(assembly, name)
        return self

    def command(self) -> AssemblyFacts:
        """What was told."""
        return AssemblyFacts(
            kind=AssemblyKind(self.kind.data),
            starts_at=datetime.combine(self.day.sure, self.hour.sure, PARIS),
            place=self.place.data or "",
            link=self.link.data or "",
            called_by=self.called_by.data or "",
            message=(self.message.data or "").replace("\r\n", "\n"),
            revision=whole(self.revision.data),
        )


class SecondForm(Form):
    """When the same people meet again."""

    day = DayField(_l("Jour"), [InputRequired(_l("Écrivez le jour de la réunion."))])
    hour = HourField(_l("Heure"), [InputRequired(_l("Écrivez l’heure de la réunion."))])

    def moment(self) -> datetime:
        """The day and the hour."""
        return datetime.combine(self.day.sure, self.hour.sure, PARIS)


class ItemForm(Form):
    """An item of the agenda."""

    revision = HiddenField(default="0")
    title = StringField(
        _l("Objet"),
        [InputRequired(_l("Écrivez l’objet du point.")), Length(max=300, message=TOO_LONG)],
        description=_l("Tel qu’il sera envoyé : « Approbation des comptes 2026 »."),
    )
    kind = RadioField(
        _l("Que demande ce point ?"),
        choices=choices((kind.value, label) for kind, label in ITEM_KINDS.items()),
        default=ItemKind.DECISION.value,
    )
    resolution = TextAreaField(
        _l("Texte mis au vote"),
        [Length(max=20_000, message=TOO_LONG)],
        description=_l("« L’assemblée approuve… » : il entrera tel quel dans le registre."),
        render_kw={"rows": 4},
    )
    decision = RadioField(
        _l("Quelle décision ?"),
        choices=choices((one.value, label) for one, label in DECISIONS.items()),
        default=Decision.ORDINARY.value,
        description=_l("Les statuts demandent souvent plus de voix pour les changer ou dissoudre."),
    )
    function = SelectField(_l("Fonction à pourvoir"), description=_l("Pour une élection."))
    places = IntegerField(
        _l("Combien de personnes à élire"),
        [Optional(), NumberRange(1, 99, _l("Écrivez un nombre de 1 à 99."))],
        default=1,
    )
    ballot = RadioField(
        _l("Comment vote-t-on ?"),
        choices=choices((one.value, label) for one, label in BALLOTS.items() if one),
        default=Ballot.SHOW_OF_HANDS.value,
    )
    note = TextAreaField(_l("Note pour préparer"), [Length(max=8000, message=TOO_LONG)], render_kw={"rows": 2})
    added_reason = TextAreaField(
        _l("Pourquoi ce point s’ajoute après la convocation"),
        [Length(max=2000, message=TOO_LONG)],
        render_kw={"rows": 2},
    )

    def offer(self, functions: Iterable[Function]) -> ItemForm:
        """Offer the offices that can be elected."""
        named = ((function.value, FUNCTION_NAMES[function]) for function in functions)
        self.function.choices = choices([("", _l("aucune : une désignation sans mandat")), *named])
        return self

    def show(self, item: AssemblyItem) -> ItemForm:
        """Fill in an item."""
        self.revision.data = str(item.revision)
        for name in ("title", "kind", "resolution", "decision", "function", "places", "ballot", "note", "added_reason"):
            self[name].data = getattr(item, name)
        return self

    def command(self) -> ItemFacts:
        """What was told."""
        return ItemFacts(
            title=self.title.data or "",
            kind=ItemKind(self.kind.data),
            decision=Decision(self.decision.data),
            resolution=(self.resolution.data or "").replace("\r\n", "\n"),
            function=self.function.data or "",
            places=self.places.data or 1,
            ballot=Ballot(self.ballot.data),
            note=(self.note.data or "").replace("\r\n", "\n"),
            added_reason=self.added_reason.data or "",
            revision=whole(self.revision.data),
        )


class SeatForm(Form):
    """Somebody who is called besides those of the lists."""

    name = StringField(
        _l("Nom"), [InputRequired(_l("Écrivez le nom de la personne.")), Length(max=240, message=TOO_LONG)]
    )
    quality = StringField(
        _l("Qualité"), [Length(max=160, message=TOO_LONG)], description=_l("Membre actif, invitée, représentant de…")
    )
    email = StringField(_l("Adresse électronique"), [Length(max=254, message=TOO_LONG)])
    address = TextAreaField(
        _l("Adresse postale"),
        [Length(max=2000, message=TOO_LONG)],
        description=_l("Pour la lettre, si aucun courriel ne l’atteint."),
        render_kw={"rows": 3},
    )
    may_vote = BooleanField(_l("A le droit de vote"), default=True)
    why_not = StringField(_l("Sinon, pourquoi"), [Length(max=200, message=TOO_LONG)])

    def show(self, seat: AssemblySeat) -> SeatForm:
        """Fill in somebody."""
        for name in ("name", "quality", "email", "address", "may_vote", "why_not"):
            self[name].data = getattr(seat, name)
        return self

    def facts(self, person_id: int | None = None) -> SeatFacts:
        """What was told."""
        return SeatFacts(
            name=self.name.data or "",
            person_id=person_id,
            quality=self.quality.data or "",
            email=self.email.data or "",
            address=(self.address.data or "").replace("\r\n", "\n"),
            may_vote=bool(self.may_vote.data),
            why_not=self.why_not.data or "",
        )


class NamesForm(Form):
    """Several people at once, one a line."""

    names = TextAreaField(
        _l("Un nom par ligne"),
        [InputRequired(_l("Écrivez au moins un nom.")), Length(max=20_000, message=TOO_LONG)],
        description=_l("Prénom Nom ; adresse@exemple.fr – l’adresse est facultative."),
        render_kw={"rows": 8},
    )
    quality = StringField(_l("Leur qualité"), [Length(max=160, message=TOO_LONG)], default="")

    def facts(self) -> list[SeatFacts]:
        """The people, line by line."""
        found = []
        for line in (self.names.data or "").splitlines():
            name, _semicolon, email = line.partition(";")
            if name.strip():
                found.append(SeatFacts(name=name.strip(), email=email.strip(), quality=self.quality.data or ""))
        return found
