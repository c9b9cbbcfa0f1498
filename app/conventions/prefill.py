"""From what the house knows of a twinning to the parties and signatories of a new text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.bodies.labels import FUNCTION_NAMES
from app.bodies.models import BodyKind, Function
from app.bodies.queries import mandates_in_office, officers, signatory_on
from app.conventions.offices import PLAIN_ROLES, SPOKEN_ROLES
from app.texts.codes import exists, spoken_by
from app.texts.document import (
    Address,
    Code,
    Division,
    Kind,
    Mandate,
    Name,
    Party,
    Relation,
    Signatory,
    Signing,
    Spot,
    When,
)
from app.twinnings.labels import DUTY_NAMES
from app.twinnings.models import Duty
from app.twinnings.queries import present_parties

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from app.bodies.models import Body
    from app.twinnings.models import Twinning, TwinningEvent, TwinningPerson

_KINDS = {
    BodyKind.COMMUNE: "commune",
    BodyKind.EPCI: "intercommunal",
    BodyKind.FOREIGN_AUTHORITY: "foreign_authority",
    BodyKind.COMMITTEE: "committee",
    BodyKind.PARTNER_COMMITTEE: "committee",
    BodyKind.COMMITTEE_SERVICE: "other",
    BodyKind.FEDERATION: "federation",
}
_ROLES = {
    "mayor": "mayor",
    "deputy_mayor": "deputy_mayor",
    "president": "president",
    "vice_president": "vice_president",
    "epci_president": "president",
}


@dataclass(frozen=True)
class Candidate:
    """Somebody who may sign for a body: function and duty as they are told, since when."""

    name: str
    function: str
    duty: str
    since: str


def parties_of(kind: Kind, twinnings: Sequence[Twinning]) -> list[Body]:
    """The bodies that a text of this kind is between: the towns; or a town and its committee."""
    present = [party for twinning in twinnings for party in present_parties(twinning)]
    if kind is not Kind.TOWN_COMMITTEE:
        return _once(party.body for party in present if party.is_town)
    committees = [party.body for party in present if party.body.kind == BodyKind.COMMITTEE]
    towns = [party.body for party in present if party.is_town and party.body.country == "FR"]
    return _once([*towns[:1], *committees[:1]])


def party(body: Body, name: str) -> Party:
    """A body as a party to a text."""
    kind = _KINDS.get(BodyKind(body.kind), "other")
    spoken = {code: text for code, text in (body.names or {}).items() if text and exists("language", code)}
    names = [Name(text=text, language=code, kind="translated") for code, text in spoken.items()]
    codes = [Code(system="insee", value=body.code)] if body.code and body.kind == BodyKind.COMMUNE else []
    division = [Division(kind="district", name=body.division)] if body.division else []
    return Party(
        id=name,
        name=body.name,
        names=names,
        country=body.country if exists("country", body.country or "") else None,
        body=kind,  # type: ignore[arg-type]  # each kind above is one of the format
        divisions=division,
        codes=codes,
        languages=[code for code in body.languages or () if exists("language", code)],
        seat=Address(text=body.address) if body.address else None,
    )


def signatories(
    session: Session, body: Body, name: str, *, on: date, people: Iterable[TwinningPerson] = ()
) -> list[Signatory]:
    """Who signs for a body on a day: all whom the dossier names, else the one whom its mandates tell."""
    named = [one for one in people if one.duty == Duty.SIGNATORY and _is_theirs(one, body, on)]
    if named:
        return [_named(session, body, name, one, on) for one in _each_once(named)]
    known = signatory(session, body, name, on=on)
    return [known] if known else []


def signatory(session: Session, body: Body, name: str, *, on: date) -> Signatory | None:
    """Who signs for a body on a day, as its mandates tell."""
    office = signatory_on(session, body.id, on)
    if office is None:
        return None
    return Signatory(
        name=office.person.name,
        title=office.person.title,
        role=_ROLES.get(office.function, ""),
        roles=_own_words(body, office.wording),
        parties=[name],
        mandate=Mandate(since=When(date=office.since.text)) if office.since else None,
    )


def candidates(session: Session, body: Body, people: Iterable[TwinningPerson], *, on: date) -> list[Candidate]:
    """Who may sign for a body: the people of the dossier, then those whose office may be seen from outside."""
    found = [
        Candidate(one.person.name, one.wording, str(DUTY_NAMES[Duty(one.duty)]), _day(one.since))
        for one in people
        if one.duty in {Duty.SIGNATORY, Duty.COORDINATOR} and _is_theirs(one, body, on)
    ]
    offices = officers(mandates_in_office(session, body.id, on=on), body.kind)
    found += [
        Candidate(
            one.person.name,
            one.wording or str(FUNCTION_NAMES[Function(one.function)]),
            "",
            one.since.text if one.since else "",
        )
        for one in offices
    ]
    once: dict[str, Candidate] = {}
    for one in found:
        before = once.get(one.name)
        once[one.name] = (
            one
            if before is None
            else replace(before, function=before.function or one.function, since=before.since or one.since)
        )
    return list(once.values())


def _is_theirs(one: TwinningPerson, body: Body, on: date) -> bool:
    began = one.since is None or one.since <= on
    return one.body_id == body.id and began and (one.until is None or one.until >= on)


def _named(session: Session, body: Body, name: str, named: TwinningPerson, on: date) -> Signatory:
    """The signatory of the dossier; what the dossier leaves open is told by an office that the person holds."""
    held = [one for one in mandates_in_office(session, body.id, on=on) if one.person_id == named.person_id]
    office = min(held, key=lambda one: one.function not in _ROLES, default=None)
    wording = named.wording or (office.wording if office else "")
    role = _ROLES.get(office.function, "") if office else SPOKEN_ROLES.get(wording.casefold(), "")
    is_plain = wording.casefold() in PLAIN_ROLES and body.country == "FR"
    began = office.since.text if office and office.since else _day(named.since)
    return Signatory(
        name=named.person.name,
        title=named.person.title,
        role=role,
        roles={} if is_plain and role else _own_words(body, wording),
        parties=[name],
        mandate=Mandate(since=When(date=began)) if began else None,
    )


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def relation(twinning: Twinning, events: Iterable[TwinningEvent], own: Iterable[int]) -> Relation:
    """A twinning that a text is about: the partner towns and the days of its oaths."""
    mine = set(own)
    towns = [one.body for one in present_parties(twinning) if one.is_town and one.body_id not in mine]
    signings = [
        Signing(places=[Spot(name=event.place)] if event.place else [], date=When(date=event.when.text))
        for event in events
        if event.stage in {"first_oath", "second_oath"} and event.when is not None
    ]
    return Relation(
        id=f"jumelage-{twinning.id}",
        towns=[party(body, f"ville-{body.id}") for body in towns if body.country != "FR"],
        signings=signings,
    )


def _own_words(body: Body, wording: str) -> dict[str, str]:
    languages = spoken_by([code for code in body.languages or () if exists("language", code)], body.country)
    return {languages[0]: wording} if wording and languages else {}


def _each_once(people: Iterable[TwinningPerson]) -> list[TwinningPerson]:
    """Somebody who is in two dossiers signs once."""
    return list({one.person_id: one for one in reversed(list(people))}.values())[::-1]


def _once(bodies: Iterable[Body]) -> list[Body]:
    return list({body.id: body for body in bodies}.values())
