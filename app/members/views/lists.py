"""Lists in and out: choose a file, see what was understood, import the rest or nothing; export what one chooses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.access.gate import actor, requires
from app.database.unit import writing
from app.documents.sheets import SUFFIXES
from app.extensions import db
from app.forms.dates import LONGEST, parse
from app.members import exports
from app.members.alike import ABOVE, HERE
from app.members.cells import OLDEST
from app.members.doubtful import READ
from app.members.headings import MEANING_NAMES, Meaning, guess, under_its_headings
from app.members.lists import read_roll
from app.members.models import ConsentKind
from app.members.policy import MemberAction
from app.members.queries.care import persons_who_agree
from app.members.queries.roll import categories_of, fields_of, members_wanted, paid_up_for, roll_of, without_address
from app.members.services.bringing import write_import
from app.members.services.ground import RollChanged, tell
from app.members.services.imports import plan_import
from app.members.services.plan import Choices
from app.members.views.ground import blueprint, body_again, crumbs
from app.members.views.roll import filter_asked
from app.people.uploads import UnreadableList, name_of, put_aside, read_upload, received, taken_up
from app.shared import clock
from app.shared.fuzzydate import BadDate
from app.twinnings.remarks import sentence

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response as AnyResponse

    from app.documents.sheets import Sheet
    from app.members.models import MemberField
    from app.members.queries.roll import Roll
    from app.members.services.plan import Plan

    Page = AnyResponse | str | tuple[str, int]

SHOWN = 200
_SHEETS = 8
_MOST = 20_000


@blueprint.route("/<int:body_id>/importer", methods=["GET", "POST"])
@requires(MemberAction.KEEP, on=roll_of)
def import_list(roll: Roll) -> Page:
    """Choose the file."""
    error, body = "", roll.body
    if request.method == "POST":
        try:
            content, name = received(request.files.get("list"))
            read_upload(content, name)
            return redirect(url_for("members.check_list", body_id=body.id, token=put_aside(content, name)))
        except UnreadableList as refused:
            error = str(refused)
    page = render_template(
        "members/import.html", body=body, error=error, suffixes=",".join(SUFFIXES), crumbs=crumbs(body)
    )
    return page, 422 if error else 200


def _roll_and_file(session: Session, body_id: int, token: str) -> Roll | None:
    """The list of a body; the file is looked for under the person's account."""
    del token
    return roll_of(session, body_id)


@blueprint.route("/<int:body_id>/importer/<string:token>", methods=["GET", "POST"])
@requires(MemberAction.KEEP, on=_roll_and_file)
def check_list(roll: Roll) -> Page:
    """What was understood, what would be done; nothing is written before the person says so."""
    session, body, number = db.session(), roll.body, roll.body.id
    path = taken_up(str((request.view_args or {})["token"]))
    name = name_of(path)
    questions = fields_of(session, number)
    sheet, error = _sheet(path, questions)
    is_other = _is_another_sheet(sheet)
    columns = guess(sheet, questions) if is_other else _columns(sheet, questions)
    names = [one.name for one in categories_of(session, number, retired=True)]
    said = {} if is_other else {key: one for key, one in request.form.items() if key.startswith(READ)}
    read = read_roll(sheet, columns, on=clock.today(), categories=names, said=said)
    choices, wrong_day = _choices(is_first=is_other)
    plan = plan_import(session, body, read, choices, questions)
    is_readable = _names_somebody(columns)
    changed = ""
    if _may_import(plan, is_readable=is_readable and not is_other) and not (error or wrong_day):
        try:
            _write(number, plan, name)
        except RollChanged as late:
            body, questions = body_again(number), fields_of(session, number)
            plan, changed = plan_import(session, body, read, choices, questions), str(late)
            if not plan.does_something:
                flash(_("Cette liste vient d’être importée : personne n’est inscrit deux fois."), "done")
        if not (changed and plan.does_something):
            path.unlink(missing_ok=True)
            _tell_other_sheets(sheet)
            return redirect(url_for("members.roll", body_id=number))
    page = render_template(
        "members/import_check.html",
        body=body,
        name=name,
        understood=sheet.understood,
        read=read,
        remarks=[(one.line, sentence(one)) for one in sheet.remarks[:SHOWN]],
        columns=_heads(sheet, columns),
        meanings=_meanings(questions),
        choices=choices,
        plan=plan,
        left_on=request.form.get("left_on", "")[:LONGEST],
        error=error or wrong_day,
        error_field="sheet" if error else "left_on",
        changed=changed,
        is_readable=is_readable,
        shown=SHOWN,
        crumbs=crumbs(body, (_("Importer"), url_for("members.import_list", body_id=number))),
    )
    return page, 409 if changed else 422 if error or wrong_day else 200


