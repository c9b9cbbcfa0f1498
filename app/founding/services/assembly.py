"""The founders and their constitutive assembly: who founds, the convocation, what was decided, who is elected."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext as _ln
from sqlalchemy import func, select

from app.bodies.labels import ONE_AT_A_TIME
from app.bodies.models import Function
from app.bodies.queries import mandates_of_bodies
from app.bodies.services.mandates import MandateFacts, open_mandate, trash_mandate
from app.forms.dates import parse
from app.founding.models import Attendance, Founder
from app.founding.reckoning import founders_needed, term_of
from app.founding.services import meeting
from app.founding.services.ground import BadFounding, NotNow, require_past, tell, touch
from app.founding.services.rules import hand_rules
from app.law import tables
from app.law.checks.association import holds_birth_date
from app.people.queries import likely_doubles
from app.people.services import PersonFacts, note_person
from app.shared.folding import fold
from app.shared.saying import full_day

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal

    from sqlalchemy.orm import Session

    from app.founding.models import Founding
    from app.founding.services.decided import HeldAssembly
    from app.people.models import Person
    from app.shared.actor import Actor

OFFICES = (
    Function.PRESIDENT,
    Function.VICE_PRESIDENT,
    Function.SECRETARY,
    Function.TREASURER,
    Function.BOARD_MEMBER,
)


@dataclass(frozen=True)
class FounderFacts:
    """A founder; no date of birth is asked. ``person``: somebody who is noted already.

    ``is_other`` confirms somebody else of a name that is known already.
    """

    given_name: str = ""
    family_name: str = ""
    email: str = ""
    occupation: str = ""
    nationality: str = ""
    address: str = ""
    person: Person | None = None
    is_other: bool = False


def add_founder(session: Session, founding: Founding, facts: FounderFacts, *, by: Actor, at: datetime) -> Founder:
    """Note somebody who founds the committee."""
    _require_before_assembly(founding)
    if facts.person is not None:
        person = facts.person
    else:
        _refuse_double(session, founding, facts)
        named = PersonFacts(given_name=facts.given_name, family_name=facts.family_name, email=facts.email)
        person = note_person(session, named, kept_by=founding.committee_id, by=by, at=at, quiet=True)
    founder = session.scalar(select(Founder).where(Founder.founding_id == founding.id, Founder.person_id == person.id))
    if founder is not None and founder.trashed_at is None:
        raise BadFounding(_l("%(name)s est déjà parmi les fondateurs.", name=person.name), field="person")
    if founder is None:
        last = session.scalar(select(func.max(Founder.position)).where(Founder.founding_id == founding.id)) or 0
        founder = Founder(founding_id=founding.id, person_id=person.id, position=last + 1, created_at=at)
        session.add(founder)
    founder.trashed_at = None
    _write(founder, facts)
    session.flush()
    session.refresh(founding, ["founders"])
    touch(founding, by, at)
    tell(session, "founding.founder_added", founding, by=by, at=at)
    return founder


def _refuse_double(session: Session, founding: Founding, facts: FounderFacts) -> None:
    """Ask before somebody of a known name is noted as somebody new; nobody is merged by a machine."""
    name = f"{facts.given_name} {facts.family_name}".strip()
    own = frozenset({founding.body_id, founding.committee_id})
    known = likely_doubles(session, own, name)
    if not known or facts.is_other:
        return
    if {one.id for one in known} & {one.person_id for one in founding.founders_now}:
        raise BadFounding(
            _l(
                "%(name)s est déjà parmi les fondateurs. Si c’est une autre personne du même nom, "
                "cochez « C’est quelqu’un d’autre ».",
                name=name,
            ),
            field="is_other",
        )
    raise BadFounding(
        _l(
            "%(name)s est déjà dans votre carnet : choisissez cette personne dans la liste, "
            "ou cochez « C’est quelqu’un d’autre ».",
            name=known[0].name,
        ),
        field="is_other",
    )


def edit_founder(session: Session, founder: Founder, facts: FounderFacts, *, by: Actor, at: datetime) -> None:
    """Correct what the officers' list says of a founder."""
    _write(founder, facts)
    touch(founder.founding, by, at)
    tell(session, "founding.founder_edited", founder.founding, by=by, at=at)


def _write(founder: Founder, facts: FounderFacts) -> None:
    for field in ("occupation", "nationality", "address"):
        if holds_birth_date(getattr(facts, field)):
            sentence = _l(
                "Ces papiers ne portent ni date ni lieu de naissance : enlevez-les. En Alsace-Moselle, on les écrit à "
                "la main sur la liste imprimée."
            )
            raise BadFounding(sentence, field=field)
    founder.occupation = " ".join(facts.occupation.split())[:120]
    founder.nationality = " ".join(facts.nationality.split())[:80]
    founder.address = " ".join(facts.address.split())[:300]


