"""What the minutes say beside the votes: who voted from elsewhere, what was taken off, what no quorum was there for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.assemblies.course import HERE
from app.assemblies.documents.paper import clause_of, names_of, say
from app.assemblies.models import ItemKind, Outcome, Status
from app.assemblies.reckoning import room_at, voted_apart, wants_quorum
from app.shared.clock import day_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.assemblies.models import Assembly, AssemblyItem, AssemblyVoice
    from app.law.statutes import Statutes


def withdrawn(assembly: Assembly) -> Iterable[str]:
    """The items that people were convened for and that were taken off."""
    called = {str(row["title"]) for row in assembly.convened_agenda}
    if titles := [one.title for one in assembly.items if one.outcome == Outcome.WITHDRAWN and one.title in called]:
        yield say(
            "minutes",
            "withdrawn_items",
            titles=names_of([say("common", "quoted", title=one) for one in titles]),
        )


def lost_votes(assembly: Assembly) -> Iterable[str]:
    """That votes had come in before a meeting that could not deliberate."""
    voters = {voice.seat_id for item in assembly.items for voice in item.voices}
    if assembly.status == Status.NO_QUORUM and voters:
        yield say("minutes", "lost_votes", number=len(voters))


def apart(item: AssemblyItem, statutes: Statutes) -> Iterable[str]:
    """Who voted and stands in no list of those present or represented."""
    found = voted_apart(item, room_at(item.assembly, statutes, item))
    if item.kind == ItemKind.ELECTION:  # who left between two rounds is named with those who came
        found = [voice for voice in found if voice.seat.presence not in HERE]
    if found:
        yield say("minutes", "apart", number=len(found), names=names_of([_voter(voice) for voice in found]))


def _voter(voice: AssemblyVoice) -> str:
    """Whose vote it is, and who gave it with their proxy."""
    if voice.through is None:
        return voice.seat.name
    return say("minutes", "through", name=voice.seat.name, holder=voice.through.name)


def at_round(item: AssemblyItem, statutes: Statutes, number: int) -> Iterable[str]:
    """How many were there at a round, where others came or left after it."""
    there = item.rooms.get(str(number))
    if there and there != room_at(item.assembly, statutes, item).votes:
        yield say("minutes", "at_round", number=number, counted=there)


def new_at_second(item: AssemblyItem, statutes: Statutes) -> Iterable[str]:
    """That an item which the first meeting had not to decide lacks the quorum from which only that one is freed."""
    judged = wants_quorum(item, statutes)
    if judged is not None and item.outcome not in {Outcome.ADJOURNED, Outcome.WITHDRAWN}:
        clause, first = clause_of(statutes, "quorum"), item.assembly.second_of
        day = day_of(first.starts_at) if first is not None else ""
        yield say(
            "minutes", "new_at_second", first=day, needed=judged.needed or "", counted=judged.counted, clause=clause
        )
