"""Importing a list: choose the file, see what was understood, correct it, then import the rest or nothing."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.access.gate import actor, identity, requires
from app.bodies.models import Body, BodyKind
from app.documents.sheets import SUFFIXES
from app.extensions import db
from app.people.uploads import UnreadableList, name_of, put_aside, read_upload, received, taken_up
from app.twinnings.inparts import bring_in
from app.twinnings.lists import MEANING_NAMES, Meaning, guess, read_list, under_its_headings
from app.twinnings.policy import TwinningAction
from app.twinnings.remarks import sentence
from app.twinnings.services.imports import Bringing, Choices, Importer, plan_import
from app.twinnings.understood import understood
from app.twinnings.views.ground import acting_body_id, blueprint

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from app.documents.sheets import Sheet
    from app.twinnings.lists import ReadList
    from app.twinnings.services.imports import Plan

SHOWN = 200
LONGEST = 10
"""Seconds after which the person is told how far it is."""


@blueprint.route("/importer", methods=["GET", "POST"])
@requires(TwinningAction.IMPORT)
def import_list() -> Response | str | tuple[str, int]:
    """Choose the file."""
    if request.method == "GET":
        return render_template("twinnings/import.html", suffixes=",".join(SUFFIXES), error="")
    try:
        content, name = received(request.files.get("list"))
        read_upload(content, name)
    except UnreadableList as error:
        return render_template("twinnings/import.html", suffixes=",".join(SUFFIXES), error=str(error)), 422
    return redirect(url_for("twinnings.check_list", token=put_aside(content, name)))


@blueprint.route("/importer/<string:token>", methods=["GET", "POST"])
@requires(TwinningAction.IMPORT)
def check_list(token: str) -> Response | str | tuple[str, int]:
    """What was understood, what would be done; nothing is written before the person says so."""
    path = taken_up(token)
    name = name_of(path)
    sheet = under_its_headings(read_upload(path.read_bytes(), name))
    read = read_list(sheet, _columns(sheet))
    choices = Choices(match=_ticked("match"), french_pairs=_ticked("french"), together=_ticked("together"))
    importer = _importer()
    is_readable = Meaning.TOWN in read.columns and bool({Meaning.PARTNER, Meaning.PARTNERS} & set(read.columns))
    planned = partial(plan_import, db.session(), read, choices, importer)
    plan = planned()
    if request.form.get("do") == "import" and is_readable and plan.fresh:
        bringing = Bringing(plan, importer, name, actor())
        bring_in(bringing, planned, patience=LONGEST)
        flash(ngettext("%(num)s jumelage importé.", "%(num)s jumelages importés.", bringing.number), "done")
        if bringing.is_done():
            path.unlink(missing_ok=True)
            return redirect(url_for("twinnings.index"))
        flash(_("La liste est longue : appuyez de nouveau sur « Importer » pour la suite."), "wait")
        plan = planned()
    return render_template(
        "twinnings/import_check.html", **_told(sheet, read, plan, name, choices, is_readable=is_readable)
    )


def _told(
    sheet: Sheet, read: ReadList, plan: Plan, name: str, choices: Choices, *, is_readable: bool
) -> dict[str, Any]:
    is_wide = Meaning.PARTNERS in read.columns
    heads = [cell or _("Colonne %(number)s", number=rank) for rank, cell in enumerate(sheet.header, 1)]
    columns = [(rank, head, meaning) for rank, (head, meaning) in enumerate(zip(heads, read.columns, strict=False))]
    return {
        "name": name,
        "understood": sheet.understood,
        "rows": read.lines,
        "remarks": [(one.line, sentence(one)) for one in sheet.remarks[:SHOWN]],
        "is_wide": is_wide,
        "is_readable": is_readable,
        "columns": columns if not is_wide else [],
        "meanings": [(one.value, said) for one, said in MEANING_NAMES.items() if one != Meaning.PARTNERS],
        "choices": choices,
        "plan": plan,
        "fresh": understood(db.session(), plan, SHOWN),
        "bad": plan.bad[:SHOWN],
        "doubts": plan.doubts[:SHOWN],
        "shown": SHOWN,
    }


def _importer() -> Importer:
    """In the name of the body chosen; a federation may bring in any line, others those that concern them."""
    who, keeper = identity(), acting_body_id()
    body = db.session().get(Body, keeper) if keeper else None
    if body is not None and body.kind == BodyKind.FEDERATION:
        return Importer(keeper=keeper, known_to=who.readable_body_ids)
    bodies = db.session().query(Body).where(Body.id.in_(who.written_body_ids))
    concerned = {one for body in bodies for one in (body.id, body.parent_id) if one is not None}
    return Importer(keeper=keeper, concerned=frozenset(concerned), known_to=who.readable_body_ids)


def _columns(sheet: Sheet) -> tuple[Meaning, ...]:
    guessed = guess(sheet)
    if Meaning.PARTNERS in guessed:
        return guessed
    chosen = [request.form.get(f"column-{rank}", meaning.value) for rank, meaning in enumerate(guessed)]
    return tuple(Meaning(one) if one in set(Meaning) else Meaning.NOTHING for one in chosen)


def _ticked(name: str) -> bool:
    return request.form.get(name) == "1"
