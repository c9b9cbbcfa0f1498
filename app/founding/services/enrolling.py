"""The founders become the first members of the association; its list is its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from app.forms.dates import parse
from app.members.models import Member
from app.members.restored import address_apart
from app.members.services.roll import AddMembers, Address, MemberFacts, add_members
from app.shared.folding import fold

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.founding.models import Founder, Founding
    from app.members.models import Household
    from app.shared.actor import Actor


def not_enrolled(session: Session, founding: Founding) -> list[Founder]:
    """Founders who are no members yet."""
    known = set(session.scalars(select(Member.person_id).where(Member.body_id == founding.committee_id)))
    return [one for one in founding.founders_now if one.person_id not in known]


def enrol_founders(session: Session, founding: Founding, *, by: Actor, at: datetime) -> list[list[str]]:
    """Note each founder as a member since the constitutive assembly; give their names, household by household.

    Those of one name at one address are one household, as in a list that is brought in.
    """
    since = parse(founding.held_on.isoformat()) if founding.held_on else None
    waiting = not_enrolled(session, founding)
    homes: dict[object, Household | None] = {}
    names: dict[int, list[str]] = {}
    for founder in waiting:
        street, postcode, town = address_apart(founder.address)
        where = street and (fold(founder.address), fold(founder.person.family_name))
        command = AddMembers(
            facts=MemberFacts(since=since),
            person=founder.person,
            address=Address(street=street, postcode=postcode, town=town),
            household=homes.get(where) if where else None,
        )
        made = add_members(session, founding.committee, command, by=by, at=at)
        homes[where] = made[0].household
        names.setdefault(made[0].household_id or -founder.id, []).append(founder.person.name)
    return [*names.values()]
