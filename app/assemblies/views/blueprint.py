"""The room's blueprint, and what several of its pages need."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, abort, render_template

from app.assemblies import queries
from app.extensions import db

if TYPE_CHECKING:
    from app.assemblies.models import Assembly, AssemblyItem, AssemblySeat
    from app.forms import Form
    from app.shared.errors import EditConflict

blueprint = Blueprint("assemblies", __name__, url_prefix="/assemblees")


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
