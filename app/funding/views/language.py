"""What an adviser needs to write a rule file without us: the manual, the schema, a file to complete."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from flask import Response, render_template

from app.access.gate import requires
from app.extensions import db
from app.funding import catalogue
from app.funding.policy import FundingAction
from app.funding.views.blueprint import blueprint, file_answer
from app.rules import template
from app.rules.manual import manual
from app.rules.schema import edition_schema
from app.shared import clock

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse


@blueprint.get("/financements/regles/langage")
@requires(FundingAction.RULES)
def language() -> str:
    """How a rule is written, and everything that the language can say, from the registries themselves."""
    return render_template("funding/language.html", blocks=manual(catalogue.current(db.session()).catalogue))


@blueprint.get("/financements/regles/schema.json")
@requires(FundingAction.RULES)
def rules_schema() -> AnyResponse:
    """The JSON Schema of a rule file, for an editor that knows such things."""
    text = json.dumps(edition_schema(), ensure_ascii=False, indent=2)
    return Response(text, content_type="application/schema+json; charset=utf-8")


@blueprint.get("/financements/regles/modele.toml")
@requires(FundingAction.RULES)
def rules_template() -> AnyResponse:
    """A file to complete."""
    day = clock.today()
    text = template.edition_file(f"{catalogue.OWN}mon-fonds", str(day.year), today=day)
    return file_answer(text.encode(), "application/toml; charset=utf-8", f"{catalogue.OWN}mon-fonds-{day.year}.toml")
