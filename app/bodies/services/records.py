"""Registering a body, correcting its record, matching it to a place, trash."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any

from flask_babel import format_decimal, get_locale
from flask_babel import lazy_gettext as _l

from app.audit.services import record
from app.bodies.identifiers import compact, is_rna, is_siret, spaced_siret
from app.bodies.models import Body, BodyKind
from app.database.unit import alone_on
from app.forms.addresses import is_web_address
from app.people.naming import clean, clean_text, language_name, language_names, objection
from app.places import clocks
from app.places.models import Place, PlaceKind
from app.places.telling import country_name
from app.shared.errors import DomainError, EditConflict
from app.texts import codes

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.shared.actor import Actor

LENGTHS = {
    "name": 200,
    "country": 2,
    "division": 200,
    "siret": 14,
    "rna": 10,
    "address": 2000,
    "email": 254,
    "phone": 40,
    "website": 300,
    "timezone": 40,
    "note": 4000,
}
LABELS = {
    "name": _l("Nom"),
    "names": _l("Nom dans d’autres langues"),
    "country": _l("Pays"),
    "division": _l("Région, province ou canton"),
    "siret": _l("SIRET"),
    "rna": _l("Numéro RNA"),
    "address": _l("Adresse"),
    "email": _l("Adresse électronique"),
    "phone": _l("Téléphone"),
    "website": _l("Site internet"),
    "languages": _l("Langues"),
    "timezone": _l("Fuseau horaire"),
    "population": _l("Habitants"),
    "note": _l("Note"),
}
_FEWEST_FIGURES = 3
"""Of a number that can be called: that of the emergency services has as many."""
_POSITION = re.compile(r"(-?\d{1,3}(?:[.,]\d{1,8})?)\s*(?:;|,\s|\s)\s*(-?\d{1,3}(?:[.,]\d{1,8})?)")
_SEVERAL_LINES = frozenset({"address", "note"})
_MOST_PEOPLE = 40_000_000


class BadRecord(DomainError):
    """A field of the record cannot be kept as it is written; the sentence says which and why."""


class BodyInTrash(DomainError):
    """The record is in the trash: it must be taken out before it is changed."""


@dataclass(frozen=True)
class BodyFacts:
    """What is noted of a body."""

    name: str
    names: dict[str, str] = field(default_factory=dict)
    country: str = "FR"
    division: str = ""
    siret: str = ""
    rna: str = ""
    address: str = ""
    email: str = ""
    phone: str = ""
    website: str = ""
    languages: tuple[str, ...] = ()
    timezone: str = ""
    """Empty: that of the country, where it has one for all; otherwise a human must say it."""
    population: int | None = None
    note: str = ""

    def cleaned(self) -> BodyFacts:
        """The same, tidied, with every identifier checked.

        :raises BadRecord: naming the first field that cannot be kept.
        """
        texts = {name: _tidy(name, getattr(self, name)) for name in LENGTHS}
        texts["siret"], texts["rna"] = compact(self.siret), compact(self.rna)
        texts["timezone"] = texts["timezone"] or clocks.zone_of(texts["country"])
        for name, most in LENGTHS.items():
            _check_length(name, texts[name], most)
        for name, check in _CHECKS.items():
            if texts[name]:
                check(texts[name])
        if not texts["name"]:
            raise BadRecord(_l("Écrivez le nom de l’organisme."), field="name")
        names = {code: clean(name) for code, name in self.names.items() if clean(name)}
        _check_name(texts["name"], at="name")
        for name in names.values():
            _check_length("name", name, LENGTHS["name"], at="names")
            _check_name(name, at="names")
        if self.population is not None and not 0 <= self.population <= _MOST_PEOPLE:
            raise BadRecord(
                _l("Habitants : écrivez un nombre entier, sans signe, plus petit qu’un pays."), field="population"
            )
        return BodyFacts(**texts, names=names, languages=self.languages, population=self.population)


@dataclass(frozen=True)
class RegisterBody:
    """A new body. ``kept_by_id``: who fills the record in; None when the body keeps itself."""

    kind: BodyKind
    facts: BodyFacts
    place_id: int | None = None
    parent_id: int | None = None
    kept_by_id: int | None = None


def register_body(session: Session, command: RegisterBody, *, by: Actor, at: datetime) -> Body:
    """Register a body, from a place of the lists or from what was typed."""
    facts = command.facts.cleaned()
    body = Body(
        uid=str(uuid.uuid4()),
        kind=command.kind.value,
        parent_id=command.parent_id,
        kept_by_id=command.kept_by_id,
        created_at=at,
        names={},
        languages=[],
    )
    _write(body, facts)
    if command.place_id is not None:
        _settle(body, session.get_one(Place, command.place_id))
    session.add(body)
    session.flush()
    _tell(session, "body.registered", body, by, at, kind=str(body.kind))
    return body


def edit_body(session: Session, body: Body, facts: BodyFacts, *, revision: int, by: Actor, at: datetime) -> Body:
    """Correct the record of a body.

    :raises EditConflict: when somebody else corrected it since it was read.
    :raises BodyInTrash: when it is in the trash.
    """
    alone_on(session, body)
    tidy = facts.cleaned()
    if body.trashed_at is not None:
        raise BodyInTrash(_l("Cet organisme est à la corbeille : restaurez-le avant de le modifier."))
    before = facts_of(body)
    if body.revision != revision:
        raise EditConflict(theirs=told(before), yours=told(tidy))
    if tidy.country != before.country and tidy.timezone == before.timezone:
        tidy = replace(tidy, timezone=clocks.zone_of(tidy.country))
    changed = [name for name in LABELS if getattr(before, name) != getattr(tidy, name)]
    if not changed:
        return body
    _write(body, tidy)
    body.revision += 1
    session.flush()
    _tell(session, "body.edited", body, by, at, fields=changed)
    return body


def facts_for(place: Place, kind: BodyKind) -> BodyFacts:
    """What the lists already know of a body of this kind at this place."""
    is_town = kind in {BodyKind.COMMUNE, BodyKind.FOREIGN_AUTHORITY}
    return BodyFacts(
        name=place.name if is_town else "",
        country=place.country,
        timezone=place.timezone,
        population=place.population if is_town else None,
        languages=("fr",) if place.country == "FR" else (),
    )


def match_place(session: Session, body: Body, place: Place | None, *, by: Actor, at: datetime) -> None:
    """Say which place of the lists a body is at, or that it is at none of them; a human decides, never the software."""
    if place is None:
        body.place_id, body.code = None, ""
        _tell(session, "body.place_removed", body, by, at)
    else:
        _settle(body, place)
        _tell(session, "body.place_matched", body, by, at, place=place.name, country=place.country)
    body.revision += 1


def place_roughly(
    session: Session, body: Body, position: tuple[float, float] | None, *, by: Actor, at: datetime
) -> None:
    """Say about where a body is that is at no place of the lists; a place, once matched, is believed instead."""
    body.latitude, body.longitude = position or (None, None)
    body.revision += 1
    _tell(session, "body.placed_roughly" if position else "body.position_removed", body, by, at)


def read_position(text: str) -> tuple[float, float]:
    """Degrees of latitude and longitude as a map shows them: « 50,25 ; 28,66 », « 50.2547, 28.6587 ».

    :raises BadRecord: when the text is not two numbers, or names no point of the earth.
    """
    found = _POSITION.fullmatch(clean(text))
    if found is None:
        raise BadRecord(
            _l("Écrivez la latitude puis la longitude en degrés, par exemple 50,25 ; 28,66."), field="position"
        )
    latitude, longitude = (float(part.replace(",", ".")) for part in found.groups())
    if abs(latitude) > 90 or abs(longitude) > 180:  # noqa: PLR2004  # degrees
        raise BadRecord(
            _l("La latitude va de -90 à 90, la longitude de -180 à 180 : vérifiez leur ordre."), field="position"
        )
    return latitude, longitude


def set_parent(session: Session, body: Body, parent: Body | None, *, by: Actor, at: datetime) -> None:
    """Say for which town a committee works."""
    if parent is not None and parent.id == body.id:
        raise BadRecord(_l("Un organisme ne peut pas dépendre de lui-même."), field="parent")
    body.parent_id = None if parent is None else parent.id
    body.revision += 1
    _tell(session, "body.parent_set", body, by, at, town="" if parent is None else parent.name)


def hand_over(session: Session, body: Body, *, by: Actor, at: datetime) -> None:
    """Let a body keep its own record from now on: somebody of its own has an account."""
    if body.kept_by_id is not None:
        keeper, body.kept_by_id = body.kept_by_id, None
        body.revision += 1
        _tell(session, "body.handed_over", body, by, at)
        record(session, "body.handed_over", by=by, at=at, body_id=keeper, subject=("body", body.id), name=body.name)


def set_arms(session: Session, body: Body, file: str, *, by: Actor, at: datetime) -> None:
    """Keep the address of the arms, or take them away with an empty one."""
    body.arms_file = file
    body.revision += 1
    _tell(session, "body.arms_set" if file else "body.arms_removed", body, by, at)


def trash_body(session: Session, body: Body, *, by: Actor, at: datetime) -> None:
    """Put a body in the trash; nothing that names it is lost."""
    if body.trashed_at is None:
        body.trashed_at = at
        body.revision += 1
        _tell(session, "body.trashed", body, by, at)


def restore_body(session: Session, body: Body, *, by: Actor, at: datetime) -> None:
    """Take a body out of the trash."""
    if body.trashed_at is not None:
        body.trashed_at = None
        body.revision += 1
        _tell(session, "body.restored", body, by, at)


def facts_of(body: Body) -> BodyFacts:
    """What is kept of a body."""
    kept = {one.name: getattr(body, one.name) for one in fields(BodyFacts)}
    return BodyFacts(**{**kept, "languages": tuple(body.languages or ()), "names": dict(body.names or {})})


def told(facts: BodyFacts) -> dict[str, str]:
    """The facts by label, for people who compare two texts."""
    values = {name: getattr(facts, name) for name in LABELS}
    values["country"] = country_name(facts.country)
    values["timezone"] = clocks.told(facts.timezone, str(get_locale() or "fr")) if facts.timezone else ""
    values["siret"] = spaced_siret(facts.siret)
    values["languages"] = language_names(facts.languages)
    values["population"] = None if facts.population is None else format_decimal(facts.population)
    values["names"] = "\n".join(f"{language_name(code)} : {name}" for code, name in sorted(facts.names.items()))
    return {str(LABELS[name]): "" if value is None else str(value) for name, value in values.items()}


def _settle(body: Body, place: Place) -> None:
    body.place_id = place.id
    is_town = body.kind in {BodyKind.COMMUNE, BodyKind.FOREIGN_AUTHORITY}
    body.code = place.code if is_town and place.kind != PlaceKind.FOREIGN else ""
    body.country = place.country
    body.timezone = place.timezone or body.timezone
    if is_town and body.population is None:
        body.population = place.population


def _write(body: Body, facts: BodyFacts) -> None:
    for one in fields(BodyFacts):
        setattr(body, one.name, getattr(facts, one.name))
    body.languages = list(facts.languages)


def _tell(session: Session, action: str, body: Body, by: Actor, at: datetime, **details: Any) -> None:  # noqa: ANN401  # what the sentence names
    record(session, action, by=by, at=at, body_id=body.id, subject=("body", body.id), name=body.name, **details)


def _tidy(name: str, value: str) -> str:
    return clean_text(value) if name in _SEVERAL_LINES else clean(value)


def _check_name(name: str, *, at: str) -> None:
    if (why := objection(name)) is not None:
        raise BadRecord(why, field=at)


def _check_length(name: str, text: str, most: int, *, at: str = "") -> None:
    if len(text) > most:
        raise BadRecord(
            _l(
                "%(field)s : %(length)s caractères, c’est trop. Gardez-en %(most)s au plus.",
                field=LABELS[name],
                length=len(text),
                most=most,
            ),
            field=at or name,
        )


def _check_siret(number: str) -> None:
    if not is_siret(number):
        raise BadRecord(
            _l(
                "SIRET : ces chiffres ne forment pas un numéro valable. Il en faut quatorze, "
                "tels qu’ils figurent sur l’avis de situation de l’INSEE."
            ),
            field="siret",
        )


def _check_rna(number: str) -> None:
    if not is_rna(number):
        raise BadRecord(
            _l(
                "Numéro RNA : il commence par W et compte neuf chiffres, comme W595012345. "
                "Il figure sur le récépissé de la préfecture."
            ),
            field="rna",
        )


def _check_website(address: str) -> None:
    if not is_web_address(address):
        raise BadRecord(_l("Site internet : écrivez l’adresse entière, comme https://www.exemple.fr"), field="website")


def _check_phone(number: str) -> None:
    if sum(sign.isdecimal() for sign in number) < _FEWEST_FIGURES:
        raise BadRecord(_l("Téléphone : écrivez le numéro en chiffres, comme +33 3 20 00 00 00."), field="phone")


def _check_zone(name: str) -> None:
    if name not in codes.known("timezone"):
        raise BadRecord(_l("Fuseau horaire inconnu. Écrivez-le comme Europe/Paris ou Europe/Kyiv."), field="timezone")


_CHECKS = {
    "siret": _check_siret,
    "rna": _check_rna,
    "website": _check_website,
    "phone": _check_phone,
    "timezone": _check_zone,
}


def check_one(name: str, typed: str) -> None:
    """Check one identifier as it was typed, so that a form tells all that is wrong at once.

    :raises BadRecord: when it cannot be kept.
    """
    text = compact(typed) if name in {"siret", "rna"} else _tidy(name, typed)
    if text:
        _CHECKS[name](text)
