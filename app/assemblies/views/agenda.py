"""The agenda: its items, their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _

from app.access.gate import actor, requires
from app.assemblies import queries
from app.assemblies.forms import ItemForm
from app.assemblies.policy import AssemblyAction
from app.assemblies.services import calling
from app.assemblies.views.blueprint import answer, assembly_again, blueprint, item_again
from app.bodies.services.renewal import Occasion, functions_of
from app.database.unit import writing
from app.people.forms import blame
from app.shared import clock
from app.shared.conflicts import both_texts
from app.shared.errors import DomainError, EditConflict

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from app.assemblies.models import Assembly, AssemblyItem

    Page = Response | str | tuple[str, int]


def _form(assembly: Assembly, **given: None) -> ItemForm:
    return ItemForm(**given).offer(functions_of(assembly.body.kind, Occasion.BOARD))


@blueprint.route("/<int:assembly_id>/points/nouveau", methods=["GET", "POST"])
@requires(AssemblyAction.EDIT, on=queries.assembly_by_id)
def add_item(assembly: Assembly) -> Page:
    """Put an item on the agenda."""
    number, form = assembly.id, _form(assembly)
    if form.validate_on_submit():
        facts = form.command()
        try:
            with writing() as session:
                calling.add_item(session, assembly_again(number), facts, by=actor(), at=clock.now())
        except DomainError as error:
            blame(form, error.field, error.sentence)
        else:
            flash(_("Le point est inscrit."), "done")
            if "another" in request.form:
                return redirect(url_for("assemblies.add_item", assembly_id=number))
            return redirect(url_for("assemblies.page", assembly_id=number))
    return answer("assemblies/item.html", form, assembly=assembly_again(number), item=None)


@blueprint.route("/points/<int:item_id>/modifier", methods=["GET", "POST"])
@requires(AssemblyAction.EDIT, on=queries.item_by_id)
def edit_item(item: AssemblyItem) -> Page:
    """Change an item."""
    number, back, form = item.id, item.assembly_id, _form(item.assembly)
    conflict: EditConflict | None = None
    if not form.is_submitted():
        form.show(item)
    elif form.validate():
        facts = form.command()
        try:
            with writing() as session:
                calling.edit_item(session, item_again(number), facts, by=actor(), at=clock.now())
        except EditConflict:
            conflict = both_texts(form, _form(item.assembly, formdata=None).show(item_again(number)))
        except DomainError as error:
            blame(form, error.field, error.sentence)
        else:
            flash(_("Le point est enregistré."), "done")
            return redirect(url_for("assemblies.page", assembly_id=back))
    fresh = item_again(number)
    return answer("assemblies/item.html", form, conflict, assembly=fresh.assembly, item=fresh)


@blueprint.post("/points/<int:item_id>/monter")
@requires(AssemblyAction.EDIT, on=queries.item_by_id)
def raise_item(item: AssemblyItem) -> Response:
    """Move an item up."""
    return _move(item, -1)


@blueprint.post("/points/<int:item_id>/descendre")
@requires(AssemblyAction.EDIT, on=queries.item_by_id)
def lower_item(item: AssemblyItem) -> Response:
    """Move an item down."""
    return _move(item, 1)


@blueprint.post("/points/<int:item_id>/retirer")
@requires(AssemblyAction.EDIT, on=queries.item_by_id)
def withdraw_item(item: AssemblyItem) -> Response:
    """Take an item off the agenda."""
    number, back = item.id, item.assembly_id
    with writing() as session:
        calling.withdraw_item(session, item_again(number), by=actor(), at=clock.now())
    flash(_("Le point est retiré de l’ordre du jour."), "done")
    return redirect(url_for("assemblies.page", assembly_id=back))


def _move(item: AssemblyItem, step: int) -> Response:
    number, back = item.id, item.assembly_id
    with writing() as session:
        calling.move_item(session, item_again(number), step)
    return redirect(url_for("assemblies.page", assembly_id=back, _anchor="ordre-du-jour"))