def _sheet(path: Path, questions: Sequence[MemberField]) -> tuple[Sheet, str]:
    """The sheet that was chosen, the first that names somebody where none was; what is wrong with the choice."""
    content, name, error = path.read_bytes(), name_of(path), ""
    if wanted := request.form.get("sheet", ""):
        try:
            return under_its_headings(read_upload(content, name, sheet=wanted)), ""
        except UnreadableList as refused:
            error = str(refused)
    first = under_its_headings(read_upload(content, name))
    if _names_somebody(guess(first, questions)):
        return first, error
    for other in first.understood.sheets[:_SHEETS]:
        try:
            found = under_its_headings(read_upload(content, name, sheet=other))
        except UnreadableList:
            continue
        if _names_somebody(guess(found, questions)):
            return found, error
    return first, error


def _is_another_sheet(sheet: Sheet) -> bool:
    """Whether what was chosen on the page is not of this sheet: nobody saw what it would do."""
    return request.form.get("sheet_read", sheet.understood.sheet) != sheet.understood.sheet


def _tell_other_sheets(sheet: Sheet) -> None:
    others = [one for one in sheet.understood.sheets if one != sheet.understood.sheet]
    if others:
        sentence = _(
            "Seule la feuille « %(sheet)s » est importée. Pour les autres (%(others)s), importez de nouveau ce fichier "
            "et choisissez-les.",
            sheet=sheet.understood.sheet,
            others=", ".join(others),
        )
        flash(sentence, "info")


def _names_somebody(columns: Sequence[str]) -> bool:
    return bool(
        {Meaning.NAME.value, Meaning.FAMILY.value, Meaning.GIVEN.value, Meaning.ORGANISATION.value} & set(columns)
    )


def _may_import(plan: Plan, *, is_readable: bool) -> bool:
    return request.form.get("do") == "import" and is_readable and plan.does_something


def _write(body_id: int, plan: Plan, name: str) -> None:
    with writing() as unit:
        added = write_import(unit, body_again(body_id), plan, file=name, by=actor(), at=clock.now())
    told = [ngettext("%(num)s membre est inscrit.", "%(num)s membres sont inscrits.", added)]
    corrected, gone = len(plan.changes), sum(one.until is not None for one in plan.departures)
    if corrected:
        told.append(ngettext("%(num)s fiche est corrigée.", "%(num)s fiches sont corrigées.", corrected))
    if plan.notes_departures and gone:
        told.append(ngettext("%(num)s départ est noté.", "%(num)s départs sont notés.", gone))
    flash(" ".join(told), "done")


def _choices(*, is_first: bool) -> tuple[Choices, str]:
    """What the person decided, and what is wrong with the day that was typed; lines of another sheet are others."""
    is_first, typed = is_first or request.method == "GET", request.form.get("left_on", "").strip()
    left_on, error = None, ""
    if typed:
        try:
            left_on = parse(typed[:LONGEST])
        except BadDate:
            error = _("« %(text)s » n’est pas une date comprise : 17/09/2016, juin 1998, 1998.", text=typed[:40])
    if left_on is not None and (left_on.earliest > clock.today() or left_on.latest.year < OLDEST):
        left_on, error = None, _("« %(text)s » : vérifiez l’année.", text=typed[:40])
    choices = Choices(
        together=is_first or _ticked("together"),
        update=_ticked("update"),
        departures=_ticked("departures"),
        categories={key: said for key, said in request.form.items() if key.startswith("category:")},
        left_on=left_on,
        alike={} if is_first else _said_of_names(),
    )
    return choices, error


