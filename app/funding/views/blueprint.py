"""The room's blueprint, and what several of its pages need."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, abort, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.access.gate import identity
from app.actions.models import Project
from app.actions.queries import project_by_id
from app.documents.downloads import disposition
from app.extensions import db
from app.shared.saying import said

if TYPE_CHECKING:
    from app.funding.facts import Source

blueprint = Blueprint("funding", __name__)


def again(project_id: int) -> Project:
    """The project as it is now, inside the writing transaction, one writer after the other (PostgreSQL)."""
    db.session().execute(select(Project.id).where(Project.id == project_id).with_for_update())
    return project_by_id(db.session(), project_id) or abort(404)


def crumbs(project: Project, *further: tuple[str, str]) -> list[tuple[str, str]]:
    """The way from the list of projects to a page of one."""
    return [
        (_("Projets"), url_for("actions.index")),
        (project.title, url_for("actions.page", project_id=project.id)),
        *further,
    ]


def source_sentence(source: Source | None) -> str:
    """Where a fact comes from, in a few words."""
    if source is None:
        return ""
    day = said(source.at.date()) if source.at is not None else ""
    sentence = _SENTENCES.get(source.kind, _SENTENCES["typed"])
    return str(sentence) % {"name": source.name, "who": source.who, "day": day}


_SENTENCES = {
    "body": _l("d’après la fiche de %(name)s"),
    "twinning": _l("d’après le dossier du jumelage"),
    "ceremony": _l("d’après la cérémonie « %(name)s »"),
    "project": _l("d’après le projet"),
    "advice": _l("conseil essayé par %(who)s le %(day)s"),
    "copied": _l("dit par %(who)s le %(day)s, repris du projet copié"),
    "typed": _l("dit par %(who)s le %(day)s"),
}


def plain_sources(sources: dict[str, Source]) -> dict[str, Any]:
    """Where each fact comes from, to be kept with a check."""
    return {path: source_sentence(source) for path, source in sources.items()}


def file_answer(content: bytes, kind: str, name: str) -> Response:
    """A file to keep."""
    made = Response(content, content_type=kind)
    made.headers["Content-Disposition"] = disposition(name)
    return made


def current_body_id() -> int | None:
    """The body in whose name the person acts."""
    grant = identity().current_grant
    return grant.body_id if grant else None
