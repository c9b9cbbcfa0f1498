"""Open data: what is missing is said on the page, and the files are refused until it is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, render_template, request, url_for
from flask_babel import gettext as _

from app.access.gate import identity, requires
from app.council import opendata as files
from app.council import queries
from app.council.forms import whole
from app.council.opendata import BadFile, Schema
from app.council.policy import CouncilAction
from app.council.views.blueprint import blueprint
from app.documents.downloads import disposition
from app.extensions import db
from app.law import tables

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.bodies.models import Body
    from app.council.opendata import Line

SHOWN = 50


def commune_of_schema(session: Session, body_id: int, schema: str) -> Body | None:
    """The commune, for a file that exists."""
    return queries.commune_by_id(session, body_id) if schema in set(Schema) else None


@blueprint.get("/donnees-ouvertes")
@requires(CouncilAction.LIST)
def opendata() -> str:
    """The communes whose files one may have."""
    communes = queries.communes_among(db.session(), identity().readable_body_ids)
    return render_template("council/opendata.html", communes=communes)


@blueprint.get("/<int:body_id>/donnees-ouvertes")
@requires(CouncilAction.VIEW, on=queries.commune_by_id)
def opendata_of(body: Body) -> str:
    """What each file would hold, and what is missing."""
    return _page(body)


def _page(body: Body, error: object = "") -> str:
    year = whole(request.args.get("annee")) or None
    session = db.session()
    return render_template(
        "council/opendata_body.html",
        body=body,
        year=year,
        files=[_told(schema, files.lines_of(session, schema, body, year=year)) for schema in Schema],
        shown=SHOWN,
        error=error,
    )


def _told(schema: Schema, lines: list[Line]) -> dict[str, object]:
    wrong = [line for line in lines if line.faults]
    return {
        "schema": schema,
        "name": _("Délibérations") if schema == Schema.DELIBERATIONS else _("Subventions"),
        "version": tables.load("scdl")[schema]["version"],
        "lines": len(lines),
        "right": len(lines) - len(wrong),
        "wrong": [
            {"name": line.name, "url": _url(line), "column": fault.column, "why": fault.sentence, "do": fault.remedy}
            for line in wrong
            for fault in line.faults
        ],
    }


def _url(line: Line) -> str:
    if line.kind == "act":
        return url_for("council.act", act_id=line.id)
    return url_for("council.subsidy", subsidy_id=line.id)


@blueprint.get("/<int:body_id>/donnees-ouvertes/<string:schema>.csv")
@requires(CouncilAction.VIEW, on=commune_of_schema)
def opendata_file(body: Body) -> Response | tuple[str, int]:
    """The file, whole, or its right lines alone when the person asks for them."""
    schema = Schema((request.view_args or {})["schema"])
    year = whole(request.args.get("annee")) or None
    lines = files.lines_of(db.session(), schema, body, year=year)
    try:
        content = files.export(lines, schema, only_right="justes" in request.args)
    except BadFile as error:
        return _page(body, error), 422
    name = files.filename(schema, body, year)
    return Response(
        content,
        mimetype="text/csv",
        headers={"Content-Disposition": disposition(name), "X-Content-Type-Options": "nosniff"},
    )
