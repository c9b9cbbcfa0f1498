"""« Jumelages » : search, filters, pages, export, and the trash."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import Response, abort, render_template, request, url_for
from flask_babel import gettext as _

from app.access.gate import identity, may, requires
from app.bodies.forms import whole
from app.documents.downloads import disposition
from app.documents.tables import TableSheet, write_csv, write_ods, write_xlsx
from app.extensions import db
from app.places.telling import country_name
from app.shared import clock
from app.shared.folding import fold
from app.twinnings import queries
from app.twinnings.labels import STAGE_NAMES, kind_label, stage_name
from app.twinnings.models import Stage
from app.twinnings.policy import TwinningAction
from app.twinnings.views.ground import blueprint, names_of, own_bodies

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.twinnings.models import TwinningParty

MOST_EXPORTED = 20_000
_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}


@dataclass(frozen=True)
class Line:
    """A twinning as the list tells it, the reader's own side first."""

    id: int
    own: str
    others: str
    country: str
    stage: str
    stage_code: str
    kind: str


@blueprint.get("/")
@requires(TwinningAction.LIST)
def index() -> str:
    """The twinnings of one's bodies by the name of the partner, twenty-five a page."""
    wanted, session, who = _wanted(), db.session(), identity()
    last = _after(request.args.get("apres", ""))
    found = queries.page_of_twinnings(session, who.readable_body_ids, wanted, after=last)
    page, more = found[: queries.PAGE], len(found) > queries.PAGE
    kept = _kept(wanted)
    return render_template(
        "twinnings/index.html",
        lines=_lines(page),
        wanted=wanted,
        stages=[(stage.value, name) for stage, name in STAGE_NAMES.items()],
        kinds=[(kind.id, kind_label(kind)) for kind in queries.kinds(session, retired=True)],
        countries=sorted(
            ((code, country_name(code)) for code in queries.countries_of(session, who.readable_body_ids)),
            key=lambda one: fold(one[1]),
        ),
        pages={
            "previous_url": url_for("twinnings.index", **kept) if last else None,
            "next_url": url_for("twinnings.index", **kept, apres=f"{page[-1].id}~{page[-1].folded}") if more else None,
        },
        exports=[(form.upper(), url_for("twinnings.export", form=form, **kept)) for form in _TYPES],
        is_filtered=bool(kept),
        may_create=may(TwinningAction.CREATE),
        may_keep_kinds=may(TwinningAction.KINDS),
    )


@blueprint.get("/liste.<string:form>")
@requires(TwinningAction.LIST)
def export(form: str) -> Response:
    """The same list, whole, for a spreadsheet."""
    if form not in _TYPES:
        abort(404)
    found = queries.page_of_twinnings(db.session(), identity().readable_body_ids, _wanted(), limit=MOST_EXPORTED)
    header = (_("Dossier"), _("De votre côté"), _("Partenaires"), _("Pays"), _("Étape"), _("Genre"))
    rows = [(str(line.id), line.own, line.others, line.country, line.stage, line.kind) for line in _lines(found)]
    sheet = TableSheet(name=_("Jumelages"), header=header, rows=rows)
    if form == "csv":
        content = write_csv(sheet)
    else:
        content = {"xlsx": write_xlsx, "ods": write_ods}[form]([sheet], created=clock.now())
    name = f"jumelages-{clock.today().isoformat()}.{form}"
    return Response(content, content_type=_TYPES[form], headers={"Content-Disposition": disposition(name)})


def _wanted() -> queries.TwinningFilter:
    given = request.args
    stage, country = given.get("etape", ""), given.get("pays", "")[:2].upper()
    return queries.TwinningFilter(
        words=given.get("q", "")[:200].strip(),
        stage=stage if stage in set(Stage) else "",
        country=country if country.isascii() and country.isalpha() else "",
        kind_id=whole(given.get("genre")),
        trashed="corbeille" in given,
    )


def _kept(wanted: queries.TwinningFilter) -> dict[str, Any]:
    named = (
        ("q", wanted.words),
        ("etape", wanted.stage),
        ("pays", wanted.country),
        ("genre", wanted.kind_id),
        ("corbeille", int(wanted.trashed)),
    )
    return {name: value for name, value in named if value}


def _lines(rows: Sequence[queries.TwinningRow]) -> list[Line]:
    session = db.session()
    parties = queries.parties_of(session, [row.id for row in rows]) if rows else {}
    kinds = {kind.id: kind_label(kind) for kind in queries.kinds(session, retired=True)}
    own = own_bodies()
    lines = []
    for row in rows:
        mine, others = _split(parties.get(row.id, []), own)
        countries = dict.fromkeys(country_name(party.body.country) for party in others if party.body.country)
        lines.append(
            Line(
                id=row.id,
                own=", ".join(names_of(mine)),
                others=row.title or ", ".join(names_of(others)),
                country=", ".join(countries),
                stage=stage_name(row.stage),
                stage_code=row.stage,
                kind=kinds.get(row.kind_id, ""),
            )
        )
    return lines


def _split(parties: list[TwinningParty], own: frozenset[int]) -> tuple[list[TwinningParty], list[TwinningParty]]:
    """One's own side and all the others; without one, the French side counts as one's own."""
    mine = next((party.side for party in parties if party.body_id in own), None)
    if mine is None:
        mine = next((party.side for party in parties if party.body.country == "FR"), 1)
    return [one for one in parties if one.side == mine], [one for one in parties if one.side != mine]


def _after(raw: str) -> tuple[str, int] | None:
    number, found, folded = raw.partition("~")
    return (folded[:500], whole(number)) if found and whole(number) else None