def _said_of_names() -> dict[str, str]:
    """What was said of people of one name; what a page only proposed is none of it, for another reading may differ."""
    return {
        key: said
        for key, said in request.form.items()
        if key.startswith((ABOVE, HERE)) and said != request.form.get(f"usual-{key}")
    }


def _heads(sheet: Sheet, columns: Sequence[str]) -> list[tuple[int, str, str]]:
    heads = [cell or _("Colonne %(number)s", number=rank) for rank, cell in enumerate(sheet.header, 1)]
    return [(rank, head, meaning) for rank, (head, meaning) in enumerate(zip(heads, columns, strict=False))]


def _meanings(questions: Sequence[MemberField]) -> list[tuple[str, object]]:
    usual: list[tuple[str, object]] = [(one.value, said) for one, said in MEANING_NAMES.items()]
    return usual + [(f"field:{one.id}", one.label) for one in questions]


def _columns(sheet: Sheet, questions: Sequence[MemberField]) -> tuple[str, ...]:
    known = {value for value, _said in _meanings(questions)}
    chosen = [request.form.get(f"column-{rank}", meaning) for rank, meaning in enumerate(guess(sheet, questions))]
    return tuple(one if one in known else "" for one in chosen)


def _ticked(name: str) -> bool:
    return request.form.get(name) == "1"


@blueprint.route("/<int:body_id>/exporter", methods=["GET", "POST"])
@requires(MemberAction.READ, on=roll_of)
def export_list(roll: Roll) -> Page | Response:
    """Choose the columns and the form, then take the list away; that it was taken is journaled."""
    session, body, number = db.session(), roll.body, roll.body.id
    questions = fields_of(session, number)
    form = request.form.get("form", "")
    wanted = filter_asked()
    asked = members_wanted(number, wanted, on=clock.today(), paid_up=paid_up_for(session, number, wanted))
    if form not in exports.FORMS:
        columns = [(key, label) for key, (label, _read) in exports.COLUMNS.items()]
        return render_template(
            "members/export.html",
            body=body,
            columns=columns + [(f"field:{one.id}", one.label) for one in questions],
            without_address=without_address(session, asked),
            usual={*exports.USUAL, *(f"field:{one.id}" for one in questions)},
            kept={
                name: request.args[name]
                for name in ("q", "situation", "categorie", "groupe", "periode", "paye")
                if name in request.args
            },
            crumbs=crumbs(body),
        )
    at = clock.now()
    members = session.scalars(asked.limit(_MOST)).all()
    chosen = request.form.getlist("column")
    content = _content(
        form,
        members,
        chosen,
        questions,
        name=body.name,
        agreed=_agreed(session, number, ConsentKind.NEWSLETTER),
        shared=_agreed(session, number, ConsentKind.PARTNER),
        at=at,
    )
    count = len(members)
    with writing() as unit:
        details = {"number": count, "form": form}
        tell(unit, "members.exported", number, ("body", number), by=actor(), at=at, **details)
    response = Response(content, mimetype=exports.MEDIA_TYPES[form])
    suffix = {"ods": "ods", "xlsx": "xlsx", "partner": "xlsx"}.get(form, "csv")
    kind = {"paheko": "paheko", "galette": "galette", "partner": "partenaire"}.get(form, "membres")
    response.headers.set("Content-Disposition", "attachment", filename=f"{kind}-{clock.today().isoformat()}.{suffix}")
    return response


def _agreed(session: Session, body_id: int, kind: ConsentKind) -> frozenset[int]:
    return persons_who_agree(session, body_id, kind, on=clock.today())


def _content(form: str, members: Any, chosen: Any, questions: Any, **more: Any) -> bytes:  # noqa: ANN401  # as above
    if form == "paheko":
        return exports.written(exports.paheko(members, more["agreed"]), form, at=more["at"])
    if form == "partner":
        return exports.written(exports.partner(members, more["shared"]), form, at=more["at"])
    if form == "galette":
        return exports.written(exports.galette(members), form, at=more["at"])
    sheet = exports.table_of(members, chosen, questions, name=more["name"])
    return exports.written(sheet, form, at=more["at"])
