"""Committees in creation for tests."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING

from app.founding.models import Attendance, FoundingForm, Stage
from app.founding.services import assembly, beginning, delegating, statutes
from app.founding.services.decided import HeldAssembly, Seat
from app.shared.actor import Actor
from app.shared.clock import PARIS

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.bodies.models import Body
    from app.founding.models import Delegation, Founding, FoundingProof

BY = Actor(1, "Camille Fictive")
BEGUN = datetime(2026, 3, 2, 12, tzinfo=PARIS)
READY = datetime(2026, 3, 9, 12, tzinfo=PARIS)
HELD = date(2026, 3, 20)
LATER = datetime(2026, 4, 30, 12, tzinfo=PARIS)
NAMES = ("Ada", "Basile", "Céleste", "Denis", "Élise", "Firmin", "Gisèle")


def make_founding(
    session: Session, commune: Body, *, form: str = "association", name: str = "Comité fictif"
) -> Founding:
    """A committee whose creation has just begun."""
    command = beginning.BeginFounding(FoundingForm(form), name, is_meant=True)
    made = beginning.begin_founding(session, commune, command, by=BY, at=BEGUN)
    session.commit()
    return made


def make_ready(session: Session, commune: Body, *, founders: int = 3) -> Founding:
    """An association whose statutes are ready and whose founders are noted."""
    made = make_founding(session, commune)
    fields = {"villes": "Ville-Exemple", "tribunal": "Tribunal fictif"}
    statutes.answer_statutes(session, made, {"elus": "consultative"}, fields, revision=made.revision, by=BY, at=BEGUN)
    statutes.finish_statutes(session, made, by=BY, at=READY)
    for given in NAMES[:founders]:
        facts = assembly.FounderFacts(
            given_name=given,
            family_name="Fictif",
            occupation="essayiste",
            nationality="française",
            address="1 rue Fictive",
        )
        assembly.add_founder(session, made, facts, by=BY, at=READY)
    session.commit()
    return made


def make_founded(session: Session, commune: Body, *, founders: int = 3, **given: object) -> Founding:
    """An association that its founders have founded, not declared yet."""
    made = make_ready(session, commune, founders=founders)
    assembly.hold_assembly(session, made, held(made, **given), by=BY, at=LATER)
    session.commit()
    return made


def held(founding: Founding, **given: object) -> HeldAssembly:
    """What an assembly at which everybody agrees decided."""
    offices = ("president", "treasurer", "secretary")
    people = founding.founders_now
    seats = {
        one.id: Seat(Attendance.PRESENT, office=offices[rank] if rank < len(offices) else "", votes=len(people))
        for rank, one in enumerate(people)
    }
    facts = {
        "held_on": HELD,
        "hour": time(18, 30),
        "chaired_by": "Ada Fictif",
        "written_by": "Céleste Fictif",
        "place": "salle Fictive",
        "seats": seats,
        "votes_for": len(people),
        "declarant": people[0],
        **given,
    }
    return HeldAssembly(**facts)  # type: ignore[arg-type]  # as given


def make_proof(session: Session, founding: Founding) -> FoundingProof:
    """A proof of a step; its file is nowhere."""
    command = beginning.AttachProof(
        Stage.STATUTES, "Statuts signés", "statuts.pdf", "nulle-part.pdf", "application/pdf", 1, "0"
    )
    made = beginning.attach_proof(session, founding, command, by=BY, at=BEGUN)
    session.commit()
    return made


def make_delegation(session: Session, founding: Founding) -> Delegation:
    """A delegation of the commune to the committee that it founds."""
    facts = delegating.DelegationFacts("Accueillir une délégation", HELD, act_reference="2026-008")
    made = delegating.delegate(session, founding.body, founding.committee, facts, by=BY, at=LATER)
    session.commit()
    return made
