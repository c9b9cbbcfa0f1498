"""What assemblies know of one person: part of the right of access."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from app.assemblies.duties import name_of
from app.assemblies.labels import CHANNELS, DISPATCHES, PRESENCES
from app.assemblies.models import (
    Assembly,
    AssemblyCandidate,
    AssemblyItem,
    AssemblyProxy,
    AssemblySeat,
    AssemblyVoice,
    Channel,
    Dispatch,
    Presence,
)
from app.shared.saying import said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from app.members.erasing import Known

_CHOICES = {"for": _l("Pour"), "against": _l("Contre"), "abstained": _l("Abstention"), "blank": _l("Blanc")}


def known_of(session: Session, member: Known) -> dict[str, Any]:
    """When they were called, came, gave or carried a proxy, stood, and voted; a secret vote is known to nobody."""
    if member.person_id is None:
        return {}
    seats = session.scalars(
        select(AssemblySeat)
        .join(Assembly, Assembly.id == AssemblySeat.assembly_id)
        .where(Assembly.body_id == member.body_id, AssemblySeat.person_id == member.person_id)
        .options(joinedload(AssemblySeat.assembly))
        .order_by(Assembly.starts_at, AssemblySeat.id)
    ).all()
    return {
        "Assemblées et réunions": [_called(seat) for seat in seats],
        "Pouvoirs": _proxies(session, seats),
        "Votes": _voices(session, seats),
        "Candidatures": _candidacies(session, member),
    }


def _called(seat: AssemblySeat) -> dict[str, str]:
    return {
        "Réunion": name_of(seat.assembly),
        "Nom et qualité": ", ".join(part for part in (seat.name, seat.quality) if part),
        "Adresse": seat.email or seat.address,
        "Convocation": f"{DISPATCHES[Dispatch(seat.dispatch)]} {said(seat.sent_on) if seat.sent_on else ''}".strip(),
        "Présence": str(PRESENCES[Presence(seat.presence)]),
    }


def _proxies(session: Session, seats: Sequence[AssemblySeat]) -> list[dict[str, str]]:
    here = [seat.id for seat in seats]
    given = (
        select(AssemblyProxy)
        .where(or_(AssemblyProxy.giver_id.in_(here), AssemblyProxy.holder_id.in_(here)))
        .options(joinedload(AssemblyProxy.giver), joinedload(AssemblyProxy.holder), joinedload(AssemblyProxy.assembly))
        .order_by(AssemblyProxy.id)
    )
    return [
        {"Réunion": name_of(one.assembly), "De": one.giver.name, "À": one.holder.name, **_span(one)}
        for one in session.scalars(given)
    ]


def _span(proxy: AssemblyProxy) -> dict[str, str]:
    """From which item a proxy was given during the meeting, and before which it was taken back."""
    titles = {item.id: item.title for item in proxy.assembly.items} if proxy.from_item_id or proxy.until_item_id else {}
    told = {"À partir de": titles.get(proxy.from_item_id or 0), "Retiré avant": titles.get(proxy.until_item_id or 0)}
    return {label: title for label, title in told.items() if title}


def _voices(session: Session, seats: Sequence[AssemblySeat]) -> list[dict[str, str]]:
    cast = (
        select(AssemblyVoice)
        .where(AssemblyVoice.seat_id.in_([seat.id for seat in seats]))
        .options(joinedload(AssemblyVoice.item).joinedload(AssemblyItem.assembly), joinedload(AssemblyVoice.through))
        .order_by(AssemblyVoice.id)
    )
    return [
        {
            "Réunion": name_of(one.item.assembly),
            "Point": one.item.title,
            "Vote": str(_CHOICES.get(one.choice, "")),
            "Par": str(CHANNELS[Channel(one.channel)]),
            **({"Avec votre pouvoir": one.through.name} if one.through is not None else {}),
        }
        for one in session.scalars(cast)
    ]


def _candidacies(session: Session, member: Known) -> list[dict[str, str]]:
    stood = (
        select(AssemblyCandidate)
        .join(AssemblyItem, AssemblyItem.id == AssemblyCandidate.item_id)
        .join(Assembly, Assembly.id == AssemblyItem.assembly_id)
        .where(Assembly.body_id == member.body_id, AssemblyCandidate.person_id == member.person_id)
        .options(joinedload(AssemblyCandidate.item).joinedload(AssemblyItem.assembly))
        .order_by(AssemblyCandidate.id)
    )
    return [{"Réunion": name_of(one.item.assembly), "Élection": one.item.title} for one in session.scalars(stood)]
