"""Persons for tests; all of them invented."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.people.models import Person
from app.shared import clock

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def make_person(session: Session, given_name: str = "Camille", family_name: str = "Essai", **given: object) -> Person:
    """A person kept by nobody unless ``kept_by_body_id`` says otherwise."""
    person = Person(
        **{
            "given_name": given_name,
            "family_name": family_name,
            "languages": ["fr"],
            "created_at": clock.now(),
            **given,
        }
    )
    session.add(person)
    session.flush()
    return person
