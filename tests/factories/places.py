"""Places for tests: a few by hand; the whole lists where a test is about them."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from app.places.lists import PlaceRow, names
from app.places.models import Place, PlaceKind, PlaceName
from app.places.naming import fold_place

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_codes = count(90001)


def make_place(session: Session, name: str = "Sailly-lez-Lannoy", **given: object) -> Place:
    """A place with the names it is found under; a commune of the Nord unless told otherwise."""
    country = given.get("country", "FR")
    known: dict[str, object] = {
        "kind": PlaceKind.COMMUNE.value if country == "FR" else PlaceKind.FOREIGN.value,
        "country": country,
        "code": str(next(_codes)),
        "name": name,
        "folded": fold_place(name),
        "admin": "59" if country == "FR" else "02",
        "region": "32" if country == "FR" else "",
        "near": "",
        "present_code": "",
        "siren": "",
        "postcodes": "59390" if country == "FR" else "",
        "population": 1923,
        "latitude": None,
        "longitude": None,
        "timezone": "Europe/Paris",
        "alternates": "",
        **given,
    }
    place = Place(**known)
    session.add(place)
    session.flush()
    row = PlaceRow(**known)  # type: ignore[arg-type]  # the same names
    session.add_all(
        PlaceName(
            place_id=place.id,
            role=found.role,
            population=place.population or 0,
            folded=found.folded,
            tail=found.tail,
            sound=found.sound,
        )
        for found in names([row])[0]
    )
    session.flush()
    return place
