"""Days and numbers of a case that cannot be true together, told pair by pair."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from app.law.days import age_on
from app.law.vocabulary.kinds import Fault
from app.law.words import full_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from app.law.situation import Situation

_ACT = {
    "transmitted_on": "l'adoption de l'acte",
    "published_on": "l'adoption de l'acte",
    "certified_on": "l'adoption de l'acte",
    "stopped_on": "l'adoption de l'acte",
}
_AGES_APART = 1  # an age told without its day may be one year off


def find(situation: Situation) -> Iterator[Fault]:
    """Return the days that run backwards and the parts larger than their whole."""
    yield from _acts(situation)
    yield from _meeting(situation)
    yield from _people(situation)
    yield from _numbers(situation)
    yield from _ages(situation)


def _acts(situation: Situation) -> Iterator[Fault]:
    for index, act in enumerate(situation.acts):
        at, adopted = f"acts[{index}]", situation.adopted_on(act)
        for name, what in _ACT.items():
            yield from _before(getattr(act, name), adopted, f"{at}.{name}", what)
        yield from _before(act.completed_on, act.prefect_request_on, f"{at}.completed_on", "la demande du préfet")
        yield from _before(act.prefect_request_on, act.transmitted_on, f"{at}.prefect_request_on", "la transmission")
        if letter := act.prefect_letter:
            place = f"{at}.prefect_letter"
            yield from _before(letter.sent_on, adopted, f"{place}.sent_on", "l'adoption de l'acte")
            yield from _before(letter.received_on, adopted, f"{place}.received_on", "l'adoption de l'acte")
            yield from _before(letter.received_on, letter.sent_on, f"{place}.received_on", "l'envoi de la lettre")
            arrived, what = letter.received_on or letter.sent_on, "la lettre du préfet"
            yield from _before(letter.answered_on, arrived, f"{place}.answered_on", what)
        if act.appeal:
            lodged = act.appeal.lodged_on
            yield from _before(lodged, adopted, f"{at}.appeal.lodged_on", "l'adoption de l'acte")
            yield from _before(act.appeal.answered_on, lodged, f"{at}.appeal.answered_on", "le dépôt du recours")
        if act.online:
            start = act.online.online_on or act.published_on
            yield from _before(act.online.online_on, adopted, f"{at}.online.online_on", "l'adoption de l'acte")
            yield from _before(act.online.removed_on, start, f"{at}.online.removed_on", "la mise en ligne")


def _meeting(situation: Situation) -> Iterator[Fault]:
    meeting, held = situation.meeting, situation.held_on
    for name in ("list_posted_on", "list_online_on"):
        yield from _before(getattr(meeting, name), held, f"meeting.{name}", "la séance")
    for name in ("next_meeting_on", "adopted_on", "published_on"):
        told = getattr(meeting.minutes, name) if meeting.minutes else None
        yield from _before(told, held, f"meeting.minutes.{name}", "la séance")
    first = meeting.second_convocation_of
    if first:
        yield from _before(held, first.date, "meeting.date", "la première séance")


def _people(situation: Situation) -> Iterator[Fault]:
    case = situation.case
    for index, text in enumerate(case.texts or ()):
        if told := text.signatory:
            for name in ("delegation_transmitted_on", "delegation_published_on"):
                at = f"texts[{index}].signatory.{name}"
                yield from _before(getattr(told, name), told.delegation_on, at, "l'arrêté")
    yield from _pairs("association.changes", (case.association and case.association.changes) or (), _CHANGE)
    yield from _pairs("missions", case.missions or (), _MISSION)
    yield from _pairs("stays", case.stays or (), _STAY)
    yield from _pairs("kept_data", case.kept_data or (), _KEPT)


_CHANGE = ("declared_on", "decided_on", "la décision")
_MISSION = ("returns_on", "departs_on", "le départ")
_STAY = ("completed_on", "declared_on", "la déclaration initiale")
_KEPT = ("deleted_on", "since", "le début de la conservation")


def _pairs(place: str, parts: Iterable[Any], pair: tuple[str, str, str]) -> Iterator[Fault]:
    later, earlier, what = pair
    for index, one in enumerate(parts):
        yield from _before(getattr(one, later), getattr(one, earlier), f"{place}[{index}].{later}", what)


def _numbers(situation: Situation) -> Iterator[Fault]:
    if told := situation.case.association:
        yield from _over(
            told.ex_officio_members, told.board_size, "association.ex_officio_members", "le conseil d'administration"
        )
        yield from _over(
            told.municipal_subsidy, told.resources, "association.municipal_subsidy", "les ressources de l'année"
        )
    for index, item in enumerate(situation.items):
        if (named := item.appointment) and named.declared_elected is not None:
            at = f"items[{index}].appointment.declared_elected"
            yield from _over(len(named.declared_elected), named.seats, at, "les sièges à pourvoir")


def _over(part: Any, whole: Any, at: str, what: str) -> Iterator[Fault]:  # noqa: ANN401  # a count or a sum
    if part is not None and whole is not None and part > whole:
        yield Fault(at, f"{part} dépasse {what} ({whole}) : c'est impossible. Corrigez l'un des nombres.")


def _ages(situation: Situation) -> Iterator[Fault]:
    for index, stay in enumerate(situation.case.stays or ()):
        for place, one in enumerate(stay.participants or ()):
            at = f"stays[{index}].participants[{place}]"
            yield from _age(one.age, one.born_on, stay.starts_on, at)
    for index, item in enumerate(situation.items):
        for place, candidate in enumerate((item.appointment and item.appointment.candidates) or ()):
            at = f"items[{index}].appointment.candidates[{place}]"
            yield from _age(candidate.age, candidate.born_on, situation.held_on, at)


def _age(age: int | None, born_on: date | None, day: date | None, at: str) -> Iterator[Fault]:
    if born_on is None or day is None:
        return
    if born_on > day:
        yield Fault(f"{at}.born_on", f"le {full_day(born_on)} suit le {full_day(day)}. Corrigez l'une des dates.")
    elif age is not None and abs(age_on(born_on, day) - age) > _AGES_APART:
        yield Fault(f"{at}.age", f"{age} ans et né le {full_day(born_on)} ne vont pas ensemble : gardez l'un des deux.")


def _before(later: object, earlier: object, at: str, what: str) -> Iterator[Fault]:
    if isinstance(later, date) and isinstance(earlier, date) and later < earlier:
        yield Fault(at, f"le {full_day(later)} précède {what} ({full_day(earlier)}). Corrigez l'une des deux dates.")
