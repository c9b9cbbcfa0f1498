"""Searching places: suggestions for the combobox, and a page for who has no JavaScript."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, jsonify, render_template, request

from app.access.gate import signed_in
from app.extensions import db
from app.places.queries import found_places, missing_lists

if TYPE_CHECKING:
    from flask import Flask, Response

blueprint = Blueprint("places", __name__, url_prefix="/lieux")


def install(app: Flask) -> None:
    """Open the pages."""
    app.register_blueprint(blueprint)


@blueprint.get("/recherche")
@signed_in
def suggest() -> Response:
    """Places for what was typed so far, as the combobox reads them."""
    country = request.args.get("pays", "").upper()
    found = found_places(
        db.session(), request.args.get("q", ""), country=country if country.isascii() and country.isalpha() else ""
    )
    return jsonify([place.as_suggestion() for place in found])


@blueprint.get("/")
@signed_in
def index() -> str:
    """Search a place and see what is known of it; nothing is changed here."""
    words = request.args.get("q", "")[:200]
    found = found_places(db.session(), words, limit=25) if words.strip() else []
    return render_template("places/index.html", words=words, found=found, missing=missing_lists(db.session()))
