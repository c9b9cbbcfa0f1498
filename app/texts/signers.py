"""Who signs for each party, as people answered it: several if they wish, in their order."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from msgspec.structs import replace

from app.texts.document import Delegation, Mandate, Signatory, When

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_ALIKE = 0.7


@dataclass(frozen=True)
class SignatoryAnswer:
    """Somebody who signs. Empty: not known yet; None: not asked.

    ``delegation``: in whose place, with which function, by which act. ``was``: the place that this person had among
    those of the party; None for somebody new.
    """

    name: str = ""
    role: str = ""
    roles: Mapping[str, str] = field(default_factory=dict)
    mandate_since: str | None = None
    title: str | None = None
    delegation: tuple[str, str, str] | None = None
    was: int | None = None


@dataclass(frozen=True)
class PartyAnswer:
    """Who signs for a party, in their order, and what its assembly decided."""

    party: str
    signatories: tuple[SignatoryAnswer, ...] = ()
    decision: str = ""
    reference: str = ""


def of_party(signatories: Sequence[Signatory], party: str) -> list[Signatory]:
    """Those who sign for a party, in their order."""
    return [one for one in signatories if party in one.parties]


def answered(signatories: Sequence[Signatory], answers: Sequence[PartyAnswer]) -> list[Signatory]:
    """The signatories as answered. What nobody asked of a person stays, and so do the parties that were not asked."""
    kept: dict[int, Signatory] = dict(enumerate(signatories))
    for one in answers:
        kept = _answer(kept, list(signatories), one)
    return list(kept.values())


def _answer(kept: dict[int, Signatory], before: list[Signatory], answer: PartyAnswer) -> dict[int, Signatory]:
    """The signatories, by number, with those of one party where those of the party stood."""
    own = [number for number, one in enumerate(before) if answer.party in one.parties]
    fresh = max([*kept, len(before) - 1]) + 1
    now: dict[int, Signatory] = {}
    for given in answer.signatories:
        known = given.was is not None and given.was < len(own) and own[given.was] not in now
        number = own[given.was or 0] if known else fresh + len(now)
        old = before[number] if known else Signatory(parties=[answer.party])
        if _says_something(given) or (known and not _says_something(old)):
            now[number] = _made(kept.get(number, old), old, given)
    return _placed(kept, now, {number: _leaving(kept[number], answer.party) for number in own if number not in now})


def _placed(
    kept: dict[int, Signatory], now: dict[int, Signatory], leaving: dict[int, Signatory]
) -> dict[int, Signatory]:
    """Those who sign now, in their order, in the places of the party; whoever leaves may still sign for others."""
    waiting = list(now.items())
    last = max((place for place, number in enumerate(kept) if number in now or number in leaving), default=None)
    made: dict[int, Signatory] = {}
    for place, (number, one) in enumerate(kept.items()):
        if number in leaving and leaving[number].parties:
            made[number] = leaving[number]
        elif number in now or number in leaving:
            made |= dict([waiting.pop(0)]) if waiting else {}
        else:
            made[number] = one
        if place == last:
            made |= dict(waiting)
            waiting = []
    return made | dict(waiting)


def _says_something(one: SignatoryAnswer | Signatory) -> bool:
    return bool(one.name or one.role or one.roles)


def _leaving(one: Signatory, party: str) -> Signatory:
    return replace(one, parties=[name for name in one.parties if name != party])


def _made(current: Signatory, before: Signatory, given: SignatoryAnswer) -> Signatory:
    """Somebody as answered. Whoever signs for two parties, left alone in one of them, is as the other one says."""
    told = replace(
        _for_another(before) if not _is_same_person(before.name, given.name) else before,
        name=given.name,
        role=given.role,
        roles=dict(given.roles),
        mandate=_mandate(before, given),
    )
    if (told.role, told.roles) != (before.role, before.roles):
        told = replace(told, role_as_written="")
    if given.title is not None:
        told = replace(told, title=given.title)
    if given.delegation is not None:
        told = replace(told, delegation=_delegation(told.delegation, given.delegation))
    return current if told == before else replace(told, parties=current.parties)


def _for_another(before: Signatory) -> Signatory:
    """What somebody else who signs in this place does not share with whoever was named before."""
    return replace(before, initials="", name_forms=[], title="", delegation=None, offices=[])


def _delegation(before: Delegation | None, given: tuple[str, str, str]) -> Delegation | None:
    of, of_role, act = given
    made = replace(before or Delegation(), of=of, of_role=of_role, act=act)
    return None if made == Delegation() else made


def _since(one: Signatory) -> str:
    return (one.mandate.since.date or "") if one.mandate and one.mandate.since else ""


def _mandate(before: Signatory, given: SignatoryAnswer) -> Mandate | None:
    """The mandate as answered. That of somebody else is not the mandate of whoever signs instead."""
    held = before.mandate
    if given.mandate_since is None:
        return held
    if given.mandate_since == _since(before):
        return held if _is_same_person(before.name, given.name) else None
    kept = held if held and _is_same_person(before.name, given.name) else Mandate()
    since = When(date=given.mandate_since) if given.mandate_since else None
    made = replace(kept, since=since)
    return None if made == Mandate() else made


def _is_same_person(before: str, after: str) -> bool:
    """Whether a name was put right rather than replaced."""
    return not before or SequenceMatcher(a=before.casefold(), b=after.casefold()).ratio() > _ALIKE
