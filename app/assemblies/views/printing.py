"""Downloads: the papers of an assembly; the register of resolutions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, abort, render_template, request, url_for
from sqlalchemy.orm import object_session

from app.access.gate import check, may, requires
from app.assemblies import documents, queries
from app.assemblies.labels import KINDS
from app.assemblies.policy import AssemblyAction
from app.assemblies.reserves import unsure_of
from app.assemblies.views.blueprint import blueprint
from app.documents.downloads import disposition
from app.extensions import db
from app.printing import print_paper
from app.shared import clock
from app.shared.clock import day_of
from app.shared.marks import moment_mark, read_mark

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.assemblies.models import Assembly
    from app.bodies.models import Body

_OF_ALL = frozenset({"convocation", "pouvoir", "proces-verbal"})


def _pdf(content: bytes, name: str) -> Response:
    found = Response(content, mimetype="application/pdf")
    found.headers["Content-Disposition"] = disposition(f"{name}.pdf", inline="telecharger" not in request.args)
    return found


def _to_print(session: Session, assembly_id: int, document: str) -> Assembly | None:
    return queries.assembly_by_id(session, assembly_id) if document in documents.MEETING else None


@blueprint.get("/<int:assembly_id>/<string:document>.pdf")
@requires(AssemblyAction.VIEW, on=_to_print)
def assembly_document(assembly: Assembly) -> Response:
    """A paper of an assembly; those with the addresses of members are for who writes."""
    name = str((request.view_args or {})["document"])
    if name not in _OF_ALL:
        check(AssemblyAction.EDIT, assembly)
    paper = documents.MEETING[name](db.session(), assembly)
    return _pdf(print_paper(paper), f"{name}-{day_of(assembly.starts_at).isoformat()}")


@blueprint.get("/registre/<int:body_id>")
@requires(AssemblyAction.VIEW, on=queries.association_by_id)
def register(body: Body) -> str:
    """The resolutions of an association, the latest first."""
    session = object_session(body) or db.session()
    found = queries.page_of_resolutions(session, body.id, after=read_mark(request.args.get("apres", "")))
    page, more = found[: queries.PAGE], len(found) > queries.PAGE
    last = moment_mark(page[-1].decided_at or page[-1].assembly.starts_at, page[-1].id) if page else ""
    return render_template(
        "assemblies/register.html",
        body=body,
        rows=page,
        days={item.id: day_of(item.assembly.starts_at) for item in page},
        unsure={item.id: unsure_of(item) for item in page},
        kinds=KINDS,
        years=queries.years_of_register(session, body.id),
        may_edit=may(AssemblyAction.EDIT, body),
        pages={
            "previous_url": url_for("assemblies.register", body_id=body.id) if "apres" in request.args else None,
            "next_url": url_for("assemblies.register", body_id=body.id, apres=last) if more else None,
        },
    )


def _of_year(session: Session, body_id: int, year: int) -> Body | None:
    return queries.association_by_id(session, body_id) if 1900 < year < 2200 else None  # noqa: PLR2004  # years


@blueprint.get("/registre/<int:body_id>/<int:year>.pdf")
@requires(AssemblyAction.VIEW, on=_of_year)
def register_document(body: Body) -> Response:
    """The register of a year."""
    year = int((request.view_args or {})["year"])
    items = queries.resolutions_of_year(db.session(), body.id, year)
    if not items:
        abort(404)
    return _pdf(print_paper(documents.register_paper(body, year, items, at=clock.now())), f"registre-{year}")
