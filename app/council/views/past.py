"""Former deliberations: the list, one of them, and bringing a list in."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from app.access.gate import actor, identity, may, requires
from app.council import pastqueries
from app.council.forms import whole
from app.council.pastlists import MEANING_NAMES, Meaning, guess, read_list, remarks_of
from app.council.pastqueries import Wanted
from app.council.policy import CouncilAction
from app.council.services import past as services
from app.council.services.past import BadPast, plan_import, write_import
from app.council.views import aside
from app.council.views.blueprint import blueprint
from app.council.views.parts import own_communes
from app.database.unit import writing
from app.documents.errors import UnreadableFile
from app.documents.sheets import read_sheet
from app.extensions import db
from app.people.naming import clean
from app.shared import clock
from app.shared.marks import BadPage

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from app.council.models import PastDeliberation
    from app.council.pastlists import ReadList
    from app.council.services.past import Plan
    from app.documents.sheets import Sheet
    from app.twinnings.models import Twinning

SHOWN = 100
MEANINGS = [(one.value, said) for one, said in MEANING_NAMES.items()]


@blueprint.get("/archives")
@requires(CouncilAction.LIST)
def past() -> str:
    """The former deliberations of one's communes, the latest first."""
    args = request.args
    wanted = Wanted(
        words=args.get("q", "").strip()[:100], on_twinnings="jumelages" in args, trashed="corbeille" in args
    )
    raw = args.get("apres", "")
    found = pastqueries.page_of_past(db.session(), identity().readable_body_ids, wanted, before=_mark(raw))
    rows, more = found[: pastqueries.PAGE], len(found) > pastqueries.PAGE
    kept: dict[str, Any] = {"q": wanted.words} if wanted.words else {}
    kept |= {name: "1" for name in ("jumelages", "corbeille") if name in args}
    last = f"{rows[-1].voted_sort.isoformat()}~{rows[-1].id}" if more else ""
    return render_template(
        "council/opendata_past.html",
        rows=rows,
        wanted=wanted,
        pages={
            "previous_url": url_for("council.past", **kept) if raw else None,
            "next_url": url_for("council.past", **kept, apres=last) if more else None,
        },
        may_add=bool(own_communes()),
    )


def _mark(raw: str) -> tuple[date, int] | None:
    if not raw:
        return None
    day, _tilde, number = raw.partition("~")
    try:
        read, last = date.fromisoformat(day), whole(number)
    except ValueError:
        read, last = date.min, None
    if not last:
        raise BadPage(_("Cette page de la liste n’existe pas. Revenez au début de la liste."))
    return read, last


@blueprint.get("/archives/<int:past_id>")
@requires(CouncilAction.VIEW, on=pastqueries.past_by_id)
def past_act(past: PastDeliberation) -> str:
    """A former deliberation with its whole row, and the twinning it is put with."""
    return _past_page(past)


def _past_page(past: PastDeliberation, error: object = "") -> str:
    session = db.session()
    mine = pastqueries.twinnings_of(session, past.body_id)
    return render_template(
        "council/opendata_record.html",
        past=past,
        twinnings=[(one.id, _partners(one, past.body_id)) for one in mine],
        may_edit=may(CouncilAction.EDIT_ACT, past),
        error=error,
    )


def _partners(twinning: Twinning, body_id: int) -> str:
    towns = [party.body.name for party in twinning.parties if party.is_town and party.body_id != body_id]
    return ", ".join(towns) or _("sans partenaire")


@blueprint.post("/archives/<int:past_id>/jumelage")
@requires(CouncilAction.EDIT_ACT, on=pastqueries.past_by_id)
def attach_past(past: PastDeliberation) -> Response | tuple[str, int]:
    """Say which twinning it concerns."""
    number = past.id
    raw = request.form.get("twinning", "")
    try:
        chosen = whole(raw)
        if raw and not chosen:
            raise BadPast(_("Choisissez un jumelage dans la liste."))  # noqa: TRY301  # told at its field
        with writing() as session:
            services.attach(session, past, chosen, by=actor(), at=clock.now())
    except BadPast as error:
        return _past_page(past, error), 422
    flash(_("C’est enregistré."), "done")
    return redirect(url_for("council.past_act", past_id=number))


@blueprint.post("/archives/<int:past_id>/corbeille")
@requires(CouncilAction.EDIT_ACT, on=pastqueries.past_by_id)
def trash_past(past: PastDeliberation) -> Response:
    """Put it in the trash."""
    with writing() as session:
        services.trash(session, past, by=actor(), at=clock.now())
    flash(_("La délibération est à la corbeille\N{NO-BREAK SPACE}; vous pouvez la remettre en place."), "done")
    return redirect(url_for("council.past"))


@blueprint.post("/archives/<int:past_id>/restaurer")
@requires(CouncilAction.EDIT_ACT, on=pastqueries.past_by_id)
def restore_past(past: PastDeliberation) -> Response:
    """Take it out of the trash."""
    number = past.id
    with writing() as session:
        services.restore(session, past, by=actor(), at=clock.now())
    flash(_("La délibération est remise en place."), "done")
    return redirect(url_for("council.past_act", past_id=number))


