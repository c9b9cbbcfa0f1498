"""Those who are called, as a page shows them: all where they are few, else a page, or those who are looked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from flask import request, url_for
from flask_babel import gettext as _

from app.assemblies.finding import matching, meant
from app.people.fields import whole
from app.people.paging import leaf_of, place_of
from app.shared.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.assemblies.models import AssemblySeat
    from app.people.paging import Leaf

PAGE = 50
"""So many people stand on one page; an assembly of no more has no other page, and no search."""


class NotOne(DomainError):
    """A typed name that means nobody, or several people."""


@dataclass(frozen=True, kw_only=True)
class Crowd:
    """``rows`` of those ``found``; ``url``: the same page with everybody."""

    rows: Sequence[AssemblySeat]
    url: str
    is_paged: bool = False
    words: str = ""
    found: int = 0
    pages: Mapping[str, str | None] = field(default_factory=dict)


def crowd_of(
    seats: Sequence[AssemblySeat], endpoint: str, assembly_id: int, *, section: str, is_paged: bool | None = None
) -> Crowd:
    """The people of an assembly on one of its pages, as the address asks for them."""
    values: dict[str, Any] = {"assembly_id": assembly_id, "_anchor": section}
    url = url_for(endpoint, **values)
    if not (len(seats) > PAGE if is_paged is None else is_paged):
        return Crowd(rows=seats, url=url)
    words = request.args.get("q", "").strip()[:200]
    found = sorted(matching(seats, words), key=place)
    leaf = leaf_of(found, place, after=place_of(request.args.get("apres", "")), size=PAGE)
    return Crowd(
        rows=leaf.rows,
        url=url,
        is_paged=True,
        words=words,
        found=len(found),
        pages=pages_of(leaf, endpoint, "apres", **values),
    )


def place(seat: AssemblySeat) -> tuple[str, int]:
    """Where somebody stands in the list."""
    return seat.folded, seat.id


def kept() -> dict[str, Any]:
    """Which people the address asks for, to come back to them."""
    return {name: request.args.get(name, "")[:500] or None for name in ("q", "apres", "pouvoirs")}


def pages_of(leaf: Leaf[Any], endpoint: str, mark: str, **values: Any) -> dict[str, str | None]:  # noqa: ANN401  # parts of an address
    """Where the pages before and after a page are; what else the address asks for stays."""
    around = {"previous_url": leaf.before, "next_url": leaf.following}
    return {
        name: None if begins is None else url_for(endpoint, **(kept() | values | {mark: begins or None}))
        for name, begins in around.items()
    }


def offered(seats: Sequence[AssemblySeat], name: str) -> list[AssemblySeat] | None:
    """Whom to offer where a name is typed: nobody, until it turned out to mean several, or one of them was chosen."""
    if chosen := whole(request.form.get(name)):
        return [one for one in seats if one.id == chosen]
    found = meant(seats, request.form.get(f"{name}_name", ""))
    return found if 1 < len(found) <= PAGE else None


def chosen_among(seats: Sequence[AssemblySeat], name: str) -> AssemblySeat | None:
    """Who was chosen, or whose name was typed; None where neither was.

    :raises NotOne: when a name means nobody, or several.
    """
    if number := whole(request.form.get(name)):
        return next((one for one in seats if one.id == number), None)
    typed = request.form.get(f"{name}_name", "").strip()[:240]
    return only_one(meant(seats, typed), typed) if typed else None


def only_one(found: Sequence[AssemblySeat], typed: str) -> AssemblySeat:
    """The one whom a typed name means.

    :raises NotOne: when it means nobody, or several.
    """
    if not found:
        raise NotOne(
            _(
                "Aucune personne qui vote ne porte le nom « %(name)s » : vérifiez-le, ou écrivez-en le début.",
                name=typed,
            )
        )
    if len(found) > 1:
        raise NotOne(
            _(
                "Plusieurs noms répondent à « %(name)s » : choisissez dans la liste, ou écrivez le nom en entier.",
                name=typed,
            )
        )
    return found[0]
