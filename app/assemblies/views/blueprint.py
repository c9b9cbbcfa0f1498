"""The room's blueprint, and what several of its pages need."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from flask import Blueprint, abort, render_template
from flask_babel import gettext as _

from app.assemblies import queries
from app.extensions import db
from app.shared.errors import DomainError

if TYPE_CHECKING:
    from app.assemblies.models import Assembly, AssemblyItem, AssemblySeat
    from app.forms import Form
    from app.shared.errors import EditConflict

blueprint = Blueprint("assemblies", __name__, url_prefix="/assemblees")


class BadPage(DomainError):
    """A page mark that the list did not give."""

    status = 400


def assembly_again(assembly_id: int) -> Assembly:
    """The assembly as it is now, inside the writing transaction."""
    return queries.assembly_by_id(db.session(), assembly_id) or abort(404)


def item_again(item_id: int) -> AssemblyItem:
    """The item as it is now, inside the writing transaction."""
    return queries.item_by_id(db.session(), item_id) or abort(404)


def seat_again(seat_id: int) -> AssemblySeat:
    """The line of somebody as it is now, inside the writing transaction."""
    return queries.seat_by_id(db.session(), seat_id) or abort(404)


def answer(
    template: str,
    form: Form | None,
    conflict: EditConflict | None = None,
    /,
    *,
    wrong: bool = False,
    **values: Any,  # noqa: ANN401  # what pages show
) -> str | tuple[str, int]:
    """The page with its form; 422 when what was sent has faults, 409 when somebody else wrote meanwhile."""
    page = render_template(template, form=form, conflict=conflict, **values)
    if conflict is not None:
        return page, 409
    return (page, 422) if wrong or (form is not None and form.errors) else page


def mark(moment: datetime, number: int) -> str:
    """How a place in a list stands in an address."""
    return f"{moment.isoformat()}~{number}"


def read_mark(raw: str) -> tuple[datetime, int] | None:
    """Read it back; None when the address has none.

    :raises BadPage: when the list did not give it.
    """
    if not raw:
        return None
    moment, _tilde, number = raw.partition("~")
    try:
        read = datetime.fromisoformat(moment)
    except ValueError as error:
        raise _lost() from error
    if read.tzinfo is None or not (number.isascii() and number.isdecimal()) or len(number) > 9:  # noqa: PLR2004  # digits of an identifier
        raise _lost()
    return read, int(number)


def _lost() -> BadPage:
    return BadPage(_("Cette page de la liste n’existe pas. Revenez au début de la liste."))