def trash_founder(session: Session, founder: Founder, *, by: Actor, at: datetime) -> None:
    """Take a founder back."""
    _require_before_assembly(founder.founding)
    if founder.trashed_at is None:
        founder.trashed_at = at
        touch(founder.founding, by, at)
        tell(session, "founding.founder_removed", founder.founding, by=by, at=at)


def _require_before_assembly(founding: Founding) -> None:
    if founding.held_on is not None:
        raise NotNow(
            _l(
                "L’assemblée constitutive a eu lieu le %(day)s : ses fondateurs ne changent plus.",
                day=full_day(founding.held_on),
            )
        )


def call_assembly(
    session: Session,
    founding: Founding,
    at_moment: datetime,
    place: str,
    sent_on: date | None,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Say when and where the founders meet, and when they were told."""
    _require_before_assembly(founding)
    if not place.strip():
        raise BadFounding(_l("Écrivez où l’on se réunit."), field="place")
    require_past(sent_on, at, "sent_on")
    if sent_on is not None and sent_on > at_moment.date():
        raise BadFounding(_l("La convocation ne peut pas partir après l’assemblée."), field="sent_on")
    founding.assembly_at, founding.assembly_place = at_moment, " ".join(place.split())[:300]
    was, founding.convened_on = founding.convened_on, sent_on
    meeting.prepare(session, founding, at_moment, was=was, by=by, at=at)
    touch(founding, by, at)
    tell(session, "founding.assembly_called", founding, by=by, at=at)


def hold_assembly(session: Session, founding: Founding, command: HeldAssembly, *, by: Actor, at: datetime) -> None:
    """Record the constitutive assembly; the officers that it elected hold office from that day.

    :raises BadFounding: naming what the law or the count does not allow, with its article.
    """
    _require_before_assembly(founding)
    require_past(command.held_on, at, "held_on")
    _check_call(founding, command)
    _check_people(founding, command)
    _check_table(founding, command)
    _check_votes(command)
    if founding.statutes_on is not None:
        founding.statutes_on = min(founding.statutes_on, command.held_on)
    _keep(founding, command)
    term = term_of(founding)
    for founder in founding.founders_now:
        if founder.office:
            facts = MandateFacts(
                Function(founder.office),
                since=parse(command.held_on.isoformat()),
                is_meant=command.shares_office,
                due_on=term.end(command.held_on) if term else None,
            )
            open_mandate(session, founding.committee, founder.person, facts, by=by, at=at)
    meeting.write_down(session, founding, command, by=by, at=at)
    _found(session, founding, command.held_on, by=by, at=at)


def take_over(
    session: Session, founding: Founding, fee: Decimal | None, declarant: Founder | None, *, by: Actor, at: datetime
) -> None:
    """Take over what a constitutive assembly decided that was held in the room of assemblies, and found.

    :raises NotNow: when it is not closed.
    :raises BadFounding: when it adopted no statutes, or what it decided is not what the law asks.
    """
    _require_before_assembly(founding)
    command = replace(meeting.read(session, founding, by=by, at=at), fee=fee, declarant=declarant)
    _check_people(founding, command)
    _keep(founding, command)
    meeting.install(session, founding, by=by, at=at)
    _found(session, founding, command.held_on, by=by, at=at)


def take_back(session: Session, founding: Founding, *, by: Actor, at: datetime) -> None:
    """Take the record of the assembly back to correct it, until the file is lodged; the journal keeps the trace.

    :raises NotNow: when there is nothing to correct, or the file has left.
    """
    if founding.held_on is None:
        raise NotNow(_l("L’assemblée n’est pas encore consignée."))
    if founding.filed_on or founding.receipt_on or founding.registered_on or founding.published_on:
        raise NotNow(
            _l("Le dossier est déposé : ce que l’assemblée a décidé ne change plus ici. Une autre assemblée le peut.")
        )
    for mandate in mandates_of_bodies(session, {founding.committee_id}):
        if mandate.since is not None and mandate.since.earliest == founding.held_on and mandate.until is None:
            trash_mandate(session, mandate, by=by, at=at)
    meeting.reopen(session, founding, by=by, at=at)
    day, founding.held_on = founding.held_on, None
    touch(founding, by, at)
    tell(session, "founding.assembly_taken_back", founding, by=by, at=at, day=full_day(day))


def _keep(founding: Founding, command: HeldAssembly) -> None:
    """Keep what the declaration needs."""
    founding.held_on = command.held_on
    founding.assembly_place = " ".join(command.place.split())[:300]
    founding.chaired_by, founding.written_by = command.chaired_by.strip()[:200], command.written_by.strip()[:200]
    founding.votes_for, founding.votes_against = command.votes_for, command.votes_against
    founding.abstentions, founding.fee = command.abstentions, command.fee
    founding.declarant_id = command.declarant.person_id if command.declarant else None
    founding.assembly_note = command.note.strip()[:4000]
    for founder in founding.founders_now:
        seat = command.seats[founder.id]
        founder.attendance, founder.represented_by = seat.attendance.value, seat.represented_by.strip()[:200]
        founder.office, founder.votes = seat.office, seat.votes


def _found(session: Session, founding: Founding, held_on: date, *, by: Actor, at: datetime) -> None:
    hand_rules(session, founding, held_on, by=by, at=at)
    touch(founding, by, at)
    tell(session, "founding.assembly_held", founding, by=by, at=at, day=full_day(held_on))


def _check_call(founding: Founding, command: HeldAssembly) -> None:
    """Nobody meets before being called."""
    late = [day for day in meeting.sent_days(founding) if day > command.held_on]
    if late:
        raise BadFounding(
            _l(
                "La convocation est partie le %(sent)s, et l’assemblée se serait tenue avant, le %(held)s : corrigez "
                "ce jour, ou celui de l’envoi dans « Convoquer ».",
                sent=full_day(late[-1]),
                held=full_day(command.held_on),
            ),
            field="held_on",
        )


def _check_people(founding: Founding, command: HeldAssembly) -> None:
    there = [one for one in command.seats.values() if one.attendance != Attendance.ABSENT]
    needed = founders_needed(founding.body)
    if len(there) < needed.value:
        raise BadFounding(
            _ln(
                "%(num)s fondateur présent ou représenté : il en faut au moins %(needed)s (%(article)s).",
                "%(num)s fondateurs présents ou représentés : il en faut au moins %(needed)s (%(article)s).",
                len(there),
                needed=needed.value,
                article=needed.article,
            ),
            field="seats",
        )
    chosen = [seat for seat in command.seats.values() if seat.office]
    officers = tables.number("dirigeants_signataires_statuts", command.held_on)
    if len(chosen) < officers:
        raise BadFounding(
            _l("Élisez au moins %(count)s dirigeants : ce sont eux qui signent les statuts déposés.", count=officers),
            field="seats",
        )
    if not any(seat.office == Function.PRESIDENT for seat in chosen):
        raise BadFounding(
            _l("Choisissez qui préside : la loi demande une personne qui représente l’association."), field="seats"
        )
    for function in ONE_AT_A_TIME & {Function(seat.office) for seat in chosen}:
        if not command.shares_office and sum(seat.office == function for seat in chosen) > 1:
            raise BadFounding(
                _l("Deux personnes ont la même fonction. Si vos statuts le prévoient, cochez « C’est voulu »."),
                field="shares_office",
            )
    for seat in command.seats.values():
        if seat.attendance == Attendance.REPRESENTED and not seat.represented_by.strip():
            raise BadFounding(_l("Écrivez qui représente chaque personne représentée."), field="seats")


def _check_table(founding: Founding, command: HeldAssembly) -> None:
    """Who presides or writes may be no founder; a founder who does so is there."""
    away = {
        fold(one.person.name) for one in founding.founders_now if command.seats[one.id].attendance != Attendance.PRESENT
    }
    for field, name in (("chaired_by", command.chaired_by), ("written_by", command.written_by)):
        if fold(" ".join(name.split())) in away:
            sentence = _l(
                "%(name)s n’est pas noté parmi les présents : corrigez sa présence, ou écrivez qui était là.",
                name=" ".join(name.split()),
            )
            raise BadFounding(sentence, field=field)


def _check_votes(command: HeldAssembly) -> None:
    there = sum(seat.attendance != Attendance.ABSENT for seat in command.seats.values())
    cast = command.votes_for + command.votes_against + command.abstentions
    if cast != there:
        raise BadFounding(
            _l(
                "Statuts : %(cast)s pour %(there)s.",
                cast=_ln("%(num)s voix comptée", "%(num)s voix comptées", cast),
                there=_ln(
                    "%(num)s personne présente ou représentée", "%(num)s personnes présentes ou représentées", there
                ),
            ),
            field="votes_for",
        )
    if command.votes_for <= command.votes_against:
        raise BadFounding(
            _l(
                "Les statuts ne sont pas adoptés : l’association n’est pas fondée. "
                "Revoyez le texte, puis réunissez-vous."
            ),
            field="votes_for",
        )
    most = max((seat.votes or 0 for seat in command.seats.values()), default=0)
    if most > there:
        raise BadFounding(_l("Une personne a plus de voix qu’il n’y a de votants."), field="seats")
