"""The constitutive assembly in the room of assemblies: prepared there, written down there, read from there."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.assemblies.course import HERE, course_of
from app.assemblies.models import AssemblyKind, Decision, ItemKind, Outcome, Presence, Status
from app.assemblies.queries import rules_of
from app.assemblies.reckoning import AGAINST, FOR, counted
from app.assemblies.services import calling, offices, recording
from app.assemblies.services.calling import AssemblyFacts, ItemFacts, SeatFacts
from app.assemblies.services.recording import HeldItem, HeldOnPaper
from app.assemblies.services.statutes import RecordRule, record_rule
from app.bodies.models import Function
from app.founding.models import Attendance, Founder
from app.founding.reckoning import founders_needed, term_of
from app.founding.services.decided import HeldAssembly, Seat
from app.founding.services.ground import BadFounding, NotNow
from app.founding.services.proxies import article_of, limit_of, proxies_noted
from app.law.statutes import Statutes
from app.law.words import euros, french
from app.people.services import PersonFacts, note_person
from app.shared.clock import PARIS, day_of
from app.shared.folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from app.assemblies.models import Assembly, AssemblySeat, StatutesRule
    from app.founding.models import Founding
    from app.shared.actor import Actor

BOARD = (Function.PRESIDENT, Function.SECRETARY, Function.TREASURER)
"""The offices that the prepared agenda proposes to fill; others may be added to it."""

_ELECTIONS = {
    Function.PRESIDENT: "Élection à la présidence",
    Function.VICE_PRESIDENT: "Élection à la vice-présidence",
    Function.SECRETARY: "Élection au secrétariat",
    Function.TREASURER: "Élection à la trésorerie",
    Function.BOARD_MEMBER: "Élection au conseil d'administration",
}
_STATUTES = french("L'assemblée adopte les statuts dont le texte lui a été lu, article par article.")
_NO_FEE = french("Il n'est pas demandé de cotisation.")
_FEE = "La cotisation annuelle est fixée à {amount}."
_FEE_BLANK = french("La cotisation annuelle est fixée à … €.")
_MANDATE = "L'assemblée donne mandat à {name} pour déclarer l'association et faire les formalités."
_MANDATE_BLANK = french("L'assemblée donne mandat à la présidence pour déclarer l'association et faire les formalités.")
_MESSAGE = (
    "Le projet de statuts est joint ; chacun peut en proposer une autre rédaction à l'assemblée.\n"
    "Il faut {count} fondateurs au moins ({article})."
)


def prepare(
    session: Session, founding: Founding, moment: datetime, *, was: date | None = None, by: Actor, at: datetime
) -> Assembly:
    """Call the founders to their assembly: its day, its agenda, its people; later, only what changed.

    ``was``: the day noted before on which the convocation left.
    """
    meeting = founding.meeting
    if meeting is None or meeting.status in {Status.NO_QUORUM, Status.CANCELLED} or meeting.trashed_at is not None:
        meeting = _make(session, founding, moment, by=by, at=at)
    else:
        if was is not None and founding.convened_on is None:
            recording.note_unsent(session, meeting, was)
        facts = _facts(founding, moment, message=meeting.message, revision=meeting.revision)
        calling.edit_assembly(session, meeting, facts, by=by, at=at)
    follow_statutes(session, founding)
    calling.call_people(session, meeting, _people(founding), by=by, at=at)
    if founding.convened_on is not None:
        recording.note_convened(session, meeting, founding.convened_on, was=was, by=by, at=at)
    return meeting


def _make(session: Session, founding: Founding, moment: datetime, *, by: Actor, at: datetime) -> Assembly:
    needed = founders_needed(founding.body, day_of(moment))
    message = french(_MESSAGE.format(count=needed.value, article=needed.article))
    meeting = calling.call_assembly(
        session, founding.committee_id, _facts(founding, moment, message=message), by=by, at=at
    )
    meeting.body = founding.committee
    founding.meeting_id, founding.meeting = meeting.id, meeting
    for item in _agenda():
        calling.add_item(session, meeting, item, by=by, at=at)
    _note_rule(session, founding, day_of(moment), by=by, at=at)
    return meeting


def _facts(founding: Founding, moment: datetime, *, message: str, revision: int = 0) -> AssemblyFacts:
    return AssemblyFacts(
        kind=AssemblyKind.FOUNDING,
        starts_at=moment,
        place=founding.assembly_place,
        message=message,
        called_by=french("Les fondateurs"),
        revision=revision,
    )


def _agenda() -> list[ItemFacts]:
    return [
        _statutes_item(),
        ItemFacts(title=french("Cotisation"), kind=ItemKind.DECISION, resolution=_FEE_BLANK),
        *(_election(function, 1) for function in BOARD),
        ItemFacts(title=french("Mandat pour déclarer"), kind=ItemKind.DECISION, resolution=_MANDATE_BLANK),
    ]


def _statutes_item() -> ItemFacts:
    return ItemFacts(
        title=french("Adoption des statuts"),
        kind=ItemKind.DECISION,
        decision=Decision.STATUTES,
        resolution=_STATUTES,
    )


def _election(function: Function, places: int) -> ItemFacts:
    title = french(_ELECTIONS.get(function, "Élection"))
    return ItemFacts(title=title, kind=ItemKind.ELECTION, function=function.value, places=places)


def _people(founding: Founding) -> list[SeatFacts]:
    return [
        SeatFacts(
            name=one.person.name,
            person_id=one.person_id,
            quality=french("fondateur, fondatrice"),
            email=one.person.email,
            address=one.address,
        )
        for one in founding.founders_now
    ]


def _note_rule(session: Session, founding: Founding, held_on: date, *, by: Actor, at: datetime) -> None:
    """Before there are statutes, the law asks for so many founders, and the usual majority decides.

    It holds from the assembly on, even where that is written down long after; proxies are counted as the statutes to
    adopt want it.
    """
    if _rule_of(session, founding) is not None:
        return
    needed = founders_needed(founding.body, held_on)
    most, clauses = _asked_by_statutes(founding)
    asked = Statutes(
        quorum="number",
        quorum_number=needed.value,
        quorum_counts_proxies=True,
        majority_ordinary="simple",
        majority_statutes="simple",
        proxies_per_person=most,
        clauses={"quorum": needed.article, **clauses},
    )
    command = RecordRule(kind=AssemblyKind.FOUNDING, since=min(day_of(founding.created_at), held_on), statutes=asked)
    record_rule(session, founding.committee_id, command, by=by, at=at)


def follow_statutes(session: Session, founding: Founding) -> None:
    """Let the assembly that is called follow the statutes as they are written now; one that met keeps its own."""
    rule = _rule_of(session, founding)
    if rule is not None:
        rule.proxies_per_person, clauses = _asked_by_statutes(founding)
        rule.clauses = {"quorum": rule.clauses.get("quorum", ""), **clauses}


def _rule_of(session: Session, founding: Founding) -> StatutesRule | None:
    rules = rules_of(session, founding.committee_id)
    return next((one for one in rules if one.kind == AssemblyKind.FOUNDING), None)


def _asked_by_statutes(founding: Founding) -> tuple[int | None, dict[str, str]]:
    """How many proxies a person carries, and the articles on proxies and on who elects the officers."""
    most, article = limit_of(founding)
    clauses = {"proxies": article, "board_officers": article_of(founding, "bureau")}
    return most, {name: text for name, text in clauses.items() if text}


def write_down(session: Session, founding: Founding, command: HeldAssembly, *, by: Actor, at: datetime) -> None:
    """Write an assembly that was held on paper into the room of assemblies, where its minutes are made."""
    moment = datetime.combine(command.held_on, command.hour, PARIS)
    meeting = founding.meeting or _make(session, founding, moment, by=by, at=at)
    recording.keep_call(meeting)
    follow_statutes(session, founding)
    calling.call_people(session, meeting, _people(founding), by=by, at=at)
    meeting.starts_at, meeting.place = moment, founding.assembly_place[:200]
    recording.record_held(session, meeting, _on_paper(founding, command), by=by, at=at)
    meeting.offices_on = command.held_on


def _on_paper(founding: Founding, command: HeldAssembly) -> HeldOnPaper:
    people = {one.id: one for one in founding.founders_now}
    presences = {
        people[number].person_id: Presence.PRESENT if seat.attendance == Attendance.PRESENT else Presence.ABSENT
        for number, seat in command.seats.items()
    }
    return HeldOnPaper(
        presences=presences,
        proxies=proxies_noted(founding, command),
        presides=command.chaired_by,
        writes=command.written_by,
        items=[
            _adopted(_statutes_item(), command),
            _decided(french("Cotisation"), _fee_said(command), command),
            *_elections(people, command),
            _decided(french("Mandat pour déclarer"), _mandate_said(command), command),
        ],
        note=command.note,
    )


def _adopted(facts: ItemFacts, command: HeldAssembly) -> HeldItem:
    votes = {FOR: command.votes_for, AGAINST: command.votes_against, "abstained": command.abstentions}
    return HeldItem(facts=replace(facts, ballot=command.ballot), choices=votes)


def _decided(title: str, resolution: str, command: HeldAssembly) -> HeldItem:
    """What was noted without its votes: the resolution alone."""
    facts = ItemFacts(title=title, kind=ItemKind.DECISION, resolution=resolution, ballot=command.ballot)
    return HeldItem(facts=facts)


def _fee_said(command: HeldAssembly) -> str:
    return french(_FEE.format(amount=euros(command.fee))) if command.fee else _NO_FEE


def _mandate_said(command: HeldAssembly) -> str:
    named = command.declarant
    return french(_MANDATE.format(name=named.person.name)) if named else _MANDATE_BLANK


def _elections(people: dict[int, Founder], command: HeldAssembly) -> list[HeldItem]:
    """The elections by office; nobody noted how many voted, but at least those who chose the first."""
    by_office: dict[str, list[tuple[int, str, int | None]]] = {}
    for number, seat in command.seats.items():
        if seat.office:
            founder = people[number]
            by_office.setdefault(seat.office, []).append((founder.person_id, founder.person.name, seat.votes))
    return [
        HeldItem(
            facts=replace(_election(function, len(by_office[function])), ballot=command.ballot),
            elected=by_office[function],
            papers=max(votes or 0 for _person, _name, votes in by_office[function]),
        )
        for function in Function
        if function in by_office
    ]


def read(session: Session, founding: Founding, *, by: Actor, at: datetime) -> HeldAssembly:
    """What an assembly decided that was held in its own room; who came and was no founder yet is one now.

    :raises NotNow: when it is not closed.
    :raises BadFounding: when it did not adopt the statutes.
    """
    meeting = founding.meeting
    if meeting is None or meeting.status != Status.CLOSED:
        raise NotNow(_l("L’assemblée constitutive n’est pas close : tenez-la d’abord sur sa page."))
    adopted = next((one for one in meeting.agenda if one.decision == Decision.STATUTES), None)
    if adopted is None or adopted.outcome != Outcome.ADOPTED:
        raise BadFounding(
            _l("L’assemblée n’a pas adopté les statuts : l’association n’est pas fondée. Convoquez-en une autre.")
        )
    founders = _founders(session, founding, meeting, by=by, at=at)
    votes = counted(adopted).votes
    local = meeting.starts_at.astimezone(PARIS)
    return HeldAssembly(
        held_on=local.date(),
        hour=local.timetz().replace(tzinfo=None),
        chaired_by=next((one.name for one in meeting.seats if one.presides), ""),
        written_by=next((one.name for one in meeting.seats if one.is_secretary), ""),
        place=meeting.place,
        seats=_seats(founding, meeting, founders),
        votes_for=votes.votes_for,
        votes_against=votes.votes_against,
        abstentions=votes.abstentions,
        note=meeting.minutes_text,
        shares_office=True,
    )


def _founders(
    session: Session, founding: Founding, meeting: Assembly, *, by: Actor, at: datetime
) -> dict[int, AssemblySeat]:
    """The line of each founder, by the founder's identifier."""
    known = {one.person_id: one for one in founding.founders_now}
    found: dict[int, AssemblySeat] = {}
    for seat in meeting.members:
        if seat.person_id is None:
            named = PersonFacts(name_as_written=seat.name)
            seat.person = note_person(session, named, kept_by=founding.committee_id, by=by, at=at, quiet=True)
            seat.person_id = seat.person.id
        founder = known.get(seat.person_id)
        if founder is None:
            position = len(founding.founders) + 1
            founder = Founder(founding_id=founding.id, person_id=seat.person_id, position=position, created_at=at)
            founding.founders.append(founder)
            session.flush()
        found[founder.id] = seat
    return found