@blueprint.post("/archives/<int:past_id>/import/corbeille")
@requires(CouncilAction.EDIT_ACT, on=pastqueries.past_by_id)
def trash_import(past: PastDeliberation) -> Response:
    """Undo the whole import that brought it."""
    with writing() as session:
        number = services.trash_import(session, past, by=actor(), at=clock.now())
    flash(
        ngettext("%(num)s délibération est à la corbeille.", "%(num)s délibérations sont à la corbeille.", number),
        "done",
    )
    return redirect(url_for("council.past"))


@blueprint.post("/archives/<int:past_id>/import/restaurer")
@requires(CouncilAction.EDIT_ACT, on=pastqueries.past_by_id)
def restore_import(past: PastDeliberation) -> Response:
    """Take the whole import out of the trash."""
    with writing() as session:
        number = services.restore_import(session, past, by=actor(), at=clock.now())
    flash(
        ngettext("%(num)s délibération est remise en place.", "%(num)s délibérations sont remises en place.", number),
        "done",
    )
    return redirect(url_for("council.past"))


# --- bringing a list in ---


@blueprint.route("/archives/importer", methods=["GET", "POST"])
@requires(CouncilAction.CREATE_ACT)
def import_past() -> Response | str | tuple[str, int]:
    """Choose the file."""
    communes = own_communes()
    if request.method == "GET" or not communes:
        return render_template("council/opendata_import.html", error="", communes=communes)
    given = request.files.get("list")
    content = given.read() if given else b""
    name = clean(given.filename or "")[:120] if given else ""
    try:
        if not name:
            raise BadPast(_("Choisissez un fichier\N{NO-BREAK SPACE}: CSV, Excel ou LibreOffice (ODS)."))  # noqa: TRY301  # told at its field
        _read(content, name)
    except BadPast as error:
        return render_template("council/opendata_import.html", error=str(error), communes=communes), 422
    return redirect(url_for("council.check_past", token=aside.keep(content, name)))


@blueprint.route("/archives/importer/<string:token>", methods=["GET", "POST"])
@requires(CouncilAction.CREATE_ACT)
def check_past(token: str) -> Response | str:
    """What was understood, what would be done; nothing is written before the person says so."""
    path, communes = aside.kept(token), own_communes()
    if not communes:
        return render_template("council/opendata_import.html", error="", communes=communes)
    name = aside.name_of(path)
    wanted = whole(request.form.get("body", ""))
    body = next((one for one in communes if one.id == wanted), communes[0])
    sheet = _read(path.read_bytes(), name)
    read = read_list(sheet, _columns(sheet), today=clock.today())
    plan = plan_import(db.session(), body.id, read)
    only = request.form.get("only") == "1"
    records = plan.on_twinnings if only else plan.fresh
    if request.form.get("do") == "import" and read.is_understood and records:
        body_id = body.id
        with writing() as session:
            number = write_import(session, body_id, records, file=name, by=actor(), at=clock.now())
        path.unlink(missing_ok=True)
        told = ngettext("%(num)s délibération importée.", "%(num)s délibérations importées.", number)
        flash(
            told if number else _("Cette liste vient d’être importée\N{NO-BREAK SPACE}: rien n’y est deux fois."),
            "done",
        )
        return redirect(url_for("council.past", jumelages=1) if read.on_twinnings else url_for("council.past"))
    told = _told(sheet, read, plan)
    return render_template(
        "council/opendata_check.html", name=name, communes=communes, body=body, only=only, records=records, **told
    )


def _told(sheet: Sheet, read: ReadList, plan: Plan) -> dict[str, Any]:
    heads = [read.header[rank].strip() if rank < len(read.header) else "" for rank in range(len(read.columns))]
    named = [head or _("Colonne %(number)s", number=rank) for rank, head in enumerate(heads, 1)]
    return {
        "read": read,
        "plan": plan,
        "understood": sheet.understood,
        "columns": list(zip(range(len(named)), named, read.columns, strict=True)),
        "meanings": MEANINGS,
        "remarks": remarks_of(sheet)[:SHOWN],
        "shown": SHOWN,
    }


def _columns(sheet: Sheet) -> tuple[Meaning, ...]:
    """What the person said of each column, else what it seems to hold; a meaning is for one column."""
    guessed = guess(sheet)
    chosen = [request.form.get(f"column-{rank}", meaning.value) for rank, meaning in enumerate(guessed)]
    meanings = [Meaning(one) if one in set(Meaning) else Meaning.OTHER for one in chosen]
    return tuple(Meaning.OTHER if one in meanings[:rank] else one for rank, one in enumerate(meanings))


def _read(content: bytes, name: str) -> Sheet:
    try:
        return read_sheet(content, name)
    except UnreadableFile as error:
        locale = get_locale()
        raise BadPast(error.sentence(locale.language if locale else "fr")) from error
