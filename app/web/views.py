"""The hall's pages: home, search, map, leaving with everything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template

from app.accounts.gate import public, signed_in
from app.database import migrate
from app.extensions import db

if TYPE_CHECKING:
    from flask import Flask

blueprint = Blueprint("web", __name__)


def install(app: Flask) -> None:
    """Open the hall's pages."""
    app.register_blueprint(blueprint)


@blueprint.get("/")
@signed_in
def home() -> str:
    """À faire, en attente des autres, à venir."""
    return render_template("web/home.html")


@blueprint.get("/sante")
@public
def health() -> tuple[dict[str, bool], int]:
    """For a watchman: whether the database answers and is up to date."""
    current = migrate.is_current(db.engine)
    return {"ok": current}, 200 if current else 503