def _seats(founding: Founding, meeting: Assembly, lines: dict[int, AssemblySeat]) -> dict[int, Seat]:
    course = course_of(meeting, Statutes.read(meeting.rules))
    proxies = {one.giver_id: one.holder.name for one, fate in reversed(course.carried) if not fate.is_aside}
    offices_of = _elected(meeting)
    made = {}
    for founder in founding.founders_now:
        line = lines.get(founder.id)
        office, votes = offices_of.get(founder.person_id, ("", None))
        if line is not None and line.presence in HERE:
            made[founder.id] = Seat(Attendance.PRESENT, office=office, votes=votes)
        elif line is not None and line.id in proxies:
            made[founder.id] = Seat(Attendance.REPRESENTED, proxies[line.id], office=office, votes=votes)
        else:
            made[founder.id] = Seat(Attendance.ABSENT, office=office, votes=votes)
    return made


def _elected(meeting: Assembly) -> dict[int, tuple[str, int | None]]:
    """Office and votes of each person elected; who was noted by name alone is found among those called."""
    by_name = {fold(one.name): one.person_id for one in meeting.members}
    found: dict[int, tuple[str, int | None]] = {}
    for item in meeting.agenda:
        if item.outcome != Outcome.ELECTED or item.function not in set(Function):
            continue
        for candidate in item.candidates:
            candidate.person_id = candidate.person_id or by_name.get(fold(candidate.name))
            if candidate.elected_round and candidate.person_id is not None:
                votes = counted(item, candidate.elected_round).choices.get(str(candidate.id))
                found.setdefault(candidate.person_id, (item.function, votes))
    return found


def install(session: Session, founding: Founding, *, by: Actor, at: datetime) -> None:
    """Open the first mandates from what the assembly elected, unless its own page did."""
    meeting = founding.meeting
    if meeting is not None and meeting.offices_on is None:
        begins, term = day_of(meeting.starts_at), term_of(founding)
        offices.install(session, meeting, begins, due_on=term.end(begins) if term else None, by=by, at=at)


def sent_days(founding: Founding) -> list[date]:
    """The days on which the convocation left, by whichever way."""
    seats = founding.meeting.seats if founding.meeting is not None else []
    return sorted({day for day in (founding.convened_on, *(seat.sent_on for seat in seats)) if day is not None})


def papers_in_room(founding: Founding) -> Sequence[str]:
    """The papers that the room of assemblies writes for this founding."""
    return ("convocation", "feuille-de-presence", "proces-verbal") if founding.meeting_id is not None else ()


def reopen(session: Session, founding: Founding, *, by: Actor, at: datetime) -> None:
    """Take the issue of the assembly back: it goes on where it was held, or is written down anew."""
    meeting = founding.meeting
    if meeting is not None and meeting.status == Status.CLOSED:
        recording.take_back(session, meeting, by=by, at=at)
