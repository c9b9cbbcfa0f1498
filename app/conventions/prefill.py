"""From what the house knows of a twinning to the parties and signatories of a new text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.bodies.models import BodyKind
from app.bodies.queries import signatory_on
from app.texts.codes import exists
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
from app.twinnings.queries import present_parties

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from app.bodies.models import Body
    from app.bodies.models import Mandate as Office
    from app.twinnings.models import Twinning, TwinningEvent

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


def signatory(session: Session, body: Body, name: str, *, on: date) -> Signatory | None:
    """Who signs for a body on a day, as far as its mandates tell."""
    office = signatory_on(session, body.id, on)
    if office is None:
        return None
    return Signatory(
        name=office.person.name,
        title=office.person.title,
        role=_ROLES.get(office.function, ""),
        roles=_own_words(body, office),
        parties=[name],
        mandate=Mandate(since=When(date=office.since.text)) if office.since else None,
    )


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


def _own_words(body: Body, office: Office) -> dict[str, str]:
    languages = [code for code in body.languages or () if exists("language", code)]
    return {languages[0]: office.wording} if office.wording and languages else {}


def _once(bodies: Iterable[Body]) -> list[Body]:
    return list({body.id: body for body in bodies}.values())
